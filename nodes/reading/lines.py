"""Words with places put into lines, and lines into the order in which a person reads them.

Columns of prose are read one after the other; what stands side by side in short pieces (a form, a
table) is read across. Two blanks stand where a line has a gap.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from nodes.document import Corners, PageWord

SAME_LINE = 0.5
GAP = 1.2
GUTTER = 9.0
PROSE_WORDS = 4.0
PROSE_LINES = 6
DEEP = 4


class Line(NamedTuple):
    """Words of one line from left to right, and its top and bottom."""

    words: tuple[PageWord, ...]
    top: float
    bottom: float


def text(words: Sequence[PageWord]) -> tuple[str, tuple[PageWord, ...]]:
    """Give a page's text and its words in the order of the text."""
    lines = list(_ordered(list(words), DEEP))
    ordered = tuple(word for line in lines for word in line.words)
    return "\n".join(_said(line) for line in lines), ordered


def lines(words: Sequence[PageWord]) -> list[Line]:
    """Put words into lines, from top to bottom."""
    found: list[list[PageWord]] = []
    spans: list[list[float]] = []
    for word in sorted(words, key=lambda one: ((one.box[1] + one.box[3]) / 2, one.box[0])):
        at = _line_of(word.box, spans)
        if at is None:
            found.append([word])
            spans.append([word.box[1], word.box[3]])
        else:
            found[at].append(word)
            high = spans[at][1] - spans[at][0]
            if word.box[3] - word.box[1] <= high * 1.5:
                spans[at] = [min(spans[at][0], word.box[1]), max(spans[at][1], word.box[3])]
    made = [
        Line(tuple(sorted(one, key=lambda word: word.box[0])), top, bottom)
        for one, (top, bottom) in zip(found, spans, strict=True)
    ]
    return sorted(made, key=lambda line: (line.top + line.bottom) / 2)


def _line_of(box: Corners, spans: list[list[float]]) -> int | None:
    """Find the line, of the last few, that a word stands in."""
    for at in range(len(spans) - 1, max(-1, len(spans) - 4), -1):
        top, bottom = spans[at]
        shared = min(bottom, box[3]) - max(top, box[1])
        if shared > SAME_LINE * max(min(bottom - top, box[3] - box[1]), 0.1):
            return at
    return None


def _ordered(words: list[PageWord], deep: int) -> Iterator[Line]:
    found = lines(words)
    gutter = _gutter(found) if deep else None
    if gutter is None:
        yield from found
        return
    first, last, x = gutter
    inside = [word for line in found[first:last] for word in line.words]
    yield from _ordered([word for line in found[:first] for word in line.words], deep - 1)
    yield from _ordered([word for word in inside if word.box[0] < x], deep - 1)
    yield from _ordered([word for word in inside if word.box[0] >= x], deep - 1)
    yield from _ordered([word for line in found[last:] for word in line.words], deep - 1)


def _gutter(found: list[Line]) -> tuple[int, int, float] | None:
    """Find the lines that stand in two columns of prose, and where the right one begins."""
    best: tuple[int, int, float] | None = None
    for x in _candidates(found):
        first, last = _run(found, x)
        longer = best is None or last - first > best[1] - best[0]
        if last - first >= PROSE_LINES and longer and _prose(found[first:last], x):
            best = (first, last, x)
    return best


def _candidates(found: list[Line]) -> list[float]:
    """Give the left edges, after a gap, at which several lines go on."""
    counts: dict[int, int] = {}
    for line in found:
        for one, other in pairwise(line.words):
            if other.box[0] - one.box[2] >= GUTTER:
                at = round(other.box[0] / 4)
                counts[at] = counts.get(at, 0) + 1
    often = sorted((at for at, count in counts.items() if count >= PROSE_LINES), reverse=True)
    return [at * 4.0 - 3 for at in often][:12]


def _run(found: list[Line], x: float) -> tuple[int, int]:
    """Give the longest run of lines that no word crosses at a place, with words on both sides."""
    best, first = (0, 0), 0
    for at, line in enumerate([*found, None]):
        crossed = line is None or any(w.box[0] < x - GUTTER / 2 < w.box[2] for w in line.words)
        if crossed:
            if at - first > best[1] - best[0]:
                best = (first, at)
            first = at + 1
    return best


def _prose(found: list[Line], x: float) -> bool:
    left = [sum(word.box[0] < x for word in line.words) for line in found]
    right = [sum(word.box[0] >= x for word in line.words) for line in found]
    return all(
        sum(count > 0 for count in side) >= PROSE_LINES
        and median(count for count in side if count) >= PROSE_WORDS
        for side in (left, right)
    )


def _said(line: Line) -> str:
    high = max(line.bottom - line.top, 1.0)
    parts = [line.words[0].text]
    for one, other in pairwise(line.words):
        wide = other.box[0] - one.box[2] > GAP * high
        parts.append(("  " if wide else " ") + other.text)
    return "".join(parts)
