"""Where a text names diagnoses: runs of words that the titles know, and how each is meant."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from nodes.chart import Note
from nodes.coding.leaf import Reached
from nodes.coding.lookup import COVERED, SURE, Lookup
from nodes.coding.plausible import HEADS
from nodes.coding.runs import CHUNK, LABEL, Run, runs, trim
from nodes.coding.words import PALE, tokens
from nodes.entity import Status
from nodes.extraction.sections import Sections
from nodes.extraction.status import status
from nodes.policy.sentences import ReadNote, Sentence

_PLAIN = re.compile(r"\W*|(?i:no|not|and|or|after|during|from|with|female|male|controlled)")
_DIAGNOSES = re.compile(
    r"\s*(?:assess|diagnos|impression|dx|problem|indication|reason|condition|complaint|cc\b|a/p)",
    re.IGNORECASE,
)
_DONE = re.compile(r"\bs/?p\b|status[- ]post|presence|prosthe|artificial|implant", re.IGNORECASE)
_WEIGHED = {"bmi", "body", "mas"}
_VAGUE = frozenset([
    "pain", "injury", "history", "use", "exposure", "encounter", "presence", "absence", "screening",
    "infection", "complication", "failure", "lesion", "function", "examination", "care", "food",
    "medication", "drug", "test", "body", "bowel", "bladder", "work", "home", "family", "need",
])  # fmt: skip
_OWN = 2
_UNREAD = ("medications", "allergies", "education", "technique")
_LISTED = 0.85
_LEAST = 0.3
_SHORT = 90
_REPEATED = 50


class Mention(NamedTuple):
    """Words of a text from ``start`` to ``end``, how they are meant, and the codes they fit."""

    start: int
    end: int
    words: str
    before: str
    status: Status
    codes: list[Reached]


def mentions(note: Note, read: ReadNote, lookup: Lookup) -> Iterator[Mention]:
    """The diagnoses a note names, in order; a text that is one name is taken whole."""
    parts = Sections(note.text)
    short = len(note.text) <= _SHORT and len(read.sentences) == 1
    times: Counter[str] = Counter()
    found = [
        one
        for told in read.sentences
        if parts.at(told.start)[0] not in _UNREAD
        for run in runs(told.text)
        if (one := _of_run(told, run, note.written, lookup, times))
    ]
    whole = _whole(read.sentences[0], found, note.written, lookup) if short else None
    yield from [whole] if whole else found


def _of_run(
    told: Sentence, run: Run, written: date, lookup: Lookup, times: Counter[str]
) -> Mention | None:
    """The mention of a run with what says more of it, or else of the run alone."""
    words = told.text[run.start : run.end]
    times[words] += 1
    if times[words] > _REPEATED:
        lookup.unread += lookup.promising(words)
        return None
    whole = _mention(told, run.start, run.all, written, lookup, SURE)
    if run.all == run.end:
        return whole
    alone = _mention(told, run.start, run.end, written, lookup, SURE)
    kept = whole and (alone is None or _more(whole.codes[0], alone.codes[0]))
    return whole if kept else alone


def _more(whole: Reached, alone: Reached) -> bool:
    """Whether more words lead to a code that takes up more of them."""
    return len(whole.match.words) > len(alone.match.words) or whole.entry.side is not None


def _whole(told: Sentence, found: list[Mention], written: date, lookup: Lookup) -> Mention | None:
    """The one mention that a whole short text is; none when it says or lists several things."""
    label = LABEL.match(told.text)
    start = label.end() if label else 0
    if label and not _DIAGNOSES.match(label.group()):
        return None
    cuts = list(CHUNK.finditer(told.text, start))
    if any(not _PLAIN.fullmatch(one.group()) or one.start() == start for one in cuts):
        return None
    if any(one.status not in ("affirmed", "negated") for one in found):
        return None
    sure = [one.codes[0] for one in found if one.codes[0].match.score >= _LISTED]
    if len({one.entry.code[:3] for one in sure}) > 1:
        return None
    trimmed = trim(told.text, start, len(told.text.rstrip(" .")))
    whole = _mention(told, *trimmed, written, lookup, _LEAST) if trimmed else None
    several = len({one.entry.code for one in sure}) > 1
    if whole and several and whole.codes[0].match.score <= min(one.match.score for one in sure):
        return None
    return whole


def _mention(
    told: Sentence, start: int, end: int, written: date, lookup: Lookup, least: float
) -> Mention | None:
    words = told.text[start:end]
    if least == SURE and not lookup.promising(words):
        return None
    codes = lookup.codes(words)
    if not codes or codes[0].match.score < least or not _named(codes[0], told.text[:end], least):
        return None
    how = status(told, start, end, written)
    return Mention(
        told.start + start,
        told.start + end,
        words,
        told.text[max(0, start - 40) : start],
        how,
        codes,
    )


def _named(first: Reached, before: str, least: float) -> bool:
    """Whether the words name a condition and not only a place, a number or a cause."""
    match = first.match
    words = set(match.words)
    telling = {one for one in words if one.isalpha() and one not in PALE}
    if not telling or (match.entry.code.startswith("Z68") and not words & _WEIGHED):
        return False
    if first.entry.code.startswith(("Z96", "Z98")) and not _DONE.search(before):
        return False
    if least < SURE:
        return match.covered >= least
    if match.covered < COVERED or telling <= _VAGUE or first.entry.code[0] in "VWXY":
        return False
    heads = {one.word for one in tokens(match.by)}
    if match.kind != _OWN:
        heads |= {one.word for one in tokens(match.entry.title)}
    heads &= HEADS
    return not heads or not heads.isdisjoint(words)
