"""X12 codes with our own words: ``codes.yaml``, which integrators may edit."""

import json
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from nodes.audit import Model, Used, sha256
from nodes.decision import Outcome, Reason


class ReasonCode(Model):
    """HCR03: our category and words."""

    category: str
    words: str


class StatusCategory(Model):
    """STC01-1: our words, and whether the payer waits for somebody on our side."""

    words: str
    must_act: bool


class Codes(Model):
    """All lists of the file."""

    id: str
    version: str
    source: str
    effective: date
    actions: dict[str, Outcome]
    reasons: dict[str, ReasonCode]
    rejections: dict[str, str]
    follow_ups: dict[str, str]
    statuses: dict[str, StatusCategory]

    def reason(self, code: str) -> Reason:
        """A reason with our words; a code not in the list stands alone."""
        known = self.reasons.get(code)
        return Reason(
            code=code,
            category=known.category if known else None,
            words=known.words if known else None,
        )


@cache
def codes() -> tuple[Codes, Used]:
    """The lists as shipped, and the record of what was used."""
    raw = (files("nodes") / "x12" / "codes.yaml").read_bytes()
    lists = Codes.model_validate_json(json.dumps(yaml.safe_load(raw), default=str))
    return lists, Used(kind="table", id=lists.id, version=lists.version, sha256=sha256(raw))
