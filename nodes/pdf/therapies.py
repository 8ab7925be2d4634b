"""What drug forms ask of a chart: the drug as ordered, and each other drug once with its dates.

Forms read these as ``chart.ordered`` and ``chart.therapies`` where the chart root offers them.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from pydantic import Field

from nodes.audit import Model
from nodes.chart import Chart, Fact
from nodes.reference import Reference

NOT_TAKEN = frozenset(
    {"entered-in-error", "cancelled", "refuted", "not-done", "not-taken", "draft"}
)
OPENING = re.compile(r"(?:Dispensed|Given|Ordered|Not [a-z]{1,20}): ")
STRENGTH = re.compile(
    r"(?<![\w.])[0-9][0-9.,]{0,9} ?(?:MG|MCG|UNT|MEQ|G|ML|%)(?:/[0-9.]{0,6} ?(?:ML|HR|ACTUAT))?"
    r"(?: in [0-9][0-9.]{0,5} ML)?(?!\w)",
    re.IGNORECASE,
)
ROUTES = {
    "by mouth": "Oral",
    "oral": "Oral",
    "under the skin": "Subcutaneous",
    "subcutaneous": "Subcutaneous",
    "subcutaneously": "Subcutaneous",
    "intravenous": "Intravenous",
    "intravenously": "Intravenous",
    "into a vein": "Intravenous",
    "into the vein": "Intravenous",
    "intramuscular": "Intramuscular",
    "intramuscularly": "Intramuscular",
    "topical": "Topical",
    "to the skin": "Topical",
    "inhalation": "Inhaled",
    "inhaled": "Inhaled",
}
SAID = re.compile(rf"\b(?:{'|'.join(ROUTES)})\b", re.IGNORECASE)


class OrderedDrug(Model):
    """The drug that is asked for, as its order says it."""

    fact: Reference
    name: str
    dosage: str | None = None
    days_supply: int | None = None
    refills: int | None = None
    quantity: str | None = Field(default=None, description="With its unit, such as 2 pen")

    @property
    def strength(self) -> str | None:
        """The strength, where the name holds one; verbatim."""
        found = STRENGTH.search(self.name)
        return found[0] if found else None

    @property
    def route(self) -> str | None:
        """The route, where directions and name say one and no other."""
        said = {ROUTES[one.lower()] for one in SAID.findall(f"{self.dosage or ''} {self.name}")}
        return said.pop() if len(said) == 1 else None


class Therapy(Model):
    """One drug over all its orders, fills and administrations."""

    fact: Reference
    name: str
    dosage: str | None = None
    started: date | None = None
    through: date | None = Field(
        default=None, description="Its end, else, unless stopped, the last day its fills last"
    )
    fills: int = Field(default=0, ge=0, description="Times dispensed")
    given: int = Field(default=0, ge=0, description="Times administered")
    status: str | None = None
    stopped: str | None = Field(default=None, description="Why it ended, in the source's words")

    @property
    def strength(self) -> str | None:
        """The strength, where the name holds one; verbatim."""
        found = STRENGTH.search(self.name)
        return found[0] if found else None

    @property
    def dates(self) -> str | None:
        """When it was taken, as far as the record says it: MM/DD/YYYY."""
        if self.started is None:
            return None
        opening = f"{self.started:%m/%d/%Y}"
        if self.through and self.through != self.started:
            opening += f" to {self.through:%m/%d/%Y}"
        elif self.through is None:
            opening = f"{'since' if self.status == 'active' else 'from'} {opening}"
        fills = f"{self.fills} fill{'s' * (self.fills > 1)}" if self.fills else ""
        given = f"given {self.given} time{'s' * (self.given > 1)}" if self.given else ""
        return ", ".join(filter(None, (opening, fills, given)))


def ordered_drug(chart: Chart) -> OrderedDrug | None:
    """Find the drug that the chart's order is for; None: the order is for something else."""
    fact = next((one for one in _drugs(chart) if one.id == chart.order), None)
    if fact is None:
        return None
    course, amount = fact.course, fact.course.quantity if fact.course else None
    unit = re.sub(r"[{}]", "", amount.unit or "") if amount else ""
    return OrderedDrug(
        fact=fact.id,
        name=_name(fact),
        dosage=course.dosage if course else None,
        days_supply=course.days_supply if course else None,
        refills=course.refills if course else None,
        quantity=f"{amount.value.normalize():f} {unit}".strip() if amount else None,
    )


def therapies(chart: Chart) -> tuple[Therapy, ...]:
    """List each drug of the chart once, the latest first, without the one that is asked for."""
    facts = _drugs(chart)
    asked = {_drug(one) for one in facts if one.id == chart.order}
    found = [
        _therapy(list(same))
        for drug, same in groupby(sorted(facts, key=_drug), key=_drug)
        if drug not in asked
    ]
    return tuple(sorted(found, key=_latest, reverse=True))


def _drugs(chart: Chart) -> list[Fact]:
    return [one for one in chart.facts if one.kind == "medication" and one.status not in NOT_TAKEN]


def _therapy(facts: list[Fact]) -> Therapy:
    first = min(facts, key=lambda one: (not _is(one, "ordered"), one.start or date.max, one.id))
    why = (one.course.stopped for one in facts if one.course and one.course.stopped)
    return Therapy(
        fact=first.id,
        name=_name(first),
        dosage=first.course.dosage if first.course else None,
        started=min((one.start for one in facts if one.start), default=None),
        through=max(_ends(facts, first.status == "stopped"), default=None),
        fills=sum(_is(one, "dispensed") for one in facts),
        given=sum(_is(one, "administered") for one in facts),
        status=first.status,
        stopped=next(why, None),
    )


def _ends(facts: Iterable[Fact], stopped: bool) -> Iterator[date]:
    """List the days it ended; how long fills last tells nothing of a drug that was stopped."""
    for one in facts:
        supply = one.course.days_supply if one.course and _is(one, "dispensed") else None
        if one.end:
            yield one.end
        elif one.start and supply and not stopped:
            yield one.start + timedelta(days=supply - 1)
        elif one.start and _is(one, "administered"):
            yield one.start


def _is(fact: Fact, event: str) -> bool:
    return fact.course is not None and fact.course.event == event


def _name(fact: Fact) -> str:
    coded = next((one.display for one in fact.codes if one.display), None)
    return coded or OPENING.sub("", fact.quote.partition(";")[0], count=1)


def _drug(fact: Fact) -> str:
    coded = next((f"{one.system} {one.code}" for one in fact.codes), None)
    return coded or _name(fact).lower()


def _latest(one: Therapy) -> tuple[date, str]:
    return one.started or date.min, one.name
