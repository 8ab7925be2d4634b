"""What a changed field of a question does to the charts on which it is met and is not met."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any, Literal

from nodes.policy.leaf import LeafBase
from nodes.policy.model import Parameter, Policy, Therapies
from nodes.policy.value_set import Member

Move = Literal["same", "fewer", "more", "unclear"]
SAID_ONLY = {"id", "text", "cite", "ask", "of", "effort", "addendum"}
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
FOUND = {
    "code_present", "attested", "encounter_within", "procedure_within", "event_count",
    "document_present", "drug_trial", "observation_count", "family_history", "med_active",
    "event_before", "visit_after",
}  # fmt: skip
HIGHER_IS_STRICTER = {"n", "drugs", "at_least"}
LOWER_IS_STRICTER = {"at_most", "onset_at_most", "gap_days"}
TRUE_IS_STRICTER = {"in_person", "objective"}
FEWER_IS_STRICTER = {"kinds", "outcomes", "taxonomy"}
RELATIVES = ("first_degree", "second_degree", "close", "any")


@dataclass(frozen=True, slots=True)
class Shift:
    """How the charts change on which something is met, and those on which it is not met."""

    met: Move
    not_met: Move


def join(one: Move, other: Move) -> Move:
    """Put two moves together; opposite ones are unclear."""
    if one == other or other == "same":
        return one
    return other if one == "same" else "unclear"


def both(one: Shift, other: Shift) -> Shift:
    """Put two shifts together."""
    return Shift(join(one.met, other.met), join(one.not_met, other.not_met))


SAME, UNCLEAR = Shift("same", "same"), Shift("unclear", "unclear")
STRICTER, LOOSER = Shift("fewer", "more"), Shift("more", "fewer")
HARDER, EASIER = Shift("fewer", "unclear"), Shift("more", "unclear")


def leaf_shift(old: LeafBase, new: LeafBase, before: Policy, after: Policy) -> Shift:
    """Compare a question in two versions, with the parameters and value sets that it names."""
    if type(old) is not type(new):
        return UNCLEAR
    shifts = []
    for field in type(new).model_fields:
        if field not in SAID_ONLY:
            was, now = getattr(old, field), getattr(new, field)
            was, now = resolved(field, was, before), resolved(field, now, after)
            if was != now:
                shifts.append(_field(field, was, now, old, new))
    return reduce(both, shifts, SAME)


def resolved(field: str, value: Any, policy: Policy) -> Any:
    """Look a named parameter, value set, therapies or own concept up."""
    if not isinstance(value, str):
        return value
    if field in ("value_set", "about_codes", "start"):
        return policy.value_sets.get(value, value)
    if field in ("weeks", "days"):
        return policy.parameters.get(value, value)
    if field == "therapies":
        return _therapies(value, policy)
    return policy.concepts.get(value, value)


def days_of(parameter: Parameter) -> int:
    """Count a parameter in days."""
    return parameter.value * (7 if parameter.unit == "weeks" else 1)


def length_of(span: str) -> int:
    """Count an ISO 8601 duration in days, a month as 30 and a year as 365."""
    return int(span[1:-1]) * DAYS[span[-1]]


def codes_of(members: tuple[Member, ...]) -> set[str]:
    """List a value set's codes with their system, match and dates, one by one."""
    return {
        json.dumps([one.system, one.match, code, str(one.effective)])
        for one in members
        for code in one.codes
    }


def _therapies(name: str, policy: Policy) -> Any:
    found = policy.therapies[name]
    sets = (policy.value_sets.get(one or "", ()) for one in (found.procedures, found.medications))
    words = tuple(policy.concepts.get(one) for one in found.concepts)
    return found, tuple(map(frozenset, map(codes_of, sets))), words


def _field(field: str, was: Any, now: Any, old: LeafBase, new: LeafBase) -> Shift:
    op = str(getattr(new, "op", ""))
    if field in RULES:
        return RULES[field](was, now, op, new)
    if field in HIGHER_IS_STRICTER | LOWER_IS_STRICTER:
        return _number(was, now, field in HIGHER_IS_STRICTER)
    if field in TRUE_IS_STRICTER:
        return HARDER if now else EASIER
    if field in FEWER_IS_STRICTER:
        return _subset(set(was), set(now))
    if field == "value":
        return _limit(was, now, old, new)
    return UNCLEAR


def _number(was: Any, now: Any, higher: bool) -> Shift:
    if was is None or now is None:
        return STRICTER if was is None else LOOSER
    return STRICTER if (now > was) == higher else LOOSER


def _subset(was: set[Any], now: set[Any]) -> Shift:
    if now < was:
        return HARDER
    return EASIER if was < now else UNCLEAR


def _limit(was: Decimal, now: Decimal, old: Any, new: Any) -> Shift:
    if old.cmp[0] != new.cmp[0] or getattr(old, "unit", "") != getattr(new, "unit", ""):
        return UNCLEAR
    return _number(was, now, new.cmp[0] == ">")


def _cmp(was: str, now: str, _op: str, _leaf: LeafBase) -> Shift:
    if was[0] != now[0]:
        return UNCLEAR
    return STRICTER if len(now) < len(was) else LOOSER


def _window(was: str | None, now: str | None, op: str, leaf: LeafBase) -> Shift:
    shorter = now is not None and (was is None or length_of(now) < length_of(was))
    latest = getattr(leaf, "take", "latest") == "latest"
    if (op == "observation_latest" and latest) or (op == "derived" and latest and _bmi(leaf)):
        return Shift("fewer", "fewer") if shorter else Shift("more", "more")
    if op not in FOUND:
        return UNCLEAR
    if leaf.when_absent == "not_met":
        return STRICTER if shorter else LOOSER
    return HARDER if shorter else EASIER


def _bmi(leaf: LeafBase) -> bool:
    return getattr(leaf, "figure", "") == "bmi"


def _absent(_was: str, now: str, _op: str, _leaf: LeafBase) -> Shift:
    return Shift("same", "more" if now == "not_met" else "fewer")


def _codes(was: Any, now: Any, op: str, leaf: LeafBase) -> Shift:
    if op not in FOUND | {"ordered"} or isinstance(was, str) or isinstance(now, str):
        return UNCLEAR
    if was is None or now is None:
        narrower = (now is not None) == (op == "ordered")
        return HARDER if narrower else EASIER
    shift = _subset(codes_of(was), codes_of(now))
    if leaf.when_absent == "not_met" and shift != UNCLEAR:
        return STRICTER if shift == HARDER else LOOSER
    return shift


def _parameter(was: Any, now: Any, op: str, _leaf: LeafBase) -> Shift:
    if was is None or now is None:
        return _number(was, now, True)
    if not (isinstance(was, Parameter) and isinstance(now, Parameter)):
        return UNCLEAR
    before, after = days_of(was), days_of(now)
    if before == after:
        return SAME
    if op == "re_evaluated":
        return HARDER if after < before else EASIER
    return _number(before, after, True)


def _care(was: Any, now: Any, op: str, _leaf: LeafBase) -> Shift:
    before, after = was[0], now[0]
    rest = {"window"}
    alike = before.model_dump(exclude=rest) == after.model_dump(exclude=rest)
    if op != "care_duration" or not alike or was[1:] != now[1:] or not isinstance(after, Therapies):
        return UNCLEAR
    return HARDER if length_of(after.window) < length_of(before.window) else EASIER


def _relatives(was: str, now: str, _op: str, _leaf: LeafBase) -> Shift:
    return HARDER if RELATIVES.index(now) < RELATIVES.index(was) else EASIER


def _days(was: int | None, now: int | None, first: bool) -> Shift:
    if was is None or now is None:
        return HARDER if was is None else EASIER
    return HARDER if (now > was) == first else EASIER


def _dose(was: Any, now: Any, _op: str, _leaf: LeafBase) -> Shift:
    if was is None or now is None:
        return HARDER if was is None else EASIER
    if (was.unit, was.per) != (now.unit, now.per):
        return UNCLEAR
    return HARDER if now.value > was.value else EASIER


def _only(was: Any, now: Any, _op: str, _leaf: LeafBase) -> Shift:
    """One more condition: asked for where it was not."""
    return HARDER if was is None else EASIER if now is None else UNCLEAR


def _other_way(was: Any, now: Any, _op: str, _leaf: LeafBase) -> Shift:
    """One more way to show it: words beside codes."""
    return EASIER if was is None else HARDER if now is None else UNCLEAR


Rule = Callable[[Any, Any, str, LeafBase], Shift]
RULES: dict[str, Rule] = {
    "cmp": _cmp,
    "window": _window,
    "when_absent": _absent,
    "value_set": _codes,
    "about_codes": _codes,
    "weeks": _parameter,
    "days": _parameter,
    "therapies": _care,
    "relatives": _relatives,
    "first_day": lambda was, now, _op, _leaf: _days(was, now, True),
    "last_day": lambda was, now, _op, _leaf: _days(was, now, False),
    "dose": _dose,
    "context": _only,
    "says": _only,
    "told": _only,
    "same_day_as": _only,
    "begun": lambda _was, now, _op, _leaf: HARDER if now else EASIER,
    "concept": _other_way,
    "consulted": _other_way,
    "ever": lambda _was, now, _op, _leaf: EASIER if now else HARDER,
}
