"""Ask one EHR over FHIR R4: read, and search page by page, within one deadline.

What an EHR may get wrong and a chart must survive: pages that loop or lead to another origin,
resources of another patient in an answer (lenient servers ignore parameters they do not know),
the same resource on two pages, broken entries. Each is left out and reported by its reference.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from nodes import http
from nodes.chart import Search
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamFailed
from nodes.fhir import tree
from nodes.fhir.tree import Resource

PAGE = 200
MAX_PAGES = 100
MAX_BYTES = 64_000_000
HEADERS = {"Accept": "application/fhir+json", "Prefer": "handling=strict"}
NOT_OFFERED = {400, 403, 404, 405, 406, 410, 422, 501}
READABLE = re.compile(r"[A-Z][A-Za-z]{1,63}/(?!\.+$)[A-Za-z0-9\-.]{1,64}")
DATE = re.compile(r"[a-z]{2}[0-9]{4}-[0-9]{2}-[0-9]{2}")
Parameters = Sequence[tuple[str, str]]
SUBJECTS = ("subject", "patient", "beneficiary", "for")


@dataclass
class Found:
    """What a search brought: the resources of the patient asked about, and what went wrong.

    ``query`` is for the manifest: parameters without their values, dates excepted.
    """

    query: str = ""
    pages: int = 0
    received: int = 0
    resources: dict[str, Resource] = field(default_factory=dict)
    truncated: bool = False
    kept: int | None = None
    warnings: list[str] = field(default_factory=list)


class Client:
    """One EHR's FHIR endpoint during one call of a node."""

    def __init__(self, connection: Connection) -> None:
        """Speak FHIR over a connection."""
        self.base_url = connection.base_url
        self._connection = connection
        self._bytes = 0
        self._read: dict[str, Resource | None] = {}
        self._searches: list[Found] = []

    def read(self, reference: str) -> Resource | None:
        """Read one resource by ``Type/id``, once; None when the EHR does not have or give it."""
        if reference not in self._read:
            self._read[reference] = self._fetch(reference)
        return self._read[reference]

    def _fetch(self, reference: str) -> Resource | None:
        if not READABLE.fullmatch(reference):
            return None
        answer = self._ask(f"{self.base_url}/{reference}")
        if answer.status in NOT_OFFERED:
            return None
        resource = self._parsed(answer)
        if tree.name_of(resource) != reference:
            raise UpstreamFailed("the EHR answered a read with a different resource")
        return resource

    def search(self, kind: str, parameters: Parameters, patient: str | None) -> Found:
        """Search one type, following the EHR's own next links.

        For a patient (``Patient/id``) only what says it is theirs is kept; None asks for what
        belongs to no patient, such as practitioners' roles.
        """
        found = Found(shown(kind, parameters, patient))
        self._searches.append(found)
        whose = [("patient", patient)] if patient else []
        query = urlencode([*whose, *parameters, ("_count", str(PAGE))])
        url: str | None = f"{self.base_url}/{kind}?{query}"
        visited: set[str] = set()
        while url is not None:
            visited.add(url)
            answer = self._ask(url)
            if answer.status == 400 and parameters and patient:
                return self.search(kind, (), patient)
            if answer.status in NOT_OFFERED:
                found.truncated = True
                found.warnings.append(f"{kind}: the EHR refused the search ({answer.status})")
                break
            bundle = self._parsed(answer)
            if bundle.get("resourceType") != "Bundle":
                raise UpstreamFailed("the EHR answered a search with something else than a Bundle")
            found.pages += 1
            self._collect(found, kind, bundle, patient)
            url = self._next(found, kind, bundle, url, visited)
        return found

    def account(self) -> tuple[Search, ...]:
        """Tell for the manifest what was asked: searches in their order, then reads by type."""
        searches = [
            Search(
                query=found.query,
                pages=found.pages,
                read=found.received,
                kept=len(found.resources) if found.kept is None else found.kept,
                truncated=found.truncated,
            )
            for found in self._searches
        ]
        asked = Counter(name.partition("/")[0] for name in self._read if READABLE.fullmatch(name))
        given = Counter(name.partition("/")[0] for name, got in self._read.items() if got)
        reads = [
            Search(query=f"{kind} by id", pages=asked[kind], read=given[kind], kept=given[kind])
            for kind in sorted(asked)
        ]
        return (*searches, *reads)

    def _collect(self, found: Found, kind: str, bundle: Resource, patient: str | None) -> None:
        entries = bundle.get("entry", [])
        for place, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            resource = tree.field(entry, "resource")
            if tree.string(resource, "resourceType") == "OperationOutcome":
                found.warnings.append(f"{kind}: the EHR remarked on the search")
                continue
            found.received += 1
            name = tree.name_of(resource) if isinstance(resource, dict) else None
            if name is None or not name.startswith(f"{kind}/"):
                found.warnings.append(f"{kind}: entry {place} of page {found.pages} is unreadable")
            elif patient and not self.belongs(resource, patient):
                found.warnings.append(f"{name}: names another patient or none; left out")
            else:
                found.resources.setdefault(name, resource)

    def belongs(self, resource: Resource, patient: str) -> bool:
        """Whether a resource says it is about this patient, and about no other."""
        said = [
            tree.reference(resource, self.base_url, name) for name in SUBJECTS if name in resource
        ]
        return bool(said) and all(reference == patient for reference in said)

    def _next(
        self, found: Found, kind: str, bundle: Resource, url: str, visited: set[str]
    ) -> str | None:
        links = [link for link in tree.items(bundle, "link") if link.get("relation") == "next"]
        wanted = tree.string(links, "url")
        if wanted is None:
            return None
        following = urljoin(url, wanted)
        problem = None
        if urlsplit(following)[:2] != urlsplit(self.base_url)[:2]:
            problem = "the next page is at another address"
        elif following in visited:
            problem = "its pages go round in a circle"
        elif len(visited) >= MAX_PAGES or self._bytes >= MAX_BYTES:
            problem = "there is more than this server reads"
        if problem is None:
            return following
        found.truncated = True
        found.warnings.append(f"{kind}: {problem}; the rest was not read")
        return None

    def _ask(self, url: str) -> http.Answer:
        answer = self._connection.get(url, HEADERS)
        self._bytes += len(answer.body)
        return answer

    def _parsed(self, answer: http.Answer) -> Resource:
        if answer.status == 401:
            raise UpstreamFailed("the EHR refused this server's credential")
        if answer.status != 200:
            raise UpstreamFailed(f"the EHR answered with status {answer.status}")
        try:
            value: Any = tree.loads(answer.body)
        except ValueError:
            raise UpstreamFailed("the EHR's answer is not JSON, or not all of it") from None
        if not isinstance(value, dict):
            raise UpstreamFailed("the EHR's answer is not a FHIR resource")
        return value


def shown(kind: str, parameters: Parameters, patient: str | None) -> str:
    """Write a search without the values of its parameters, dates excepted."""
    names = [f"{name}={value}" if DATE.fullmatch(value) else name for name, value in parameters]
    return f"{kind}?" + "&".join([*(["patient"] if patient else []), *names])
