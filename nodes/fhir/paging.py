"""One search, page by page: what to ask next, what of an answer counts, and when to stop.

Nothing here speaks to anybody. What an EHR may get wrong and a chart must survive: pages that go
round, repeat themselves or lead to another origin, resources of another patient (lenient servers
ignore parameters they do not know), the same resource on two pages, broken entries, refused
parameters. Each is left out and reported by its reference, or its place.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from nodes.ehr import address
from nodes.errors import UpstreamFailed
from nodes.fhir import alias, tree
from nodes.fhir import bundle as page
from nodes.fhir.belonging import Mismatch, abroad, mismatch, plain
from nodes.fhir.found import Found, Manner
from nodes.fhir.tree import Resource
from nodes.http import Answer

MAX_PAGES = 100
MAX_BYTES = 64_000_000
BARREN = 2
REFUSED = {400, 422}
NOT_GIVEN = {403, 404, 405, 406, 410, 501}
READABLE = re.compile(r"[A-Z][A-Za-z]{1,63}/(?!\.+$)[A-Za-z0-9\-._]{1,200}")
DATE = re.compile(r"[a-z]{2}[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOSE = {"patient", "subject", "beneficiary"}
WORDS: dict[Mismatch, str] = {
    "another_patient": "it names another patient",
    "no_patient": "it does not name the patient in a way that can be checked",
}
ACCEPT = {"Accept": "application/fhir+json"}
Parameters = Sequence[tuple[str, str]]


class Paging:
    """One search of one type, following the EHR's own next links.

    For a patient (``Patient/id``) only what says it is theirs counts; None asks for what belongs
    to no patient, such as practitioners' roles. ``url`` is what to ask next; None: it is over.
    """

    def __init__(
        self, base_url: str, kind: str, parameters: Parameters, patient: str | None, manner: Manner
    ) -> None:
        """Begin a search."""
        self.kind, self.patient, self.manner = kind, patient, manner
        self.found = Found(shown(kind, parameters, patient))
        self._base_url = base_url
        self._parameters: Parameters = list(parameters)
        self._seen: set[str] = set()
        self._visited: set[str] = set()
        self._barren, self._others = 0, 0
        self._count, self._strict = manner.count, manner.strict and manner.fhir.strict
        self._less = self._rungs()
        self.url: str | None = self._first()

    @property
    def headers(self) -> dict[str, str]:
        """What to accept; and that a parameter that is not known must not be passed over."""
        return ACCEPT | ({"Prefer": "handling=strict"} if self._strict else {})

    def _first(self) -> str:
        whose = [("patient", self.patient)] if self.patient else []
        count = [("_count", str(self.manner.fhir.page_size))] if self._count else []
        query = urlencode([*whose, *self._parameters, *count])
        return f"{self._base_url}/{self.kind}" + (f"?{query}" if query else "")

    def _rungs(self) -> list[tuple[Parameters, bool, bool]]:
        """List what to leave away, one after the other, when the EHR refuses: never the patient.

        Page size and strictness stay once the EHR has shown that it takes them.
        """
        asked, count, strict = list(self._parameters), self._count, self._strict
        bare: Parameters = [] if self.patient else asked
        rungs = [(bare, count, strict)]
        if not self.manner.proved:
            rungs += [(asked, False, strict), (bare, False, strict), (bare, False, False)]
        known: list[tuple[Parameters, bool, bool]] = [(asked, count, strict)]
        for rung in rungs:
            if rung not in known:
                known.append(rung)
        return known[1:]

    def take(self, answer: Answer) -> list[tuple[str, Resource]]:
        """Take the EHR's answer to ``url``; give what is new and the patient's.

        Raises UpstreamFailed when it is no answer to a search.
        """
        url, self.url = self.url or "", None
        self.manner.bytes += len(answer.body)
        if answer.status in REFUSED and not self._visited and self._less:
            self._parameters, self._count, self._strict = self._less.pop(0)
            self.url = self._first()
            return []
        if answer.status in NOT_GIVEN | REFUSED and not self._visited:
            self.found.status = answer.status
            self.found.lose(f"the EHR refused the search ({answer.status})")
            return []
        bundle = parsed(answer)
        if self.manner.aliases:
            alias.own(bundle, self.manner.aliases, self._base_url)
        if bundle.get("resourceType") != "Bundle":
            raise UpstreamFailed("the EHR answered a search with something else than a Bundle")
        self._visited.add(url)
        self.manner.takes(self._count, self._strict)
        self.found.pages += 1
        skipped = len(self.found.skipped)
        lost = page.unusable(bundle)
        if lost:
            self.found.lose(f"{lost}: what is on it was not read")
        entries = [] if lost else page.listed(bundle) or []
        given = (self._entry(place, entry) for place, entry in enumerate(entries, 1))
        accepted = [found for found in given if found]
        self._barren = 0 if accepted else self._barren + 1
        ignored = self._ignored(bundle, foreign=len(self.found.skipped) > skipped)
        self.url = None if ignored else self._next(bundle, url)
        if self.url is None:
            self._end(bundle)
        return accepted

    def _entry(self, place: int, entry: Any) -> tuple[str, Resource] | None:
        """Give a resource with its name if it counts."""
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            resource = {}
        kind, id_ = resource.get("resourceType"), resource.get("id")
        if kind == "OperationOutcome":
            self._remark(resource)
            self._others += 1
            return None
        self.found.received += 1
        name = f"{kind}/{id_}" if type(id_) is str else ""
        if kind != self.kind or not READABLE.fullmatch(name):
            self._stray(name, place, entry)
            return None
        if name in self._seen:
            return None
        self._seen.add(name)
        patient = self.patient
        if patient is None or plain(resource, patient):
            return name, resource
        why = mismatch(resource, patient, self._base_url)
        if why is None:
            return name, resource
        self.found.reject(name, why, WORDS[why], abroad(resource, self._base_url))
        return None

    def _stray(self, name: str, place: int, entry: Any) -> None:
        """Report what is not of the type asked for, unless it was included along with it."""
        place_said = f"{self.kind}, page {self.found.pages}, entry {place}"
        self._others += tree.string(entry, "search", "mode") != "include"
        if not READABLE.fullmatch(name):
            self.found.skip(place_said, "unreadable", "it is not a resource with an id")
        elif self.patient and mismatch(entry["resource"], self.patient, self._base_url) == (
            "another_patient"
        ):
            self.found.skip(name, "another_patient", WORDS["another_patient"])
        elif tree.string(entry, "search", "mode") != "include":
            self.found.skip(name, "unreadable", f"it is no {self.kind}, which was asked for")

    def _remark(self, outcome: Any) -> None:
        severities = {issue.get("severity") for issue in tree.items(outcome, "issue")}
        if severities & {"error", "fatal"}:
            self.found.lose("the EHR reported an error among the results")
        remark = f"{self.kind}: the EHR remarked on the search"
        if remark not in self.found.warnings:
            self.found.warnings.append(remark)

    def _ignored(self, bundle: Resource, foreign: bool) -> bool:
        """Notice that the patient was passed over; then no further page is asked for."""
        links = [link for link in tree.items(bundle, "link") if link.get("relation") == "self"]
        parts = urlsplit(tree.string(links, "url") or "")
        names = {name.partition(":")[0] for name, _ in parse_qsl(parts.query)}
        if not self.patient or not parts.path.endswith(f"/{self.kind}") or names & WHOSE:
            return False
        self.found.warnings.append(f"{self.kind}: the EHR ignored the patient in the search")
        if foreign and page.following(bundle) != (None, None):
            self.found.lose("the EHR does not search it by patient: only one page was read")
            return True
        return False

    def _next(self, bundle: Resource, url: str) -> str | None:
        wanted, problem = page.following(bundle)
        if wanted is None:
            if problem and not self._whole(bundle, problem):
                self.found.lose(problem)
            return None
        following = page.placed(wanted, url)
        if following is None or not address.same(following, self._base_url):
            problem = "the next page is at another address"
        elif following in self._visited:
            problem = "its pages go round in a circle"
        elif self._barren >= BARREN:
            problem = "its pages bring nothing new"
        elif len(self._visited) >= MAX_PAGES or self.manner.bytes >= MAX_BYTES:
            problem = "there is more than this server reads"
        if problem is None:
            return following
        self.found.lose(f"{problem}: the rest was not read")
        return None

    def _whole(self, bundle: Resource, problem: str) -> bool:
        """Whether the EHR's own count says that nothing is missing, though links are unclear."""
        total = page.total(bundle) if problem == page.UNREADABLE_LINKS else None
        return total is not None and total <= self._received

    @property
    def _received(self) -> int:
        """How many different resources came; of what was only included along with them, none."""
        return len(self._seen) + self._others

    def _end(self, bundle: Resource) -> None:
        """Hold what came against what the EHR counts.

        A count may be an estimate, or include what this server may not see: something may be
        missing all the same.
        """
        self.found.weigh(len(self._seen) - self.found.rejected)
        total = page.total(bundle)
        if total is not None and total > self._received:
            self.found.lose(f"the EHR counts {total} and gave {self._received}, without more pages")


def parsed(answer: Answer) -> Resource:
    """Read an answer as one FHIR resource; UpstreamFailed says why it is none."""
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
