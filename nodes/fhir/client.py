"""Ask one EHR over FHIR R4 during one call of a node: read, search page by page, write."""

import base64
from collections import Counter
from collections.abc import Iterator

from nodes import http
from nodes.chart import Search, Skipped
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamFailed
from nodes.fhir import alias, belonging, storing, tree
from nodes.fhir.found import ABROAD, Found, Manner
from nodes.fhir.paging import ACCEPT, NOT_GIVEN, READABLE, REFUSED, WORDS, Paging, parsed
from nodes.fhir.paging import Parameters as Parameters
from nodes.fhir.storing import Stored
from nodes.fhir.tree import Resource


class Client:
    """One EHR's FHIR endpoint; what it was asked and what came of it is kept for the manifest."""

    def __init__(self, connection: Connection) -> None:
        """Speak FHIR over a connection, as its vendor wants to be asked."""
        self.base_url = connection.base_url
        self.connection = connection
        self.vendor = connection.vendor
        self.skipped: list[Skipped] = []
        self._manner = Manner(self.vendor.fhir, connection.aliases)
        self.searches: list[Found] = []
        self._read: dict[str, Resource | None] = {}
        self._asked: Counter[str] = Counter()
        self._given: Counter[str] = Counter()

    def read(self, reference: str, patient: str | None = None) -> Resource | None:
        """Read one resource by ``Type/id``, once; None when the EHR does not have or give it.

        For a patient, only what is theirs is given: what is not is reported as skipped.
        """
        if reference not in self._read:
            readable = READABLE.fullmatch(reference)
            self.learn(reference, self.ask(self.address(reference), ACCEPT) if readable else None)
        resource = self._read[reference]
        if resource is None or patient is None:
            return resource
        return resource if self.theirs(resource, patient) else None

    def knows(self, reference: str) -> bool:
        """Whether a read of it needs no asking."""
        return reference in self._read

    def learn(self, reference: str, answer: http.Answer | None) -> Resource | None:
        """Take the answer to a read that was asked for; UpstreamFailed when it is none."""
        kind = reference.partition("/")[0]
        self._asked[kind] += answer is not None
        found = _resource(reference, answer) if answer else None
        if self._manner.aliases:
            alias.own(found, self._manner.aliases, self.base_url)
        self._read[reference] = found
        self._given[kind] += self._read[reference] is not None
        return self._read[reference]

    def forget(self, reference: str) -> None:
        """Let a resource go that is not needed again, such as a document's bytes."""
        self._read.pop(reference, None)

    def left(self) -> float:
        """Seconds until the deadline of the whole fetch."""
        return self.connection.left()

    def address(self, reference: str) -> str:
        """Give the URL of a resource."""
        return f"{self.base_url}/{reference}"

    def theirs(self, resource: Resource, patient: str) -> bool:
        """Whether a resource is this patient's; what is not is reported as skipped."""
        why = belonging.mismatch(resource, patient, self.base_url)
        if why:
            name = tree.name_of(resource) or ""
            what = name if READABLE.fullmatch(name) else "a resource without a readable id"
            abroad = belonging.abroad(resource, self.base_url)
            skipped = Skipped(what=what, reason=why, detail=ABROAD if abroad else WORDS[why])
            if skipped not in self.skipped:
                self.skipped.append(skipped)
        return why is None

    def belongs(self, resource: Resource, patient: str) -> bool:
        """Whether a resource says it is about this patient, and about no other."""
        return belonging.mismatch(resource, patient, self.base_url) is None

    def paging(self, kind: str, parameters: Parameters, patient: str | None) -> Paging:
        """Begin a search whose pages somebody else asks for."""
        paging = Paging(self.base_url, kind, parameters, patient, self._manner)
        self.searches.append(paging.found)
        return paging

    def pages(self, paging: Paging) -> Iterator[tuple[str, Resource]]:
        """Ask for page after page, and give what counts of each."""
        while paging.url is not None:
            yield from paging.take(self.ask(paging.url, paging.headers))

    def search(self, kind: str, parameters: Parameters, patient: str | None) -> Found:
        """Search one type, all pages, one after the other; keep what was found."""
        paging = self.paging(kind, parameters, patient)
        for name, resource in self.pages(paging):
            paging.found.resources[name] = resource
        return paging.found

    def create(self, resource: Resource, identifier: tuple[str, str]) -> Stored:
        """Store a new resource once: see ``storing.create``."""
        return storing.create(self, resource, identifier)

    def update(self, resource: Resource, version: str) -> Stored:
        """Replace a resource that was read in this version: see ``storing.update``."""
        return storing.update(self, resource, version)

    def ask(self, url: str, headers: dict[str, str]) -> http.Answer:
        """Ask for one answer; nothing is remembered of it, so that threads may ask."""
        return self.connection.get(url, headers)

    def account(self) -> tuple[Search, ...]:
        """Tell for the manifest what was asked: searches in their order, then reads by type."""
        reads = [
            Search(
                query=f"{kind} by id", pages=count, read=self._given[kind], kept=self._given[kind]
            )
            for kind, count in sorted(self._asked.items())
            if count
        ]
        return (*(found.said() for found in self.searches), *reads)


def _resource(reference: str, answer: http.Answer) -> Resource | None:
    if answer.status in NOT_GIVEN | REFUSED:
        return None
    said = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if reference.startswith("Binary/") and answer.status == 200 and "json" not in said:
        data = base64.b64encode(answer.body).decode()
        whose = {"reference": answer.headers.get("x-security-context", "")}
        return {
            "resourceType": "Binary",
            "contentType": said,
            "data": data,
            "securityContext": whose,
            "raw": True,
        }
    resource = parsed(answer)
    if tree.name_of(resource) != reference:
        raise UpstreamFailed("the EHR answered a read with a different resource")
    return resource
