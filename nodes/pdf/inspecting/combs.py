"""Squares to tick, and squares that stand in a row to take one letter each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from nodes.pdf.inspecting.places import Box, Printed, around, middle, overlap, within

LETTER_WIDE, LETTER_TALL = (6.0, 30.0), (8.0, 32.0)
TOUCH, NEAR = 1.6, 4.5
FEWEST, FEWEST_APART = 3, 5


def combs(page: Printed, cells: Sequence[Box]) -> list[tuple[Box, int]]:
    """Find rows of letter boxes with an equal pitch: each row's box and how many letters."""
    letters = _distinct([*page.squares, *filter(_letter, cells)])
    filled = [p.box for p in page.phrases if len(p.text) > 1 or p.text.isalpha()]
    empty = [box for box in letters if not any(within(middle(f), box) for f in filled)]
    rows = [row for line in _lines(empty) for row in _rows(line)]
    found = [(around(row), len(row)) for row in rows]
    return [one for one in found if not _between(one[0], [box for box, _ in found])]


def squares(page: Printed, cells: Sequence[Box], rows: Iterable[Box]) -> list[Box]:
    """Find the boxes to tick: small squares near words, that no row of letters holds."""
    small = [box for box in cells if _small(box)]
    taken = list(rows)
    found = []
    for box in _distinct([*page.squares, *small]):
        if any(within(middle(box), row, 2) for row in taken) or _beside_letters(box, taken):
            continue
        if not any(within(middle(p.box), box, -1) for p in page.phrases if p.text.strip("xX✓✔ ")):
            found.append(box)
    return [box for box in found if _near_words(page, box, found)]


def _letter(box: Box) -> bool:
    wide, tall = box[2] - box[0], box[3] - box[1]
    return LETTER_WIDE[0] <= wide <= LETTER_WIDE[1] and LETTER_TALL[0] <= tall <= LETTER_TALL[1]


def _small(box: Box) -> bool:
    wide, tall = box[2] - box[0], box[3] - box[1]
    return 5 <= wide <= 16 and 5 <= tall <= 16 and 0.7 < wide / tall < 1.45


def _distinct(boxes: Iterable[Box]) -> list[Box]:
    """Leave out boxes drawn within or upon another; the inner one stays."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1])):
        near = [k for k in kept if abs(k[0] - box[0]) < 40 and abs(k[1] - box[1]) < 40]
        if not any(within(middle(k), box) or within(middle(box), k) for k in near):
            kept.append(box)
    return sorted(kept, key=lambda b: (b[1], b[0]))


def _lines(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    line: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        if line and box[1] - line[0][1] > 1.6:
            yield sorted(line)
            line = []
        line.append(box)
    if line:
        yield sorted(line)


def _rows(line: list[Box]) -> Iterator[list[Box]]:
    """Part boxes of a line where the pitch changes."""
    row = line[:1]
    for one, following in pairwise(line):
        if not _follows(row, one, following):
            yield from _whole(row)
            row = []
        row.append(following)
    yield from _whole(row)


def _follows(row: Sequence[Box], one: Box, following: Box) -> bool:
    gap = following[0] - one[2]
    same = abs((one[2] - one[0]) - (following[2] - following[0])) < 2.5
    pitch = following[0] - one[0]
    even = len(row) < 2 or abs(pitch - (row[-1][0] - row[-2][0])) < 1.5
    return -TOUCH < gap <= NEAR and same and even


def _whole(row: list[Box]) -> Iterator[list[Box]]:
    apart = any(b[0] - a[2] > TOUCH for a, b in pairwise(row))
    if len(row) >= (FEWEST_APART if apart else FEWEST):
        yield row


def _between(box: Box, rows: Sequence[Box]) -> bool:
    """Whether a row is but the gap between two rows of letters: lower than the one it touches."""
    tall = box[3] - box[1]
    for other in rows:
        touching = min(abs(box[1] - other[3]), abs(other[1] - box[3])) < 2.5
        aligned = overlap(box[0], box[2], other[0], other[2]) > 0.6 * (box[2] - box[0])
        if other != box and touching and aligned and tall < 0.75 * (other[3] - other[1]):
            return True
    return False


def _beside_letters(box: Box, rows: Sequence[Box]) -> bool:
    """Whether a square only fills the gap above or below a row of letters."""
    for row in rows:
        inside = row[0] - 2 < middle(box)[0] < row[2] + 2
        if inside and min(abs(box[1] - row[3]), abs(row[1] - box[3])) < 2.5:
            return True
    return False


def _near_words(page: Printed, box: Box, others: Sequence[Box]) -> bool:
    """Whether words stand on the square's line, or under or over it, as near as a label does."""
    x, y = middle(box)
    for phrase in page.phrases:
        left, top, right, bottom = phrase.box
        if top - 4 < y < bottom + 4 and (-3 < left - box[2] < 45 or -3 < box[0] - right < 45):
            return True
        if left - 10 < x < right + 10 and (0 <= box[1] - bottom < 14 or 0 <= top - box[3] < 14):
            return True
    return any(o != box and abs(o[0] - box[0]) < 2 and abs(o[1] - box[1]) < 40 for o in others)
