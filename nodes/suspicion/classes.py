"""What a sentence asks of software, told from the classes of its words and their order.

``words.yaml`` names the classes and the orders. Time grows with the text only: gaps are
bounded, and only what stands around seldom words is read.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nodes.audit import Model
from nodes.datafile import parse
from nodes.suspicion.unseen import folded

FILE = Path(__file__).with_name("words.yaml")
BEFORE, AFTER = 140, 200
ENOUGH = 5
CLAUSE = 9
_TOKEN = re.compile(
    r"[^\W\d_]+(?:'[a-z]+|-\n[a-z]+)?|\d[\d-]*|[.!?。](?=\s|$|\")|[:\uff1a;,\n\"“”«»]|[-*#•=<>\[\]]+"
)
_PART = re.compile(r"\{([A-Z]+)\}")
_BROKEN = re.compile(r"[a-z]+-\n[a-z]+")
_SENTENCE = re.compile(r"[^.|]{2,60}")
_THINGS, _PAPERS = frozenset("KOm32"), frozenset("EiwV")
_OUTCOMES, _WEAK, _SPOKEN = frozenset("D4"), frozenset("du"), frozenset("Yy")
_ASKING = frozenset("KOmDiYyMNlEa*ISFTrk@")
_MODELS = frozenset({"model", "models"})
_COMPOUNDS = ("software", "modell", "programm", "computer")
_SIGNS = {
    "\n": "|", "!": ".", "?": ".", "。": ".", ";": ".", "\uff1a": ":",
    "“": '"', "”": '"', "«": '"', "»": '"',
}  # fmt: skip
_ROUND = ".,:;!?()[]{}<>*#\"'-@/“”«»=_"


class ClassRule(Model):
    """What any of some orders of classes shows."""

    kind: str
    any: tuple[str, ...]


class WordsFile(Model):
    """The file: words by class, parts of patterns by name, and the rules."""

    version: str
    classes: dict[str, str]
    parts: dict[str, str]
    seeds: str
    common: str
    seldom: str
    software: str
    plain: str
    benign: str
    ordered: str
    told: str
    rules: tuple[ClassRule, ...]


class Reading(NamedTuple):
    """The file, ready to search with."""

    letters: dict[str, str]
    seeds: frozenset[str]
    plain: frozenset[str]
    benign: frozenset[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    software: re.Pattern[str]
    ordered: re.Pattern[str]
    told: re.Pattern[str]


@cache
def reading() -> Reading:
    """Read the file once."""
    file = parse(FILE.read_bytes(), WordsFile, "suspicion words", FILE.name)
    letters: dict[str, str] = {}
    for letter, words in file.classes.items():
        for word in words.replace("'yes'", "yes").split():
            letters.setdefault(folded(word), letter)
    rare = {word for word, letter in letters.items() if letter in file.seeds}
    seeds = frozenset(rare.difference(file.common.split()).union(file.seldom.split()))
    rules = tuple((one.kind, _joined(one.any, file.parts)) for one in file.rules)
    named = frozenset(file.plain.split()), frozenset(file.benign.split())
    whole = [_joined((one,), file.parts) for one in (file.software, file.ordered, file.told)]
    return Reading(letters, seeds, *named, rules, *whole)


def _joined(orders: tuple[str, ...], parts: dict[str, str]) -> re.Pattern[str]:
    whole = (_PART.sub(lambda found: parts[found[1]], one) for one in orders)
    return re.compile("|".join(f"(?:{one})" for one in whole))


def asked(text: str, vocabulary: set[str]) -> Iterator[tuple[str, int, int]]:
    """Give what a folded text asks of software: the kind, and where it stands."""
    known = reading()
    places = [place for word in known.seeds & _plain(vocabulary) for place in _found(text, word)]
    if "-\n" in text:
        broken = _BROKEN.finditer(text)
        places += [one.start() for one in broken if one.group().replace("-\n", "") in known.seeds]
    for start, end in _around(sorted(places)):
        yield from _read(text, start, end, known)


def _plain(vocabulary: set[str]) -> set[str]:
    """Give the words without the signs around and in them."""
    words = {word.strip(_ROUND) for word in vocabulary}
    return words | {part for word in words if not word.isalpha() for part in re.split(r"\W", word)}


def _around(places: list[int]) -> Iterator[tuple[int, int]]:
    """Give the windows around places, joined where they overlap."""
    start = end = -1
    for place in places:
        if place - BEFORE > end:
            if end >= 0:
                yield start, end
            start = max(0, place - BEFORE)
        end = place + AFTER
    if end >= 0:
        yield start, end


def _found(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        after = text[place + len(word) : place + len(word) + 1]
        if not (text[place - 1 : place].isalpha() or after.isalpha()):
            yield place
        place = text.find(word, place + len(word))


def _read(text: str, start: int, end: int, known: Reading) -> Iterator[tuple[str, int, int]]:
    tokens = list(_TOKEN.finditer(text, start, end))
    said = "".join(_letter(token.group(), known.letters) for token in tokens)
    for kind, pattern in known.rules:
        for found in pattern.finditer(said):
            last = max(found.start(), found.end() - 1)
            yield kind, tokens[found.start()].start(), tokens[last].end()
    for found in _SENTENCE.finditer(said):
        words = {token.group() for token in tokens[found.start() : found.end()]}
        if _counted(found.group(), known) >= ENOUGH or _named(found.group(), words, known):
            begun, done = tokens[found.start()], tokens[found.end() - 1]
            yield "addressed_to_software", begun.start(), done.end()


def _counted(said: str, known: Reading) -> int:
    """Count what a sentence that speaks of software asks for; nothing where it orders nothing."""
    if not known.software.search(said):
        return 0
    order = 2 if known.ordered.search(said) else 1 if known.told.search(said) else 0
    if not order:
        return 0
    letters = set(said)
    thing = 2 if letters & _THINGS else 1 if letters & _PAPERS else 0
    outcome = 2 if letters & _OUTCOMES else 1 if letters & _WEAK else 0
    spoken = 1 if letters & _SPOKEN else 0
    return 3 + order + thing + outcome + spoken


def _named(said: str, words: set[str], known: Reading) -> bool:
    """Whether a sentence names a language model, and more than what was done with it."""
    if not words & known.plain or words & known.benign or "L" in said[:CLAUSE]:
        return False
    if words & known.plain == {"language"} and not words & _MODELS:
        return False
    letters = set(said)
    return bool(letters & _ASKING) and len(letters & (_ASKING | _THINGS | _OUTCOMES)) > 1


def _letter(token: str, letters: dict[str, str]) -> str:
    known = letters.get(token)
    if known:
        return known
    first = token[0]
    if first.isalpha():
        if token.endswith(_COMPOUNDS):
            return "6"
        whole = token.replace("-\n", "")
        return letters.get(whole) or letters.get(whole.partition("'")[2], "x")
    if first.isdigit():
        return "0"
    return _SIGNS.get(first, first if first in '.:,"' else "#")
