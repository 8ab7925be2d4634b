"""How a text means a phrase in it, as the one status that an entity carries."""

import re
from datetime import date

from nodes.chart import Note
from nodes.entity import Status
from nodes.policy.scope import Meaning, meaning
from nodes.policy.sentences import ReadNote, Sentence

_TEXT = "DocumentReference/text"
_WORD = re.compile(r"[^\W_]+")
_SAID: tuple[Status, ...] = ("affirmed", "negated", "declined", "historical")


def status_of(text: str, phrase: str, written: date | None = None) -> Status | None:
    """Say how ``text``, a sentence or a whole note, means ``phrase``; None when it is not there.

    The phrase is found whatever its case, blanks and plural. Of several places the last that
    states or denies it counts: it corrects a title or a question. ``written`` (default: today)
    makes the years of the text past.
    """
    found = places(text, phrase)
    if not found:
        return None
    note = _read(text, written)
    said = [one for start, end in found if (one := _at(note, start, end))]
    told = [one for one in said if one in _SAID]
    return told[-1] if told else said[0] if said else None


def places(text: str, phrase: str) -> tuple[tuple[int, int], ...]:
    """Find where a phrase stands: offsets, end exclusive; blanks, case and a plural may differ."""
    words = _WORD.findall(phrase)
    if not words:
        return ()
    last = words[-1][:-1] if words[-1][-1:] in "sS" and len(words[-1]) > 4 else words[-1]
    spelled = r"[\W_]{1,8}".join(map(re.escape, [*words[:-1], last]))
    pattern = re.compile(rf"(?<![^\W_]){spelled}(?:['\u2019]?s|es)?(?![^\W_])", re.IGNORECASE)
    return tuple(match.span() for match in pattern.finditer(text))


def at(text: str, start: int, end: int, written: date | None = None) -> Status | None:
    """Say how a text means the words from ``start`` to ``end``, as ``status_of`` does."""
    return _at(_read(text, written), start, end)


def status(told: Sentence, start: int, end: int, written: date) -> Status:
    """Say how a sentence means the words from ``start`` to ``end``; offsets in the sentence."""
    return status_from(meaning(told, start, end, written))


def status_from(how: Meaning) -> Status:
    """Fold a meaning into one word; what is denied stays denied whoever it is said of."""
    if how.declined:
        return "declined"
    if how.hypothetical:
        return "hypothetical"
    if how.polarity == "negated":
        return "negated"
    if how.family:
        return "family"
    if how.polarity == "uncertain":
        return "uncertain"
    return "historical" if how.past else "affirmed"


def _read(text: str, written: date | None) -> ReadNote:
    day = written or date.today()
    return ReadNote(Note(id=_TEXT, title="text", written=day, text=text))


def _at(note: ReadNote, start: int, end: int) -> Status | None:
    number = note.place(start)
    if number is None:
        return None
    told = note.sentences[number]
    end = min(end, told.end)
    return status(told, start - told.start, end - told.start, note.note.written)
