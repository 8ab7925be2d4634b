"""What is asked of the filling: values by field name, and texts for places without a field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nodes.pdf.filling.values import Entry, Placement, Value
from nodes.pdf.places import Place
from nodes.pdf.plan import Planned
from nodes.pdf.spots import Cell, Spot
from nodes.pdf.template import Template

POINTERS = ("See addendum", "Addendum", "Add.", "*")
ALIGN = {"left": 0, "center": 1, "right": 2}


@dataclass
class Pieces:
    """Values and placements, and whose they are; ``beyond`` are ids whose text goes elsewhere.

    ``taken`` are ids that wanted a field which another had filled already.
    """

    values: dict[str, Value] = field(default_factory=dict)
    extra: list[Placement] = field(default_factory=list)
    owner: dict[str, str] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)


def pieces(template: Template, planned: Sequence[Planned]) -> Pieces:
    """Lay out what was planned; the first to name a field has it."""
    asked = Pieces()
    upper = template.mapping.defaults.case == "upper"
    pointers = tuple(one.upper() if upper else one for one in POINTERS)
    for one in planned:
        if not one.value:
            continue
        text, instead = one.value, pointers
        if one.limit and len(text) > one.limit and not one.ticks:
            asked.beyond.add(one.id)
            text, instead = pointers[0], pointers[1:]
        for number, place in enumerate(one.places):
            _lay(template, asked, one, place, Entry(text, one.min_font, instead), number)
    return asked


def _lay(
    template: Template, asked: Pieces, one: Planned, place: Place, entry: Entry, number: int
) -> None:
    if one.ticks and not place.on:
        entry = Entry(place.mark, 5)
    if place.pdf:
        value: Value = place.on or entry
        if asked.owner.setdefault(place.pdf, one.id) != one.id or (
            asked.values.setdefault(place.pdf, value) != value
        ):
            asked.taken.add(one.id)
        return
    name = f"{one.id} {number}"
    asked.owner[name] = one.id
    if place.at:
        asked.extra.append(_spot(name, place.at, entry))
    elif place.grid:
        lines, whole = _lines(entry, place.grid)
        if not whole:
            asked.beyond.add(one.id)
        asked.extra += _cells(template, name, place.grid, lines)


def _spot(name: str, spot: Spot, entry: Entry) -> Placement:
    return Placement(
        id=name,
        page=spot.page - 1,
        box=spot.corners,
        value=entry,
        size=spot.size,
        align=ALIGN[spot.align],
        multiline=spot.multiline,
        pitch=spot.pitch,
    )


def _cells(template: Template, name: str, cell: Cell, lines: Sequence[str]) -> Iterator[Placement]:
    grid = template.mapping.grid
    for down, line in enumerate(lines):
        spare = cell.width - len(line)
        shift = {"left": 0, "center": spare // 2, "right": spare}[cell.align]
        at = cell.model_copy(
            update={"row": cell.row + down, "col": cell.col + shift, "width": len(line), "lines": 1}
        )
        yield Placement(
            id=name,
            page=cell.page - 1,
            box=grid.corners(at),
            value=Entry(line, grid.size),
            size=grid.size,
            pitch=grid.col,
            face="Courier",
        )


def _lines(entry: Entry, cell: Cell) -> tuple[list[str], bool]:
    """Set a text in the rows of a cell at its blanks; what is too long is said elsewhere."""
    for text in (entry.text, *entry.instead):
        lines = _wrapped(text, cell.width)
        if len(lines) <= cell.lines and all(len(line) <= cell.width for line in lines):
            return lines, text == entry.text
    return [(*entry.instead, entry.text)[0][: cell.width]], False


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
