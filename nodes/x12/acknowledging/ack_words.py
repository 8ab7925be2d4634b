"""What the codes of acknowledgments say, and what to do about them, in our own words."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from nodes.audit import Model, Used, sha256
from nodes.x12.finding import Standard
from nodes.x12.guide import dictionary

Act = Literal["send_again", "agree", "check"]
UNKNOWN = "the receiver gives a code that is not known here"
LISTS: dict[Standard, str] = {
    "TA105": "acknowledged_interchange",
    "AK905": "acknowledged_group",
    "IK502": "acknowledged_set",
    "IK304": "acknowledged_segment",
    "IK403": "acknowledged_element",
}


class Advice(Model):
    """What to do about one code: the sort of act, and how."""

    act: Act
    mend: str


class AdviceTable(Model):
    """``acknowledgments.yaml``; every standard has a ``default``."""

    id: str
    version: str
    source: str
    effective: date
    advice: dict[Standard, dict[str, Advice]]


@cache
def advice_table() -> tuple[AdviceTable, Used]:
    """The table as shipped, and the record of its use."""
    raw = (files("nodes") / "x12" / "acknowledging" / "acknowledgments.yaml").read_bytes()
    table = AdviceTable.model_validate_json(json.dumps(yaml.load(raw, Loader=yaml.BaseLoader)))
    return table, Used(kind="table", id=table.id, version=table.version, sha256=sha256(raw))


def said(standard: Standard, code: str) -> str | None:
    """What a code says; none for one that is in no list."""
    return dictionary().lists[LISTS[standard]].get(code)


def advice(standard: Standard, code: str) -> Advice:
    """What to do about a code; for one not listed, what usually helps at its level."""
    listed = advice_table()[0].advice[standard]
    return listed.get(code) or listed["default"]
