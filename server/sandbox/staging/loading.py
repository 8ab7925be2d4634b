"""Scenes from their YAML: variants merged, words filled in, resources built. Once per process."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from server.sandbox.staging import ordering, people, things
from server.sandbox.staging.clinical import Chart
from server.sandbox.staging.papers import documents, whose
from server.sandbox.staging.scene import Person, Practice, Record, Variant
from server.sandbox.staging.shapes import Json

E = TypeVar("E")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PRONOUNS = {"female": ("Ms.", "she", "her", "her"), "male": ("Mr.", "he", "his", "him")}


@cache
def practice() -> Practice:
    """Read who treats, supplies and tests."""
    return Practice.model_validate_json(json.dumps(_file("practice.yaml")))


@cache
def variants() -> tuple[Variant, ...]:
    """Read every variant of every scene, in the order of their files."""
    names = sorted(f.name for f in _folder().iterdir() if f.name.endswith(".yaml"))
    return tuple(one for name in names if name != "practice.yaml" for one in read(_file(name)))


@cache
def resources() -> tuple[Json, ...]:
    """Build every resource of every scene."""
    built = [one for variant in variants() for one in build(variant)]
    return (*people.everybody(practice()), *built)


def read(scene: dict[str, Any]) -> Iterator[Variant]:
    """Read one scene: what the variants share, and each of them.

    A variant's ``order`` and ``chart`` change the scene's, or those of the variant it is ``like``;
    an entry that is null is not there.
    """
    shared = {"order": scene.get("order", {}), "chart": scene.get("chart", {})}
    for name, told in scene["variants"].items():
        own = dict(told)
        model = scene["variants"].get(own.pop("like", None), {})
        if "existing" not in own:
            for part in ("order", "chart"):
                own[part] = merged(merged(shared[part], model.get(part, {})), own.get(part, {}))
            for part in ("order", "chart"):
                own[part] = said(own[part], own["person"])
        yield Variant.model_validate_json(
            json.dumps({**own, "service": scene["service"], "variant": name})
        )


def merged(old: Any, new: Any) -> Any:
    """Lay a mapping over another; null takes away."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    both = {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return {key: value for key, value in both.items() if value is not None}


def said(value: Any, person: dict[str, Any]) -> Any:
    """Fill a person into words: ``{Mr}``, ``{last}``, ``{age}``, ``{he}``, ``{his}`` and so on."""
    if isinstance(value, dict):
        return {key: said(item, person) for key, item in value.items()}
    if isinstance(value, list):
        return [said(item, person) for item in value]
    return value.format_map(_words(person)) if isinstance(value, str) and "{" in value else value


def build(variant: Variant) -> Iterator[Json]:
    """Build the resources of one variant: nothing for one whose chart is in ``charts/``."""
    if variant.person is None or variant.order is None:
        return
    chart = Chart(variant.person, practice())
    yield people.patient(variant.person)
    yield from (people.patient(other) for other in variant.others)
    yield people.coverage(variant.person)
    yield from ordering.orders(variant.order, variant.person, practice())
    known = {one.key: one for one in (variant.person, *variant.others)}
    yield from _record(variant.chart, chart, known)
    for key, record in variant.theirs.items():
        yield from _record(record, Chart(known[key], practice()), known)


def _record(held: Record, chart: Chart, known: dict[str, Person]) -> Iterator[Json]:
    yield from _each(held.conditions, chart.condition)
    yield from _each(held.drugs, chart.drug)
    yield from _each(held.measures, chart.measure)
    yield from _each(held.procedures, chart.procedure)
    yield from _each(held.reports, chart.report)
    yield from _each(held.visits, chart.visit)
    yield from _each(held.relatives, chart.relative)
    yield from _each(held.allergies, chart.allergy)
    yield from _each(held.vaccines, partial(things.vaccine, chart))
    yield from _each(held.devices, partial(things.device, chart))
    yield from _each(held.plans, partial(things.plan, chart))
    for key, paper in held.papers.items():
        yield from documents(chart, key, paper, known[paper.of or chart.person.key])


def _each(entries: Mapping[str, E], write: Callable[[str, E], Iterator[Json]]) -> Iterator[Json]:
    for key, entry in entries.items():
        yield from write(key, entry)


def _words(person: dict[str, Any]) -> dict[str, str]:
    mister, he, his, him = PRONOUNS[person["sex"]]
    born = date.fromisoformat(person["born"])
    years = 2026 - born.year - ((born.month, born.day) > (11, 16))
    name = f"{person['given'][0]} {person['family']}"
    words = {"name": name, "last": person["family"], "Mr": mister, "age": str(years)}
    words |= {"he": he, "his": his, "him": him, "He": he.capitalize(), "His": his.capitalize()}
    return words | {"head": whose(Person.model_validate_json(json.dumps(person)))}


def _folder() -> Any:
    return files("server.sandbox") / "scenes"


def _file(name: str) -> Any:
    return _plain(yaml.load((_folder() / name).read_bytes(), Loader=LOADER))


def _plain(value: Any) -> Any:
    """Write days as text, also as keys."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, date) else value
