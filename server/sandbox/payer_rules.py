"""How the sandbox payer decides: members and rules, read from ``payer_rules.yaml``."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from nodes.audit import Model
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.read_item import Item

Action = Literal["A1", "A3", "A4", "A6", "C"]


class Past(Model):
    """A service the payer has on file."""

    code: str
    served: date


class Member(Model):
    """A person the payer insures."""

    family: str
    birth_date: date
    history: tuple[Past, ...] = ()


class Rule(Model):
    """What is done with some services; conditions not given always hold."""

    id: str
    codes: tuple[str, ...]
    history_months: int | None = None
    more_than: int | None = None
    action: Action
    reason: str | None = None
    message: str | None = None
    quantity: int | None = None
    unit: str | None = None
    later: Action | None = None
    inquiries: int = 1


class Rules(Model):
    """The file."""

    version: str
    members: dict[str, Member]
    rules: tuple[Rule, ...]


class Verdict(Model):
    """What is answered about one service; ``later`` is said when somebody asks again."""

    action: Action = "A1"
    reason: str | None = None
    message: str | None = None
    quantity: int | None = None
    unit: str | None = None
    later: Action | None = None
    inquiries: int = 1

    def ending(self, later: Action) -> "Verdict":
        """The verdict with another end after review, where it has one."""
        return self.model_copy(update={"later": later}) if self.later else self

    def asked(self, count: int) -> "Verdict":
        """The verdict as the nth inquiry hears it: so many hear that it is still under review."""
        return self if count <= self.inquiries else self.final()

    def final(self) -> "Verdict":
        """The verdict after review: a pended service is decided, others stay."""
        if self.later is None:
            return self
        return Verdict(action=self.later, reason="0F" if self.later == "A3" else None)


@cache
def rules() -> Rules:
    """The rules as shipped."""
    raw = (files("server") / "sandbox" / "payer_rules.yaml").read_bytes()
    return Rules.model_validate_json(json.dumps(yaml.safe_load(raw), default=str))


def refusal(reading: Reading, known: Rules) -> str | None:
    """AAA03 when the subscriber cannot be found (75), or is born on another day (71)."""
    subscriber = next((party for party in reading.parties if party.entity == "IL"), None)
    member = known.members.get(subscriber.id or "") if subscriber else None
    if subscriber is None or member is None:
        return "75"
    born = subscriber.birth_date
    return "71" if born and born != member.birth_date else None


def decide(reading: Reading, known: Rules, today: date) -> list[Verdict]:
    """One verdict for each service; a cancellation is always granted."""
    subscriber = next(party for party in reading.parties if party.entity == "IL")
    member = known.members[subscriber.id or ""]
    codes = reading.event.codes if reading.event else None
    if codes and codes.certification == "3":
        return [Verdict(action="C") for _ in reading.services]
    return [verdict(service, member, known, today) for service in reading.services]


def verdict(service: Item, member: Member, known: Rules, today: date) -> Verdict:
    """The verdict on one service."""
    for rule in known.rules:
        if fits(rule, service, member, service.start or today):
            fields = rule.model_dump(exclude={"id", "codes", "history_months", "more_than"})
            return Verdict(**fields)
    return Verdict()


def fits(rule: Rule, service: Item, member: Member, day: date) -> bool:
    """Whether a rule is about this service."""
    named = service.service
    if named is None or named.code not in rule.codes:
        return False
    amount = service.amount if service.amount is not None else named.quantity
    if rule.more_than is not None and not (amount or 0) > rule.more_than:
        return False
    if rule.history_months is None:
        return True
    return any(
        past.code in rule.codes
        and past.served <= day < months_after(past.served, rule.history_months)
        for past in member.history
    )


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, day.day)
