"""Where a value goes on a page without fields: a place in points, or a cell of a print grid."""

from typing import Annotated, Literal

from pydantic import Field

from nodes.audit import Model

Points = Annotated[float, Field(ge=-14400, le=14400, strict=False)]
Length = Annotated[float, Field(gt=0, le=14400, strict=False)]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Align = Literal["left", "center", "right"]


class Spot(Model):
    """A box on a flat page: its lower left corner, its width and height, in points.

    The origin is the lower left corner of the page as it is shown (its CropBox, rotated upright).
    ``pitch`` sets each character by itself, that many points apart.
    """

    page: int = Field(default=1, ge=1)
    x: Points
    y: Points
    w: Length
    h: Length = 12
    size: Annotated[float, Field(ge=4, le=24, strict=False)] = 10
    align: Align = "left"
    multiline: bool = False
    pitch: Length | None = None
    rows: Length | None = Field(
        default=None, description="In a table's column: points from one row down to the next"
    )

    @property
    def corners(self) -> Box:
        """The box's left, bottom, right and top."""
        return self.x, self.y, self.x + self.w, self.y + self.h


class Cell(Model):
    """Columns of a print grid (10 characters and 6 lines to the inch), counted from 1."""

    page: int = Field(default=1, ge=1)
    row: int = Field(ge=1, le=100)
    col: int = Field(ge=1, le=120)
    width: int = Field(default=1, ge=1, le=120)
    align: Align = "left"
    lines: int = Field(default=1, ge=1, le=20, description="Rows it may wrap over, row first")
    rows: int | None = Field(
        default=None, ge=1, description="In a table's column: rows from one item to the next"
    )


class Grid(Model):
    """The print grid of a form: where its first cell is, and how far apart cells are."""

    x: Points = 22.3
    y: Points = 762.0
    col: Length = 7.2
    row: Length = 12.05
    size: Annotated[float, Field(ge=4, le=24, strict=False)] = 10

    def corners(self, cell: Cell) -> Box:
        """The box of a cell and those it runs over; the baseline is a fifth above its bottom."""
        left, base = self.x + (cell.col - 1) * self.col, self.y - (cell.row - 1) * self.row
        foot = base - 0.2 * self.row
        bottom = foot - (cell.lines - 1) * self.row
        return left, bottom, left + cell.width * self.col, foot + self.row
