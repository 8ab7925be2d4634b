"""What an EHR's FHIR server says it lets others write: its CapabilityStatement.

Read once per call of a node, and kept in memory for a few minutes: Epic's is a megabyte.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from nodes.ehr.vendor import Vendor
from nodes.fhir import tree
from nodes.fhir.client import Client
from nodes.fhir.tree import Resource

KEPT = 300  # seconds
_lock = Lock()
_kept: dict[str, tuple[float, "Statement"]] = {}


@dataclass(frozen=True)
class Statement:
    """Interactions by type, such as ``{"Task": {"read", "create"}}``."""

    interactions: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Offered:
    """What may be written: as the server states; where it states nothing, as its vendor's file."""

    statement: Statement | None
    vendor: Vendor

    def creates(self, kind: str) -> bool:
        """Whether one of a type may be created; not known counts as yes: it is tried."""
        return self._says("create", kind, self.vendor.fhir.creates, unknown=True)

    def updates(self, kind: str) -> bool:
        """Whether one of a type may be replaced; not known counts as no."""
        return self._says("update", kind, self.vendor.fhir.updates, unknown=False)

    def _says(self, what: str, kind: str, filed: tuple[str, ...], *, unknown: bool) -> bool:
        if self.statement is not None:
            return what in self.statement.interactions.get(kind, frozenset())
        return kind in filed if filed else unknown


def read(client: Client, clock: Callable[[], float] = monotonic) -> Offered:
    """Ask for the statement, unless it was read a little while ago.

    Raises UpstreamFailed where the EHR cannot be reached: what answers something else than a
    CapabilityStatement states nothing.
    """
    base = client.base_url
    with _lock:
        at, held = _kept.get(base, (0.0, None))
    if held is not None and clock() - at < KEPT:
        return Offered(held, client.vendor)
    answer = client.ask(client.address("metadata"), {"Accept": "application/fhir+json"})
    try:
        statement = stated(tree.loads(answer.body)) if answer.status == 200 else None
    except ValueError:
        statement = None
    if statement is not None:
        with _lock:
            _kept[base] = (clock(), statement)
    return Offered(statement, client.vendor)


def forget() -> None:
    """Let go of what was read, so that the next call asks again."""
    with _lock:
        _kept.clear()


def stated(resource: object) -> Statement | None:
    """Read a CapabilityStatement (FHIR R4); None where it is none, or names no types at all."""
    if not isinstance(resource, dict) or resource.get("resourceType") != "CapabilityStatement":
        return None
    found = {
        kind: _codes(one)
        for rest in tree.items(resource, "rest")
        if rest.get("mode", "server") == "server"
        for one in tree.items(rest.get("resource"))
        if (kind := tree.string(one, "type"))
    }
    return Statement(found) if found else None


def _codes(resource: Resource) -> frozenset[str]:
    return frozenset(tree.string(one, "code") or "" for one in tree.items(resource, "interaction"))
