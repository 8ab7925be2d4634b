"""What an engine recognised: words with their places in pixels, in lines; and what of it is text.

Nothing is corrected. A rule of a table read as a letter is left out; an identifier whose letters
are often mistaken for digits keeps its letters and loses confidence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

Box = tuple[float, float, float, float]
LIGATURES = str.maketrans(
    {
        "\N{LATIN SMALL LIGATURE FF}": "ff",
        "\N{LATIN SMALL LIGATURE FI}": "fi",
        "\N{LATIN SMALL LIGATURE FL}": "fl",
        "\N{LATIN SMALL LIGATURE FFI}": "ffi",
        "\N{LATIN SMALL LIGATURE FFL}": "ffl",
        "\N{SOFT HYPHEN}": "-",
    }
)
RULES = "|_\N{BROKEN BAR}\N{EM DASH}\N{HORIZONTAL BAR}\N{DOUBLE VERTICAL LINE}"
MARKS = re.compile(r"[^\w()\[\]<>+%#&@*/$\N{BULLET}-]+|_+")
MISTAKEN = frozenset("OoQDIlSBZG")
ICD_10 = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?")
COMMA_CODE = re.compile(r"[A-Z]\d[0-9A-Z],[0-9A-Z]{1,4}|[A-Z]S\d\.[0-9A-Z]{1,4}")
ZERO_OR_O = re.compile(r"(?=[A-Z0-9-]{5,40}$)[A-Z0-9-]*(?:\dO|O\d)[A-Z0-9-]*")
DATE = re.compile(r"(\d\d?)/(\d\d?)/(?:19|20)\d\d")
MONTHS, DAYS = range(1, 13), range(1, 32)
DOUBTFUL = 0.5
EDGES = ".,;:()[]"


@dataclass(frozen=True)
class Found:
    """A word: its confidence between 0 and 1, box in pixels, and the line it stands in."""

    text: str
    confidence: float
    box: Box
    line: tuple[int, ...]

    @property
    def middle(self) -> tuple[float, float]:
        """Pixels."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    def moved(self, across: float, leaf: int) -> "Found":
        """The word as it stands on a sheet whose leaf starts so far from the left."""
        left, top, right, bottom = self.box
        box = (left + across, top, right + across, bottom)
        return replace(self, box=box, line=(leaf, *self.line))


def kept(words: Iterable[Found]) -> list[Found]:
    """Leave out what is a rule or a speck and no text, and doubt what is often mistaken."""
    shown = (_without_rules(word) for word in words)
    return [_doubted(word) for word in shown if word and not _is_speck(word)]


def lines(words: Iterable[Found]) -> list[list[Found]]:
    """Put words, in the order given, into their lines."""
    return [list(line) for _, line in groupby(words, key=lambda word: word.line)]


def doubtful(text: str) -> bool:
    """Whether a word cannot be what it seems: 9O12, SBX1O1, M54,16, MS4.16, 97/20/2026."""
    text = text.strip(EDGES)
    if COMMA_CODE.fullmatch(text) or ZERO_OR_O.fullmatch(text):
        return True
    return _no_date(text) or _nearly_digits(text)


def _no_date(text: str) -> bool:
    """Whether a date's first parts are no day and month, in neither order."""
    match = DATE.fullmatch(text)
    if not match:
        return False
    one, other = int(match[1]), int(match[2])
    first, second = one in MONTHS and other in DAYS, other in MONTHS and one in DAYS
    return not (first or second)


def _nearly_digits(text: str) -> bool:
    letters = {mark for mark in text if mark.isalpha()}
    digits = sum(mark.isdigit() for mark in text)
    return bool(letters) and letters <= MISTAKEN and digits >= 3 and not ICD_10.fullmatch(text)


def _without_rules(word: Found) -> Found | None:
    text = word.text.translate(LIGATURES).strip().strip(RULES)
    if not text:
        return None
    return word if text == word.text else replace(word, text=text)


def _is_speck(word: Found) -> bool:
    left, top, right, bottom = word.box
    if MARKS.fullmatch(word.text):
        return True
    lone = len(word.text) == 1 and not word.text.isalnum()
    flat = (right - left) > 12 * max(1.0, bottom - top) and len(word.text) < 3
    return flat or (lone and word.confidence < DOUBTFUL) or word.confidence <= 0.0


def _doubted(word: Found) -> Found:
    if not doubtful(word.text):
        return word
    return replace(word, confidence=min(word.confidence, DOUBTFUL))
