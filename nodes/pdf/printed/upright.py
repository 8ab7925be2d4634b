"""Places on a page as a person sees it: points from its upper left corner, rotation undone."""

from typing import NamedTuple

Corners = tuple[float, float, float, float]


class Upright(NamedTuple):
    """A page's crop box (left, bottom, right, top in PDF points) and how it is turned."""

    crop: Corners
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        left, bottom, right, top = self.crop
        sides = (right - left, top - bottom)
        return sides if self.turned % 180 == 0 else (sides[1], sides[0])

    def corners(self, left: float, bottom: float, right: float, top: float) -> Corners:
        """Give the place of a box of PDF points."""
        (ax, ay), (bx, by) = self._point(left, bottom), self._point(right, top)
        return (
            round(min(ax, bx), 2),
            round(min(ay, by), 2),
            round(max(ax, bx), 2),
            round(max(ay, by), 2),
        )

    def _point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.crop
        if self.turned == 90:
            return y - bottom, x - left
        if self.turned == 180:
            return right - x, y - bottom
        if self.turned == 270:
            return top - y, right - x
        return x - left, top - y
