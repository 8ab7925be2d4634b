"""A form's mapping.yaml: which value goes into which place of the form, and how it is written."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from nodes.audit import Model, Sha256
from nodes.case import Text
from nodes.pdf.places import (
    Chosen,
    Column,
    DateFormat,
    Id,
    Name,
    Path,
    Paths,
    Place,
    Scalar,
    Size,
    many,
)
from nodes.pdf.spots import Cell, Grid, Spot


class Source(Model):
    """Where form.pdf comes from; paper: there is none, the data is printed on a blank page."""

    supply: Literal["bundled", "integrator", "paper"]
    revision: Name
    pages: int = Field(ge=1, le=200)
    sha256: tuple[Sha256, ...] = Field(
        default=(), description="Revisions tested, of a form that the integrator supplies"
    )
    get: Annotated[str, Field(max_length=1000)] | None = Field(
        default=None, description="Where an integrator gets the PDF: in words, and its address"
    )
    fingerprint: tuple[Name, ...] = Field(
        default=(), description="Names of fields that tell this form from others"
    )
    fields_match: bool = Field(
        default=False, description="Take another revision that has all fields this mapping names"
    )
    unverified: bool = Field(
        default=False,
        description="Never tried on the issuer's PDF: any that has all its fields is taken, and"
        " each answer says so",
    )

    @model_validator(mode="after")
    def _known(self) -> "Source":
        if self.supply != "integrator" and (self.sha256 or self.unverified):
            raise ValueError("sha256 and unverified are for forms that the integrator supplies")
        if self.supply == "integrator" and bool(self.sha256) == self.unverified:
            raise ValueError("needs the sha256 of each PDF it was tried on, or unverified: true")
        if self.unverified and not self.fingerprint:
            raise ValueError("unverified needs a fingerprint: field names that tell this form")
        return self


class Defaults(Model):
    """What holds for every field that does not say otherwise."""

    min_font: Size = Field(default=6, description="Points; smaller goes to the addendum")
    date: DateFormat = "MM/DD/YYYY"
    case: Literal["asis", "upper"] = "asis"
    strip: str = Field(default="", max_length=50, description="Characters that are left out")
    on_overflow: Literal["addendum"] = "addendum"


class Single(Chosen):
    """One value, in one field of the PDF (or the same in several)."""

    from_: Paths | None = Field(
        default=None, alias="from", description="Of several the first that has a value"
    )
    text: Name | None = Field(default=None, description="Written as it is, instead of from")
    when: dict[Path, Scalar | tuple[Scalar, ...]] = Field(
        default_factory=dict, description="Only where each of these paths has (one of) its values"
    )

    @model_validator(mode="after")
    def _one_of_each(self) -> "Single":
        if (self.from_ is None) == (self.text is None):
            raise ValueError("needs either from or text")
        if self.split and self.text:
            raise ValueError("split needs from")
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths the value is looked for at, in their order."""
        return many(self.from_)


class Repeat(Model):
    """How many rows the form has, and what becomes of more."""

    max: int = Field(ge=1, le=100)
    overflow: Literal["addendum"] = "addendum"


class Table(Model):
    """A list, one row of the form for each item."""

    id: Id
    label: Name
    from_: Path = Field(alias="from")
    repeat: Repeat
    only: dict[str, tuple[Scalar, ...]] = Field(
        default_factory=dict, description="Keep the items whose parts are among these"
    )
    skip: dict[str, tuple[Scalar, ...]] = Field(
        default_factory=dict, description="Leave out the items whose parts are among these"
    )
    columns: tuple[Column, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _as_many_names(self) -> "Table":
        for placed in (p for column in self.columns for p in (column, *column.split)):
            if isinstance(placed.pdf, tuple) and len(placed.pdf) != self.repeat.max:
                raise ValueError("a column's list of pdf names needs one for each row")
        return self


class Sign(Model):
    """A place for a person's hand."""

    id: Id
    label: Name | None = None
    pdf: Name | None = None
    at: Spot | None = None
    grid: Cell | None = None
    never_fill: Literal[True]

    @model_validator(mode="after")
    def _one_place(self) -> "Sign":
        if sum(one is not None for one in (self.pdf, self.at, self.grid)) != 1:
            raise ValueError("needs one of pdf, at or grid")
        return self


class After(Model):
    """What is done once the form is filled; nothing else is offered."""

    flatten: Literal[True] = True


def _kind(value: Any) -> str:
    return "table" if isinstance(value, dict) and "repeat" in value else "single"


Entry = Annotated[
    Annotated[Single, Tag("single")] | Annotated[Table, Tag("table")], Discriminator(_kind)
]


class Mapping(Model):
    """The whole of a mapping.yaml.

    acroform: the PDF has fields. overlay: a flat PDF, written on at spots. grid: printed into
    the cells of a form's print grid. drawn: a form of our own, with fields.
    """

    template: Annotated[str, StringConstraints(pattern=r"^[a-z0-9\-]{1,40}/[a-z0-9\-]{1,60}$")]
    title: Text
    schema_version: Literal[1]
    kind: Literal["acroform", "overlay", "grid", "drawn"]
    source: Source
    grid: Grid = Grid()
    defaults: Defaults = Defaults()
    fields: tuple[Entry, ...] = Field(
        max_length=2000, description="Empty while nothing is mapped: a fault when it is used"
    )
    clear: tuple[Name, ...] = Field(default=(), description="Fields of the PDF left as they are")
    sign: tuple[Sign, ...] = ()
    after: After = After()

    def places(self) -> Iterator[tuple[str, Place]]:
        """List every place that may be filled, with the id of what fills it."""
        for entry in self.fields:
            if isinstance(entry, Single):
                yield from ((entry.id, place) for place in entry.everywhere())
                continue
            for row in range(1, entry.repeat.max + 1):
                for column in entry.columns:
                    named = f"{entry.id}.{row}.{column.id}"
                    yield from ((named, place) for place in column.everywhere(row))

    def boxes(self) -> Iterator[tuple[str, str | None]]:
        """Name every field of the PDF that may be filled; for a box with its state."""
        yield from ((place.pdf, place.on) for _, place in self.places() if place.pdf)
