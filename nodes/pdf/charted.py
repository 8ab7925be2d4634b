"""What forms ask of a chart: latest measurements, drugs, allergies; each value with its fact."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from nodes.audit import Model
from nodes.chart import Chart, Fact
from nodes.pdf.therapies import OrderedDrug, Therapy, ordered_drug, therapies
from nodes.reference import Reference

WEIGHT, HEIGHT, BMI = ("29463-7", "3141-9"), ("8302-2", "8301-4"), ("39156-5",)
WITHDRAWN = frozenset({"entered-in-error", "cancelled", "refuted", "not-done", "not-taken"})
CURRENT = frozenset({"active", "intended", "on-hold", "in-progress"})
GRAMS = {"kg": Decimal(1000), "g": Decimal(1), "[lb_av]": Decimal("453.59237")}
MILLIMETRES = {"cm": Decimal(10), "m": Decimal(1000), "[in_i]": Decimal("25.4")}
UNITS = {"lb": "[lb_av]", "lbs": "[lb_av]", "in": "[in_i]", "inch": "[in_i]"}


class ChartedValue(Model):
    """A measurement or laboratory value, as its fact gives it."""

    fact: Reference
    name: str
    code: str | None = Field(default=None, description="LOINC")
    value: Decimal | None = None
    unit: str | None = None
    words: str | None = None
    on: date | None = None

    @property
    def text(self) -> str | None:
        """Value and unit, else the result in words."""
        if self.value is None:
            return self.words
        unit = {"[lb_av]": "lb", "[in_i]": "in"}.get(self.unit or "", self.unit or "")
        return f"{self.value.normalize():f} {unit}".strip()

    @property
    def pounds(self) -> Decimal | None:
        """A weight in pounds, to one place."""
        return self._in(GRAMS, "[lb_av]")

    @property
    def kilograms(self) -> Decimal | None:
        """A weight in kilograms, to one place."""
        return self._in(GRAMS, "kg")

    @property
    def inches(self) -> Decimal | None:
        """A height in inches, to one place."""
        return self._in(MILLIMETRES, "[in_i]")

    @property
    def centimeters(self) -> Decimal | None:
        """A height in centimetres, to one place."""
        return self._in(MILLIMETRES, "cm")

    def _in(self, scale: dict[str, Decimal], unit: str) -> Decimal | None:
        given = scale.get(UNITS.get(self.unit or "", self.unit or ""))
        if self.value is None or given is None:
            return None
        return (self.value * given / scale[unit]).quantize(Decimal("0.1"))


class ChartedDrug(Model):
    """A drug the patient takes or took, and why it ended where the source says so."""

    fact: Reference
    name: str
    dosage: str | None = None
    start: date | None = None
    end: date | None = None
    status: str | None = None
    stopped: str | None = Field(default=None, description="Why it ended, in the source's words")
    event: str | None = None


class ChartedFact(Model):
    """One fact of the chart in its own words."""

    fact: Reference
    kind: str
    name: str
    text: str
    on: date | None = None
    status: str | None = None


class Charted(Model):
    """A chart as forms read it; ``tried`` are drugs that ended, ``drugs`` all, latest first."""

    weight: ChartedValue | None = None
    height: ChartedValue | None = None
    bmi: ChartedValue | None = None
    measurements: tuple[ChartedValue, ...] = ()
    allergies: tuple[ChartedFact, ...] = ()
    drugs: tuple[ChartedDrug, ...] = ()
    facts: tuple[ChartedFact, ...] = ()
    ordered: OrderedDrug | None = Field(default=None, description="The drug that is asked for")
    therapies: tuple[Therapy, ...] = Field(
        default=(), description="Each other drug once, with the dates of all its orders and fills"
    )

    @property
    def tried(self) -> tuple[ChartedDrug, ...]:
        """Drugs that ended, or of which the source says why they were stopped."""
        return tuple(drug for drug in self.drugs if drug.end or drug.stopped)

    @property
    def current(self) -> tuple[ChartedDrug, ...]:
        """Drugs that the source says are taken now."""
        return tuple(
            drug for drug in self.drugs if drug.status in CURRENT and not (drug.end or drug.stopped)
        )


def charted(chart: Chart) -> Charted:
    """Read a chart as forms do; what was withdrawn or refuted is left out."""
    facts = sorted(
        (fact for fact in chart.facts if fact.status not in WITHDRAWN),
        key=lambda fact: (fact.start or date.min, fact.id),
        reverse=True,
    )
    measured = tuple(_latest(fact for fact in facts if fact.kind == "observation"))
    return Charted(
        weight=_of(measured, WEIGHT),
        height=_of(measured, HEIGHT),
        bmi=_of(measured, BMI),
        measurements=measured,
        allergies=tuple(_said(fact) for fact in facts if fact.kind == "allergy"),
        drugs=tuple(_drug(fact) for fact in facts if fact.kind == "medication" and _name(fact)),
        facts=tuple(_said(fact) for fact in facts),
        ordered=ordered_drug(chart),
        therapies=therapies(chart),
    )


def _latest(facts: Iterator[Fact]) -> Iterator[ChartedValue]:
    seen: set[str] = set()
    for fact in facts:
        loinc = next((one.code for one in fact.codes if one.system == "LOINC"), None)
        name = _name(fact)
        if not name or (loinc or name) in seen or not (fact.value or fact.value_text):
            continue
        seen.add(loinc or name)
        value = fact.value
        exact = value if value and not value.comparator else None
        yield ChartedValue(
            fact=fact.id,
            name=name,
            code=loinc,
            value=exact.value if exact else None,
            unit=exact.unit if exact else None,
            words=f"{value.comparator}{value.value} {value.unit or ''}".strip()
            if value and value.comparator
            else fact.value_text,
            on=fact.start,
        )


def _of(measured: tuple[ChartedValue, ...], codes: tuple[str, ...]) -> ChartedValue | None:
    return next((one for one in measured if one.code in codes), None)


def _name(fact: Fact) -> str | None:
    return next((one.display for one in fact.codes if one.display), None)


def _drug(fact: Fact) -> ChartedDrug:
    course = fact.course
    return ChartedDrug(
        fact=fact.id,
        name=_name(fact) or "",
        dosage=course.dosage if course else None,
        start=fact.start,
        end=fact.end,
        status=fact.status,
        stopped=course.stopped if course else None,
        event=course.event if course else None,
    )


def _said(fact: Fact) -> ChartedFact:
    return ChartedFact(
        fact=fact.id,
        kind=fact.kind,
        name=_name(fact) or fact.quote,
        text=fact.quote,
        on=fact.start,
        status=fact.status,
    )
