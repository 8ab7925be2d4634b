"""A CMS-1500 with fields is known by where they are: each is proposed what its place prints.

The print grid of a CMS-1500 (10 characters and 6 lines to the inch) is the same on every edition
of the form, whatever its fields are called; nucc/cms-1500 says what goes into its cells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import yaml

from nodes.pdf.inspecting.drafts import Draft
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.places import Box, overlap
from nodes.pdf.spots import Cell, Grid
from nodes.pdf.template import SHIPPED

FORM = "nucc/cms-1500"
KNOWN, SCORE = 0.75, 0.9
OPENS = frozenset({"grid", "choice", "split", "columns"})
REASON = "its place on the print grid of the CMS-1500"


def claim(fields: Sequence[Named], height: float) -> list[Draft]:
    """Draft a page by its fields' places; nothing where they are not those of a CMS-1500.

    An entry is drafted where each of its cells has a field of its own.
    """
    told, grid = _mapping()
    cells = [_box(grid, one["grid"], height) for entry in told for one in _cells(entry)]
    met = [any(_met(box, field.place.box) for field in fields) for box in cells]
    if len(fields) < len(told) or sum(met) < KNOWN * len(cells):
        return []
    page = _Page(fields, grid, height)
    return list(_one_each(draft for entry in told if (draft := page.draft(entry))))


def _one_each(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Make one of those that print into the same cells: the first that has a value."""
    kept: dict[tuple[int, ...], Draft] = {}
    for one in drafts:
        first = kept.setdefault(one.numbers, one)
        if first is not one:
            entry = first.entry | {"from": [first.path, one.path]}
            kept[one.numbers] = replace(first, entry=entry)
    yield from kept.values()


def signed(fields: Sequence[Named], height: float) -> set[int]:
    """The places of the signatures of Items 12, 13 and 31, and of the date beside the last."""
    whole, grid = _whole(), _mapping()[1]
    boxes = [_box(grid, one["grid"], height) for one in whole["sign"]]
    return {n for n, one in enumerate(fields) if any(_met(box, one.place.box) for box in boxes)}


class _Page:
    """The fields of a page that is a CMS-1500, each for one cell."""

    def __init__(self, fields: Sequence[Named], grid: Grid, height: float) -> None:
        self.fields, self.grid, self.height = fields, grid, height

    def draft(self, entry: Mapping[str, Any]) -> Draft | None:
        said = {key: value for key, value in entry.items() if key not in OPENS | {"id"}}
        numbers = [self.at(cell) for cell in _cells(entry)]
        found = [n for n in numbers if n is not None]
        more: dict[str, Any] = {}
        if "columns" in entry:
            more["columns"] = tuple(self.columns(entry))
            found = [n for _, chain in more["columns"] for n in chain]
        elif len(found) < len(numbers):
            return None
        elif "choice" in entry:
            more["boxes"] = {value: (n,) for value, n in zip(entry["choice"], found, strict=True)}
        elif "split" in entry:
            parts = [{k: v for k, v in one.items() if k != "grid"} for one in entry["split"]]
            more["parts"] = tuple(zip(parts, found, strict=True))
        if not found or len(set(found)) < len(found):
            return None
        if not more or "parts" in more:
            said = {"case": "upper", "strip": "."} | said
        return Draft(entry["id"], said, tuple(found), SCORE, REASON, **more)

    def columns(self, entry: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[int, ...]]]:
        """The columns that have a field in every row."""
        for column in entry["columns"]:
            said = {k: v for k, v in column.items() if k not in OPENS}
            if "grid" in column and (chain := self.rows(column, entry)):
                yield said, chain
            elif "split" in column:
                chains = [self.rows(part, entry) for part in column["split"]]
                parts = [
                    {k: v for k, v in part.items() if k != "grid"} | {"pdf": self.names(chain)}
                    for part, chain in zip(column["split"], chains, strict=True)
                ]
                if all(chains):
                    yield said | {"split": parts}, tuple(n for chain in chains for n in chain)

    def rows(self, column: Mapping[str, Any], entry: Mapping[str, Any]) -> tuple[int, ...]:
        """The field of a column in each row; none unless every row has one."""
        cell = {key: value for key, value in column["grid"].items() if key != "rows"}
        rows = [
            self.at({"grid": cell | {"row": cell["row"] + column["grid"]["rows"] * n}})
            for n in range(entry["repeat"]["max"])
        ]
        found = tuple(n for n in rows if n is not None)
        return found if len(found) == len(rows) else ()

    def names(self, chain: Sequence[int]) -> list[str]:
        """The names of fields."""
        return [self.fields[n].place.name for n in chain]

    def at(self, cell: Mapping[str, Any]) -> int | None:
        """The field in a cell: of several the one that shares most with it."""
        box = _box(self.grid, cell["grid"], self.height)
        kinds = ("box", "radio") if cell.get("ticked") else ("text", "list")
        met = [
            (_shared(box, one.place.box), n)
            for n, one in enumerate(self.fields)
            if one.place.kind in kinds and _met(box, one.place.box)
        ]
        return max(met)[1] if met else None


@cache
def _whole() -> dict[str, Any]:
    text = (SHIPPED / FORM / "mapping.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@cache
def _mapping() -> tuple[list[dict[str, Any]], Grid]:
    """The entries with a path, and the grid."""
    whole = _whole()
    told = [entry for entry in whole["fields"] if isinstance(entry.get("from"), str)]
    return told, Grid.model_validate(whole["grid"])


def _cells(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells an entry prints into, those of a table in its first row aside."""
    if "grid" in entry:
        yield {"grid": entry["grid"]}
    for box in entry.get("choice", {}).values():
        yield {"grid": box["grid"], "ticked": True}
    for part in entry.get("split", ()):
        yield {"grid": part["grid"]}


def _box(grid: Grid, cell: Mapping[str, Any], height: float) -> Box:
    left, bottom, right, top = grid.corners(Cell.model_validate(cell))
    return left, height - top, right, height - bottom


def _shared(one: Box, other: Box) -> float:
    return overlap(one[0], one[2], other[0], other[2]) * overlap(one[1], one[3], other[1], other[3])


def _met(one: Box, other: Box) -> bool:
    """Whether a field lies in a cell: over most of the lower one's height and of the width."""
    wide = overlap(one[0], one[2], other[0], other[2])
    tall = overlap(one[1], one[3], other[1], other[3])
    return wide > 0.5 * min(one[2] - one[0], other[2] - other[0]) and tall > 0.6 * min(
        one[3] - one[1], other[3] - other[1]
    )
