"""Vaccinations, devices and plans of a scene as FHIR."""

from collections.abc import Iterator

from server.sandbox.staging.clinical import Chart
from server.sandbox.staging.entries import DeviceEntry, PlanEntry, VaccineEntry
from server.sandbox.staging.shapes import Json, concept, filled, period


def vaccine(chart: Chart, key: str, entry: VaccineEntry) -> Iterator[Json]:
    """Write a vaccination."""
    yield chart.start("Immunization", "imm", key, "patient") | {
        "status": "completed",
        "vaccineCode": concept(entry.code, entry.say),
        "occurrenceDateTime": str(entry.day),
        "primarySource": True,
    }


def device(chart: Chart, key: str, entry: DeviceEntry) -> Iterator[Json]:
    """Write a device of the patient's."""
    yield filled(
        chart.start("Device", "dev", key, "patient")
        | {
            "status": entry.status,
            "type": concept(entry.code, entry.say),
            "note": [{"text": entry.note}] if entry.note else None,
        }
    )


def plan(chart: Chart, key: str, entry: PlanEntry) -> Iterator[Json]:
    """Write a care plan."""
    yield chart.start("CarePlan", "plan", key) | {
        "status": entry.status,
        "intent": "plan",
        "category": [{"coding": [ASSESSMENT]}],
        "title": entry.say,
        "period": period(entry.start, entry.end),
        "activity": [
            {"detail": {"status": "in-progress", "description": words}}
            for words in entry.activities
        ],
    }


ASSESSMENT = {
    "system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category",
    "code": "assess-plan",
}
