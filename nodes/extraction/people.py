"""Who ordered the care: order and referral labels before signatures; not the payer's people."""

import re
from collections.abc import Iterator

from nodes.extraction.shapes import shape
from nodes.extraction.spots import Spot
from nodes.writing.drugs import BRANDS, NAMES

_TITLES = (
    r"M\.?D|D\.?O|N\.?P|PA(?:-C)?|FNP(?:-B?C)?|APRN|ARNP|CNP|CRNP|DNP|DPM|DC|PT|DPT|RN|OD|FACS"
    r"|MBBS|CNM"
    r"|ANP|AGNP|LCSW|MSN|OTR|NPI|DOB|MRN|DEA|FAX|CC|RE|ID"
)
_ONE = (
    r"(?:(?:Mc|Mac|O['\u2019]|D['\u2019]|De|Di|Van|La|Le)[A-Z][a-z]+"
    r"|[A-Z][a-z\u00e0-\u00ff]+(?:['\u2019-][A-Z]?[a-z]+)?"
    rf"|(?!(?:{_TITLES})\b)[A-Z]{{2,}}(?:-[A-Z]+)?(?![\w]))"
)
_NAME = (
    rf"(?:[A-Z]\.|{_ONE}|[A-Z](?!\w))(?:[ \t]{{1,2}}(?:(?:de|la|van|von|der|del|bin"
    rf"|al) )?(?:[A-Z]\.|{_ONE}|[A-Z](?![\w.]))){{0,3}}"
)
_LAST_FIRST = rf"{_ONE},[ \t]{{1,2}}{_ONE}(?:[ \t][A-Z]\.?)?"
_CREDENTIAL = (
    r"(?:M\.?D\.?|D\.?O\.?|N\.?P\.?|PA(?:-C)?|FNP(?:-B?C)?|APRN|ARNP|CNP|CRNP|DNP|DPM|DC|PT|DPT|RN"
    r"|OD|Ph\.?D\.?|PsyD|FACS|MBBS|CNM|ANP|AGNP|LCSW|MSN)(?![\w])"
)
_DOCTOR = r"(?:Dr|DR|Doctor)\.?[ \t]{1,2}"
_PERSON = (
    rf"(?:{_DOCTOR})?(?P<name>{_LAST_FIRST}(?=,?[ \t]*{_CREDENTIAL})|(?!(?:Dr|DR)\b){_NAME})"
    rf"(?P<credentials>(?:,?[ \t]{{0,2}}{_CREDENTIAL}){{0,3}})"
)
_LABEL = {
    "ordered": r"(?:verbal |telephone |phone )?orders?(?: received)? (?:from|per)|order(?:ing"
    r"|ed)(?:[ \t]+by)?(?:[ \t]+(?:and|&|/)[ \t]*(?:referring|treating))?"
    r"(?:[ \t]+(?:provider|physician|clinician|doctor|practitioner|md|prescriber"
    r"|surgeon))?(?:[ \t]+name)?",
    "requested": r"(?:request(?:ing|ed)(?:[ \t]+by)?|referr(?:ing|ed)(?:[ \t]+by)?"
    r"|prescrib(?:ing|er|ed)(?:[ \t]+by)?)"
    r"(?:[ \t]+(?:provider|physician|clinician|doctor|practitioner|md|prescriber"
    r"|surgeon))?(?:[ \t]+name)?",
    "signed": r"(?:electronically[ \t]+)?signed(?:[ \t]+(?:electronically[ \t]+)?by)?"
    r"|e-?signed by|authenticated by"
    r"|attending(?:[ \t]+(?:physician|provider))?|rendering provider|treating (?:provider"
    r"|physician)"
    r"|surgeon|provider(?: name)?|physician(?: name)?|clinician|author|sincerely|respectfully"
    r"|dictated by|seen by",
}
_SAID = re.compile(
    r"(?<![\w])(?:" + "|".join(f"(?P<{kind}>(?i:{words}))" for kind, words in _LABEL.items()) + r")"
    r"[ \t]{0,3}(?:(?i:was"
    rf"|is)[ \t])?[:,\-]{{0,2}}[ \t]{{0,4}}(?:\r?\n[ \t\r\n]{{0,12}})?{_PERSON}"
)
_CREDENTIALED = re.compile(rf"(?P<name>{_NAME}),[ \t]{{0,2}}(?P<credentials>{_CREDENTIAL})")
_NUMBERED = re.compile(
    rf"{_DOCTOR}(?P<name>{_NAME}),?[ \t]{{0,3}}(?=(?:DEA|NPI|phone|ph|tel|fax"
    rf"|office)\b[^a-z]{{0,6}}\d?)"
)
_DOCTORS = re.compile(r"D[Rr]|Doctor")
_COMMA = re.compile(rf",[ \t]{{0,2}}{_CREDENTIAL}")
_LONGEST = 120
_LABELS_IN = re.compile(
    r"[Oo](?:rder|RDER)|[Rr](?:equest|EQUEST|efer|EFER|ender|ENDER|espect|ESPECT)|[Pp](?:rescr"
    r"|RESCR"
    r"|rovid|ROVID|hysic|HYSIC)|[Ss](?:ign|IGN|incer|INCER|een|EEN)|[Aa](?:uth|UTH|ttend|TTEND)"
    r"|[Tt](?:reating|REATING)|[Cc](?:linician|LINICIAN)|[Dd](?:ictat|ICTAT)"
)
_ORDERS = re.compile(
    rf"{_DOCTOR}(?P<name>{_NAME})[ \t]+(?:has[ \t]+)?(?:ordered|requests?|requested|recommends?"
    r"|recommended"
    r"|prescribed|referred|is requesting|orders)\b"
)
_PAYERS = re.compile(
    r"medical director|reviewer|reviewed by|utilization|patient(?: name)?\s*:"
    r"|\bmember(?: name)?\s*:|spoke with|\brep\b|representative|radiologist|interpret|\bread by|"
    r"anesthesi|patholog|subscriber|insured|appeals? (?:coordinator|department)|pharmacist"
    r"|case manager",
    re.IGNORECASE,
)
_THERAPIST = re.compile(r"^\W*(?:PT|DPT|RN|OTR|LCSW)\b")
_RANK = {"ordered": 0, "requested": 1, "signed": 2, "credentialed": 3}
_NO_NAME = frozenset(
    [
        "The",
        "This",
        "That",
        "Patient",
        "Date",
        "Time",
        "Provider",
        "Physician",
        "Name",
        "By",
        "On",
        "At",
        "Signature",
        "Electronically",
        "Phone",
        "Fax",
        "Npi",
        "For",
        "Is",
        "To",
        "Clinic",
        "Office",
        "Please",
        "Physical",
        "Therapy",
        "Order",
        "Orders",
        "Plan",
        "Assessment",
        "Exam",
        "Mri",
        "Ct",
        "And",
        "With",
        "Pending",
        "None",
        "Medical",
        "Health",
        "Hospital",
        "Center",
        "Unknown",
        "Not",
        "Of",
        "In",
        "Md",
    ]
)


def clinicians(text: str) -> Iterator[Spot]:
    """Find who ordered; where no one is said to have, who signed, else a name with credentials."""
    found = [*_labelled(text), *_alone(text)]
    best = min((_RANK[spot.kind or ""] for spot in found), default=0)
    seen: set[int] = set()
    for spot in found:
        if _RANK[spot.kind or ""] == best and spot.start not in seen:
            seen.add(spot.start)
            yield spot


def _labelled(text: str) -> Iterator[Spot]:
    for match in _SAID.finditer(text) if _LABELS_IN.search(text) else ():
        kind = next(name for name in _LABEL if match[name])
        sure = kind != "signed" or match["credentials"] or "Dr" in match.group()
        yield from _spot(text, match, kind) if sure else ()
    for match in _ORDERS.finditer(text) if _DOCTORS.search(text) else ():
        yield from _spot(text, match, "ordered")


def _alone(text: str) -> Iterator[Spot]:
    for match in _NUMBERED.finditer(text) if _DOCTORS.search(text) else ():
        yield from _spot(text, match, "credentialed")
    done = 0
    for comma in _COMMA.finditer(text):
        line = max(text.rfind("\n", 0, comma.start()) + 1, comma.start() - _LONGEST, done)
        for match in _CREDENTIALED.finditer(text, line, comma.end()):
            done = match.end()
            yield from _spot(text, match, "credentialed")


def _drug(word: str) -> bool:
    return word.lower() in NAMES or word.lower() in BRANDS or shape(word.lower()) == "drug"


def _spot(text: str, match: re.Match[str], kind: str) -> Iterator[Spot]:
    said, start = match["name"], match.start("name")
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", match.end())
    around = text[max(line, start - 30) : min(stop if stop >= 0 else len(text), match.end() + 45)]
    words = [word.strip(".,") for word in said.replace(",", " ").split()]
    if any(word.capitalize() in _NO_NAME or _drug(word) for word in words) or _PAYERS.search(
        around
    ):
        return
    therapist = _THERAPIST.search(match.groupdict().get("credentials") or "") and kind in (
        "signed",
        "credentialed",
    )
    if therapist or all(len(word) < 2 for word in words):
        return
    value = said if "," not in said else " ".join(part.strip() for part in said.split(",")[::-1])
    yield Spot(
        start, start + len(said), "ordering_clinician", " ".join(value.split()), "labelled", kind
    )
