"""A scene's record as FHIR: problems, drugs, measures, procedures, reports, visits and the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from server.sandbox.staging import entries as of
from server.sandbox.staging.scene import Person, Practice
from server.sandbox.staging.shapes import (
    US_CORE,
    Json,
    age,
    concept,
    filled,
    moment,
    period,
    pointer,
    quantity,
    token,
)


@dataclass(frozen=True)
class Chart:
    """Whose record it is, and who may have written in it."""

    person: Person
    practice: Practice

    def start(self, kind: str, prefix: str, key: str, whose: str = "subject") -> Json:
        """Begin a resource of the patient."""
        display = f"{self.person.given[0]} {self.person.family}"
        name = f"{prefix}-{self.person.key}-{key}"
        profile = PROFILES.get(kind)
        return filled(
            {
                "resourceType": kind,
                "id": name,
                "meta": {"profile": [f"{US_CORE}{profile}"]} if profile else None,
                whose: pointer(f"Patient/pt-{self.person.key}", display),
            }
        )

    def who(self, key: str | None) -> Json | None:
        """Point at a clinician."""
        if key is None:
            return None
        return pointer(f"Practitioner/pr-{key}", self.practice.clinicians[key].display)

    def condition(self, key: str, entry: of.ConditionEntry) -> Iterator[Json]:
        """Write a problem."""
        yield filled(
            self.start("Condition", "cond", key)
            | {
                "clinicalStatus": token("condition-clinical", entry.status),
                "verificationStatus": token("condition-ver-status", entry.certain),
                "category": [token("condition-category", "problem-list-item")],
                "code": concept(entry.code, entry.say),
                "onsetDateTime": str(entry.since),
                "abatementDateTime": entry.until and str(entry.until),
                "recordedDate": str(entry.since),
            }
        )

    def drug(self, key: str, entry: of.DrugEntry) -> Iterator[Json]:
        """Write a drug's order, supplies, administrations and statement."""
        said = {"medicationCodeableConcept": concept(entry.code, entry.say)}
        reason = {"reasonCode": [{"text": entry.reason}]}
        note = {"note": [{"text": entry.note}]} if entry.note else {}
        if entry.ordered:
            why = {"statusReason": {"text": entry.stopped}} if entry.stopped else {}
            yield (
                self.start("MedicationRequest", "med", key)
                | {"status": entry.status, "intent": "order", "requester": self.who(entry.by)}
                | said
                | {"authoredOn": str(entry.ordered), "dosageInstruction": [{"text": entry.dose}]}
                | reason
                | why
                | note
            )
        for number, (day, supplied) in enumerate(entry.fills.items(), 1):
            yield (
                self.start("MedicationDispense", "fill", f"{key}-{number}")
                | said
                | {
                    "status": "completed",
                    "whenHandedOver": moment(day),
                    "daysSupply": quantity(supplied, "d"),
                    "dosageInstruction": [{"text": entry.dose}],
                    "performer": [{"actor": {"display": "Riverbend Community Pharmacy"}}],
                }
            )
        for number, day in enumerate(entry.given, 1):
            yield (
                self.start("MedicationAdministration", "given", f"{key}-{number}")
                | said
                | {
                    "status": "completed",
                    "effectiveDateTime": str(day),
                    "dosage": {"text": entry.dose},
                }
                | reason
                | note
            )
        if entry.stated:
            yield (
                self.start("MedicationStatement", "says", key)
                | {"status": "active"}
                | said
                | {
                    "effectivePeriod": {"start": str(entry.stated)},
                    "dosage": [{"text": entry.dose}],
                }
                | reason
                | note
            )

    def measure(self, key: str, entry: of.MeasureEntry) -> Iterator[Json]:
        """Write an observation, or each of a series."""
        alone: list[tuple[date | None, of.Number | None]] = [(entry.day, entry.value)]
        values = [*entry.values.items()] or alone
        for number, (day, value) in enumerate(values, 1):
            name = key if len(values) == 1 else f"{key}-{number}"
            yield filled(
                self.start("Observation", "obs", name)
                | {
                    "status": "final",
                    "category": [token("observation-category", entry.category)],
                    "code": concept(entry.code, entry.say),
                    "effectiveDateTime": str(day),
                    "performer": [self.who(entry.by)] if entry.by else None,
                    "valueQuantity": None if value is None else quantity(value, entry.unit or "1"),
                    "valueString": entry.text,
                    "valueCodeableConcept": concept((entry.coded[0],), entry.coded[1])
                    if entry.coded
                    else None,
                    "bodySite": {"text": entry.site} if entry.site else None,
                    "method": {"text": entry.method} if entry.method else None,
                    "note": [{"text": entry.note}] if entry.note else None,
                    "component": [
                        {
                            "code": concept(part.code, part.say),
                            "valueQuantity": quantity(part.value, part.unit),
                        }
                        for part in entry.parts
                    ],
                }
            )

    def procedure(self, key: str, entry: of.ProcedureEntry) -> Iterator[Json]:
        """Write something done."""
        yield filled(
            self.start("Procedure", "proc", key)
            | {
                "status": entry.status,
                "code": concept(entry.code, entry.say),
                "performedDateTime": entry.day and str(entry.day),
                "performedPeriod": None if entry.day else period(entry.start, entry.end),
                "performer": [{"actor": {"display": entry.by}}] if entry.by else None,
                "reasonCode": [{"text": entry.reason}] if entry.reason else None,
                "bodySite": [{"text": entry.site}] if entry.site else None,
                "outcome": {"text": entry.outcome} if entry.outcome else None,
                "note": [{"text": entry.note}] if entry.note else None,
            }
        )

    def report(self, key: str, entry: of.ReportEntry) -> Iterator[Json]:
        """Write a diagnostic report."""
        yield filled(
            self.start("DiagnosticReport", "rep", key)
            | {
                "status": "final",
                "category": [token("v2-0074", entry.category)],
                "code": concept(entry.code, entry.say),
                "effectiveDateTime": str(entry.day),
                "issued": moment(entry.day, "17:00:00"),
                "performer": [self.who(entry.by)] if entry.by else None,
                "conclusion": entry.conclusion,
            }
        )

    def visit(self, key: str, entry: of.VisitEntry) -> Iterator[Json]:
        """Write an encounter."""
        yield self.start("Encounter", "enc", key) | {
            "status": "finished",
            "class": {"system": CLASSES, "code": entry.kind},
            "type": [concept(entry.code, entry.say)],
            "participant": [{"individual": self.who(entry.by)}],
            "period": {
                "start": moment(entry.day, "09:00:00"),
                "end": moment(entry.day, "09:40:00"),
            },
            "reasonCode": [{"text": entry.reason}],
            "serviceProvider": pointer("Organization/org-riverbend"),
        }

    def relative(self, key: str, entry: of.RelativeEntry) -> Iterator[Json]:
        """Write a relative's history."""
        yield filled(
            self.start("FamilyMemberHistory", "fam", key, "patient")
            | {
                "status": "completed",
                "relationship": token("v3-RoleCode", entry.role, entry.who) | {"text": entry.who},
                "ageAge": age(entry.aged) if entry.aged else None,
                "deceasedAge": age(entry.died) if entry.died else None,
                "note": [{"text": entry.note}] if entry.note else None,
                "condition": [
                    filled(
                        {
                            "code": concept(one.code, one.say),
                            "onsetAge": age(one.age) if one.age else None,
                        }
                    )
                    for one in entry.has
                ],
            }
        )

    def allergy(self, key: str, entry: of.AllergyEntry) -> Iterator[Json]:
        """Write an allergy."""
        yield filled(
            self.start("AllergyIntolerance", "alg", key, "patient")
            | {
                "clinicalStatus": token("allergyintolerance-clinical", "active"),
                "verificationStatus": token("allergyintolerance-verification", "confirmed"),
                "code": concept(entry.code, entry.say),
                "recordedDate": str(entry.since),
                "reaction": [{"manifestation": [{"text": entry.reaction}]}]
                if entry.reaction
                else None,
            }
        )


CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
PROFILES = {
    "Condition": "condition-problems-health-concerns",
    "MedicationRequest": "medicationrequest",
    "Procedure": "procedure",
    "Encounter": "encounter",
    "DocumentReference": "documentreference",
}
