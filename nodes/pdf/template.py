"""A form template: a folder with form.pdf and mapping.yaml, checked against each other."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from nodes.assessment import Assessment
from nodes.audit import Used, sha256
from nodes.case import Case
from nodes.errors import NotConfigured, UnknownName
from nodes.pdf.mapping import Mapping, Single, Table, Written, places
from nodes.pdf.objects import Widget, page_sizes, widgets
from nodes.pdf.paths import element, is_model, literals, type_at
from nodes.prose import Summary

SHIPPED = Path(__file__).parents[2] / "forms_templates"
ROOTS: dict[str, Any] = {"case": Case, "summary": Summary, "assessment": Assessment}


class PlainLoader(yaml.SafeLoader):
    """YAML in which ``on``, ``yes`` and dates stay the words they are (the 1.2 core schema)."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag[-4:] not in ("bool", "tamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"]
)


@dataclass(frozen=True)
class Template:
    """A form ready to fill; ``sha256`` is over form.pdf followed by mapping.yaml."""

    name: str
    mapping: Mapping
    pdf: bytes
    sha256: str
    widgets: tuple[Widget, ...]
    sizes: tuple[tuple[float, float], ...]

    @property
    def used(self) -> Used:
        """How this template is named in an answer it shaped."""
        return Used(
            kind="form", id=self.name, version=self.mapping.source.revision, sha256=self.sha256
        )

    def label(self, pdf: str) -> str:
        """Tell what the form calls a field: its tooltip, else its name."""
        return next((w.tooltip for w in self.widgets if w.name == pdf and w.tooltip), pdf)


@cache
def template(name: str, folder: Path = SHIPPED) -> Template:
    """Load a template once per process.

    UnknownName: there is none of that name. NotConfigured: its files do not fit each other; the
    message names the place.
    """
    try:
        mapping = (folder / name / "mapping.yaml").read_bytes()
    except OSError:
        raise UnknownName("there is no form template of this name") from None
    try:
        pdf = (folder / name / "form.pdf").read_bytes()
    except OSError:
        raise UnknownName("this form is not bundled: its issuer's PDF must be supplied") from None
    return load(name, mapping, pdf)


def load(name: str, mapping: bytes, pdf: bytes) -> Template:
    """Make a template of its two files; NotConfigured names the place of a fault."""
    loaded = Template(
        name=name,
        mapping=_mapping(name, mapping),
        pdf=pdf,
        sha256=sha256(pdf + mapping),
        widgets=widgets(pdf),
        sizes=tuple(page_sizes(pdf)),
    )
    fault = next(faults(loaded), None)
    if fault:
        raise NotConfigured(f"form template {name}: {fault}")
    return loaded


def faults(template: Template) -> Iterator[str]:
    """Say what in a mapping fits neither the form nor the models."""
    mapping, supply = template.mapping, template.mapping.source
    if mapping.template != template.name:
        yield "template is not the name of its folder"
    if supply.pages != len(template.sizes):
        yield "form.pdf has another number of pages"
    if supply.supply == "integrator" and sha256(template.pdf) not in supply.sha256:
        yield "form.pdf is a revision that this mapping was not tested with"
    yield from _pdf_faults(template)
    for entry in mapping.fields:
        yield from (f"{entry.id}: {fault}" for fault in _path_faults(entry))


def _mapping(name: str, text: bytes) -> Mapping:
    try:
        data = yaml.load(text, PlainLoader)
        return Mapping.model_validate_json(json.dumps(data))
    except (yaml.YAMLError, UnicodeDecodeError, TypeError):
        raise NotConfigured(f"form template {name}: mapping.yaml is not plain YAML") from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise NotConfigured(f"form template {name}: {place}: {first['msg']}") from None


def _pdf_faults(template: Template) -> Iterator[str]:
    mapping = template.mapping
    kinds = {w.name: w.kind for w in template.widgets}
    states = {(w.name, state) for w in template.widgets for state in w.states}
    filled: set[tuple[str, str | None]] = set()
    for name, state in mapping.boxes():
        if state and (name, state) not in states:
            yield f"the form has no box {name} with the state {state}"
        if not state and kinds.get(name) != "text":
            yield f"the form has no text field {name}"
        if (name, state) in filled:
            yield f"{name} is filled twice"
        filled.add((name, state))
    ids = [entry.id for entry in mapping.fields] + [sign.id for sign in mapping.sign]
    yield from (f"the id {one} is used twice" for one in ids if ids.count(one) > 1)
    left = {*mapping.clear, *(sign.pdf for sign in mapping.sign)}
    yield from (f"the form has no field {name}" for name in left - kinds.keys())
    yield from (f"{name} must stay empty" for name, _ in filled if name in left)


def _path_faults(entry: Single | Table) -> Iterator[str]:
    if entry.from_ is None:
        return
    root, _, rest = entry.from_.partition(".")
    try:
        kind = type_at(ROOTS[root], rest)
    except LookupError:
        yield f"there is nothing at {entry.from_}"
        return
    if isinstance(entry, Single):
        yield from _written_faults(entry, kind)
        allowed = literals(kind)
        unknown = [v for v in entry.choice if allowed is not None and v not in allowed]
        yield from (f"{entry.from_} is never {value}" for value in unknown)
        return
    item = element(kind)
    if item is None:
        yield f"{entry.from_} is not a list"
        return
    for column in entry.columns:
        try:
            yield from _written_faults(column, type_at(item, column.from_))
        except LookupError:
            yield f"there is nothing at {column.from_}"


def _written_faults(written: Written, kind: Any) -> Iterator[str]:
    whole = element(kind) or kind
    if is_model(whole) and written.join is None:
        yield "needs join: its value has several parts"
    for path in (*places(written.join or ""), *written.only, *written.skip):
        try:
            part = type_at(whole, path)
        except LookupError:
            yield f"there is nothing at {path} of its value"
            continue
        if is_model(element(part) or part):
            yield f"{path} of its value has several parts"
