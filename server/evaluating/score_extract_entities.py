"""How well a text is read: what each slot should hold, how it is meant, and what belongs to it.

``expect`` has for each slot it judges the whole list of ``{value, status}``; ``any`` is no status
to judge. Particulars (``response``, ``dose``, ``frequency``, ``route``, ``lasting``, ``count``,
``start``, ``end``), ``side``, ``level``, ``code`` and ``kind`` are judged where given.
"""

from collections.abc import Iterator
from typing import Any

from nodes.entity import Amount, Entity
from nodes.extract_entities import ExtractEntitiesResponse
from server.evaluating.point import Kind, Point

_DETAILS = ("response", "dose", "frequency", "route", "lasting", "count", "start", "end")
_OWN = ("side", "level", "kind")
Wanted = dict[str, str]


def score(expect: Any, response: ExtractEntitiesResponse) -> Iterator[Point]:
    """Compare every slot a case names; one place answers one expectation, the best first."""
    for slot, wanted in expect.items():
        found = [one for one in response.entities if one.slot == slot]
        pairs, more = match(wanted or [], found)
        for want, entity in pairs:
            yield _point(slot, entity is not None, f"{slot} {want['value']}")
            if entity is not None:
                yield from _belongs(want, entity)
        said = {want["value"].lower() for want in wanted or []}
        for entity in more:
            if not any(_same(value, entity) for value in said):
                yield Point(slot, "false_alarm", f"{slot} {entity.value}")


def match(
    wanted: list[Wanted], found: list[Entity]
) -> tuple[list[tuple[Wanted, Entity | None]], list[Entity]]:
    """Pair what is wanted with what was found, those of the same status first; and the rest."""
    left = list(found)
    pairs: list[tuple[Wanted, Entity | None]] = []
    for want in wanted:
        same = [one for one in left if _same(want["value"].lower(), one)]
        same.sort(key=lambda one: -sum(p.kind == "hit" for p in _belongs(want, one)))
        pairs.append((want, same[0] if same else None))
        if same:
            left.remove(same[0])
    return pairs, left


def _same(value: str, entity: Entity) -> bool:
    said = {entity.value.lower(), " ".join(entity.words.quote.lower().split())}
    code = {entity.code.code.lower()} if entity.code else set()
    return any(value == one or value in one or one in value for one in said) or value in code


def _belongs(want: Wanted, entity: Entity) -> Iterator[Point]:
    if want.get("status", "any") != "any":
        yield _told("status", want["status"], entity.status, want)
    for name in _OWN:
        if name in want:
            yield _told(name, want[name], getattr(entity, name), want)
    if "code" in want:
        yield _told("code", want["code"], entity.code.code if entity.code else None, want)
    for name in _DETAILS:
        if name in want:
            yield _told(name, want[name], _detail(entity, name), want)


def _detail(entity: Entity, name: str) -> str | None:
    told = getattr(entity.particulars, name) if entity.particulars else None
    if isinstance(told, Amount):
        unit = f" {told.unit}" if told.unit and name == "dose" else ""
        return f"{told.value.normalize():f}{unit}"
    return None if told is None else str(told)


def _told(metric: str, wanted: str, found: str | None, want: Wanted) -> Point:
    return _point(metric, wanted == found, f"{want['value']}: {wanted}, not {found}")


def _point(metric: str, right: bool, detail: str) -> Point:
    kind: Kind = "hit" if right else "miss"
    return Point(metric, kind, detail)
