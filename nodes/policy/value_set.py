"""The codes of a value set, and the days on which they are valid."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from nodes.audit import Model
from nodes.policy.codes import normal


def _digits(code: object) -> object:
    """Take a code of digits that stands without quotes for the text it is."""
    return str(code) if type(code) is int else code


Code = Annotated[str, BeforeValidator(_digits)]


class Effective(Model):
    """The dates of service a version is for."""

    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")


class Member(Model):
    """Codes of one system in a value set, valid in a range of dates."""

    system: Literal["ICD-10-CM", "SNOMED", "LOINC", "RXNORM", "CPT", "HCPCS", "CVX", "NDC"]
    match: Literal["exact", "prefix"] = "exact"
    codes: tuple[Code, ...] = Field(min_length=1, max_length=500)
    effective: Effective | None = None

    @cached_property
    def normal(self) -> tuple[str, ...]:
        """The codes as they are compared."""
        return tuple(normal(code) for code in self.codes)

    def names(self, system: str, code: str) -> bool:
        """Say whether a code is one of these."""
        if self.system != system:
            return False
        wanted = normal(code)
        return wanted.startswith(self.normal) if self.match == "prefix" else wanted in self.normal
