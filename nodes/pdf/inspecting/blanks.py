"""Blanks to write in: cells that stand empty beside their caption, and rules to write on."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nodes.pdf.inspecting.places import Box, Phrase, Printed, above, middle, overlap, within

NARROW, LOW = 18.0, 8.0
BAND = 13.0
LONG = 9


def in_cells(page: Printed, cells: Sequence[Box], ticks: Sequence[Box]) -> Iterator[Box]:
    """Give the free part of each cell."""
    for cell in cells:
        wide, tall = cell[2] - cell[0], cell[3] - cell[1]
        if wide < 14 or tall < LOW or wide * tall > 0.5 * page.width * page.height:
            continue
        own = [p for p in page.phrases if within(middle(p.box), cell)]
        bold = bool(own) and all(p.bold for p in own)
        if bold and (all(p.shaded for p in own) or _heads(page, cell, cells)):
            continue
        lines = [r for r in page.runs if within(middle(r), cell)]
        boxes = [t for t in ticks if within(middle(t), cell)]
        if not lines and not boxes and not own:
            if not _edge(page, cell):
                yield _inset(cell)
        elif not lines:
            yield from _free(cell, own, boxes)


def on_rules(page: Printed, cells: Sequence[Box], taken: Sequence[Box]) -> Iterator[Box]:
    """Give the blanks over rules that are no side of a cell."""
    for rule in page.across:
        run = any(r[0] < rule[2] and r[2] > rule[0] and abs(r[3] - rule[3]) < 2 for r in page.runs)
        if rule[2] - rule[0] < (9 if run else NARROW) or (not run and _side(rule, cells)):
            continue
        for blank in _over(page, rule):
            if any(within(middle(blank), box) for box in taken):
                continue
            if run or _meant(page, rule, blank):
                yield blank


def _heads(page: Printed, cell: Box, cells: Sequence[Box]) -> bool:
    """Whether an empty cell as wide stands right under this one, as under a table's heading."""
    return any(
        abs(c[1] - cell[3]) < 2
        and abs(c[0] - cell[0]) + abs(c[2] - cell[2]) < 3
        and not any(within(middle(p.box), c) for p in page.phrases)
        for c in cells
    )


def _inset(box: Box) -> Box:
    return box[0] + 0.5, box[1] + 0.5, box[2] - 0.5, box[3] - 0.5


def _edge(page: Printed, cell: Box) -> bool:
    """Whether an empty cell is but a strip between frames, or a frame around the page."""
    return cell[2] - cell[0] > 0.9 * page.width and cell[3] - cell[1] < 12


def _free(cell: Box, own: Sequence[Phrase], ticks: Sequence[Box]) -> Iterator[Box]:
    """The blank under a cell's caption, or after it on its line."""
    lowest = max([p.box[3] for p in own] + [t[3] for t in ticks])
    caption = [p for p in own if p.box[3] > lowest - 5]
    below = cell[3] - lowest
    words = sum(len(p.text.split()) for p in own)
    asks = words <= 2 * LONG or below > 0.4 * (cell[3] - cell[1])
    if below >= 8.5 and asks and not ticks:
        yield from _under(cell, caption, lowest)
    elif not ticks or any(p.text.endswith(":") for p in own):
        yield from _after(cell, own, ticks)


def _under(cell: Box, caption: Sequence[Phrase], lowest: float) -> Iterator[Box]:
    starts = sorted(p.box[0] for p in caption if len(p.text) > 2 or p.text.isalnum())
    apart = [x for n, x in enumerate(starts) if n == 0 or x - starts[n - 1] > 40]
    edges = [cell[0] + 1, *apart[1:], cell[2] - 1]
    for left, right in pairwise(edges):
        yield left, lowest, right - 1, cell[3] - 0.5


def _after(cell: Box, own: Sequence[Phrase], ticks: Sequence[Box]) -> Iterator[Box]:
    for phrase in own:
        _, top, right, bottom = phrase.box
        if len(phrase.text.split()) > LONG or (ticks and not phrase.text.endswith(":")):
            continue
        stops = [cell[2]]
        stops += [
            p.box[0]
            for p in own
            if p.box[0] > right and overlap(p.box[1], p.box[3], top, bottom) > 2
        ]
        stops += [t[0] for t in ticks if t[0] > right and overlap(t[1], t[3], top, bottom) > 2]
        end = min(stops)
        tops = [p.box[3] for p in own if p.box[3] <= top + 1]
        if end - right >= 22:
            yield right + 1, max([cell[1], top - 3, *tops]), end - 1, min(cell[3], bottom + 3)


def _side(rule: Box, cells: Sequence[Box]) -> bool:
    """Whether a rule is the lower or upper side of cells over most of its length."""
    y = (rule[1] + rule[3]) / 2
    shared = [
        overlap(rule[0], rule[2], c[0], c[2])
        for c in cells
        if min(abs(c[1] - y), abs(c[3] - y)) < 2
    ]
    return sum(shared) > 0.5 * (rule[2] - rule[0])


def _over(page: Printed, rule: Box) -> Iterator[Box]:
    """The blanks over a rule between the words that stand on it."""
    y = (rule[1] + rule[3]) / 2
    band = [p for p in page.phrases if y - 11 < middle(p.box)[1] < y + 2 and above(p.box, rule)]
    spans = sorted((p.box[0], p.box[2]) for p in band)
    walls = [
        (d[0], d[2]) for d in page.down if d[1] < y - 6 < d[3] and rule[0] + 2 < d[0] < rule[2] - 2
    ]
    left = rule[0]
    for start, end in [*sorted([*spans, *walls]), (rule[2], rule[2])]:
        if start - left >= (NARROW if spans else 9):
            blank = (left, _top(page, left, start, y), min(start, rule[2]), y)
            if blank[3] - blank[1] > 5:
                yield blank
        left = max(left, end + 1)


def _top(page: Printed, left: float, right: float, y: float) -> float:
    """How high one may write over a rule."""
    over = [b for b in (*page.across, *(p.box for p in page.phrases)) if b[3] < y - 3]
    limits = [b[3] for b in over if overlap(b[0], b[2], left + 2, right - 2) > 2]
    return max([y - BAND, *limits])


def _meant(page: Printed, rule: Box, blank: Box) -> bool:
    """Whether a rule without cells asks for something: a label is on its line, over or under it."""
    y = (rule[1] + rule[3]) / 2
    long = rule[2] - rule[0] > 0.8 * page.width
    for phrase in page.phrases:
        left, top, right, bottom = phrase.box
        level = y - 13 < (top + bottom) / 2 < y + 4
        if level and -2 < blank[0] - right < (8 if long else 45) and not phrase.text.endswith("."):
            return True
        if long and not phrase.text.endswith(":"):
            continue
        shared = overlap(left, right, rule[0], rule[2])
        if not long and -1.5 <= top - y < 9 and shared > 0.5 * (right - left):
            return True
        if phrase.text.endswith(":") and 0 < y - bottom < 30 and shared > 8:
            return True
    return _stacked(page, rule)


def _stacked(page: Printed, rule: Box) -> bool:
    """Whether a like rule is a writing line away with nothing between."""
    for other in page.across:
        away = abs(other[1] - rule[1])
        same = abs(other[0] - rule[0]) < 12 and abs(other[2] - rule[2]) < 6
        if other is not rule and 11 < away < 32 and same:
            low, high = sorted((other[1], rule[1]))
            if not any(low < middle(p.box)[1] < high and above(p.box, rule) for p in page.phrases):
                return True
    return False
