"""From the code that fits best to one that can be billed, adding nothing the words do not say."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nodes.coding.icd10cm import Entry, complete
from nodes.coding.plausible import weighed
from nodes.coding.searching import Index, Match, index
from nodes.coding.wording import Query, query
from nodes.coding.words import PALE, Side, tokens

_POOL = 4
_OPEN = frozenset(
    {"unspecified", "uncomplicated", "-complication", "-mention", "-having", "achieved"}
)
_DEFAULT = re.compile(
    r"\bunspecified\b|\buncomplicated\b|\bwithout (?:complication|mention)|\bnot intractable\b"
    r"|\bnot having achieved\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:init(?:ial)?|active treatment|acute injury|new injury)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:subsequent|follow[- ]?up|f/u|healing|nonunion|non-union|malunion|post-?op|aftercare)\b",
    re.IGNORECASE,
)
_SEQUELA = re.compile(r"\b(?:sequelae?|late effects?)\b", re.IGNORECASE)
_ENCOUNTERS = (
    (_SEQUELA, "sequela"),
    (_LATER, "subsequent encounter"),
    (_FIRST, "initial encounter"),
)

_HISTORY = re.compile(r"(?<!family )(?:\bhistory of|\bhx of|\bh/o)(?: an?)?\s*$", re.IGNORECASE)
_PERSONAL = ("Z85", "Z86", "Z87")


class Reached(NamedTuple):
    """A code as complete as the words allow, and the match it came from."""

    entry: Entry
    match: Match


def suggestions(text: str, best: int = 5, found: Index | None = None) -> list[Reached]:
    """The best codes for words, each brought down to a leaf, best first, each code once."""
    at = found or index()
    asked = query(text)
    reached: dict[str, Reached] = {}
    weighed_ = (weighed(one) for one in at.find(asked, best * _POOL))
    for match in sorted((one for one in weighed_ if one), key=lambda one: -one.score):
        entry = seventh(leaf(match.entry, asked, at), text)
        reached.setdefault(entry.code, Reached(entry, match))
        if len(reached) == best:
            break
    return list(reached.values())


def history(before: str, words: str) -> list[Reached]:
    """Codes of personal history for what stands behind "history of"; none for anything else."""
    if not _HISTORY.search(before):
        return []
    found = suggestions(f"personal history of {words}", 5)
    return [one for one in found if one.entry.code.startswith(_PERSONAL) and one.match.score > 0.6]


def suggest(text: str) -> list[str]:
    """The codes alone."""
    return [one.entry.dotted for one in suggestions(text)]


def leaf(entry: Entry, asked: Query, at: Index) -> Entry:
    """Go down from a code to the one that says least beside the words asked for."""
    words = {one.key for one in asked.tokens} | {one.key for one in asked.hints}
    while not entry.leaf:
        known = words | {one.key for one in tokens(entry.title)}
        below = list(at.table.children(entry.code))
        entry = min(below, key=lambda one: (_cost(one, known, words, asked.side, at), one.code))
    return _turned(entry, asked.side, at)


def _turned(entry: Entry, side: Side | None, at: Index) -> Entry:
    """The code beside one with an open side that says the side asked for."""
    if side is None or not entry.side_open:
        return entry
    above = at.table.above(entry.code)
    own = {one.key for one in tokens(entry.title)}
    fitting = [one for one in at.table.children(above[0]) if one.side == side] if above else []
    return min(
        fitting,
        key=lambda one: (len(own ^ {two.key for two in tokens(one.title)}), one.code),
        default=entry,
    )


def _cost(entry: Entry, known: set[str], words: set[str], side: Side | None, at: Index) -> float:
    said = {one.key for one in tokens(entry.title)}
    cost = sum(at.weight(word) for word in said - known - _OPEN)
    cost -= 4 * sum(1 for word in said & words if word not in PALE)
    if _DEFAULT.search(entry.title):
        cost -= 3
    if entry.title.lower().startswith("other "):
        cost += -6 if "other" in words else 3
    return cost + _side_cost(entry, side)


def _side_cost(entry: Entry, side: Side | None) -> float:
    if entry.side is None:
        return 0.0 if side is None else 2.0
    if side is None:
        return 8.0
    return -6.0 if entry.side == side else 12.0


def seventh(entry: Entry, text: str) -> Entry:
    """Add the 7th character the text tells; where it tells none the code stays open.

    A character that itself says "unspecified" is taken when nothing is told.
    """
    if not entry.sevenths:
        return entry
    char = _told(entry, text)
    if char is None:
        return entry
    code = complete(entry.code, char)
    return entry._replace(code=code, title=f"{entry.title}, {entry.sevenths[char]}", sevenths={})


def _told(entry: Entry, text: str) -> str | None:
    encounter = next((words for pattern, words in _ENCOUNTERS if pattern.search(text)), None)
    by_encounter = any("encounter" in words for words in entry.sevenths.values())
    if by_encounter and encounter is None:
        return None
    asked = {one.key for one in query(text).tokens}
    asked |= {one.key for one in tokens(encounter or "")}
    best, most = None, 0.0
    for char, words in entry.sevenths.items():
        said = {one.key for one in tokens(words)}
        shared = said & asked
        if by_encounter and not {one.key for one in tokens(encounter or "")} <= said:
            continue
        fit = 2 * len(shared) / (len(said) + len(asked)) if shared - PALE else 0.0
        if fit > most:
            best, most = char, fit
    return best or next(_unspecified(entry.sevenths), None)


def _unspecified(sevenths: dict[str, str]) -> Iterator[str]:
    for char, words in sevenths.items():
        if "unspecified" in words.lower():
            yield char
