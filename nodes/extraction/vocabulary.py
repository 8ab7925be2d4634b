"""Word lists in one dictionary by first word: a text is walked once, however many words it knows.

White space, line ends, hyphens and slashes between words are alike, so is a plural; what a list
writes in capitals only counts in capitals (PE is an embolism, pe is not).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from nodes.audit import Model
from nodes.datafile import parse
from nodes.entity import Slot
from nodes.extraction.spots import How, Spot
from nodes.policy.drug_names import INGREDIENT
from nodes.writing.drugs import BRANDS, NAMES

_WORD = re.compile(r"[^\W\d_]{3,}-[ \t]{0,2}\r?\n[ \t]{0,4}[a-z]{3,}|[^\W_]+")
_CUT = re.compile(r"-\s+")
_GAP = re.compile(r"(?:[^\S\n]{0,3}[-/'\u2019.&]?[^\S\n]{0,2}\n?[^\S\n]{0,8})(?!\n)", re.DOTALL)
FILES = ("diagnoses", "findings", "treatments", "drugs", "necessity")
_WHOLE = frozenset(["crps", "pots"])
_KEPT = frozenset(["ss", "us", "is", "as", "os"])


class Words(Model):
    """One file of words: under each slot lines of ``spelling: other, words``."""

    about: str
    source: str
    version: str
    mark: str
    diagnosis: str = ""
    finding: str = ""
    red_flag: str = ""
    procedure: str = ""
    imaging: str = ""
    drug: str = ""
    therapy: str = ""
    device: str = ""
    necessity: str = ""
    payer_reference: str = ""


class Token(NamedTuple):
    """A word of a text in one spelling, and where it stands."""

    key: str
    start: int
    end: int


class Entry(NamedTuple):
    """What a run of words names."""

    slot: Slot
    value: str
    capitals: bool
    how: How


Dictionary = dict[str, dict[tuple[str, ...], Entry]]
SLOTS: tuple[Slot, ...] = (
    "payer_reference",
    "necessity",
    "diagnosis",
    "finding",
    "red_flag",
    "procedure",
    "imaging",
    "drug",
    "therapy",
    "device",
)


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """One spelling of a word: small letters, no plural."""
    low = word.lower() if word.isalnum() else _CUT.sub("", word).lower()
    if len(low) > 3 and low not in _WHOLE and low[-1] == "s" and low[-2:] not in _KEPT:
        return low[:-1]
    return low


def tokens(text: str) -> list[Token]:
    """List the words of a text in order."""
    return [Token(key(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def add(dictionary: Dictionary, words: str, entry: Entry) -> None:
    """Put a run of words into a dictionary; what is there already stays."""
    keys = tuple(token.key for token in tokens(words))
    if keys:
        dictionary.setdefault(keys[0], {}).setdefault(keys, entry)


@cache
def clinical() -> Dictionary:
    """What names an illness or a treatment, with the drugs that policies and letters know."""
    found = _read(FILES[:4])
    for brand, name in [*INGREDIENT.items(), *BRANDS.items(), *((n, n) for n in NAMES)]:
        add(found, brand, Entry("drug", name, False, "listed"))
    for name in INGREDIENT.values():
        add(found, name, Entry("drug", name, False, "listed"))
    return _longest_first(found)


@cache
def administrative() -> Dictionary:
    """What says why care is needed, and who pays."""
    return _longest_first(_read(FILES[4:]))


def _longest_first(found: Dictionary) -> Dictionary:
    return {
        first: {keys: runs[keys] for keys in sorted(runs, key=len, reverse=True)}
        for first, runs in found.items()
    }


def _read(names: Iterable[str]) -> Dictionary:
    found: Dictionary = {}
    for name in names:
        file = f"{name}.yaml"
        words = parse((files(__package__) / file).read_bytes(), Words, "the word list", file)
        for slot in SLOTS:
            for line in getattr(words, slot).strip().splitlines():
                _line(found, slot, line)
    return found


def _line(found: Dictionary, slot: Slot, line: str) -> None:
    value, _, others = line.partition(":")
    for words in (value, *others.split(",")):
        said = words.strip()
        capitals = len(said) > 1 and said.upper() == said and any(map(str.isalpha, said))
        add(found, said, Entry(slot, value.strip(), capitals, "listed"))


def asked(terms: Iterable[str]) -> Dictionary:
    """The words a caller wants judged, as a dictionary."""
    found: Dictionary = {}
    for term in terms:
        add(found, term, Entry("term", term, False, "term"))
    return _longest_first(found)


def walk(text: str, words: list[Token], dictionary: Dictionary) -> Iterator[Spot]:
    """Find the dictionary's words, the longest run first as it lists them, none within another."""
    after = 0
    for place, token in enumerate(words):
        if token.key not in dictionary or place < after:
            continue
        follows = words[place + 1].key if place + 1 < len(words) else None
        for keys, entry in dictionary[token.key].items():
            if len(keys) > 1 and keys[1] != follows:
                continue
            stop = place + len(keys)
            if _stand(text, words, place, keys) and _capital(text, words, place, stop, entry):
                yield Spot(token.start, words[stop - 1].end, entry.slot, entry.value, entry.how)
                after = stop
                break


def _stand(text: str, words: list[Token], place: int, keys: tuple[str, ...]) -> bool:
    if place + len(keys) > len(words):
        return False
    for step in range(1, len(keys)):
        if words[place + step].key != keys[step]:
            return False
        if not _GAP.fullmatch(text, words[place + step - 1].end, words[place + step].start):
            return False
    return True


def _capital(text: str, words: list[Token], place: int, stop: int, entry: Entry) -> bool:
    said = text[words[place].start : words[stop - 1].end]
    return not entry.capitals or said.upper() == said or (len(said) > 2 and said[:-1].isupper())
