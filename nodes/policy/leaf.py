"""What every question of a policy carries beside its operator."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,63}$")]
Concept = Annotated[Slug, Field(description="Of the shared dictionary, or of this file's concepts")]
Span = Annotated[str, StringConstraints(pattern=r"^P[1-9][0-9]{0,3}[DWMY]$")]
Quote = Annotated[str, StringConstraints(min_length=1, max_length=1500, strip_whitespace=True)]
Comparison = Literal["<", "<=", ">=", ">"]
Verification = Literal["read", "secondary", "unverified"]


@lru_cache(maxsize=4096)
def before(day: date, span: str) -> date:
    """Go back from a day by an ISO 8601 duration of one unit; months keep the day or shorten it."""
    count, unit = int(span[1:-1]), span[-1]
    if unit in "DW":
        return day - timedelta(days=count * (7 if unit == "W" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError("the span reaches before the calendar")


class Cite(Model):
    """Where a criterion comes from: one of the file's sources, and the place in it.

    Mark and review date are the source's and the policy's unless given here.
    """

    source: Text = Field(description="Id of one of the policy's sources")
    at: Text | None = Field(default=None, description="Clause; none: the source's own locator")
    quote: Quote | None = Field(default=None, description="The source's own words, verbatim")
    verification: Verification | None = None
    review_by: date | None = None


class LeafBase(Model):
    """What every question carries beside its operator."""

    id: Slug
    text: Text = Field(description="The criterion in our words")
    cite: tuple[Cite, ...] = Field(min_length=1, max_length=6)
    when_absent: Literal["unknown", "not_met"] = Field(
        description="What nothing recorded means; not_met only where the search is the proof"
    )
    ask: Text | None = Field(
        default=None, description="What to ask for; none: never asked, a patient has it or not"
    )
    of: Literal["care_team", "ordering_clinician", "patient", "payer"] = "care_team"
    effort: Literal["addendum", "record", "test", "visit", "treatment"] = "record"
    addendum: Text | None = Field(
        default=None,
        description="Statement with blanks (____) that the clinician can complete when it is true",
    )
