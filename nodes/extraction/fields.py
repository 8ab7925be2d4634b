"""Entities by slot, as a form or a worker wants them: the best value, how meant, what is silent."""

from collections.abc import Iterable
from typing import get_args

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.entity import Entity, Slot, Status

MOST = 12
_ORDER: tuple[Status, ...] = (
    "affirmed", "historical", "uncertain", "hypothetical", "declined", "negated", "family",
)  # fmt: skip
_RANKS = {status: rank for rank, status in enumerate(_ORDER)}
_Numbered = tuple[int, Entity]
_FIRST_SECTIONS = ("assess", "impress", "diagnos", "indication", "reason")


class SlotValue(Model):
    """One value of a slot: how it is meant at its best place, and where that is."""

    value: Text
    kind: Text | None = None
    status: Status
    confidence: float | None = None
    entity: int = Field(ge=0, description="Its place in the response's entities, from 0")
    places: int = Field(ge=1, description="How many entities say it")
    also: tuple[Status, ...] = Field(default=(), description="How else it is meant elsewhere")


class SlotFields(Model):
    """What a text says for one slot, the surest and most often said first; silent: nothing."""

    slot: Slot
    values: tuple[SlotValue, ...] = ()
    silent: bool = False


_SILENT: dict[Slot, SlotFields] = {
    slot: SlotFields(slot=slot, silent=True) for slot in get_args(Slot)
}


def overview(entities: Iterable[Entity]) -> tuple[SlotFields, ...]:
    """Group entities by slot and value; contradictions stay visible in ``also``."""
    groups: dict[Slot, dict[tuple[str, str | None], list[_Numbered]]] = {}
    for number, entity in enumerate(entities):
        key = (entity.value.lower(), entity.kind)
        groups.setdefault(entity.slot, {}).setdefault(key, []).append((number, entity))
    return tuple(
        _slot(slot, groups[slot]) if slot in groups else silent for slot, silent in _SILENT.items()
    )


def _slot(slot: Slot, groups: dict[tuple[str, str | None], list[_Numbered]]) -> SlotFields:
    values = [_value(said) for said in groups.values()]
    if len(values) > 1:
        values.sort(key=_rank)
    return SlotFields(slot=slot, values=tuple(values[:MOST]))


def _value(said: list[_Numbered]) -> SlotValue:
    number, best = said[0]
    also: set[Status] = set()
    if len(said) > 1:
        number, best = min(said, key=_best)
        also = {entity.status for _, entity in said} - {best.status}
    return SlotValue(
        value=best.value,
        kind=best.kind,
        status=best.status,
        confidence=best.confidence,
        entity=number,
        places=len(said),
        also=tuple(status for status in _ORDER if status in also) if also else (),
    )


def _best(one: _Numbered) -> tuple[int, bool, int]:
    return _RANKS[one[1].status], not _leads(one[1]), one[0]


def _leads(entity: Entity) -> bool:
    return (entity.section or "").lower().startswith(_FIRST_SECTIONS)


def _rank(value: SlotValue) -> tuple[int, int, int]:
    return _RANKS[value.status], -value.places, value.entity
