"""Fetch the part of a patient's chart that one service needs, and keep account of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from pydantic import ValidationError

from nodes.chart import Fact, Note
from nodes.fhir import facts, notes, tree
from nodes.fhir.client import Client
from nodes.fhir.reading import Reading
from nodes.fhir.relevance import Family, Relevance
from nodes.fhir.tree import Resource, Unreadable

# Type, kind of fact, and the date parameter the server narrows by (none: all are needed).
QUESTIONS = (
    ("Condition", "condition", None),
    ("MedicationRequest", "medication", None),
    ("Observation", "observation", "date"),
    ("Procedure", "procedure", "date"),
    ("Encounter", "encounter", "date"),
    ("DiagnosticReport", "report", "date"),
    ("DocumentReference", "document", "date"),
    ("ServiceRequest", "order", "authored"),
    ("FamilyMemberHistory", "family_history", None),
    ("AllergyIntolerance", "allergy", None),
    ("Immunization", "immunization", "date"),
)
ORDER = {kind: place for place, (_, kind, _) in enumerate(QUESTIONS)}


@dataclass
class Retrieval:
    """A fetch under way: what it is for, and what it has brought so far."""

    client: Client
    patient: str
    table: Relevance
    family: Family
    since: date
    as_of: date
    needed: dict[str, str]
    facts: dict[str, Fact] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    truncated: bool = False
    warnings: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Ask everything the service needs, and keep what is relevant."""
        for kind_asked, kind, parameter in QUESTIONS:
            if kind in self.family.kinds:
                self.ask(kind_asked, parameter)
        if self.family is self.table.default:
            self.warnings.append("no rule of relevance for this service: all recent facts are kept")

    def start(self, resources: list[Resource]) -> None:
        """Consider what was already read for the case: the order and its reasons."""
        for resource in resources:
            self.consider(tree.name_of(resource) or "", resource)

    def ask(self, kind: str, parameter: str | None) -> None:
        """Ask for one type of resource."""
        until = self.as_of + timedelta(days=1)
        parameters = (
            [(parameter, f"ge{self.since}"), (parameter, f"lt{until}")] if parameter else []
        )
        found = self.client.search(kind, parameters, self.patient)
        for name, resource in found.resources.items():
            self.consider(name, resource)
        found.kept = sum(name in self.facts for name in found.resources)
        self.truncated |= found.truncated
        self.warnings += found.warnings

    def consider(self, name: str, resource: Resource) -> None:
        """Keep one resource if it can be read and is needed; a bad one is a warning."""
        try:
            for reading in facts.readings(self.complete(resource)):
                if self.table.withheld(resource, reading):
                    self.warnings.append(f"{name}: {self.table.never.why}; left out")
                    return
                self.keep(resource, reading)
        except Unreadable as problem:
            self.warnings.append(f"{name}: {problem}; left out")
        except ValidationError:
            self.warnings.append(f"{name}: it does not fit what a chart can hold; left out")

    def keep(self, resource: Resource, reading: Reading) -> None:
        """Keep a reading if a rule asks for it, and its words as a note if it has some."""
        recent = self.recent(reading)
        note = self.note(resource, reading) if recent else None
        why = self.needed.get(reading.name) or self.family.why(
            reading, note.text if note else "", recent
        )
        if why is None:
            return
        self.facts[reading.name] = fact(reading, why)
        if note:
            self.notes[note.id] = note

    def recent(self, reading: Reading) -> bool:
        """Whether a fact lies in the look-back: by its end, its start, or because it lasts."""
        if reading.start and reading.start > self.as_of:
            return False
        last = reading.end or reading.start
        return reading.lasting or last is None or last >= self.since

    def note(self, resource: Resource, reading: Reading) -> Note | None:
        """Read a document's or a report's text; one that is not text is a warning."""
        try:
            return notes.of(resource, reading, self.client, self.warnings)
        except Unreadable as problem:
            self.warnings.append(f"{reading.name}: {problem}; its text is not in the chart")
            return None

    def complete(self, resource: Resource) -> Resource:
        """Put in a medication that stands elsewhere: contained, or a resource of its own."""
        if "medicationReference" not in resource:
            return resource
        wanted = tree.string(resource, "medicationReference", "reference") or ""
        inside = [i for i in tree.items(resource, "contained") if f"#{i.get('id')}" == wanted]
        name = tree.reference(resource, self.client.base_url, "medicationReference")
        medication = inside[0] if inside else self.client.read(name) if name else None
        said = tree.string(resource, "medicationReference", "display")
        concept = tree.field(medication, "code") or ({"text": said} if said else None)
        return {**resource, "medicationCodeableConcept": concept}

    def sorted_facts(self) -> tuple[Fact, ...]:
        """Give the facts by kind, newest first."""
        return tuple(
            sorted(
                self.facts.values(),
                key=lambda f: (ORDER.get(f.kind, 99), -(f.start or date.min).toordinal(), f.id),
            )
        )

    def sorted_notes(self) -> tuple[Note, ...]:
        """Give the notes, newest first."""
        return tuple(sorted(self.notes.values(), key=lambda n: (-n.written.toordinal(), n.id)))


def fact(reading: Reading, why: str) -> Fact:
    """Make a fact of a reading, with the reason it is kept for."""
    return reading.fact(why)


def look_back(as_of: date, months: int) -> date:
    """Go back some months: the same day, or the month's last."""
    total = as_of.year * 12 + as_of.month - 1 - months
    first = date(total // 12, total % 12 + 1, 1)
    length = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - first
    return first + timedelta(days=min(as_of.day, length.days) - 1)
