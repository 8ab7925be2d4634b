"""Columns of a table with one heading for all rows, and fields that go on from another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nodes.pdf.inspecting.labels import WORDS, Beside, over_it
from nodes.pdf.inspecting.places import Box, Place, Printed, middle, overlap

ALIKE = 6.0
PITCH = 46.0
NARROW = 62.0
AREA, REST = 46.0, 140.0
HEADS = ("above", "inside")
MARK = re.compile(r"^[\W\d]{0,4}$")


@dataclass(frozen=True)
class Placed:
    """A label with the row of its table or the part of a value that is split over fields."""

    text: str
    where: str
    row: int | None = None
    part: int | None = None
    chain: int | None = None


def columns(page: Printed, places: Sequence[Place], found: dict[int, Beside]) -> dict[int, Placed]:
    """Add labels of tables' lower rows, and of fields that continue the one before."""
    labels = {n: Placed(one.text, one.where) for n, one in found.items()}
    _head(page, places, found, labels)
    _continue(page, places, labels)
    for n, place in enumerate(places):
        words = _row_words(page, place.box) if place.kind in ("text", "list") else ""
        if n not in labels and words:
            labels[n] = Placed(words, "row")
    return labels


def _head(
    page: Printed, places: Sequence[Place], found: dict[int, Beside], labels: dict[int, Placed]
) -> None:
    for chain in _chains(places):
        head = found.get(chain[0]) or over_it(page, places, chain[0])
        if not head or head.where not in HEADS or any(_strong(found.get(n)) for n in chain[1:]):
            continue
        for row, n in enumerate(chain, 1):
            labels[n] = Placed(head.text, "column", row, chain=chain[0])


def _continue(page: Printed, places: Sequence[Place], labels: dict[int, Placed]) -> None:
    for n, before in _continued(page, places):
        if n not in labels and before in labels and labels[before].row is None:
            first = labels[before]
            part = (first.part or 1) + 1
            labels[before] = replace(first, part=part - 1)
            labels[n] = Placed(first.text, "continued", first.row, part)


def _row_words(page: Printed, box: Box) -> str:
    """The words nearest to the left on a place's line, whatever stands between."""
    before = [
        p
        for p in page.phrases
        if p.box[2] < box[0] + 2
        and overlap(p.box[1], p.box[3], box[1], box[3]) > 3
        and WORDS.search(p.text)
    ]
    return max(before, key=lambda p: p.box[2]).text if before else ""


def _strong(one: Beside | None) -> bool:
    return one is not None and one.where in ("left", "inside", "above") and one.cost < 12


def _chains(places: Sequence[Place]) -> Iterator[list[int]]:
    """Text fields of one width, each right under the other."""
    own = [n for n, place in enumerate(places) if place.kind in ("text", "list")]
    below: dict[int, int] = {}
    for n in own:
        under = [
            m
            for m in own
            if 0 < places[m].box[1] - places[n].box[1] < PITCH
            and places[m].box[1] > places[n].box[3] - 4
            and _aligned(places[n].box, places[m].box)
        ]
        if under:
            below[n] = min(under, key=lambda m: places[m].box[1])
    for n in own:
        if n in below.values() or n not in below:
            continue
        chain = [n]
        while chain[-1] in below and len(chain) < 100:
            chain.append(below[chain[-1]])
        yield chain


def _aligned(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < ALIKE and abs(one[2] - other[2]) < ALIKE


def _continued(page: Printed, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Pairs of fields on a line with nothing between them but a slash, a dash or a bracket."""
    own = sorted(
        (n for n, place in enumerate(places) if place.kind == "text"),
        key=lambda n: (places[n].page, places[n].box[0]),
    )
    for n in own:
        box = places[n].box
        before = [
            m
            for m in own
            if m != n
            and -2 < box[0] - places[m].box[2] < 16
            and overlap(places[m].box[1], places[m].box[3], box[1], box[3])
            > 0.6 * (box[3] - box[1])
        ]
        if before:
            last = max(before, key=lambda m: places[m].box[2])
            wide, before_it = box[2] - box[0], places[last].box[2] - places[last].box[0]
            narrow = max(wide, before_it) < NARROW or (before_it < AREA and wide < REST)
            if narrow and not _words_between(page, places[last].box, box):
                yield n, last


def _words_between(page: Printed, one: Box, other: Box) -> bool:
    y = middle(other)[1]
    return any(
        one[2] - 1 < middle(p.box)[0] < other[0] + 1
        and p.box[1] < y < p.box[3]
        and not MARK.match(p.text)
        for p in page.phrases
    )
