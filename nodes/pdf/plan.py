"""What goes into each field: values found at their paths and written as the form wants them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nodes.pdf.mapping import Single, Table
from nodes.pdf.paths import fact_at, value_at
from nodes.pdf.places import Chosen, Column, Place, Written, many
from nodes.pdf.template import Template
from nodes.pdf.wording import Invalid, facts, item, keeps, loses, wanted, write

Filler = Literal["case", "fact", "summary", "policy", "default", "never"]
Trouble = Literal["invalid", "no_box", "cut_short"]
Roots = Mapping[str, Any]
BY: dict[str, Filler] = {
    "case": "case",
    "summary": "summary",
    "assessment": "policy",
    "chart": "fact",
}
MOST_FACTS = 20


@dataclass(frozen=True)
class Planned:
    """A field's value and where it goes; ``table`` names the table whose rows ran out.

    ``ticks``: the places are boxes, ``value`` says which of them. ``trouble``: why a value that
    is there was left out.
    """

    id: str
    label: str
    value: str | None
    by: Filler
    source: str | None = None
    places: tuple[Place, ...] = ()
    ticks: bool = False
    required: bool = False
    min_font: float = 6
    limit: int | None = None
    table: str | None = None
    trouble: Trouble | None = None


def plan(template: Template, roots: Roots) -> Iterator[Planned]:
    """Plan every field of a template, from what is given under ``case``, ``summary`` ..."""
    for entry in template.mapping.fields:
        if isinstance(entry, Table):
            yield from _table(template, entry, roots)
        else:
            yield from _single(template, entry, roots)
    for sign in template.mapping.sign:
        yield Planned(sign.id, sign.label or template.label(sign.pdf, sign.id), None, "never")


def _single(template: Template, entry: Single, roots: Roots) -> Iterator[Planned]:
    source: str | None = None
    fact: str | None = None
    value: Any = entry.text
    for path in entry.paths:
        source, value, fact = path, at(roots, path), _fact(roots, path)
        if value not in (None, (), ""):
            break
    if not _applies(entry, roots):
        value = None
    base = Planned(
        id=entry.id,
        label=entry.label or _label(template, entry),
        value=None,
        by=BY[source.partition(".")[0]] if source else "default",
        source=_source(source, value, fact, entry),
        required=entry.required,
        min_font=entry.min_font or template.mapping.defaults.min_font,
        limit=entry.limit,
    )
    yield from _written(template, entry, value, base, row=1)


def _table(template: Template, entry: Table, roots: Roots) -> Iterator[Planned]:
    items = enumerate(at(roots, entry.from_) or ())
    kept = [(place, one) for place, one in items if keeps(one, entry)]
    for row, (place, one) in enumerate(kept, 1):
        fits = row <= entry.repeat.max
        for column in entry.columns:
            path, value, fact = _in_row(column, one, roots)
            beyond = f"{entry.label} {row}: {column.label or column.id}"
            where = path if _rooted(path) else f"{entry.from_}.{place}.{path}"
            base = Planned(
                id=f"{entry.id}.{row}.{column.id}",
                label=_label(template, column, row) if fits else beyond,
                value=None,
                by=BY[where.partition(".")[0]],
                source=_source(where, value, fact, column),
                required=column.required,
                min_font=column.min_font or template.mapping.defaults.min_font,
                limit=column.limit,
            )
            planned = _written(template, column, value, base, row if fits else 1)
            if fits:
                yield from planned
            else:
                yield from _beyond(planned, entry.id)


def _in_row(column: Column, one: Any, roots: Roots) -> tuple[str, Any, str | None]:
    for path in many(column.from_):
        value = at(roots, path) if _rooted(path) else value_at(one, path)
        if value not in (None, (), ""):
            break
    return path, value, _fact(roots, path) if _rooted(path) else fact_at(one, path)


def _beyond(planned: Iterator[Planned], table: str) -> Iterator[Planned]:
    for one in planned:
        yield replace(one, places=(), ticks=False, table=table)


def _written(
    template: Template, entry: Chosen, value: Any, base: Planned, row: int
) -> Iterator[Planned]:
    if entry.choice:
        yield _chosen(template, entry, value, base, row)
    elif entry.split:
        short_of = _cut_short(value, entry.split, template)
        for part in entry.split:
            short = f"{base.id}.{part.id}"
            label = part.label or base.label
            piece = replace(base, id=short, label=label, limit=part.limit)
            if short_of:
                yield replace(piece, trouble="cut_short")
            else:
                yield _text(template, part, part.places(row), value, piece)
    else:
        yield _text(template, entry, entry.places(row), value, base)


def _cut_short(value: Any, parts: Sequence[Written], template: Template) -> bool:
    try:
        return loses(value, parts, template.mapping.defaults)
    except Invalid:
        return False


def _text(
    template: Template, how: Written, places: Iterator[Place], value: Any, base: Planned
) -> Planned:
    try:
        text = write(value, how, template.mapping.defaults)
    except Invalid:
        return replace(base, trouble="invalid")
    return replace(base, value=text, places=tuple(places))


def _chosen(template: Template, entry: Chosen, value: Any, base: Planned, row: int) -> Planned:
    found: list[str] = []
    missing = False
    for one in wanted(value, entry):
        try:
            key = item(one, entry, template.mapping.defaults)
        except Invalid:
            return replace(base, trouble="invalid")
        found += [key] if key in entry.choice else []
        missing |= bool(key) and key not in entry.choice
    keys = list(dict.fromkeys(found))
    boxes = [box.place(row) for key in keys for box in many(entry.choice[key])]
    return replace(
        base,
        value=", ".join(keys) or None,
        places=tuple(boxes),
        ticks=True,
        trouble="no_box" if missing else None,
    )


def _applies(entry: Single, roots: Roots) -> bool:
    return all(at(roots, path) in many(among) for path, among in entry.when.items())


def _source(path: str | None, value: Any, fact: str | None, how: Written) -> str | None:
    if path is None or not path.startswith("chart."):
        return path
    named = list(dict.fromkeys(facts(wanted(value, how)))) or ([fact] if fact else [])
    return ", ".join(named[:MOST_FACTS]) or path


def _label(template: Template, entry: Chosen, row: int = 1) -> str:
    names = (place.pdf for place in entry.everywhere(row) if place.pdf)
    return template.label(next(names, None), entry.label or entry.id)


def _rooted(path: str) -> bool:
    return path.partition(".")[0] in BY


def at(roots: Roots, path: str) -> Any:
    """Read the value at a path that begins with a root."""
    root, _, rest = path.partition(".")
    return value_at(roots.get(root), rest)


def _fact(roots: Roots, path: str) -> str | None:
    root, _, rest = path.partition(".")
    return fact_at(roots.get(root), rest)
