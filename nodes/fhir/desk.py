"""What a resource points at, while many are asked for at once: there, or to be asked for first."""

from datetime import date

from nodes.errors import NodeError
from nodes.fhir import notes, tree
from nodes.fhir.client import Client
from nodes.fhir.paging import READABLE, parsed
from nodes.fhir.tree import Missing, Resource
from nodes.http import Answer


class NotRead(Exception):
    """Something must be read first; then the same is tried again. ``day``: of what points at it."""

    def __init__(self, reference: str) -> None:
        """Name it."""
        super().__init__()
        self.reference = reference
        self.day: date | None = None


class Desk:
    """Reads from what a client has read already; never asks."""

    def __init__(self, client: Client) -> None:
        """Begin with what the client knows."""
        self.base_url = client.base_url
        self._client = client
        self._without: dict[str, str] = {}

    def read(self, reference: str, /) -> Resource | None:
        """Give a resource that was read; NotRead when it was not asked for yet.

        Raises Missing, with the reason, for a document's content that was not had.
        """
        if reference in self._without and reference.startswith("Binary/"):
            raise Missing(self._without[reference])
        if reference in self._without or not READABLE.fullmatch(reference):
            return None
        if not self._client.knows(reference):
            raise NotRead(reference)
        return self._client.read(reference)

    def left(self) -> float:
        """Seconds until the deadline of the whole fetch."""
        return self._client.left()

    def without(self, reference: str, why: str) -> None:
        """Note that a resource cannot be had, and why."""
        self._without[reference] = why[:500]


def suits(resource: Resource, document: Resource, reference: str) -> bool:
    """Whether bytes that were not given as a Binary are of the type the document announces.

    Otherwise they may be a portal's error page.
    """
    if "raw" not in resource:
        return True
    announced = {
        (tree.string(item, "contentType") or "").partition(";")[0].strip().lower()
        for item in notes.attachments(document)
        if (tree.string(item, "url") or "").endswith(reference)
    }
    return tree.string(resource, "contentType") in announced


def served(answer: Answer) -> frozenset[str] | None:
    """List the types a CapabilityStatement lets one search; None where it is not readable."""
    try:
        statement = parsed(answer)
    except NodeError:
        return None
    found = {
        tree.string(resource, "type") or ""
        for rest in tree.items(statement, "rest")
        for resource in tree.items(rest, "resource")
        if "search-type"
        in tree.strings([i.get("code") for i in tree.items(resource, "interaction")])
    }
    return frozenset(found) or None
