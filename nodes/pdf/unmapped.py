"""What a form does not take: the case's values that no entry names, the form's fields neither."""

from collections.abc import Iterator
from collections.abc import Mapping as Named
from itertools import combinations
from typing import Any

from pydantic import BaseModel

from nodes.case import Case
from nodes.pdf.mapping import Mapping, Single
from nodes.pdf.places import Chosen, many, parts
from nodes.pdf.template import Template

MOST = 300
OURS = ("id", "patient.id", "order.reference")
"""Names that are ours or the EHR's, which no payer's form asks for."""
STANDS_FOR: Named[str, tuple[str, ...]] = {
    "display": ("person.family", "person.given", "person.middle", "organization"),
    "date_of_service": ("service_lines.start", "order.authored_on"),
    "insured": ("coverage.subscriber", "patient"),
    "insured_phone": ("patient.phone",),
    "principal": ("diagnoses.0",),
    "rendering": ("performer", "providers"),
    "facility": ("providers", "performer"),
    "rendering_person": ("providers", "performer"),
    "billing": ("performer", "requester"),
    "illness_onset": ("diagnoses.0.onset",),
    "referrer": ("providers", "requester"),
    "program": ("coverage.line_of_business",),
    "lines": ("service_lines",),
    "procedure": ("code", "system"),
    "drug": ("code", "system"),
    "drug_qualified": ("code", "system"),
    "pointers": ("diagnoses",),
    "referring": ("providers",),
    "ordering": ("providers",),
    "primary_care": ("providers",),
}
"""What properties of the models are made of."""


def unmapped_paths(mapping: Mapping, case: Case) -> tuple[str, ...]:
    """List the case's paths that have a value, other than its default, that no entry takes."""
    taken = {path for entry in mapping.fields for path in _taken(entry)}
    left = (path for path in _leaves(case, "") if path not in OURS and not _covered(path, taken))
    return tuple(f"case.{path}" for path in list(left)[:MOST])


def unmapped_fields(template: Template) -> tuple[str, ...]:
    """List the form's fields that the mapping neither fills nor leaves on purpose."""
    mapping = template.mapping
    if mapping.kind in ("overlay", "grid"):
        return ()
    named = {name for name, _ in mapping.boxes()} | set(mapping.clear)
    named |= {sign.pdf for sign in mapping.sign if sign.pdf}
    kinds = {w.name for w in template.widgets if w.kind not in ("push", "signature")}
    return tuple(sorted(kinds - named)[:MOST])


def _taken(entry: Any) -> Iterator[str]:
    if isinstance(entry, Single):
        for path in (*entry.paths, *entry.when):
            yield from _joined(entry, path)
        return
    for column in entry.columns:
        for path in many(column.from_):
            rooted = path.partition(".")[0] == "case"
            yield from _joined(column, path if rooted else f"{entry.from_}.{path}")


def _joined(how: Chosen, path: str) -> Iterator[str]:
    root, _, rest = path.partition(".")
    if root != "case":
        return
    for part in how.split or (how,):
        inside = parts(part.join) if part.join else [""]
        for step in inside:
            yield from meant(f"{rest}.{step}".strip("."))


def meant(path: str) -> Iterator[str]:
    """Give a path and those that its properties are made of, without the root."""
    steps = path.split(".")
    for place, step in enumerate(steps):
        for stands in STANDS_FOR.get(step, ()):
            yield from meant(".".join((*steps[:place], stands, *steps[place + 1 :])))
    yield path


def _leaves(model: BaseModel, before: str) -> Iterator[str]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is not None and value != field.default:
            yield from _inside(value, f"{before}{name}")


def _inside(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from _leaves(value, f"{path}.")
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _inside(one, f"{path}.{place}")
    else:
        yield path


def _covered(path: str, taken: set[str]) -> bool:
    """Whether an entry takes a path; an entry's path may leave places in lists unsaid."""
    steps = path.split(".")
    digits = [place for place, step in enumerate(steps) if step.isdigit()]
    for many_left in range(len(digits) + 1):
        for gone in combinations(digits, many_left):
            if ".".join(s for place, s in enumerate(steps) if place not in gone) in taken:
                return True
    return False
