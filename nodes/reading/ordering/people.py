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
TAIL = re.compile(r"[ ]*(?:\(.*|[|;].*|\b(?:dob|sex|mrn|age|d\.o\.b).*)$", re.IGNORECASE)


def name(said: str) -> PersonName | None:
    """Read a name of two to five words; None when the words are no name."""
    words = TITLE.sub("", SUFFIX.sub("", TAIL.sub("", " ".join(said.split())).strip(" ,.")))
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
