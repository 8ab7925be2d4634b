"""The sandbox EHR's records: FHIR R4 resources in memory, read from ``charts/``, searchable.

Everybody in them is invented. They come from ``charts/``, whose notes' texts stand in
``charts/notes/``, and from ``scenes/``; both are loaded when they are first asked for.
"""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.resources import files
from threading import Lock
from typing import Any

from server.sandbox.parameters import PARAMETERS
from server.sandbox.searching import Resource, fits
from server.sandbox.staging import loading


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
        complete = stamped({**resource, "id": f"{kind.lower()}-{number}"}, 1)
        self.put(complete)
        self.written.append(complete)
        return complete

    def replace(self, resource: Resource, version: int) -> Resource:
        """Put a resource that was written before into its next version."""
        complete = stamped(resource, version)
        name = (complete["resourceType"], complete["id"])
        self.put(complete)
        others = [one for one in self.written if (one["resourceType"], one["id"]) != name]
        self.written = [*others, complete]
        return complete

    def search(self, kind: str, parameters: list[tuple[str, str]]) -> list[Resource]:
        """List the resources of one type that fit every known parameter, in their order."""
        asked = [(name, value) for name, value in parameters if name in PARAMETERS[kind]]
        return [
            resource
            for resource in self.resources.get(kind, {}).values()
            if all(fits(resource, name, value) for name, value in asked)
        ]


def stamped(resource: Resource, version: int) -> Resource:
    """Give a resource its version, and now as the time of its last change."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    meta = {**resource.get("meta", {}), "versionId": str(version), "lastUpdated": now}
    return {**resource, "meta": meta}


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
