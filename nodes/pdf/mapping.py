"""A form's mapping.yaml: which value goes into which field of the PDF, and how it is written."""

from collections.abc import Iterator
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from nodes.audit import Model, Sha256

Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=80)]
Path = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=200)]
DateFormat = Literal["MM/DD/YYYY", "MM/DD/YY", "MMDDYYYY", "MM DD YYYY", "YYYY-MM-DD"]
Size = Annotated[float, Field(ge=4, le=14, strict=False)]


def places(join: str) -> list[str]:
    """List the paths that a join such as ``{family}, {given}`` holds."""
    return [name for _, name, _, _ in Formatter().parse(join) if name is not None]


class Source(Model):
    """Where form.pdf comes from."""

    supply: Literal["bundled", "integrator"]
    revision: Name
    pages: int = Field(ge=1)
    sha256: tuple[Sha256, ...] = Field(
        default=(), description="Revisions tested, of a form that the integrator supplies"
    )

    @model_validator(mode="after")
    def _known(self) -> "Source":
        if (self.supply == "integrator") != bool(self.sha256):
            raise ValueError("sha256 is for forms that the integrator supplies, and needed there")
        return self


class Defaults(Model):
    """What holds for every field that does not say otherwise."""

    min_font: Size = Field(default=6, description="Points; smaller goes to the addendum")
    date: DateFormat = "MM/DD/YYYY"
    case: Literal["asis", "upper"] = "asis"
    on_overflow: Literal["addendum"] = "addendum"


class Box(Model):
    """A check box or radio button: full field name and its exact appearance state."""

    pdf: Name
    on: Annotated[str, StringConstraints(pattern=r"^/.+")]


class Written(Model):
    """How the value found at a path becomes text or a tick."""

    id: Id
    label: Name | None = Field(default=None, description="None: the field's tooltip")
    required: bool = False
    join: str | None = Field(
        default=None, description="Parts of the value, or of each item: '{family}, {given}'"
    )
    between: str = Field(default=", ", description="Set between the items of a list")
    only: dict[str, tuple[str | int, ...]] = Field(
        default_factory=dict, description="Keep the list's items whose parts are among these"
    )
    skip: dict[str, tuple[str | int, ...]] = Field(
        default_factory=dict, description="Leave out the items whose parts are among these"
    )
    words: dict[str, str] = Field(default_factory=dict, description="Codes and what is written")
    date: DateFormat | None = None
    case: Literal["asis", "upper"] | None = None
    min_font: Size | None = None


class Single(Written):
    """One value, in one field of the PDF (or the same in several)."""

    from_: Path | None = Field(default=None, alias="from")
    text: Name | None = Field(default=None, description="Written as it is, instead of from")
    pdf: tuple[Name, ...] = ()
    choice: dict[str, Box] = Field(default_factory=dict, description="By the value at from")

    @model_validator(mode="after")
    def _one_of_each(self) -> "Single":
        if (self.from_ is None) == (self.text is None):
            raise ValueError("needs either from or text")
        if bool(self.pdf) == bool(self.choice) or (self.choice and self.text):
            raise ValueError("needs either pdf or choice; choice needs from")
        return self


class Column(Written):
    """A column of a table; ``from`` starts at the row's item, ``{n}`` is the row from 1."""

    from_: Path = Field(alias="from")
    pdf: Name

    @model_validator(mode="after")
    def _numbered(self) -> "Column":
        if "{n}" not in self.pdf:
            raise ValueError("the pdf name of a column needs {n}")
        return self


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
    columns: tuple[Column, ...] = Field(min_length=1)


class Sign(Model):
    """A field for a person's hand."""

    id: Id
    pdf: Name
    never_fill: Literal[True]


class After(Model):
    """What is done once the form is filled; nothing else is offered."""

    flatten: Literal[True] = True


def _kind(value: Any) -> str:
    return "table" if isinstance(value, dict) and "repeat" in value else "single"


Entry = Annotated[
    Annotated[Single, Tag("single")] | Annotated[Table, Tag("table")], Discriminator(_kind)
]


class Mapping(Model):
    """The whole of a mapping.yaml."""

    template: Name
    title: Name
    schema_version: Literal[1]
    kind: Literal["acroform"]
    source: Source
    defaults: Defaults = Defaults()
    fields: tuple[Entry, ...] = Field(min_length=1)
    clear: tuple[Name, ...] = Field(default=(), description="Fields of the PDF left as they are")
    sign: tuple[Sign, ...] = ()
    after: After = After()

    def boxes(self) -> Iterator[tuple[str, str | None]]:
        """Name every field of the PDF that may be filled; for a box with its state."""
        for entry in self.fields:
            if isinstance(entry, Table):
                rows = range(1, entry.repeat.max + 1)
                yield from (
                    (c.pdf.replace("{n}", str(n)), None) for c in entry.columns for n in rows
                )
            else:
                yield from ((name, None) for name in entry.pdf)
                yield from ((box.pdf, box.on) for box in entry.choice.values())
