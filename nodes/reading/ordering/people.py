"""A patient's name as orders write it: "Lopez, Maria E", "LOPEZ MARIA", "Maria E. Lopez"."""

import re

from nodes.case import PersonName

WORD = r"[^\W\d_][^\W\d_'\u2019.\-]*(?:['\u2019\-][^\W\d_]+)*\.?"
PARTICLES = frozenset(
    ("de", "del", "la", "van", "von", "der", "den", "bin", "al", "di", "da", "st.")
)
SUFFIX = re.compile(r",?[ ]+(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx)\.?[ ]+", re.IGNORECASE)
SHAPE = re.compile(rf"{WORD}(?:,? {WORD}){{1,4}}")
TAIL = re.compile(
    r"[ ,]*(?:\(.*|[|;].*|\b(?:dob|sex|mrn|age|d\.o\.b|born|date of birth|birth|npi).*|\d.*)$",
    re.IGNORECASE,
)
SEX = re.compile(r"(?<=\w)(?P<mark>,? [MF])$")
CREDENTIALS = re.compile(
    r"(?:[ ,]+(?:m\.?d\.?|d\.?o\.?|n\.?p\.?|p\.?a\.?(?:-?c)?|fnp(?:-?c|-?bc)?|aprn|arnp|cnp|dnp|dpm"
    r"|dpt|pt|ot|phd|rn|facs|facc|faaos|od|dds|dc)\.?)+$",
    re.IGNORECASE,
)
DOCTOR = re.compile(r"^(?:dr|doctor)\.?[ ]+", re.IGNORECASE)
CAPITAL = r"[A-Z][^\W\d_]*(?:['\u2019\-][^\W\d_]+)*"
BORN = re.compile(
    rf"\b(?P<name>{CAPITAL},?(?: (?:[A-Z]\.|{CAPITAL})){{1,3}})[ ]?[,(]{{0,2}}[ ]{{0,3}}\(?"
    r"(?:DOB|D\.O\.B\.?|[Bb]orn|[Dd]ate of [Bb]irth|[Bb]irth ?date)\b"
)
LEADS = re.compile(
    r"^(?:(?:patient|pt|re|name|for|order|member|beneficiary|mr|mrs|ms|miss)\b[.:]?[ ]+)+",
    re.IGNORECASE,
)


def name(said: str) -> PersonName | None:
    """Read a name of two to five words; None when the words are no name."""
    words = TITLE.sub("", SUFFIX.sub("", TAIL.sub("", " ".join(said.split())).strip(" ,.")))
    if len(SEX.sub("", words).split()) > 1:
        words = SEX.sub("", words)
    if not SHAPE.fullmatch(words) or len(words) > 80:
        return None
    family, comma, rest = words.partition(",")
    parts = (rest if comma else words).split()
    if comma:
        return _made(family, parts)
    if len(parts) < 2:
        return None
    cut = len(parts) - 1
    while cut > 1 and parts[cut - 1].lower() in PARTICLES:
        cut -= 1
    return _made(" ".join(parts[cut:]), parts[:cut])


def clinician(said: str) -> PersonName | None:
    """Read who orders: a name with a title before it or credentials after."""
    words = re.split(r"[ ]{3,}|[|;(]", said.strip())[0]
    return name(CREDENTIALS.sub("", DOCTOR.sub("", TAIL.sub("", words).strip(" ,.:"))))


def _made(family: str, given: list[str]) -> PersonName | None:
    if not given or not family.strip():
        return None
    first, *middle = given
    return PersonName(
        family=_cased(family),
        given=_cased(first.rstrip(".") if len(first) > 2 else first),
        middle=_cased(" ".join(middle).rstrip(".")) if middle else None,
    )


def _cased(words: str) -> str:
    """Write what stands in capitals as names are written."""
    said = words.strip()
    return said.title() if said.isupper() and len(said) > 1 else said
