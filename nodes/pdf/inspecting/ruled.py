"""Rules that were drawn in pieces, joined again."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from nodes.pdf.inspecting.places import Box

APART, OFF = 3.0, 1.3


@dataclass
class Rules:
    """The rules and filled areas of a page, as drawn."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    squares: list[Box] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> None:
        """Take a line, lying or standing; one at a slant is no rule."""
        wide, tall = box[2] - box[0], box[3] - box[1]
        if wide >= 3 and tall <= 3:
            self.across.append(box)
        elif tall >= 3 and wide <= 3:
            self.down.append(box)

    def sides(self, box: Box) -> None:
        """Take the four sides of a rectangle."""
        left, top, right, bottom = box
        self.across += [(left, top, right, top), (left, bottom, right, bottom)]
        self.down += [(left, top, left, bottom), (right, top, right, bottom)]


def merged(boxes: Iterable[Box], *, upright: bool) -> list[Box]:
    """Join the pieces that lie on one line and touch, or nearly do."""
    turned = [_turn(box) if upright else box for box in boxes]
    level: list[list[Box]] = []
    for box in sorted(turned, key=lambda b: (b[1] + b[3]) / 2):
        y = (box[1] + box[3]) / 2
        if level and y - _middle(level[-1][-1]) <= OFF and y - _middle(level[-1][0]) <= 2 * OFF:
            level[-1].append(box)
        else:
            level.append([box])
    joined = [line for boxes in level for line in _joined(boxes)]
    return [_turn(box) for box in joined] if upright else joined


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _turn(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _joined(boxes: list[Box]) -> list[Box]:
    done: list[Box] = []
    for box in sorted(boxes):
        if done and box[0] - done[-1][2] <= APART:
            last = done[-1]
            done[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            done.append(box)
    return done
