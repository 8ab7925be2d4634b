"""Status codes of the 277 with our own words: ``statuses.yaml``, which integrators may edit."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import Field

from nodes.audit import Model, Used, sha256

Standing = Literal[
    "unknown",
    "error",
    "rejected",
    "information_requested",
    "denied",
    "finalized",
    "waiting_for_us",
    "pending",
    "accepted",
]
ORDER: tuple[Standing, ...] = (
    "error",
    "rejected",
    "information_requested",
    "denied",
    "finalized",
    "waiting_for_us",
    "unknown",
    "pending",
    "accepted",
)


class StatusCategory(Model):
    """STC01-1: how it stands, our words, and whether the payer waits for somebody on our side."""

    standing: Standing
    words: str
    must_act: bool = False
    action: str | None = Field(default=None, description="What to do next, in our words")

    @property
    def rank(self) -> int:
        """Which of two statuses of one day counts: the lower."""
        return ORDER.index(self.standing)


UNKNOWN = StatusCategory(
    standing="unknown",
    words="a status not known here",
    must_act=True,
    action="let a person read the status",
)


class Statuses(Model):
    """All lists of the file."""

    id: str
    version: str
    source: str
    effective: date
    categories: dict[str, StatusCategory]
    codes: dict[str, str]
    entities: dict[str, str]

    def category(self, code: str) -> StatusCategory:
        """The category; one that is not in the list is for a person to read."""
        return self.categories.get(code, UNKNOWN)


@cache
def statuses() -> tuple[Statuses, Used]:
    """The lists as shipped, and the record of what was used."""
    raw = (files("nodes") / "x12" / "status_277" / "statuses.yaml").read_bytes()
    lists = Statuses.model_validate_json(json.dumps(yaml.safe_load(raw), default=str))
    return lists, Used(kind="table", id=lists.id, version=lists.version, sha256=sha256(raw))
