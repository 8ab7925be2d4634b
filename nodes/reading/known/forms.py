"""The forms that are known here: where each value of a template stands on its blank form."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nodes.document import Corners
from nodes.errors import NodeError
from nodes.pdf.box.asking import Boxed, ask
from nodes.pdf.mapping import Mapping, Single
from nodes.pdf.places import Chosen, Column, Place, many
from nodes.pdf.spots import Cell
from nodes.pdf.supply import form
from nodes.pdf.template import ROOTS, SHIPPED, Template
from nodes.reading.known.likeness import Lone, single
from nodes.settings import settings

LAYER, PAGES, SECONDS = "nodes.pdf.printed.layer:read", 20, 20.0
ABOVE, BELOW = 9.0, 2.5


@dataclass(frozen=True)
class Held:
    """What a place holds: the path of its value and, of a box to tick, the value it stands for.

    ``label`` is what the field is called, on an addendum too.
    """

    path: str | None
    label: str
    value: str | None = None


@dataclass(frozen=True)
class Spot:
    """A place on a page (from 1) of the blank form, in points from its upper left corner.

    ``comb``: each character stands by itself, without blanks between.
    """

    name: str
    label: str
    page: int
    box: Corners
    held: Held
    tick: bool
    comb: bool = False


Printed = tuple[tuple[str, Corners], ...]


@dataclass(frozen=True)
class Blank:
    """A blank form: its places, and of each page the words printed, the size, its single words.

    ``pictured`` is the share of each page that pictures cover.
    """

    spots: tuple[Spot, ...]
    printed: tuple[Printed, ...]
    sizes: tuple[tuple[float, float], ...]
    single: tuple[Lone, ...]
    pictured: tuple[float, ...]


def every() -> Iterator[Template]:
    """Give the templates whose PDF is here; one that cannot be used is left out."""
    folder = os.environ.get("PRIOR_AUTH_FORMS") or settings().forms
    for where in (SHIPPED, *((Path(folder),) if folder else ())):
        for found in sorted(where.glob("*/*/mapping.yaml")):
            name = "/".join(found.parts[-3:-1])
            try:
                yield form(name)
            except NodeError:
                continue


def holding(template: Template) -> dict[tuple[str, str | None], Held]:
    """Say what each field of the PDF holds, by its name and, of a box, its state with slash."""
    return {(p.pdf, p.on): held for _, p, held in _placed(template) if p.pdf}


def labels(template: Template) -> list[str]:
    """Give what a form's fields are called, in its order."""
    return list(dict.fromkeys(held.label for _, _, held in _placed(template)))


def blank(template: Template) -> Blank:
    """Give a template's blank form; without printed words where it cannot be read."""
    return _blank(template.name, template.sha256, template)


@lru_cache(maxsize=64)
def _told(
    pdf: bytes,
) -> tuple[tuple[Printed, ...], tuple[tuple[float, float], ...], tuple[float, ...]]:
    try:
        pages = ask(LAYER, pdf, {"pages": PAGES}, seconds=SECONDS).told["pages"]
    except Boxed:
        return (), (), ()
    printed = tuple(
        tuple((str(word[0]), (word[1], word[2], word[3], word[4])) for word in page["words"])
        for page in pages
    )
    sizes = tuple((page["width"], page["height"]) for page in pages)
    return printed, sizes, tuple(page["pictured"] for page in pages)


_kept: dict[tuple[str, str], Blank] = {}


def _blank(name: str, sha256: str, template: Template) -> Blank:
    if (name, sha256) not in _kept:
        printed, sizes, pictured = _told(template.pdf)
        lone = tuple(single(page) for page in printed)
        _kept[(name, sha256)] = Blank(tuple(_spots(template)), printed, sizes, lone, pictured)
    return _kept[(name, sha256)]


def _placed(template: Template) -> Iterator[tuple[str, Place, Held]]:
    """List every place with the id of its entry and what it holds."""
    for entry in template.mapping.fields:
        if isinstance(entry, Single):
            path = _home(entry.paths)
            label = entry.label or _label(template, entry, 1)
            yield from ((entry.id, place, held) for place, held in _of(entry, path, label, 1))
            continue
        for row in range(1, entry.repeat.max + 1):
            for column in entry.columns:
                first = many(column.from_)[0]
                rooted = first.partition(".")[0] in ROOTS
                path = first if rooted else f"{entry.from_}.{row - 1}.{first}"
                named = f"{entry.id}.{row}.{column.id}"
                label = _label(template, column, row)
                yield from ((named, place, held) for place, held in _of(column, path, label, row))


def _label(template: Template, entry: Chosen, row: int) -> str:
    assert isinstance(entry, Single | Column)
    names = (place.pdf for place in entry.everywhere(row) if place.pdf)
    return template.label(next(names, None), entry.label or entry.id)


def _home(paths: Sequence[str]) -> str | None:
    """Give the path in the case where a value has one: the case is what is read back."""
    return next((one for one in paths if one.startswith("case.")), next(iter(paths), None))


def _of(entry: Chosen, path: str | None, label: str, row: int) -> Iterator[tuple[Place, Held]]:
    """List the places of one entry; a part of a value has no path of its own."""
    assert isinstance(entry, Single | Column)
    for place in entry.places(row):
        yield place, Held(path, label)
    seen: set[tuple[str | None, str | None]] = set()
    for value, boxes in entry.choice.items():
        for box in many(boxes):
            if (box.pdf, box.on) not in seen or box.pdf is None:
                seen.add((box.pdf, box.on))
                yield box.place(row), Held(path, label, value)
    for part in entry.split:
        for place in part.places(row):
            yield place, Held(None, part.label or label)


def _spots(template: Template) -> Iterator[Spot]:
    for named, place, held in _placed(template):
        tick = held.value is not None
        label = held.label.strip()[:500]
        comb = place.at is not None and place.at.pitch is not None
        comb = comb or any(one.comb for one in template.boxes.get(place.pdf or "", ()))
        for page, box in _boxes(template, place):
            if page < len(template.sizes):
                high = template.sizes[page][1]
                left, bottom, right, top = box
                corners = (left, high - max(bottom, top), right, high - min(bottom, top))
                yield Spot(place.pdf or named, label, page + 1, corners, held, tick, comb)


def _boxes(template: Template, place: Place) -> Iterator[tuple[int, Corners]]:
    """Give the pages (from 0) and PDF corners of a place."""
    if place.at:
        yield place.at.page - 1, place.at.corners
    elif place.grid:
        yield place.grid.page - 1, _cell(template.mapping, place.grid)
    for widget in template.boxes.get(place.pdf or "", ()):
        if place.on is None or place.on in widget.states:
            yield widget.page, widget.box


def _cell(mapping: Mapping, cell: Cell) -> Corners:
    grid = mapping.grid
    left = grid.x + (cell.col - 1) * grid.col
    top = grid.y - (cell.row - 1) * grid.row
    bottom = top - (cell.lines - 1) * grid.row
    return left - 1, bottom - BELOW, left + cell.width * grid.col, top + ABOVE
