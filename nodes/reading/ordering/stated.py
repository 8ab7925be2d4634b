"""A faxed order put together: the patient, the services and who orders, each with its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import ValidationError

from nodes.case import Diagnosis, PersonName, Provider, ServiceLine
from nodes.coding import icd10cm
from nodes.fhir.expected import ExpectedClinician, ExpectedPatient, StatedOrder
from nodes.reading.ordering import people
from nodes.reading.ordering.pairs import Pair
from nodes.reading.ordering.saying import OrderField, Sayings
from nodes.reading.ordering.services import Asked, services
from nodes.reading.ordering.ticks import BOXES, TICKED
from nodes.reading.ordering.whose import patient

ICD = re.compile(r"(?<![\w.])[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?(?!\w|[.]\w)")
URGENT = re.compile(r"\b(?:urgent|stat|asap|expedited|emergen\w+)\b", re.IGNORECASE)
ROUTINE = re.compile(r"\b(?:routine|standard|non-?urgent|elective|normal)\b", re.IGNORECASE)
RUSH = re.compile(rf"(?:{URGENT.pattern})|(?:{ROUTINE.pattern})", re.IGNORECASE)
DAY = re.compile(
    r"\b(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>(?:20)?\d\d)\b|\b(?P<iso>20\d\d-\d\d-\d\d)\b"
)
BETWEEN = ("performer", "name", "requester")
MANY = "it names more than one patient"
SPEAKING = re.compile(
    r"\b(?:this is )?dr\.? (?P<name>[^\n,.;]{3,40}?),? (?:dictating|ordering)\b", re.I
)
UNITS: dict[str, Literal["visit", "day", "month", "unit"]] = {
    "visit": "visit", "session": "visit", "day": "day", "month": "month", "unit": "unit",
}  # fmt: skip


@dataclass(frozen=True)
class Drafted:
    """What was read, what speaks against itself and what is not there."""

    patient: ExpectedPatient
    clinician: ExpectedClinician | None
    stated: StatedOrder
    fields: tuple[OrderField, ...]
    conflicts: tuple[str, ...]
    missing: tuple[str, ...]


class Draft(Sayings):
    """One order while it is read."""

    def read(self) -> Drafted:
        """Read it all; the parts in the order of a case."""
        whom = patient(self)
        requester = self._requester()
        stated = StatedOrder(
            services=tuple(self._services()),
            diagnoses=tuple(self._diagnoses()),
            requester=requester,
            authored_on=self._day(),
            reason=self.first("reason", "stated.reason"),
            urgency=self._urgency(),
        )
        clinician = None
        if requester and (requester.npi or requester.person):
            clinician = ExpectedClinician(npi=requester.npi, name=requester.person)
        return Drafted(
            whom, clinician, stated, tuple(self.fields), tuple(self.conflicts),
            tuple(_missing(whom, stated)),
        )  # fmt: skip

    def _services(self) -> Iterator[ServiceLine]:
        asked = () if MANY in self.conflicts else services(self.text, self.pairs)
        quantity = next((p for p in self.pairs if p.field == "quantity"), None)
        for place, one in enumerate(asked):
            self.told(f"stated.services.{place}.code", one.code, one.start, one.end)
            count, unit = one.count or _count(quantity if len(asked) == 1 else None)
            yield _line(one, count, unit)

    def _diagnoses(self) -> Iterator[Diagnosis]:
        table, seen = icd10cm.shipped(), set[str]()
        for match in ICD.finditer(self.text):
            code = match[0].replace(".", "")
            known = table.find(code) if 3 <= len(code) <= 7 else None
            plain = "." in match[0] or self._coded(match.start())
            if known is None or not plain or code in seen or len(seen) == 12:
                continue
            seen.add(code)
            self.told(f"stated.diagnoses.{len(seen) - 1}.code", match[0], *match.span())
            written = f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
            yield Diagnosis(code=written, display=self._wording(match.end()))

    def _coded(self, start: int) -> bool:
        line = self.text[max(0, start - 80) : start].rpartition("\n")[2].lower()
        return bool(re.search(r"\b(?:dx|diagnos[ei]s|icd)", line))

    def _wording(self, end: int) -> str | None:
        rest = self.text[end : end + 120].partition("\n")[0]
        said = re.split(r"[;|,(]|[ ]{3,}|\b[A-TV-Z]\d[0-9A-Z]\.", rest)[0].strip(" -:\u2013.)")
        return said if re.search(r"[^\W\d]{4}", said) else None

    def _requester(self) -> Provider | None:
        who = [
            (one, people.name(one.value))
            for one in self.entities
            if one.slot == "ordering_clinician" and one.kind in ("ordered", "requested")
        ]
        first, person = next((pair for pair in who if pair[1]), (None, None))
        if first is None or person is None:
            return self._headed()
        self.entity(first, "stated.requester")
        return self._numbered(person, first.words.span.end)

    def _headed(self) -> Provider | None:
        """Take the name of a label, or under a heading such as "Prescriber information"."""
        for pair in self.pairs:
            asks = pair.field == "requester" or (
                pair.field == "any_name" and pair.whose == "requester"
            )
            person = people.clinician(pair.value) if asks else None
            if person:
                self.told("stated.requester", pair.value, pair.start, pair.end)
                return self._numbered(person, pair.end)
        said = SPEAKING.search(self.text[:20_000])
        person = people.clinician(said["name"]) if said else None
        if said and person:
            self.told("stated.requester", said["name"], *said.span("name"))
            return Provider(person=person)
        return None

    def _numbered(self, person: PersonName, end: int) -> Provider:
        try:
            return Provider(person=person, npi=self._near(end, "npi", 160))
        except ValidationError:
            return Provider(person=person)

    def _near(self, end: int, kind: str, far: int) -> str | None:
        """Find a number after a name, with no other person between."""
        near = [e for e in self.of(kind) if 0 <= e.words.span.start - end <= far]
        between = [p for p in self.pairs if p.field in BETWEEN and p.start > end]
        if not near or any(p.start < near[0].words.span.start for p in between):
            return None
        return self.entity(near[0], f"stated.requester.{kind}")

    def _day(self) -> date | None:
        found = next((p for p in self.pairs if p.field == "ordered_on"), None)
        said = DAY.search(found.value) if found else None
        if found is None or said is None:
            return None
        try:
            year = said["y"] or ""
            day = (
                date.fromisoformat(said["iso"])
                if said["iso"]
                else date(
                    int(year if len(year) == 4 else f"20{year}"), int(said["m"]), int(said["d"])
                )
            )
        except ValueError:
            return None
        self.told("stated.authored_on", day.isoformat(), found.start, found.end)
        return day

    def _urgency(self) -> Literal["standard", "urgent"] | None:
        for pair in self.pairs:
            if pair.field != "urgency":
                continue
            ticked = " ".join(one["word"] for one in TICKED.finditer(pair.value))
            words = ticked if BOXES.search(pair.value) else pair.value
            urgent, routine = URGENT.search(words), ROUTINE.search(words)
            if bool(urgent) != bool(routine):
                self.told("stated.urgency", words, pair.start, pair.end)
                return "urgent" if urgent else "standard"
        return self._ticked()

    def _ticked(self) -> Literal["standard", "urgent"] | None:
        """Take a ticked box that says how urgent, whatever stands before it."""
        ticks = [one for one in TICKED.finditer(self.text) if RUSH.fullmatch(one["word"])]
        if len({one["word"].lower() for one in ticks}) != 1:
            return None
        self.told("stated.urgency", ticks[0]["word"], *ticks[0].span("word"))
        return "urgent" if URGENT.search(ticks[0]["word"]) else "standard"


def _count(pair: Pair | None) -> tuple[int, str]:
    said = re.match(r"(\d{1,3})\b[ ]?(\w*)", pair.value) if pair else None
    return (int(said[1]), said[2].lower().rstrip("s")) if said and int(said[1]) else (1, "unit")


def _line(one: Asked, count: int, unit: str) -> ServiceLine:
    return ServiceLine(
        system=one.system,
        code=one.code,
        modifiers=one.modifiers,
        display=one.display,
        quantity=count or 1,
        unit=UNITS.get(unit, "unit"),
        laterality=one.side,
    )


def _missing(patient: ExpectedPatient, stated: StatedOrder) -> Iterator[str]:
    if patient.name is None:
        yield "the patient's name"
    if patient.birth_date is None:
        yield "the patient's date of birth"
    if not stated.services:
        yield "the service's CPT or HCPCS code"
    if stated.requester is None:
        yield "who orders"
