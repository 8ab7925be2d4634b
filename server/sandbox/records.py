"""The sandbox EHR's records: FHIR R4 resources in memory, read from ``charts/``, searchable.

Everybody in them is invented. Search does what ``fetch-chart`` and a curious integrator need:
references, tokens and dates; a note's text stands in ``charts/notes/`` and is put in on loading.
"""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.resources import files
from threading import Lock
from typing import Any

from server.sandbox.staging import loading

Resource = dict[str, Any]

PATIENT = {"patient", "subject", "beneficiary"}
DATES = {
    "date",
    "authoredon",
    "authored",
    "authored-on",
    "recorded-date",
    "onset-date",
    "event-date",
    "occurrence",
    "created",
}
TOKENS = {
    "_id": ("id",),
    "status": ("status",),
    "intent": ("intent",),
    "category": ("category",),
    "code": ("code", "codeCodeableConcept", "medicationCodeableConcept", "vaccineCode"),
    "type": ("type",),
    "clinical-status": ("clinicalStatus",),
    "identifier": ("identifier",),
    "group-identifier": ("groupIdentifier",),
    "requisition": ("requisition",),
}
REFERENCES = {
    "practitioner": ("practitioner",),
    "encounter": ("encounter", "context"),
    "requester": ("requester",),
}
CHANGED = "_lastUpdated"
KNOWN = PATIENT | DATES | TOKENS.keys() | REFERENCES.keys() | {CHANGED}
DATED = (
    "authoredOn",
    "effectiveDateTime",
    "effectivePeriod",
    "performedDateTime",
    "performedPeriod",
    "period",
    "date",
    "occurrenceDateTime",
    "recordedDate",
    "created",
)


class Records:
    """Every resource by type and id, and those written since the last reset."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.lock = Lock()
        self.reset()

    def reset(self) -> None:
        """Forget what was written; the charts are loaded again when they are next asked for."""
        self.written: list[Resource] = []
        self.__dict__.pop("resources", None)

    @cached_property
    def resources(self) -> dict[str, dict[str, Resource]]:
        """Every resource by type and id."""
        held: dict[str, dict[str, Resource]] = {}
        for resource in json.loads(loaded()):
            held.setdefault(resource["resourceType"], {})[resource["id"]] = resource
        return held

    def put(self, resource: Resource) -> None:
        """Keep a resource."""
        self.resources.setdefault(resource["resourceType"], {})[resource["id"]] = resource

    def read(self, kind: str, id_: str) -> Resource | None:
        """Find one resource."""
        return self.resources.get(kind, {}).get(id_)

    def create(self, kind: str, resource: Resource) -> Resource:
        """Keep a new resource under an id of its own, counted from 1."""
        number = sum(1 for old in self.written if old["resourceType"] == kind) + 1
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        meta = {"versionId": "1", "lastUpdated": now}
        complete = {**resource, "id": f"{kind.lower()}-{number}", "meta": meta}
        self.put(complete)
        self.written.append(complete)
        return complete

    def search(self, kind: str, parameters: list[tuple[str, str]]) -> list[Resource]:
        """List the resources of one type that fit every known parameter, in their order."""
        asked = [(name, value) for name, value in parameters if name in KNOWN]
        return [
            resource
            for resource in self.resources.get(kind, {}).values()
            if all(fits(resource, name, value) for name, value in asked)
        ]


@cache
def loaded() -> str:
    """Give the charts and scenes as JSON: read once per process, copied by reading it again."""
    return json.dumps([*charts(), *loading.resources()])


def charts() -> Iterator[Resource]:
    """Read the charts as shipped, with the notes put in as base64."""
    folder = files("server.sandbox") / "charts"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".json"):
            for entry in json.loads(file.read_text(encoding="utf-8"))["entry"]:
                yield with_notes(entry["resource"], folder / "notes")


def with_notes(value: Any, notes: Any) -> Any:
    """Replace every ``"data": "@name"`` by the note of that name."""
    if isinstance(value, list):
        return [with_notes(item, notes) for item in value]
    if not isinstance(value, dict):
        return value
    data = value.get("data")
    if isinstance(data, str) and data.startswith("@"):
        text = (notes / data[1:]).read_text(encoding="utf-8")
        return {**value, "data": base64.b64encode(text.encode()).decode()}
    return {key: with_notes(item, notes) for key, item in value.items()}


def fits(resource: Resource, name: str, value: str) -> bool:
    """Whether a resource fits one search parameter; commas mean or."""
    if name == CHANGED:
        return changed_in(resource, value)
    if name in DATES:
        return any(in_range(resource, name, condition) for condition in value.split(","))
    if name in PATIENT:
        fields: tuple[str, ...] = ("patient", "subject", "beneficiary")
        return any(refers(resource, fields, "Patient", item) for item in value.split(","))
    if name in REFERENCES:
        kind = name.capitalize()
        return any(refers(resource, REFERENCES[name], kind, item) for item in value.split(","))
    return any(has_token(resource, TOKENS[name], item) for item in value.split(","))


def changed_in(resource: Resource, condition: str) -> bool:
    """Whether a resource's last change fits ``ge`` or ``lt`` an instant, both in UTC.

    What the charts brought was last changed at the start of the day it is of.
    """
    prefix, moment = condition[:2], condition[2:]
    day = max(dates(resource, "")[0], "2026-01-01")
    changed = str(resource.get("meta", {}).get("lastUpdated", f"{day}T00:00:00Z"))
    return {"ge": changed >= moment, "lt": changed < moment}.get(prefix, False)


def refers(resource: Resource, fields: tuple[str, ...], kind: str, value: str) -> bool:
    """Whether one of the fields refers to a resource, given as ``id`` or ``Type/id``."""
    wanted = value if "/" in value else f"{kind}/{value}"
    return any(wanted == found for field in fields for found in references(resource.get(field)))


def references(value: Any) -> Iterator[str]:
    """List every reference below a value."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if "reference" in value:
            yield value["reference"]
        for item in value.values():
            yield from references(item)


def has_token(resource: Resource, fields: tuple[str, ...], wanted: str) -> bool:
    """Whether one of the fields holds a token, given as ``code`` or ``system|code``."""
    system, bar, code = wanted.rpartition("|")
    return any(
        found_code == code and (not bar or found_system == system)
        for field in fields
        for found_system, found_code in tokens(resource.get(field))
    )


def tokens(value: Any) -> Iterator[tuple[str, str]]:
    """List every code, identifier value and plain string below a value, with its system."""
    if isinstance(value, str):
        yield "", value
    elif isinstance(value, list):
        for item in value:
            yield from tokens(item)
    elif isinstance(value, dict):
        for key in ("code", "value"):
            if isinstance(value.get(key), str):
                yield value.get("system", ""), value[key]
        yield from tokens(value.get("coding", []))


def in_range(resource: Resource, name: str, condition: str) -> bool:
    """Whether a resource's date fits ``ge2026-01-01`` and the like; to the day, zones ignored."""
    prefix, day = (condition[:2], condition[2:]) if condition[:2].isalpha() else ("eq", condition)
    first, last = dates(resource, name)
    if not first:
        return False
    day = day[:10]
    return {
        "ge": last >= day,
        "gt": last > day,
        "le": first[: len(day)] <= day,
        "lt": first < day,
        "eq": first.startswith(day),
    }.get(prefix, False)


def dates(resource: Resource, name: str) -> tuple[str, str]:
    """Give the first and last day of a resource; an open end is far away."""
    if name == "onset-date":
        value = resource.get("onsetDateTime")
    else:
        value = next((resource[field] for field in DATED if field in resource), None)
    if isinstance(value, dict):
        return value.get("start", "0001")[:10], value.get("end", "9999")[:10]
    return (value[:10], value[:10]) if isinstance(value, str) else ("", "")
