"""Where a text names diagnoses: runs of words that the titles know, and how each is meant."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from nodes.chart import Note
from nodes.coding.leaf import Reached, suggestions
from nodes.coding.searching import index
from nodes.coding.wording import query
from nodes.coding.words import PALE, tokens
from nodes.entity import Status
from nodes.extraction.sections import Sections
from nodes.extraction.status import status
from nodes.policy.sentences import ReadNote, Sentence

_BREAKS = (
    r"is|are|was|were|be|been|has|have|had|having|will|would|should|could|can|may|might|must|do|does"
    r"|did|he|she|it|they|we|you|his|her|their|our|my|your|him|them|who|which|that|this|these"
    r"|those|there|and|but|or|nor|then|than|also|because|since|until|while|when|if|after|before"
    r"|during|again|however|although|though|no|not|denie[sd]|deny|denying|negative|absence|free"
    r"|reports?|reported|reporting|states?|stated|notes?|noted|presents?|presented|presenting"
    r"|complains?|complaining|describes?|experiences?|experienced|experiencing|developed|develops"
    r"|diagnosed|started|starts?|stopped|takes?|took|taking|tried|failed(?! back)"
    r"|completed|underwent|given"
    r"|received|prescribed|continues?|continue|shows?|showed|showing|demonstrates?|demonstrated"
    r"|reveals?|revealed|consistent|compatible|concerning|suspicious|suspected|suspect|possible"
    r"|cannot|exclude[sd]?|excluding|possibly|probable|probably|likely"
    r"|rul(?:e|ed|es|ing)(?: ?-?out)?"
    r"|r/o|c/o|s/o|\d{1,3}[mf]|vs|versus|evidence|known|history|hx|h/o|pmh"
    r"|mother|father|sister|brother|family|aunt|uncle|son|daughter|grandmother|grandfather"
    r"|patient|pt|yo|y/o|year-old|old|aged|elderly|personal|past"
    r"|man|woman|male|female"
    r"|comes|came|seen|here|today|yesterday"
    r"|for|as|from|about|over|under|into|per|via|x|ago|years?|months?|weeks?|days?|despite|including"
    r"|such|like|improved|improves|worsened|worsening|worse|better|resolved|treated|managed|controlled"
    r"|with(?= (?:no|the|a|an|his|her|good|minimal|some|partial)\b)"
    r"|plan|assessment|impression|request|requesting|recommend|recommended|refer|referred"
    r"|order|ordered|schedule|scheduled|follow(?:[- ]?up)?"
    r"|mri|ct|x-?ray|emg|ultrasound|dexa|radiographs?|imaging|labs?|therapy|pt|surgery|injections?"
    r"|tablets?|mg|mcg|ml|daily|bid|tid|qd|prn|vitals?|exam|examination|reviewed|discussed|concerned"
)
_CHUNK = re.compile(
    r"(?:^|(?<=\s))\(?\d{1,2}[.)](?=\s)|[;,.:()\[\]|?!]+(?:\s|$)"
    r"|[;()\[\]|?!]|\s[-\u2013\u2014]\s|\b(?:" + _BREAKS + r")\b(?![/'-])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:without|w/o|status[- ]post"
    r"|the|a(?! ?fib)|an|of"
    r"|with|in|on|to|by|at|any|some|new|ongoing|due|s/?p|\d+[.)]?|[-*#\u2022])\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:the|a|an|of|with|w/|in|on|to|by|at|due|s/?p)$", re.IGNORECASE)
_LABEL = re.compile(r"^[ \t]*[A-Za-z][A-Za-z0-9&/() -]{0,40}:[ \t]*")
_SURE = 0.62
_COVERED = 0.6
_PLAIN = re.compile(r"\W*|(?i:no|not|and|or|after|during|from|with|female|male|controlled)")
_DIAGNOSES = re.compile(
    r"\s*(?:assess|diagnos|impression|dx|problem|indication|reason|condition|complaint|cc\b|a/p)",
    re.IGNORECASE,
)
_DONE = re.compile(r"\bs/?p\b|status[- ]post|presence|prosthe|artificial|implant", re.IGNORECASE)
# What a title is about: a place of the body alone is no diagnosis.
_HEADS = frozenset([
    "abnormality", "abrasion", "abscess", "absence", "abuse", "adverse", "amputation", "anomaly",
    "arthritis", "atrophy", "benign", "bite", "bleeding", "blister", "burn", "calculu",
    "complication", "congenital", "contusion", "corrosion", "cramp", "crushing", "cyst",
    "deficiency", "deformity", "dependence", "dislocation", "disorder", "edema", "effusion",
    "embolism", "encounter", "exposure", "failure", "foreign", "fracture", "frostbite",
    "hemorrhage", "hernia", "history", "infection", "inflammation", "injury", "insufficiency",
    "laceration", "lesion", "malformation", "malignant", "mas", "numbnes", "osteoarthritis",
    "pain", "poisoning", "pregnancy", "presence", "rash", "rupture", "screening", "spasm",
    "sprain", "stenosi", "stenosis", "stiffness", "strain", "swelling", "tear", "thrombosi",
    "tumor", "ulcer", "underdosing", "use", "weaknes", "wound",
])  # fmt: skip
_WEIGHED = {"bmi", "body", "mas"}
_VAGUE = frozenset([
    "pain", "injury", "history", "use", "exposure", "encounter", "presence", "absence", "screening",
    "infection", "complication", "failure", "lesion", "function", "examination", "care", "food",
    "medication", "drug", "test", "body", "bowel", "bladder", "work", "home", "family", "need",
])  # fmt: skip
_OWN = 2
_UNREAD = ("medications", "allergies", "education", "technique")
_LISTED = 0.8
_SHORT = 90
_LONGEST = 200


class Mention(NamedTuple):
    """Words of a text from ``start`` to ``end``, how they are meant, and the codes they fit."""

    start: int
    end: int
    words: str
    before: str
    status: Status
    codes: list[Reached]


def mentions(note: Note, read: ReadNote, best: int = 5) -> Iterator[Mention]:
    """The diagnoses a note names, in order; a text that is one name is taken whole."""
    parts = Sections(note.text)
    short = len(note.text) <= _SHORT and len(read.sentences) == 1
    found = [
        one
        for told in read.sentences
        if parts.at(told.start)[0] not in _UNREAD
        for start, end in _chunks(told.text)
        if (one := _mention(told, start, end, note.written, best, _SURE))
    ]
    whole = _whole(read.sentences[0], found, note.written, best) if short else None
    yield from [whole] if whole else found


def _whole(told: Sentence, found: list[Mention], written: date, best: int) -> Mention | None:
    """The one mention that a whole short text is; none when it says or lists several things."""
    label = _LABEL.match(told.text)
    start = label.end() if label else 0
    if label and not _DIAGNOSES.match(label.group()):
        return None
    cuts = list(_CHUNK.finditer(told.text, start))
    if any(not _PLAIN.fullmatch(one.group()) or one.start() == start for one in cuts):
        return None
    if any(one.status not in ("affirmed", "negated") for one in found):
        return None
    listed = {one.codes[0].entry.code[:3] for one in found if one.codes[0].match.score >= _LISTED}
    if len(listed) > 1:
        return None
    trimmed = _trim(told.text, start, len(told.text.rstrip(" .")))
    return _mention(told, *trimmed, written, best, 0.3) if trimmed else None


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Runs of words between punctuation and the words no diagnosis holds."""
    label = _LABEL.match(text)
    start = label.end() if label else 0
    cuts = [(one.start(), one.end()) for one in _CHUNK.finditer(text, start)]
    for low, high in [*cuts, (len(text), len(text))]:
        if low > start:
            trimmed = _trim(text, start, low)
            if trimmed:
                yield trimmed
        start = max(start, high)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    words = words.strip()
    while match := _LEAD.match(words):
        lead += match.end()
        words = words[match.end() :]
    while match := _TAIL.search(words):
        words = words[: match.start()]
    return (start + lead, start + lead + len(words)) if len(words) > 1 else None


def _mention(
    told: Sentence, start: int, end: int, written: date, best: int, least: float
) -> Mention | None:
    words = told.text[start:end]
    if least == _SURE and not _promising(words[:_LONGEST]):
        return None
    codes = suggestions(words[:_LONGEST], best)
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


def _promising(words: str) -> bool:
    """Whether the best text is near enough: most words of a note are about no diagnosis."""
    return index().may_reach(query(words), _COVERED, _SURE)


def _named(first: Reached, before: str, least: float) -> bool:
    """Whether the words name a condition and not only a place, a number or a cause."""
    match = first.match
    words = set(match.words)
    telling = {one for one in words if one.isalpha() and one not in PALE}
    if not telling or (match.entry.code.startswith("Z68") and not words & _WEIGHED):
        return False
    if first.entry.code.startswith(("Z96", "Z98")) and not _DONE.search(before):
        return False
    if least < _SURE:
        return True
    if match.covered < _COVERED or telling <= _VAGUE or first.entry.code[0] in "VWXY":
        return False
    heads = {one.word for one in tokens(match.by)}
    if match.kind != _OWN:
        heads |= {one.word for one in tokens(match.entry.title)}
    heads &= _HEADS
    return not heads or not heads.isdisjoint(words)
