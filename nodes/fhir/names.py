"""Are two names one person's? Family names must agree, given names must not contradict.

Case, accents, hyphens, apostrophes and blanks do not matter, nor suffixes (Jr, III) and titles.
Of a double family name one part will do. Given names agree where the first of one side stands
among those of the other: equal, an initial, a beginning, a nickname of the table, or another
spelling of the same sounds (Sara and Sarah, Catherine and Katherine). How many letters differ says
nothing: Marta and Maria, Mario and Maria, Alexander and Alexandra are two people; the female form
of a male name is another name. Jr and Sr are two people.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import yaml

SUFFIXES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "junior", "senior", "md", "phd", "dr", "mr", "mrs", "ms", "esq"}
)
PARTICLES = frozenset({"de", "la", "las", "los", "del", "da", "dos", "van", "von", "der", "y", "e"})
SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"}
GENERATIONS = {
    "sr": {"sr"}, "senior": {"sr"}, "jr": {"jr", "ii"}, "junior": {"jr", "ii"}, "ii": {"jr", "ii"},
    "iii": {"iii"}, "iv": {"iv"},
}  # fmt: skip
SHORTEST = 3
FEMALE = re.compile(r"(?:l?e|i?n?a|i?na|ine|n?ette|elle)")
SWAPPED = 5
SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("w", "u"), ("ey", "i"),
    ("ie", "i"), ("ee", "i"), ("y", "i"), ("j", "i"),
)  # fmt: skip


def one_family(said: str, known: Iterable[str]) -> bool:
    """Whether a family name is one of those known, or a part of a double one."""
    return any(_one_family(said, other) for other in known)


def _one_family(said: str, known: str) -> bool:
    if spellings(said) & spellings(known):
        return True
    ours, theirs = parts(said) - PARTICLES, parts(known) - PARTICLES
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def one_given(said: Sequence[str], known: Sequence[str]) -> bool:
    """Whether given names, first ones first, can be one person's; none contradict nothing.

    A middle initial speaks for nobody's first name.
    """
    ours, theirs = _given(said), _given(known)
    if not ours or not theirs:
        return True
    return any(_among(one, other) for one, other in ((ours, theirs), (theirs, ours)))


def _among(ours: list[set[str]], theirs: list[set[str]]) -> bool:
    """Whether the first of our given names is among theirs."""
    others = theirs[0].union(*(told for told in theirs[1:] if any(len(one) > 1 for one in told)))
    return any(alike(one, other) for one in ours[0] for other in others)


def _given(names: Sequence[str]) -> list[set[str]]:
    told = ({*parts(name), plain(name)} - SUFFIXES - {""} for name in names)
    return [one for one in told if one]


def one_generation(said: Iterable[str], known: Iterable[str]) -> bool:
    """Whether Jr, Sr and numbers within names agree, or are missing on one side."""
    ours, theirs = generation(said), generation(known)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def generation(names: Iterable[str]) -> set[str]:
    """Give what a name says of the generation; Jr and II can be one."""
    words = (plain(word) for name in names for word in re.split(r"[\s,()]+", name))
    return {one for word in words for one in GENERATIONS.get(word, ())}


def alike(one: str, other: str) -> bool:
    """Whether two plain given names can stand for one another."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1 or short == long:
        return long.startswith(short)
    table = nicknames()
    if not table.get(one, frozenset()).isdisjoint(table.get(other, frozenset())):
        return True
    if len(short) >= SHORTEST and long.startswith(short):
        return not FEMALE.fullmatch(long[len(short) :])
    return sound(one) == sound(other)


@cache
def sound(name: str) -> str:
    """Write a plain given name as it sounds: spellings that are heard as one become one."""
    for letters, heard in SOUNDS:
        name = name.replace(letters, heard)
    name = re.sub(r"(?<=.)h", "", name)
    name = re.sub(r"(.)\1+", r"\1", name)
    if len(name) < SWAPPED:
        return name
    return re.sub(r"[aeiou]{2,}", lambda found: "".join(sorted(found[0])), name)


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
