"""Services and diagnoses that a form has no place for, while it takes others of the same list.

A form for one drug takes the first service alone; what else is asked for must not be lost.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from nodes.pdf.mapping import Single, Table
from nodes.pdf.plan import Planned, at
from nodes.pdf.template import Template
from nodes.pdf.unmapped import meant

LISTS = {
    "service_lines": (
        "Further requested services",
        ("system", "code", "display", "quantity", "unit"),
    ),
    "diagnoses": ("Further diagnoses", ("code", "display")),
}


def further(template: Template, roots: Mapping[str, Any]) -> Iterator[Planned]:
    """Plan the items of the case's lists of which nothing is placed, as rows of an addendum table.

    A form that takes nothing of a list is left as it is: it does not ask for it.
    """
    for name, (heading, columns) in LISTS.items():
        items = at(roots, f"case.{name}") or ()
        placed: set[int] = set()
        for entry in template.mapping.fields:
            placed |= _placed(entry, name, len(items))
        for place, one in enumerate(items) if placed else ():
            if place not in placed:
                yield from _row(f"further_{name}", heading, columns, name, place, one)


def _placed(entry: Single | Table, name: str, count: int) -> set[int]:
    """Which items of a list an entry takes something of; a table leaves out on purpose."""
    if isinstance(entry, Table):
        return set(range(count)) if _is(entry.from_, name) else set()
    found: set[int] = set()
    for path in entry.paths:
        for steps in (said.split(".") for said in meant(path.removeprefix("case."))):
            if path.startswith("case.") and steps[0] == name:
                one = len(steps) > 1 and steps[1].isdigit()
                found |= {int(steps[1])} if one else set(range(count)[: entry.take])
    return found


def _is(path: str, name: str) -> bool:
    return path.startswith("case.") and name in meant(path.removeprefix("case."))


def _row(
    table: str, heading: str, columns: tuple[str, ...], name: str, place: int, one: Any
) -> Iterator[Planned]:
    for column in columns:
        value = getattr(one, column)
        yield Planned(
            id=f"{table}.{place + 1}.{column}",
            label=heading,
            value=None if value is None else str(value),
            by="case",
            source=f"case.{name}.{place}.{column}",
            table=table,
        )
