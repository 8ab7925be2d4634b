"""Numbers and names behind a label: NPI, record, birth, telephone, member, group, claim, payer."""

import re
from collections.abc import Iterator
from datetime import date

from nodes.case import npi
from nodes.entity import Slot
from nodes.extraction.letters import holds
from nodes.extraction.spots import Spot

_TO = (
    r"[ \t]{0,3}(?:(?:number|num|no\.?|nbr|id|#"
    r"|is)[ \t]{0,2}){0,3}[ \t]{0,2}[:#=.\-\u2013]{0,2}[ \t]{0,4}(?:\r?\n[ \t]{0,4})?"
)
_ID = r"(?P<value>(?=[A-Z0-9-]*\d)[A-Z0-9](?:[A-Z0-9]|[-/](?=[A-Z0-9])){3,29})(?![\w/])"
_LABELS = {
    "member": r"(?:member|subscriber|insured'?s?|beneficiary|enrollee)[ \t]{0,2}(?:id|#|number|no)"
    r"|\bmedicare (?:id|number|beneficiary id\w*)|\bmbi|\bmedicaid (?:id|number)|insurance id"
    r"|\bpolicy (?:id|number|no\b|#)|\bmember(?=:)"
    r"|(?:^|[^\w ] ?|\n)id[ \t]?(?=no|number|#)",
    "group": r"(?:group|grp)[ \t]{0,2}(?:id|#|number|no\b|:)|(?:group|grp)(?=[ \t]$)",
    "claim": r"claim(?=[ \t]$)|claim[ \t]{0,2}(?:id|#|number|no\b|:)|\bicn|\bdcn",
    "case": r"case[ \t]{0,2}(?:id|#|number|no\b|:|ref\w*)|case(?=[ \t]$)",
    "authorization": r"(?:prior[ -]?)?auth(?:orization)?[ \t]{0,2}(?:id|#|number|no\b|:)"
    r"|\bpre-?cert(?:ification)?[ \t]{0,2}(?:id|#|number|no\b|:)|\bpa[ \t]{0,2}(?:#|number|no\b)"
    r"|\bcertification (?:number|#)",
    "reference": r"appeal (?:ref\w*|id|#|number|no\b)|\bref(?=[ \t]$)"
    r"|call ref(?:erence)?(?=[ \t]$)|(?:reference|ref|tracking|confirmation|request"
    r"|referral|inquiry|ticket"
    r"|call ref\w*)"
    r"[ \t]{0,2}\.?[ \t]{0,2}(?:id|#|number|num|no\b|:)",
    "mrn": r"mrn|med(?:ical)? rec(?:ord)?[ \t]{0,2}(?:#|number|no\b)|\bchart[ \t]{0,2}(?:#"
    r"|number|no\b)"
    r"|\bpatient id|\baccount (?:#|number)",
}
_LABEL = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + rf"){_TO}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"(?<![\w/-]){_ID}", re.IGNORECASE)
_SPACED = re.compile(
    r"(?<![\w/-])(?!(?:ID|NO|MRN|NPI|DOB|GRP|REF|DX|ICD|PA|FAX|TEL|CPT|DEA|TIN|NUM)\b)"
    r"(?=[A-Z0-9 -]{0,24}\d)[A-Z0-9]{1,9}"
    r"(?: (?=[A-Z]{0,3}\d)[A-Z0-9][A-Z0-9-]{1,8}){1,4}(?![\w/-])"
)
_THREE = re.compile(r"\d\d\d")
_DEA = re.compile(r"\bDEA\b[ \t#:.no]{0,8}(?P<value>[A-Z]{2}\d{7})(?!\w)", re.IGNORECASE)
_TAX = re.compile(
    r"\b(?:tax(?:payer)? ?id\w*|tin|f?ein)\b[ \t#:.no]{0,8}(?P<value>\d{2}-?\d{7})(?!\d)",
    re.IGNORECASE,
)
_BACK = 44
_HEADS = (
    "member", "subscri", "insur", "benefici", "enroll", "medic", "mbi", "polic", "group", "grp",
    "claim", "icn", "dcn", "case", "auth", "cert", "pa", "ref", "track", "confirm", "request",
    "inquir", "ticket", "mrn", "rec", "chart", "account", "appeal", "id",
)  # fmt: skip
_OFFICIAL = ("dea", "tax", "tin", "ein")
_BIRTHS = re.compile(r"d\.?o\.?b|birth|born")
_NPI = re.compile(
    r"\bn\.?p\.?i\b\.?(?:[ ]\((?:type )?\d\))?[ \t]{0,3}(?:(?:number|no\.?"
    r"|#)[ \t]{0,2})?[:#=\-(]{0,2}[ \t]{0,4}(?:\r?\n[ \t]{0,4})?(?P<value>\d{10})(?!\d)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?1[ .-]?)?\(?(?P<a>[2-9]\d\d)\)?[ .\-/]{1,2}(?P<b>[2-9]\d\d)[ .\-]"
    r"(?P<c>\d{4})(?![\w-])"
)
_LAST_FOUR = re.compile(r"\d\d\d[ .-]\d\d\d\d")
_FAX = re.compile(r"\b(?:fax|facsimile|f)\b[^\n\d(+]{0,20}$", re.IGNORECASE)
_TEL = re.compile(r"\b(?:phone|tel\w*|call|ph|cell|p|t)\b[^\n\d(+]{0,20}$", re.IGNORECASE)
_BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date"
    r"|born(?: on)?)\b[ \t]{0,3}[:#=\-]?[ \t]{0,3}(?:\r?\n[ \t]{0,4})?"
    r"(?:(?P<d4>\d{1,2})[- ](?P<mon4>[A-Z][a-z]{2,8})[- ](?P<y4>(?:19|20)\d\d)"
    r"|(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<m2>\d{1,2})[/.-](?P<d2>\d{1,2})[/.-](?P<y2>(?:19|20)?\d\d)"
    r"|(?P<mon>[A-Z][a-z]{2,8})\.? (?P<d3>\d{1,2}),? (?P<y3>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PAYER = re.compile(
    r"^[ \t]{0,4}(?:primary |secondary )?(?:payer|payor|insurance|health plan|insurer|carrier"
    r"|plan name|insurance"
    r" (?:company|carrier|plan"
    r"|name))(?: name)?[ \t]{0,3}:[ \t]{0,4}(?P<value>[A-Z][\w&.,' \-]{2,60}?)"
    r"(?=[ \t]*(?:$|[;(|]|\r?\n|  |\b(?:member|group|id|policy)\b))",
    re.IGNORECASE | re.MULTILINE,
)
_PLAN = re.compile(
    r"\b(?!Called|Contacted|Per|With|Dear|The|From|To|By)(?:[A-Z][a-z]+ ){1,3}(?:Health ?[Pp]lan"
    r"|Health ?[Cc]are|Insurance|Health Insurance"
    r"|Mutual)\b"
)
_NPI_LETTERS = ("npi", "n.p", "p.i")
_PLAN_WORDS = ("Health", "Insurance", "Mutual")


def labelled(text: str) -> Iterator[Spot]:
    """Find them; the words are the number itself, without its label."""
    low = text.lower()
    if _THREE.search(text) and holds(low, _HEADS):
        yield from _numbered(text, low)
    for match in _NPI.finditer(text) if "npi" in low or "n.p.i" in low else ():
        if _checks(match["value"]):
            yield Spot(*match.span("value"), "identifier", match["value"], "labelled", "npi")
    for match in _BORN.finditer(text) if _BIRTHS.search(low) else ():
        born = _birth(match)
        start = match.start(match.lastgroup or 0)
        if born:
            start = min(match.start(n) for n in ("y", "m2", "mon", "d4") if match[n])
            yield Spot(start, match.end(), "identifier", born.isoformat(), "labelled", "birth")
    yield from _official(text, low)
    yield from _telephones(text)
    for match in (*_PAYER.finditer(text), *_plans(text)):
        name = "value" if match.re is _PAYER else 0
        said = match[name].rstrip(" .,-")
        start = match.start(name)
        yield Spot(start, start + len(said), "payer_reference", said, "labelled", "payer")


def _plans(text: str) -> Iterator[re.Match[str]]:
    return _PLAN.finditer(text) if holds(text, _PLAN_WORDS) else iter(())


def _official(text: str, low: str) -> Iterator[Spot]:
    for kind, pattern in (("dea", _DEA), ("tax", _TAX)):
        for match in pattern.finditer(text) if holds(low, _OFFICIAL) else ():
            yield Spot(*match.span("value"), "identifier", match["value"], "labelled", kind)


def _numbered(text: str, low: str) -> Iterator[Spot]:
    after = 0
    found = [*_SPACED.finditer(text), *_NUMBERED.finditer(text)]
    for match in sorted(found, key=lambda one: (one.start(), -one.end())):
        kind = _kind(text, low, match.start()) if match.start() >= after else None
        if kind:
            slot: Slot = "identifier" if kind == "mrn" else "payer_reference"
            after = match.end()
            yield Spot(*match.span(), slot, match.group(), "labelled", kind)


def _kind(text: str, low: str, end: int) -> str | None:
    """What the label before a number says it is."""
    begin = max(0, end - _BACK)
    if not holds(low[begin:end], _HEADS):
        return None
    label = _LABEL.search(text, begin, end)
    return next(name for name in _LABELS if label[name]) if label else None


def wrong_npis(text: str) -> int:
    """Count the numbers that are called an NPI and fail its check digit (45 CFR 162.406)."""
    if not holds(text.casefold(), _NPI_LETTERS):
        return 0
    return sum(not _checks(match["value"]) for match in _NPI.finditer(text))


def _telephones(text: str) -> Iterator[Spot]:
    for match in _PHONE.finditer(text) if _LAST_FOUR.search(text) else ():
        ahead = text[max(0, match.start() - 40) : match.start()]
        fax, telephone = _FAX.search(ahead), _TEL.search(ahead)
        late = fax and (not telephone or fax.start() > telephone.start())
        value = f"{match['a']}-{match['b']}-{match['c']}"
        kind = "fax" if late else "phone"
        yield Spot(match.start(), match.end(), "identifier", value, "labelled", kind)


def _checks(number: str) -> bool:
    try:
        npi(number)
    except ValueError:
        return False
    return True


def _birth(match: re.Match[str]) -> date | None:
    year = match["y"] or match["y2"] or match["y3"] or match["y4"]
    day = match["d"] or match["d2"] or match["d3"] or match["d4"]
    month = match["m"] or match["m2"]
    if month is None:
        short = (match["mon"] or match["mon4"])[:3].lower()
        month = str(_MONTHS.index(short) + 1) if short in _MONTHS else "0"
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 27 else 1900)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
