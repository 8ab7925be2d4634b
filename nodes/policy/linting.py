"""Policy files checked before anybody relies on them; the files need not be trusted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from nodes.policy.lint_codes import codes
from nodes.policy.lint_header import header
from nodes.policy.lint_tree import tree
from nodes.policy.model import Applies, Policy
from nodes.policy.reading import Held, assemble, version
from nodes.policy.remark import Remark, Remarks
from nodes.policy.value_set import Effective
from nodes.suspicion.found import suspicious

LAST = date(9999, 12, 31)


def lint(
    texts: Mapping[str, str], as_of: date, bases: Iterable[Held] = ()
) -> tuple[tuple[Remark, ...], Mapping[str, Held]]:
    """Check files, by name, each by itself and all beside each other; also what could be read.

    ``as_of`` is today, for reviews that are overdue; ``bases`` are policies that overlays among the
    files may stand on. A file that cannot be read is an error; nothing is raised.
    """
    others = tuple(bases)
    held, wrong = assemble(texts, others)
    found: list[Remark] = []
    for name in texts:
        remarks = Remarks(name)
        if name in wrong:
            remarks.error("", "unreadable", str(wrong[name]), "mend the place that is named")
        else:
            if kinds := sorted({*suspicious(texts[name])} - {"dictated_fact"}):
                remarks.warning(
                    "", "speaks", f"it holds words addressed to software: {', '.join(kinds)}",
                    "read the file's texts and take out what is no policy",
                )  # fmt: skip
            header(held[name].policy, as_of, remarks)
            codes(held[name].policy, remarks)
            tree(held[name], remarks)
        found += remarks.found
    known = {version(one.policy): one.policy for one in (*others, *held.values())}
    found += [remark for name, one in held.items() for remark in _on_base(name, one, known)]
    found += _versions(held)
    found += _beside(held)
    return tuple(found), held


def _on_base(name: str, one: Held, known: Mapping[str, Policy]) -> list[Remark]:
    """Find an overlay that is in force on days on which its base is not."""
    base, remarks = known.get(one.extends or ""), Remarks(name)
    if base is None or base.id == one.policy.id:
        return []
    mine, theirs = one.policy.effective, base.effective
    if mine.first < theirs.first or (mine.last or LAST) > (theirs.last or LAST):
        remarks.warning(
            "extends", "base-dates", f"{one.extends} is not in force on all days of this overlay",
            "extend the version of each time, one overlay for each",
        )  # fmt: skip
    return remarks.found


def _versions(held: Mapping[str, Held]) -> list[Remark]:
    """Find versions of an id that overlap, leave a gap or have the same name."""
    by_id: dict[str, list[str]] = {}
    for name, one in held.items():
        if one.policy.status != "draft":
            by_id.setdefault(one.policy.id, []).append(name)
    found = []
    for names in by_id.values():
        names.sort(key=lambda name: held[name].policy.effective.first)
        for earlier, later in pairwise(names):
            found += _pair(held[earlier].policy, held[later].policy, earlier, later)
    return found


def _pair(earlier: Policy, later: Policy, before: str, name: str) -> list[Remark]:
    remarks = Remarks(name)
    last, first = earlier.effective.last or LAST, later.effective.first
    if version(earlier) == version(later):
        remarks.error(
            "version", "version-twice", f"{before} has the same id and version", "count on"
        )
    elif first <= last:
        remarks.error(
            "effective", "version-overlap",
            f"{before} is in force on the same days of service from {first}",
            f"end it with `to: {first - timedelta(days=1)}`",
        )  # fmt: skip
    elif first - last > timedelta(days=1):
        remarks.warning(
            "effective", "version-gap", f"no version is in force after {last} and before {first}",
            f"begin this one on {last + timedelta(days=1)}, or say in the file why there is none",
        )  # fmt: skip
    return remarks.found


def _beside(held: Mapping[str, Held]) -> list[Remark]:
    """Find different policies that are equally near to the same request."""
    found = []
    active = [(name, one.policy) for name, one in held.items() if one.policy.status == "active"]
    for (before, one), (name, other) in combinations(active, 2):
        if one.id != other.id and _clash(one, other):
            remarks = Remarks(name)
            remarks.warning(
                "applies", "ambiguous",
                f"{before} is for the same service, coverage and days: a request has to name one",
                "narrow `applies` or `services` of one of them",
            )  # fmt: skip
            found += remarks.found
    return found


def _clash(one: Policy, other: Policy) -> bool:
    mine, theirs = (
        {(service.system, code) for service in policy.services for code in service.codes}
        for policy in (one, other)
    )
    return (
        bool(mine & theirs)
        and _overlap(one.effective, other.effective)
        and _alike(one.applies, other.applies)
    )


def _overlap(one: Effective, other: Effective) -> bool:
    return one.first <= (other.last or LAST) and other.first <= (one.last or LAST)


def _alike(one: Applies, other: Applies) -> bool:
    """Say whether a request could be for both, neither being the more specific."""
    pairs: list[tuple[Sequence[str], Sequence[str]]] = [
        (one.lines_of_business, other.lines_of_business),
        (one.payers, other.payers),
        (one.plans, other.plans),
        (one.states, other.states),
        (one.certifications, other.certifications),
    ]
    shared = all(not a or not b or set(a) & set(b) for a, b in pairs)
    return shared and [bool(a) for a, _ in pairs[:4]] == [bool(b) for _, b in pairs[:4]]
