"""A sentence cut into runs of words that may each name one diagnosis."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nodes.coding.plausible import modifies
from nodes.coding.wording import query
from nodes.coding.words import sides

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
    r"|(?<=\w )s/?p|comes|came|seen|here|today|yesterday"
    r"|for|as|from|about|over|under|into|per|via|x|ago|years?|months?|weeks?|days?|despite|including"
    r"|such|like|improved|improves|worsened|worsening|worse|better|resolved|treated|managed|controlled"
    r"|with(?= (?:no|the|a|an|his|her|good|minimal|some|partial)\b)"
    r"|plan|assessment|impression|request|requesting|recommend|recommended|refer|referred"
    r"|order|ordered|schedule|scheduled|follow(?:[- ]?up)?"
    r"|mri|ct|x-?ray|emg|ultrasound|dexa|radiographs?|imaging|labs?|therapy|pt|surgery|injections?"
    r"|tablets?|mg|mcg|ml|daily|bid|tid|qd|prn|vitals?|exam|examination|reviewed|discussed|concerned"
)
CHUNK = re.compile(
    r"(?:^|(?<=\s))\(?\d{1,2}[.)](?=\s)|[;,.:()\[\]|?!]+(?:\s|$)"
    r"|[;()\[\]|?!]|\s[+&](?=\s)|\s[-\u2013\u2014]\s|\b(?:" + _BREAKS + r")\b(?![/'-])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:without|w/o|status[- ]post"
    r"|the|a(?! ?fib)|an|of"
    r"|with|in|on|to|by|at|any|some|new|ongoing|due|s/?p|\d+[.)]?|[-*#\u2022])\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:the|a|an|of|with|w/|in|on|to|by|at|due|s/?p)$", re.IGNORECASE)
LABEL = re.compile(r"^[ \t]*[A-Za-z][A-Za-z0-9&/() -]{0,40}:[ \t]*")
_LONGEST_MORE = 60
_JOINED = re.compile(r"[\s,(]*")


class Run(NamedTuple):
    """Words from ``start`` to ``end``, and with all that only says more of them to ``all``."""

    start: int
    end: int
    all: int


def runs(text: str) -> Iterator[Run]:
    """Runs of words between punctuation and the words no diagnosis holds.

    What only says more ("recurrent", "moderate", "left") belongs to what stands before it; where
    nothing does, it names nothing.
    """
    last: Run | None = None
    for start, end in _pieces(text):
        if not _says_more(text[start:end]):
            if last:
                yield last
            last = Run(start, end, end)
        elif last and _JOINED.fullmatch(text, last.all, start):
            last = last._replace(all=end)
    if last:
        yield last


def _says_more(words: str) -> bool:
    if len(words) > _LONGEST_MORE:
        return False
    found = query(words)
    return modifies(found.tokens) or (not found.tokens and bool(sides(words)))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    label = LABEL.match(text)
    start = label.end() if label else 0
    cuts = [(one.start(), one.end()) for one in CHUNK.finditer(text, start)]
    for low, high in [*cuts, (len(text), len(text))]:
        if low > start:
            trimmed = trim(text, start, low)
            if trimmed:
                yield trimmed
        start = max(start, high)


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The same words without what no name begins or ends with; none when nothing is left."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    words = words.strip()
    while match := _LEAD.match(words):
        lead += match.end()
        words = words[match.end() :]
    while match := _TAIL.search(words):
        words = words[: match.start()]
    return (start + lead, start + lead + len(words)) if len(words) > 1 else None
