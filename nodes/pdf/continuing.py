"""What goes on behind a form: whole texts under their labels, and the rows a table had no room for.

Rows of one table stand together as a table, one line each, whatever the number of its columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nodes.pdf.drawn.addendum import Rows
from nodes.pdf.mapping import Single
from nodes.pdf.plan import Planned
from nodes.pdf.template import Template


@dataclass(frozen=True)
class Continuing:
    """The parts of an addendum; ``part_of`` says for each field that goes on in which it stands."""

    parts: tuple[tuple[str, str | Rows], ...]
    part_of: tuple[int, ...]


def continuing(template: Template, over: Sequence[Planned]) -> Continuing:
    """Put what goes on behind the form in order: the form's own, each table once."""
    places: dict[str, int] = {}
    for one in over:
        places.setdefault(one.table or one.id, len(places))
    parts = []
    for name in places:
        held = [one for one in over if (one.table or one.id) == name]
        text: str | Rows = _rows(template, name, held) if held[0].table else held[0].value or ""
        parts.append((_heading(template, held[0]), text))
    return Continuing(tuple(parts), tuple(places[one.table or one.id] for one in over))


def _heading(template: Template, one: Planned) -> str:
    labels = (
        entry.label
        for entry in template.mapping.fields
        if entry.id == one.table and not isinstance(entry, Single)
    )
    return next(labels, one.label)


def _rows(template: Template, table: str, held: Sequence[Planned]) -> Rows:
    """Set the values in rows and columns; what a form splits over fields is one cell."""
    heads: dict[str, str] = {}
    rows: dict[str, dict[str, list[str]]] = {}
    for one in held:
        row, _, column = one.id.removeprefix(f"{table}.").partition(".")
        column = column.partition(".")[0]
        heads.setdefault(column, _head(template, table, column))
        rows.setdefault(row, {}).setdefault(column, []).append(one.value or "")
    return Rows(
        heads=("No.", *heads.values()),
        rows=tuple(
            (row, *(" ".join(cells.get(column, ())) for column in heads))
            for row, cells in rows.items()
        ),
    )


def _head(template: Template, table: str, column: str) -> str:
    labels = (
        part.label
        for entry in template.mapping.fields
        if entry.id == table and not isinstance(entry, Single)
        for part in entry.columns
        if part.id == column
    )
    head = next(labels, None) or column.replace("_", " ")
    return head[:1].upper() + head[1:]
