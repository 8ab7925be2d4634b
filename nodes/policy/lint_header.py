"""A policy's header, sources and names: what it cites, whether it is overdue, what nobody uses."""

import re
from datetime import date

from nodes.policy.model import Policy, Source
from nodes.policy.parts import AnyNode, walk
from nodes.policy.remark import Remarks
from nodes.policy.tables import Citation, citations

NUMBER = re.compile(r"(?<![A-Z0-9])(?:([LA]\d{5})(?!\d)|NCD\s*(\d{2,3}\.\d{1,2}(?:\.\d{1,2})?))")
MEDICARE = {"medicare", "medicare_advantage"}
MONITORS = {"E2102", "E2103", "A4238", "A4239"}
HBA1C = {"4548-4", "17856-6", "41995-2", "4549-2", "59261-8", "62388-4", "71875-9", "96595-4"}
A1C_WORDS = re.compile(r"a1c|glycated|glycosylated|h(a)?emoglobin a", re.IGNORECASE)
PLAIN = {"the", "and", "for", "of", "with", "treatment", "article", "policy", "testing", "studies",
         "test", "study", "services", "home", "therapy", "coverage"}  # fmt: skip
NAMES = ("value_set", "about_codes", "start", "therapies", "weeks", "days")
WORDS = ("concept", "about", "context", "says", "told", "consulted")


def header(policy: Policy, as_of: date, remarks: Remarks) -> None:
    """Check all that is not the tree itself nor a code."""
    if policy.status == "draft":
        remarks.warning(
            "status", "draft", "a draft decides nothing",
            "let a named person read it against its source, then `prior-auth policy approve`",
        )  # fmt: skip
    elif policy.status == "active" and policy.review_by < as_of:
        remarks.warning(
            "review_by", "review-overdue", f"it was to be reviewed by {policy.review_by}",
            "compare it with the issuer's current text and set a new day",
        )  # fmt: skip
    for place, source in enumerate(policy.sources):
        _source(policy, source, f"sources/{place}", remarks)
        if source.checked > as_of:
            remarks.error(
                f"sources/{place}/checked", "checked-later", "it was checked on a day to come",
                "give the day on which somebody read it",
            )  # fmt: skip
    _unused(policy, remarks)
    _monitors(policy, remarks)


def _source(policy: Policy, source: Source, path: str, remarks: Remarks) -> None:
    for found in NUMBER.finditer(f"{source.id} {source.title}"):
        number = found[1] or f"NCD {found[2]}"
        known = citations().get(number)
        if known is None:
            remarks.warning(
                path, "citation-unknown", f"{number} is not in the table of coverage texts",
                "confirm number, title and dates at the issuer, and add it to the table",
            )  # fmt: skip
            continue
        _retired(policy, known, path, remarks)
        if not _about(policy, source, known):
            remarks.error(
                path, "citation-topic", f"{number} is about: {known.title}",
                "find the number of the text that is about this service",
            )  # fmt: skip


def _retired(policy: Policy, known: Citation, path: str, remarks: Remarks) -> None:
    last = policy.effective.last
    if known.status == "active" or (policy.status == "retired" and known.end is None):
        return
    if known.end is None or last is None or last > known.end:
        since = f" on {known.end}" if known.end else ""
        cure = f"cite {known.replaced_by}" if known.replaced_by else "cite the text now in force"
        end = f", or end this version on {known.end}" if known.end else ""
        remarks.error(
            path, "citation-retired", f"{known.id} was {known.status}{since}", f"{cure}{end}"
        )


def _about(policy: Policy, source: Source, known: Citation) -> bool:
    """Say whether a source's title and the policy's services fit what the number is about."""
    codes = [code for one in policy.services for code in one.codes]
    if not any(code.startswith(known.codes) for code in codes):
        return _drug(policy, known)
    theirs, own = _words(known.title), _words(source.title)
    return bool(theirs & own) or not own


def _drug(policy: Policy, known: Citation) -> bool:
    """A drug asked for by its NDC has no service code that a table could name."""
    return "J" in known.codes and all(one.system == "NDC" for one in policy.services)


def _words(title: str) -> set[str]:
    words = re.findall(r"[a-z0-9]{3,}", title.casefold())
    return {word.rstrip("s") for word in words if word not in PLAIN}


def _unused(policy: Policy, remarks: Remarks) -> None:
    parts = [part for root in policy.roots for part in walk(root)]
    cited = {cite.source for part in parts for cite in part.cite}
    cited |= {cite.source for one in policy.parameters.values() for cite in one.cite}
    for place, source in enumerate(policy.sources):
        if source.id not in cited:
            remarks.warning(
                f"sources/{place}", "source-unused", "no criterion cites this source",
                "cite it where it says something, or take it out",
            )  # fmt: skip
    used = _used(policy, parts)
    for table in ("parameters", "value_sets", "therapies", "concepts"):
        for name in sorted(set(getattr(policy, table)) - used):
            remarks.warning(f"{table}/{name}", "name-unused", "no criterion uses it", "take it out")


def _used(policy: Policy, parts: list[AnyNode]) -> set[str]:
    used = {str(getattr(part, name, "")) for part in parts for name in (*NAMES, *WORDS)}
    for name, one in policy.therapies.items():
        if name in used:
            used |= {*one.concepts, one.procedures or "", one.medications or "", one.not_for or ""}
    return used


def _monitors(policy: Policy, remarks: Remarks) -> None:
    """No HbA1c is a criterion of Medicare for a glucose monitor (L33822 since 2021 and 2023)."""
    codes = {code for one in policy.services for code in one.codes}
    lines = set(policy.applies.lines_of_business)
    if not codes & MONITORS or (lines and not lines & MEDICARE):
        return
    for root in policy.roots:
        for part in walk(root):
            if _hba1c(policy, part):
                remarks.error(
                    part.id, "hba1c-medicare", "Medicare asks no HbA1c for a glucose monitor",
                    "take it out here; a commercial payer's threshold belongs into its overlay",
                )  # fmt: skip


def _hba1c(policy: Policy, part: AnyNode) -> bool:
    members = policy.value_sets.get(getattr(part, "value_set", None) or "", ())
    codes = {code for one in members for code in one.codes}
    concept = str(getattr(part, "concept", "") or "")
    own = policy.concepts.get(concept)
    said = " ".join([concept, own.label if own else "", *(own.words if own else ())])
    return bool(codes & HBA1C or A1C_WORDS.search(said))
