"""Whether a page is a page of a blank form, and how the one lies on the other.

Words printed once on both are laid on each other; a page that was scanned or faxed is shifted and
stretched a little along and across.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from nodes.document import Corners, DocumentPage
from nodes.reading.misread import folded

LEAST, LEAST_READ = 0.5, 0.25
FEWEST = 12
APART = 10.0
LONG = 4
Point = tuple[float, float]
Lone = dict[str, Point]


@dataclass(frozen=True)
class Laid:
    """How a blank page lies on a document's: scale and shift along each axis; how alike."""

    across: Point
    down: Point
    alike: float

    def box(self, box: Corners) -> Corners:
        """Give the place on the document's page of a box of the blank one."""
        (sx, dx), (sy, dy) = self.across, self.down
        return sx * box[0] + dx, sy * box[1] + dy, sx * box[2] + dx, sy * box[3] + dy


def laid(blank: Lone, size: Point, page: DocumentPage, filled: Lone) -> Laid | None:
    """Lay a blank form's page on a document's page; none where they are not alike."""
    common = [(blank[text], filled[text]) for text in blank.keys() & filled.keys()]
    if len(common) < FEWEST or not page.width or not page.height or not all(size):
        return None
    first = Laid((page.width / size[0], 0), (page.height / size[1], 0), 0)
    shift = _shift(common, first)
    close = _close(common, Laid((first.across[0], shift[0]), (first.down[0], shift[1]), 0))
    if len(close) < FEWEST:
        return None
    across = _fit([(one[0], other[0]) for one, other in close])
    down = _fit([(one[1], other[1]) for one, other in close])
    final = Laid(across, down, 0)
    alike = len(_close(common, final)) / max(1, len(blank))
    least = LEAST if page.read_by == "text_layer" else LEAST_READ
    return Laid(across, down, alike) if alike >= least else None


def single(words: Iterable[tuple[str, Corners]]) -> Lone:
    """Give the middles of the longer words that stand once on a page."""
    told = [(folded(text.strip(".,:;()*")), box) for text, box in words]
    counts = Counter(text for text, _ in told)
    return {
        text: ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        for text, box in told
        if counts[text] == 1 and len(text) >= LONG
    }


def _shift(common: list[tuple[Point, Point]], by: Laid) -> Point:
    across = median(other[0] - by.across[0] * one[0] for one, other in common)
    down = median(other[1] - by.down[0] * one[1] for one, other in common)
    return across, down


def _close(common: list[tuple[Point, Point]], by: Laid) -> list[tuple[Point, Point]]:
    return [
        (one, other)
        for one, other in common
        if abs(by.across[0] * one[0] + by.across[1] - other[0]) < APART
        and abs(by.down[0] * one[1] + by.down[1] - other[1]) < APART
    ]


def _fit(pairs: list[Point]) -> Point:
    """Fit scale and shift by least squares."""
    count = len(pairs)
    mean_one = sum(one for one, _ in pairs) / count
    mean_other = sum(other for _, other in pairs) / count
    spread = sum((one - mean_one) ** 2 for one, _ in pairs)
    along = sum((one - mean_one) * (other - mean_other) for one, other in pairs)
    scale = along / spread if spread > 1 else 1.0
    return scale, mean_other - scale * mean_one
