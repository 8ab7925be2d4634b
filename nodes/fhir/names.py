"""Are two names one person's? Family names must agree, given names must not contradict.

Case, accents, hyphens, apostrophes and blanks do not matter, nor suffixes (Jr, III) and titles.
Of a double family name one part will do. Given names agree by any of them, in any order: equal,
an initial, a beginning, a nickname, or nearly the same spelling.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

import yaml

SUFFIXES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "junior", "senior", "md", "phd", "dr", "mr", "mrs", "ms", "esq"}
)
PARTICLES = frozenset({"de", "la", "las", "los", "del", "da", "dos", "van", "von", "der", "y", "e"})
SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"}
NEARLY = 0.75
SHORTEST = 3


def one_family(said: str, known: Iterable[str]) -> bool:
    """Whether a family name is one of those known, or a part of a double one."""
    return any(_one_family(said, other) for other in known)


def _one_family(said: str, known: str) -> bool:
    if spellings(said) & spellings(known):
        return True
    ours, theirs = parts(said) - PARTICLES, parts(known) - PARTICLES
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def one_given(said: Iterable[str], known: Iterable[str]) -> bool:
    """Whether given names can be the same person's; nothing said contradicts nothing."""
    ours, theirs = _given(said), _given(known)
    return not ours or not theirs or any(alike(a, b) for a in ours for b in theirs)


def _given(names: Iterable[str]) -> set[str]:
    whole = [plain(name) for name in names]
    return {part for name in names for part in parts(name)} | {name for name in whole if name}


def alike(one: str, other: str) -> bool:
    """Whether two plain given names can stand for one another."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1 or (len(short) >= SHORTEST and long.startswith(short)):
        return long.startswith(short)
    table = nicknames()
    return (
        not table.get(one, frozenset()).isdisjoint(table.get(other, frozenset()))
        or SequenceMatcher(None, one, other).ratio() >= NEARLY
    )


@cache
def nicknames() -> dict[str, frozenset[int]]:
    """Give for each name of the table the lines it stands in."""
    found: dict[str, set[int]] = {}
    rows = yaml.safe_load((files("nodes.fhir") / "nicknames.yaml").read_bytes())
    for place, row in enumerate(rows):
        for name in row:
            found.setdefault(name, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


def parts(name: str) -> frozenset[str]:
    """Give the words of a name, plain, without suffixes and titles."""
    words = (plain(word) for word in re.split(r"[\s\-.,/()\"]+", name))
    return frozenset(word for word in words if word and word not in SUFFIXES)


def spellings(name: str) -> frozenset[str]:
    """Give a name plain and whole, with its umlauts as one letter and as two."""
    words = [word for word in re.split(r"[\s.,]+", name) if plain(word) not in SUFFIXES]
    whole = " ".join(words).casefold()
    long = "".join(SPELLED.get(letter, letter) for letter in whole)
    return frozenset(found for form in (whole, long) if (found := plain(form)))


def plain(name: str) -> str:
    """Make names comparable: no case, accents, hyphens, apostrophes or blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in letters if not unicodedata.combining(c)))
