"""What the table says of two codes on one claim: excluded, in what order, twice."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from nodes.coding.candidate import CodeEdit
from nodes.coding.icd10cm import Icd10cm, NoteKind
from nodes.coding.references import Named, named

_ELSEWHERE = re.compile(r"\bin (?:[\w,]+ ){0,4}classified elsewhere", re.IGNORECASE)
_EXCLUDED = (
    "An Excludes1 note says these are not coded together, unless the two conditions have nothing"
    " to do with each other"
)
_BOTH = "An Excludes2 note: the one does not include the other; both may be coded when both are so"


def plain(code: str) -> str:
    """A code as the table holds it."""
    return code.strip().upper().replace(".", "")


class _Note(NamedTuple):
    at: str
    words: str
    named: tuple[Named, ...]


def excluded(codes: Sequence[str], table: Icd10cm) -> Iterator[CodeEdit]:
    """Pairs that a note at one of them, or at what it stands under, keeps apart."""
    given = list(dict.fromkeys(codes))
    first = {code: _notes(code, "excludes1", table) for code in given}
    second = {code: _notes(code, "excludes2", table) for code in given}
    for one, other in combinations(given, 2):
        source = _noted(one, other, first[one]) or _noted(other, one, first[other])
        if source:
            yield CodeEdit(
                edit="excludes1", severity="warning", codes=(one, other), detail=_EXCLUDED,
                source=source,
            )  # fmt: skip
            continue
        source = _noted(one, other, second[one]) or _noted(other, one, second[other])
        if source:
            yield CodeEdit(
                edit="excludes2", severity="note", codes=(one, other), detail=_BOTH, source=source
            )


def _notes(code: str, kind: NoteKind, table: Icd10cm) -> list[_Note]:
    over = table.notes_over(plain(code), kind)
    return [_Note(place, words, named(words)) for place, words in over]


def _noted(one: str, other: str, notes: Sequence[_Note]) -> str | None:
    first, second = plain(one), plain(other)
    for note in notes:
        near = note.at[:1] == first[:1] and "-" not in note.at
        within = near and second.startswith(note.at)
        if not within and any(named.holds(second) for named in note.named):
            return f"{note.at}: {note.words}"[:490]
    return None


def ordered(codes: Sequence[str], table: Icd10cm) -> Iterator[CodeEdit]:
    """Manifestations that stand before what causes them."""
    for place, code in enumerate(codes):
        entry = table.find(plain(code))
        if entry is None:
            continue
        if place == 0 and _manifestation(entry.code, table):
            yield CodeEdit(
                edit="manifestation_first", severity="error", codes=(code,), source=entry.title,
                detail="A manifestation is never listed first: the underlying disease comes before",
            )  # fmt: skip
        before = _notes(code, "code_first", table)
        for later in codes[place + 1 :]:
            source = _noted(code, later, before)
            if source:
                yield CodeEdit(
                    edit="sequence", severity="error", codes=(code, later), source=source,
                    detail="A note says to code the second one first",
                )  # fmt: skip


def _manifestation(code: str, table: Icd10cm) -> bool:
    """Whether its title, or that of a code above it, says so."""
    entries = (table.find(one) for one in (code, *table.above(code)))
    return any(one is not None and _ELSEWHERE.search(one.title) for one in entries)


def repeated(codes: Sequence[str]) -> Iterator[CodeEdit]:
    """Codes given twice."""
    seen: set[str] = set()
    for code in codes:
        if plain(code) in seen:
            yield CodeEdit(
                edit="duplicate", severity="error", codes=(code,), detail="This code stands twice"
            )
        seen.add(plain(code))
