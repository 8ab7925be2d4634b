"""How a text means a phrase in it, as the one status that an entity carries."""

import re
from datetime import date

from nodes.chart import Note
from nodes.entity import Status
from nodes.policy.scope import Meaning, meaning
from nodes.policy.sentences import ReadNote, Sentence

_WORD = re.compile(r"[^\W_]+")
_NO_DATE = date.min
_TEXT = "DocumentReference/text"


def status_of(text: str, phrase: str, written: date | None = None) -> Status | None:
    """Say how ``text``, a sentence or a whole note, means ``phrase``; None when it is not there.

    The phrase is found whatever its case, blanks and plural. Of several places an affirmed one
    counts first, then the first. ``written`` makes the years of the text past or present.
    """
    note = ReadNote(Note(id=_TEXT, title="text", written=written or _NO_DATE, text=text))
    found: list[Status] = []
    for start, end in places(text, phrase):
        number = note.place(start)
        if number is not None:
            told = note.sentences[number]
            stop = min(end, told.end)
            found.append(status(told, start - told.start, stop - told.start, written or _NO_DATE))
    return "affirmed" if "affirmed" in found else found[0] if found else None


def places(text: str, phrase: str) -> tuple[tuple[int, int], ...]:
    """Find where a phrase stands: offsets, end exclusive; blanks, case and a plural may differ."""
    words = _WORD.findall(phrase)
    if not words:
        return ()
    last = re.escape(words[-1])
    spelled = r"[\W_]{1,8}".join([*map(re.escape, words[:-1]), last])
    pattern = re.compile(rf"(?<![^\W_]){spelled}(?:'?s|es)?(?![^\W_])", re.IGNORECASE)
    return tuple(match.span() for match in pattern.finditer(text))


def status(told: Sentence, start: int, end: int, written: date) -> Status:
    """Say how a sentence means the words from ``start`` to ``end``; offsets in the sentence."""
    return status_from(meaning(told, start, end, written))


def status_from(how: Meaning) -> Status:
    """Fold a meaning into one word; what is denied stays denied whoever it is said of."""
    if how.hypothetical:
        return "hypothetical"
    if how.polarity == "negated":
        return "negated"
    if how.family:
        return "family"
    if how.polarity == "uncertain":
        return "uncertain"
    return "historical" if how.past else "affirmed"
