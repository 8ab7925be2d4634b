"""The cells that a page's rules enclose."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from nodes.pdf.inspecting.places import Box

SLACK = 2.5
TRIES = 6
MOST_RULES = 3000


def cells(across: Sequence[Box], down: Sequence[Box]) -> list[Box]:
    """Find the smallest rectangles with a rule on each side."""
    if not down or len(across) > MOST_RULES or len(down) > MOST_RULES:
        return []
    crossed = _crossings(across, down)
    found: list[Box] = []
    for row, xs in enumerate(crossed):
        for left in range(len(xs)):
            found.extend(islice(_from_corner(across, down, crossed, row, left), 1))
    return found


def _crossings(across: Sequence[Box], down: Sequence[Box]) -> list[list[int]]:
    """For each lying rule the standing rules that meet it, from left to right."""
    order = sorted(range(len(down)), key=lambda i: down[i][0])
    xs = [down[i][0] for i in order]
    met = []
    for rule in across:
        y = (rule[1] + rule[3]) / 2
        first, last = bisect_left(xs, rule[0] - SLACK), bisect_right(xs, rule[2] + SLACK)
        met.append([i for i in order[first:last] if down[i][1] - SLACK <= y <= down[i][3] + SLACK])
    return met


def _from_corner(
    across: Sequence[Box],
    down: Sequence[Box],
    crossed: Sequence[Sequence[int]],
    row: int,
    left: int,
) -> Iterator[Box]:
    """Give the cell whose upper left corner is here, if there is one."""
    own = crossed[row]
    side = down[own[left]]
    x0, y0 = (side[0] + side[2]) / 2, (across[row][1] + across[row][3]) / 2
    for right in own[left + 1 : left + 1 + TRIES]:
        x1 = (down[right][0] + down[right][2]) / 2
        if x1 - x0 < 4 or down[right][3] < y0 + 4:
            continue
        low = min(side[3], down[right][3]) + SLACK
        for bottom in _below(across, row, y0):
            y1 = (across[bottom][1] + across[bottom][3]) / 2
            if y1 > low:
                break
            if across[bottom][0] - SLACK <= x0 and x1 <= across[bottom][2] + SLACK:
                yield x0, y0, x1, y1
                return


def _below(across: Sequence[Box], row: int, y: float) -> Iterator[int]:
    """Number the lying rules under one; they are in order from the top."""
    for other in range(row + 1, len(across)):
        if (across[other][1] + across[other][3]) / 2 > y + 4:
            yield other
