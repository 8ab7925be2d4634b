"""Tables without rules: lines whose pieces stand in the same columns."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nodes.document import DocumentPage, PageTable
from nodes.reading import lines as layout

PIECE = re.compile(r"[^\s|]+(?: [^\s|]+)*")
FEWEST_ROWS, FEWEST_CELLS = 3, 3
GAP = 0.9
NEAR = 1.0
MOST_ROWS = 300
LONGEST = 120


class Cell(NamedTuple):
    """A piece of a line and where it begins and ends."""

    text: str
    left: float
    right: float


Line = list[Cell]


def tables(page: DocumentPage) -> Iterator[PageTable]:
    """Find what stands in columns on a page, by its words' places or by its text's blanks."""
    lines = _placed(page) if page.words else _typed(page.text)
    for run in _runs(lines):
        rows = _columns(run)
        if rows is not None:
            yield PageTable(page=page.number, rows=rows[:MOST_ROWS])


def _placed(page: DocumentPage) -> list[Line]:
    found = []
    for line in layout.lines(page.words):
        high = max(line.bottom - line.top, 1.0)
        cells: Line = []
        for word in line.words:
            left, _, right, _ = word.box
            if cells and left - cells[-1].right < GAP * high:
                cells[-1] = Cell(f"{cells[-1].text} {word.text}", cells[-1].left, right)
            else:
                cells.append(Cell(word.text, left, right))
        found.append(cells)
    return found


def _typed(text: str) -> list[Line]:
    """Cut lines at two blanks, a tab or a bar."""
    return [
        [Cell(one[0], one.start(), one.end()) for one in PIECE.finditer(line.expandtabs(8))]
        for line in text.split("\n")
    ]


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give runs of lines with several short pieces; one line between may have fewer."""
    run: list[Line] = []
    fewer: list[Line] = []
    for line in [*lines, [], []]:
        if len(line) >= FEWEST_CELLS and all(len(cell.text) <= LONGEST for cell in line):
            run += [*(fewer if run else ()), line]
            fewer = []
        elif run and line and not fewer:
            fewer = [line]
        else:
            if len(run) >= FEWEST_ROWS:
                yield run
            run, fewer = [], []


def _columns(run: list[Line]) -> tuple[tuple[str, ...], ...] | None:
    """Put the pieces into columns: ranges of the page that no piece crosses."""
    spans: list[list[float]] = []
    for cell in sorted((cell for line in run for cell in line), key=lambda one: one.left):
        if spans and cell.left < spans[-1][1] + NEAR:
            spans[-1][1] = max(spans[-1][1], cell.right)
        else:
            spans.append([cell.left, cell.right])
    if len(spans) < FEWEST_CELLS:
        return _by_first(run)
    return tuple(_row(line, [span[0] for span in spans]) for line in run)


def _by_first(run: list[Line]) -> tuple[tuple[str, ...], ...] | None:
    """Put the pieces under those of the first line, each under the nearest."""
    heads = run[0]
    if len(heads) < FEWEST_CELLS or any(len(line) > len(heads) for line in run):
        return None
    found = []
    for line in run:
        row = [""] * len(heads)
        for cell in line:
            at = _nearest(cell, heads)
            row[at] = f"{row[at]} {cell.text}".strip()
        found.append(tuple(row))
    return tuple(found)


def _nearest(cell: Cell, heads: Line) -> int:
    apart = [
        min(abs(cell.left + cell.right - head.left - head.right) / 2, abs(cell.left - head.left))
        for head in heads
    ]
    return apart.index(min(apart))


def _row(line: Line, starts: list[float]) -> tuple[str, ...]:
    row = [""] * len(starts)
    for cell in line:
        at = max((n for n, start in enumerate(starts) if start <= cell.left + NEAR), default=0)
        row[at] = f"{row[at]} {cell.text}".strip()
    return tuple(row)
