"""Places to write and tick that a page's printed lines suggest: proposals, for a person to see."""

from collections.abc import Iterable, Iterator

from nodes.pdf.inspecting.blanks import in_cells, on_rules
from nodes.pdf.inspecting.cells import cells
from nodes.pdf.inspecting.combs import combs, squares
from nodes.pdf.inspecting.places import Box, Place, PlaceKind, Printed, middle, overlap, within

MOST = 400
MULTILINE = 30


def suggested(page: Printed, number: int) -> list[Place]:
    """Suggest the places of a page, in reading order; ``number`` counts from 0."""
    found = cells(page.across, page.down)
    rows = combs(page, found)
    ticks = squares(page, found, [box for box, _ in rows])
    taken = [*ticks, *(box for box, _ in rows)]
    larger = [cell for cell in found if not any(within(middle(cell), box, 1) for box in taken)]
    blanks = list(_apart(on_rules(page, found, taken), taken))
    blanks += _apart(in_cells(page, larger, ticks), [*taken, *blanks])
    kinds: list[tuple[Box, PlaceKind, int | None]] = [(box, "box", None) for box in ticks]
    kinds += [(box, "text", count) for box, count in rows]
    kinds += [(box, "text", None) for box in blanks]
    kinds.sort(key=lambda one: (round(one[0][3] / 6), one[0][0]))
    return [
        Place(
            name=f"p{number + 1}.{n}",
            page=number,
            box=box,
            kind=kind,
            cells=count,
            max_length=count,
            multiline=kind == "text" and not count and box[3] - box[1] > MULTILINE,
        )
        for n, (box, kind, count) in enumerate(kinds[:MOST], 1)
    ]


def _apart(boxes: Iterable[Box], taken: Iterable[Box]) -> Iterator[Box]:
    """Leave out what lies upon what is taken."""
    kept = list(taken)
    for box in boxes:
        if not any(_upon(box, other) for other in kept):
            kept.append(box)
            yield box


def _upon(box: Box, other: Box) -> bool:
    wide = overlap(box[0], box[2], other[0], other[2])
    tall = overlap(box[1], box[3], other[1], other[3])
    size = min((b[2] - b[0]) * (b[3] - b[1]) for b in (box, other))
    return wide * tall > 0.4 * max(size, 1.0)
