"""Words of a page joined to phrases: what stands together on a line with no rule between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from nodes.pdf.inspecting.places import Box, Phrase, Printed, around, middle, overlap, within

Char = tuple[Any, Box]
BOLD = re.compile("bold|black|heavy|demi", re.IGNORECASE)


def phrases(page: Printed, chars: Sequence[Char]) -> Printed:
    """Give a page its phrases."""
    found = [phrase for line in _lines(chars) for phrase in _parts(page, line)]
    return replace(page, phrases=tuple(p for p in found if p.text))


def _lines(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Part characters by line; of two lines set closely the baseline decides."""
    line: list[Char] = []
    for one in sorted(chars, key=lambda c: (c[1][3], c[1][0])):
        if line and one[1][3] - line[0][1][3] > 0.35 * (one[1][3] - one[1][1]):
            yield sorted(line, key=lambda c: c[1][0])
            line = []
        line.append(one)
    if line:
        yield sorted(line, key=lambda c: c[1][0])


def _parts(page: Printed, line: list[Char]) -> Iterator[Phrase]:
    part = line[:1]
    walls = [x for x in _walls(page, around([box for _, box in line]))]
    for one, following in pairwise(line):
        gap = following[1][0] - one[1][2]
        size = one[1][3] - one[1][1]
        if gap > max(3.0, 0.75 * size) or any(
            middle(one[1])[0] < x < middle(following[1])[0] for x in walls
        ):
            yield _phrase(page, part)
            part = []
        part.append(following)
    if part:
        yield _phrase(page, part)


def _walls(page: Printed, box: Box) -> list[float]:
    """Where rules, boxes and blanks to write on part a line."""
    tall = box[3] - box[1]
    rules = [
        (r[0] + r[2]) / 2 for r in page.down if overlap(r[1], r[3], box[1], box[3]) > 0.5 * tall
    ]
    y = (box[1] + box[3]) / 2
    squares = [(s[0] + s[2]) / 2 for s in page.squares if s[1] < y < s[3]]
    blanks = [(r[0] + r[2]) / 2 for r in page.runs if box[1] < r[3] < box[3] + 2]
    return [*rules, *squares, *blanks]


def _phrase(page: Printed, part: list[Char]) -> Phrase:
    box = around([box for _, box in part])
    fonts = [one for one, _ in part if BOLD.search(str(one["fontname"]))]
    text = "".join(
        one["text"] + (" " if following[1][0] - own[2] > 0.14 * (own[3] - own[1]) else "")
        for (one, own), following in zip(part, [*part[1:], part[-1]], strict=True)
    )
    return Phrase(
        text=" ".join(text.split()),
        box=box,
        size=box[3] - box[1],
        bold=2 * len(fonts) > len(part),
        shaded=any(within(middle(box), shade) for shade in page.shades),
    )
