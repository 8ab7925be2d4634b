"""What goes into each field: values found at their paths and written as the form wants them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Literal

from nodes.pdf.mapping import DateFormat, Defaults, Single, Table, Written
from nodes.pdf.paths import value_at
from nodes.pdf.template import Template

Filler = Literal["case", "fact", "summary", "policy", "default", "never"]
BY: dict[str, Filler] = {"case": "case", "summary": "summary", "assessment": "policy"}
DATES: dict[DateFormat, str] = {
    "MM/DD/YYYY": "%m/%d/%Y",
    "MM/DD/YY": "%m/%d/%y",
    "MMDDYYYY": "%m%d%Y",
    "MM DD YYYY": "%m %d %Y",
    "YYYY-MM-DD": "%Y-%m-%d",
}


@dataclass(frozen=True)
class Planned:
    """A field's value and where it goes; ``table`` names the table whose rows ran out."""

    id: str
    label: str
    value: str | None
    by: Filler
    source: str | None = None
    pdf: tuple[str, ...] = ()
    state: str | None = None
    required: bool = False
    min_font: float = 6
    table: str | None = None


def plan(template: Template, roots: Mapping[str, Any]) -> Iterator[Planned]:
    """Plan every field of a template, from what is given under ``case``, ``summary`` ..."""
    defaults = template.mapping.defaults
    for entry in template.mapping.fields:
        if isinstance(entry, Table):
            yield from _table(template, entry, roots)
        elif entry.choice:
            yield _choice(template, entry, roots)
        else:
            value = entry.text or _at(roots, entry.from_ or "")
            yield Planned(
                id=entry.id,
                label=entry.label or template.label(entry.pdf[0]),
                value=write(value, entry, defaults),
                by=_by(entry),
                source=entry.from_,
                pdf=entry.pdf,
                required=entry.required,
                min_font=entry.min_font or defaults.min_font,
            )
    for sign in template.mapping.sign:
        yield Planned(sign.id, template.label(sign.pdf), None, "never")


def write(value: Any, how: Written, defaults: Defaults) -> str | None:
    """Write a value as text; None when there is nothing to write."""
    items = value if isinstance(value, tuple) else (value,)
    written = (_item(item, how, defaults) for item in items if _wanted(item, how))
    text = how.between.join(filter(None, written))
    if (how.case or defaults.case) == "upper":
        text = text.upper()
    return text if text.strip() else None


def _wanted(item: Any, how: Written) -> bool:
    return all(value_at(item, path) in among for path, among in how.only.items()) and not any(
        value_at(item, path) in among for path, among in how.skip.items()
    )


def _item(value: Any, how: Written, defaults: Defaults) -> str:
    if value is None or how.join is None:
        return _scalar(value, how, defaults)
    parts = []
    for literal, path, _, _ in Formatter().parse(how.join):
        parts.append(literal)
        if path is not None:
            parts.append(_scalar(value_at(value, path), how, defaults))
    blanks = re.sub(r"[ \t]+", " ", "".join(parts))
    return re.sub(r"\( ?\)|(?:, ?)+(?=, |$)", "", blanks).strip(" ,\n")


def _scalar(value: Any, how: Written, defaults: Defaults) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(filter(None, (_scalar(one, how, defaults) for one in value)))
    if isinstance(value, date):
        return value.strftime(DATES[how.date or defaults.date])
    return how.words.get(str(value), str(value))


def _choice(template: Template, entry: Single, roots: Mapping[str, Any]) -> Planned:
    value = str(_at(roots, entry.from_ or ""))
    box = entry.choice.get(value)
    return Planned(
        id=entry.id,
        label=entry.label or template.label(next(iter(entry.choice.values())).pdf),
        value=value if box else None,
        by=_by(entry),
        source=entry.from_,
        pdf=(box.pdf,) if box else (),
        state=box.on if box else None,
        required=entry.required,
    )


def _table(template: Template, entry: Table, roots: Mapping[str, Any]) -> Iterator[Planned]:
    for place, item in enumerate(_at(roots, entry.from_) or ()):
        fits = place < entry.repeat.max
        for column in entry.columns:
            named = column.pdf.replace("{n}", str(place + 1))
            beyond = f"{entry.label} {place + 1}: {column.label or column.id}"
            yield Planned(
                id=f"{entry.id}.{place + 1}.{column.id}",
                label=template.label(named) if fits else beyond,
                value=write(value_at(item, column.from_), column, template.mapping.defaults),
                by=BY[entry.from_.partition(".")[0]],
                source=f"{entry.from_}.{place}.{column.from_}",
                pdf=(named,) if fits else (),
                required=column.required,
                min_font=column.min_font or template.mapping.defaults.min_font,
                table=None if fits else entry.id,
            )


def _at(roots: Mapping[str, Any], path: str) -> Any:
    root, _, rest = path.partition(".")
    return value_at(roots.get(root), rest)


def _by(entry: Single) -> Filler:
    return BY[entry.from_.partition(".")[0]] if entry.from_ else "default"
