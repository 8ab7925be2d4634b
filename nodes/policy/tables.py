"""Tables that policies are checked against: coverage texts that are cited, and codes that changed.

Data in ``nodes/policies/tables``; every row has its own mark of how far it was verified.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from nodes.audit import Model
from nodes.case import Text
from nodes.policy.leaf import Verification
from nodes.policy.yaml_data import data

FOLDER = Path(__file__).parents[1] / "policies" / "tables"
M = TypeVar("M", bound=BaseModel)


class Citation(Model):
    """A coverage text: LCD, article or NCD."""

    id: Annotated[str, Field(pattern=r"^(?:[LA]\d{5}|NCD \d{2,3}\.\d{1,2}(?:\.\d{1,2})?)$")]
    title: Text
    codes: tuple[str, ...] = Field(min_length=1, description="Services, by first characters")
    status: Literal["active", "retired", "superseded"]
    effective: date | None = Field(default=None, description="Original first day, where read")
    revision: date | None = Field(default=None, description="Latest revision that was read")
    end: date | None = Field(default=None, description="Last day of service it was for")
    replaced_by: str | None = None
    verification: Verification
    note: Text | None = None


class CodeChange(Model):
    """First or last day on which a code is valid for services."""

    system: Literal["ICD-10-CM", "HCPCS", "CPT"]
    code: str
    first: date | None = None
    last: date | None = None
    now: tuple[str, ...] = Field(default=(), description="Codes in its place")
    verification: Verification


class Citations(Model):
    """The coverage texts known here."""

    version: str
    checked: date
    citations: tuple[Citation, ...]


class CodeChanges(Model):
    """The changed codes known here."""

    version: str
    checked: date
    changes: tuple[CodeChange, ...]


@cache
def citations() -> dict[str, Citation]:
    """The coverage texts by number: L33822, A52464, NCD 240.4."""
    return {one.id: one for one in _table("citations.yaml", Citations).citations}


@cache
def code_changes() -> dict[tuple[str, str], CodeChange]:
    """The changed codes by system and code."""
    found = _table("code_changes.yaml", CodeChanges).changes
    return {(one.system, one.code): one for one in found}


def _table(name: str, model: type[M]) -> M:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return model.model_validate_json(json.dumps(data(text, name)))
