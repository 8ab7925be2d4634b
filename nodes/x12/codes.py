"""X12 codes with our own words: ``codes.yaml``, which integrators may edit."""

import json
from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from pydantic import model_validator

from nodes.audit import Model, Used, sha256
from nodes.decision import Outcome, Reason
from nodes.x12.guide import dictionary, guides, positions


class Step(Model):
    """What to do next, and whether our side must."""

    must_act: bool
    then: str


class ReasonCode(Model):
    """HCR03: our category and words."""

    category: str
    words: str


class RejectionCode(Model):
    """AAA03: our words, what to do, and the values to look at, such as ``NM1.id``."""

    words: str
    then: str
    correct: tuple[str, ...] = ()


class Codes(Model):
    """All lists of the file."""

    id: str
    version: str
    source: str
    effective: date
    actions: dict[str, Outcome]
    outcomes: dict[Outcome, Step]
    categories: dict[str, Step]
    reasons: dict[str, ReasonCode]
    rejections: dict[str, RejectionCode]
    follow_ups: dict[str, bool]

    @model_validator(mode="after")
    def _whole(self) -> "Codes":
        """Every reason is of a category there is."""
        strange = {item.category for item in self.reasons.values()} - set(self.categories)
        if strange:
            raise ValueError(f"categories without a step: {', '.join(sorted(strange))}")
        return self

    def outcome(self, action: str | None) -> Outcome:
        """What an action comes to; one that is not in the list is unknown."""
        return self.actions.get(action or "", "unknown")

    def reason(self, code: str) -> Reason:
        """A reason with our words; a code not in the list stands alone."""
        known = self.reasons.get(code)
        if known is None:
            return Reason(code=code)
        step = self.categories[known.category]
        return Reason(code=code, category=known.category, words=known.words, then=step.then)


@cache
def codes() -> tuple[Codes, Used]:
    """The lists as shipped, and the record of what was used."""
    raw = (files("nodes") / "x12" / "codes.yaml").read_bytes()
    lists = Codes.model_validate_json(json.dumps(yaml.safe_load(raw), default=str))
    return lists, Used(kind="table", id=lists.id, version=lists.version, sha256=sha256(raw))


def element_of(name: str) -> str:
    """How the standard writes a value named as in ``codes.yaml``: NM1.id is NM109."""
    segment, _, value = name.partition(".")
    number, component = positions(segment)[value]
    return f"{segment}{number:02d}" + (f"-{component}" if component else "")


@cache
def table_words(segment: str, name: str) -> dict[str, str]:
    """Our words for the codes of one value, as the guide tables of the 278 have them."""
    number, component = positions(segment)[name]
    place, found = f"{number}-{component}" if component else str(number), dict[str, str]()
    for guide, _ in guides().values():
        if guide.transaction == "278":
            for _, use in guide.segments():
                listed = use.codes.get(place, {}) if use.segment == segment else {}
                found |= dictionary().lists[listed] if isinstance(listed, str) else listed
    return found
