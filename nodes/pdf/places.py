"""How one value of a mapping is written, and the places of the form it is written at."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints, field_validator, model_validator

from nodes.audit import Model
from nodes.pdf.spots import Cell, Spot

Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=80)]
Path = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=200)]
Paths = Path | Annotated[tuple[Path, ...], Field(min_length=1)]
Size = Annotated[float, Field(ge=4, le=14, strict=False)]
Scalar = bool | int | str
DateFormat = Literal[
    "MM/DD/YYYY",
    "MM/DD/YY",
    "MMDDYYYY",
    "MMDDYY",
    "MM DD YYYY",
    "MM DD YY",
    "YYYY-MM-DD",
    "MM",
    "DD",
    "YYYY",
    "YY",
]
T = TypeVar("T")
Check = Literal["npi", "icd10", "zip", "phone", "date"]


def parts(join: str) -> list[str]:
    """List the paths that a join such as ``{family}, {given}`` holds."""
    return [name for _, name, _, _ in Formatter().parse(join) if name is not None]


def many(given: T | tuple[T, ...] | None) -> tuple[T, ...]:
    """Make a tuple of what may stand in a mapping alone or as a list."""
    return given if isinstance(given, tuple) else () if given is None else (given,)


@dataclass(frozen=True)
class Place:
    """One place of a form: a field (for a box with the state it takes), a spot or a cell."""

    pdf: str | None = None
    on: str | None = None
    at: Spot | None = None
    grid: Cell | None = None
    mark: str = "X"


class Box(Model):
    """A box to tick: a field's full name and exact appearance state, or where a mark is set."""

    pdf: Name | None = None
    on: Annotated[str, StringConstraints(pattern=r"^/.+")] | None = None
    at: Spot | None = None
    grid: Cell | None = None
    mark: Annotated[str, StringConstraints(min_length=1, max_length=3)] = "X"

    @model_validator(mode="after")
    def _one_place(self) -> "Box":
        if sum(one is not None for one in (self.pdf, self.at, self.grid)) != 1:
            raise ValueError("a box is one of pdf (with on), at or grid")
        if (self.pdf is None) != (self.on is None):
            raise ValueError("a box of the form needs pdf and on, a place at or grid alone")
        return self

    def place(self, row: int = 1) -> Place:
        """Find the box in a row of a table, counted from 1."""
        name = self.pdf.replace("{n}", str(row)) if self.pdf else None
        return Place(name, self.on, _down(self.at, row), _lower(self.grid, row), self.mark)


class Written(Model):
    """How the value found at a path becomes text or a tick."""

    id: Id
    label: Name | None = Field(default=None, description="None: the field's tooltip")
    required: bool = False
    join: str | None = Field(
        default=None, description="Parts of the value, or of each item: '{family}, {given}'"
    )
    between: str = Field(default=", ", description="Set between the items of a list")
    only: dict[str, tuple[Scalar, ...]] = Field(
        default_factory=dict, description="Keep the list's items whose parts are among these"
    )
    skip: dict[str, tuple[Scalar, ...]] = Field(
        default_factory=dict, description="Leave out the items whose parts are among these"
    )
    take: int | None = Field(default=None, ge=1, description="At most so many items of a list")
    words: dict[str, str] = Field(default_factory=dict, description="Codes and what is written")
    date: DateFormat | None = None
    case: Literal["asis", "upper"] | None = None
    strip: str = Field(default="", max_length=50, description="Characters that are left out")
    check: Check | None = Field(
        default=None, alias="validate", description="What fails is left blank and reported"
    )
    cut: tuple[int, int] | None = Field(
        default=None,
        description="Characters from, to (from 0, end exclusive); of a phone or zip its digits",
    )
    limit: int | None = Field(
        default=None, ge=1, description="Characters; a longer text goes to the addendum"
    )
    min_font: Size | None = None

    @field_validator("join")
    @classmethod
    def _plain(cls, join: str | None) -> str | None:
        try:
            pieces = list(Formatter().parse(join or ""))
        except ValueError:
            raise ValueError("join has a brace without its other half") from None
        if any(form or conversion for _, _, form, conversion in pieces):
            raise ValueError("join takes paths in braces, without formats")
        return join


class Placed(Written):
    """What stands at one kind of place: fields of the PDF, spots in points, cells of a grid."""

    pdf: Name | tuple[Name, ...] | None = None
    at: Spot | tuple[Spot, ...] | None = None
    grid: Cell | tuple[Cell, ...] | None = None

    def kinds(self) -> int:
        """Count the kinds of place that are given."""
        return sum(bool(many(one)) for one in (self.pdf, self.at, self.grid))

    def places(self, row: int = 1) -> Iterator[Place]:
        """List the places in a row, counted from 1; a list of names has one for each row."""
        for name in self._names(row):
            yield Place(pdf=name)
        for spot in many(self.at):
            yield Place(at=_down(spot, row))
        for cell in many(self.grid):
            yield Place(grid=_lower(cell, row))

    def _names(self, row: int) -> tuple[str, ...]:
        return many(self.pdf)


class Part(Placed):
    """A part of a value that has a field of its own, such as the month of a date."""

    @model_validator(mode="after")
    def _placed(self) -> "Part":
        if self.kinds() != 1:
            raise ValueError("a part needs one of pdf, at or grid")
        return self


class Chosen(Placed):
    """A value that is written, ticked as one of several boxes, or split over places."""

    choice: dict[str, Box | tuple[Box, ...]] = Field(
        default_factory=dict, description="Boxes by the value at from"
    )
    split: tuple[Part, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> "Chosen":
        if self.kinds() + bool(self.choice) + bool(self.split) != 1:
            raise ValueError("needs either pdf or choice (or one of at, grid, split)")
        return self

    def everywhere(self, row: int = 1) -> Iterator[Place]:
        """List all places of a row that may be filled, whatever the value."""
        yield from self.places(row)
        for boxes in self.choice.values():
            yield from (box.place(row) for box in many(boxes))
        for part in self.split:
            yield from part.places(row)


class RowPart(Part):
    """A part of a value in a table's row."""

    @model_validator(mode="after")
    def _numbered(self) -> "RowPart":
        numbered(self)
        return self

    def _names(self, row: int) -> tuple[str, ...]:
        return row_names(self.pdf, row)


class Column(Chosen):
    """A column of a table; ``from`` starts at the row's item.

    ``{n}`` in a name is the row from 1; a list of names has one for each row. Spots and cells
    move down by their ``rows`` from one row to the next.
    """

    from_: Paths = Field(alias="from")
    split: tuple[RowPart, ...] = ()

    @model_validator(mode="after")
    def _numbered(self) -> "Column":
        numbered(self)
        for box in (one for boxes in self.choice.values() for one in many(boxes)):
            if box.pdf and "{n}" not in box.pdf:
                raise ValueError("the pdf name of a column needs {n}")
            _moving(box.at, box.grid)
        return self

    def _names(self, row: int) -> tuple[str, ...]:
        return row_names(self.pdf, row)


def numbered(placed: Placed) -> None:
    """Refuse a place of a column that is the same in every row."""
    if isinstance(placed.pdf, str) and "{n}" not in placed.pdf:
        raise ValueError("the pdf name of a column needs {n}")
    for place in placed.places():
        _moving(place.at, place.grid)


def row_names(names: str | tuple[str, ...] | None, row: int) -> tuple[str, ...]:
    """Name a column's field in one row."""
    if isinstance(names, str):
        return (names.replace("{n}", str(row)),)
    return (names or ())[row - 1 : row]


def _moving(spot: Spot | None, cell: Cell | None) -> None:
    if (spot and spot.rows is None) or (cell and cell.rows is None):
        raise ValueError("a place of a column needs rows")


def _down(spot: Spot | None, row: int) -> Spot | None:
    if spot is None or row == 1:
        return spot
    return spot.model_copy(update={"y": spot.y - (row - 1) * (spot.rows or 0)})


def _lower(cell: Cell | None, row: int) -> Cell | None:
    if cell is None or row == 1:
        return cell
    return cell.model_copy(update={"row": cell.row + (row - 1) * (cell.rows or 0)})
