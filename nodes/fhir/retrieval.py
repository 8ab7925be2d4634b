"""Fetch the part of a patient's chart that one service needs, and keep account of it.

Each page is parsed, its resources considered and let go: what stays are the facts that are kept.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from functools import partial

from nodes.chart import Fact, Manifest, Note, Search, Skipped
from nodes.errors import NodeError
from nodes.fhir import belonging, later, questions, tree
from nodes.fhir.client import Client
from nodes.fhir.desk import Desk, NotRead, served, suits
from nodes.fhir.found import Found
from nodes.fhir.gathering import Asked, Gathering
from nodes.fhir.keeping import Keeping
from nodes.fhir.later import Later
from nodes.fhir.need import Need
from nodes.fhir.paging import ACCEPT, Paging
from nodes.fhir.questions import ORDER, Question
from nodes.fhir.tree import Resource
from nodes.http import Answer

MANY = 300
Considered = tuple[Found, str, Resource]


class Retrieval:
    """A fetch under way: what it is for, and what it has brought so far.

    ``needed`` names resources that are kept whatever the rules say, and why.
    """

    def __init__(self, client: Client, patient: str, need: Need, needed: dict[str, str]) -> None:
        """Prepare to fetch; ``run`` does."""
        self.client, self.patient, self.need = client, patient, need
        self._desk = Desk(client)
        self._keeping = Keeping(need, needed, self._desk)
        self._later = Later(client.connection)
        self._gathering = Gathering(client, self._text)
        self._waiting: dict[str, list[Considered]] = defaultdict(list)
        self._asked: list[tuple[Question, Found]] = []
        self._absent: list[Question] = []
        self._served: frozenset[str] | None = None
        self._order = Found("the order and what it names")

    def start(self, resources: list[Resource]) -> None:
        """Consider what was already read for the case: the order and its reasons."""
        for resource in resources:
            self._consider(self._order, tree.name_of(resource) or "", resource)

    def run(self) -> None:
        """Ask everything the service needs, keep what is relevant, drop endless repeats.

        What the vendor's file does not know and not every server has is asked for when the
        server's CapabilityStatement is there; without one it is tried.
        """
        fhir, unsure = self.client.vendor.fhir, list[Question]()
        for question in questions.needed(self.need):
            offered = questions.offered(question, fhir, None)
            if offered or (offered is None and question.usual):
                self._put(question)
            elif offered is None:
                unsure.append(question)
            else:
                self._absent.append(question)
        if unsure:
            url = f"{self.client.base_url}/metadata"
            described = partial(self._described, unsure)
            told = Asked(url, ACCEPT, described, lambda error: described(None))
            self._gathering.ask(told, soon=True)
        self._gathering.run()
        self._unasked()
        self._finish()

    @property
    def complete(self) -> bool:
        """Whether nothing that was asked for is lost."""
        return not any(search.truncated or search.lost for search in self.client.account())

    def facts(self) -> tuple[Fact, ...]:
        """Give the facts by kind, newest first."""
        return tuple(
            sorted(
                self._keeping.facts.values(),
                key=lambda f: (ORDER.get(f.kind, 99), -(f.start or date.min).toordinal(), f.id),
            )
        )

    def notes(self) -> tuple[Note, ...]:
        """Give the notes, newest first."""
        found = self._keeping.notes.values()
        return tuple(sorted(found, key=lambda n: (-n.written.toordinal(), n.id)))

    def manifest(
        self, ehr: str, at: datetime, by: str | None = None, warnings: tuple[str, ...] = ()
    ) -> Manifest:
        """Account for the fetch: what was asked, read, kept, left out and lost, and when.

        ``warnings`` are those of before, when the case was read.
        """
        founds = [self._order, *self.client.searches]
        skipped = [*self.client.skipped, *(one for found in founds for one in found.skipped)]
        said = [*warnings, *self.client.connection.warnings]
        said += [warning for found in founds for warning in found.warnings]
        absent = [
            Search(query=f"{q.type}: not offered", pages=0, read=0, kept=0) for q in self._absent
        ]
        return Manifest(
            ehr=ehr,
            vendor=self.client.vendor.id,
            at=at,
            by=by,
            since=self.need.since,
            complete=self.complete,
            searches=(*self.client.account(), *absent),
            skipped=_each_once(skipped),
            warnings=tuple(dict.fromkeys(said)),
        )

    def _put(self, question: Question) -> None:
        asked = questions.parameters(question, self.client.vendor.fhir, self.need)
        paging = self.client.paging(question.type, asked, self.patient)
        paging.found.kept = 0
        self._asked.append((question, paging.found))
        self._page(paging)

    def _page(self, paging: Paging) -> None:
        if paging.url is not None:
            taken, failed = partial(self._taken, paging), partial(_lost, paging.found)
            self._gathering.ask(Asked(paging.url, paging.headers, taken, failed), soon=True)

    def _taken(self, paging: Paging, answer: Answer) -> None:
        """Take a page: have the next one asked for, then consider this one."""
        try:
            accepted = paging.take(answer)
        except NodeError as error:
            _lost(paging.found, error)
            return
        self._page(paging)
        for name, resource in accepted:
            self._consider(paging.found, name, resource)
        self._keeping.thin(MANY)

    def _described(self, unsure: list[Question], answer: Answer | None) -> None:
        """Take the CapabilityStatement, and ask for what it offers."""
        self._served = served(answer) if answer else None
        for question in unsure:
            if questions.offered(question, self.client.vendor.fhir, self._served) is False:
                self._absent.append(question)
            else:
                self._put(question)

    def _consider(self, found: Found, name: str, resource: Resource) -> None:
        """Consider a resource, now or when what it points at is read."""
        try:
            self._keeping.consider(found, name, resource)
        except NotRead as missing:
            waiting = self._waiting[missing.reference]
            waiting.append((found, name, resource))
            if len(waiting) > 1:
                return
            if missing.reference.startswith("Binary/"):
                self._later.put(missing.reference, missing.day)
            else:
                self._gathering.ask(self._question(missing.reference))

    def _question(self, reference: str) -> Asked:
        read, lost = partial(self._read, reference), partial(self._unread, reference)
        return Asked(self.client.address(reference), ACCEPT, read, lost)

    def _text(self) -> Asked | None:
        """Give the next text to ask for, when nothing else is to be asked."""
        reference = self._later.next()
        return self._question(reference) if reference else None

    def _unasked(self) -> None:
        """Say which texts were not asked for, and go on without them."""
        references, why = self._later.rest()
        waiting = [(found, name) for r in references for found, name, _ in self._waiting[r]]
        later.lose(waiting, why)
        while self._waiting:
            self._unread(next(iter(self._waiting)), why)

    def _read(self, reference: str, answer: Answer) -> None:
        """Take a document's content or a medication, and consider again what waited for it."""
        try:
            resource = self.client.learn(reference, answer)
        except NodeError as error:
            self._unread(reference, error)
            return
        if resource and belonging.guarded(resource, self.patient, self.client.base_url):
            for found, name, _ in self._waiting.pop(reference):
                found.skip(name, "another_patient", "its content is secured as another patient's")
            self.client.forget(reference)
            return
        if resource and not all(
            suits(resource, waiting, reference) for _, _, waiting in self._waiting[reference]
        ):
            self._desk.without(reference, "the EHR gave something else than the document")
        self._resume(reference)

    def _unread(self, reference: str, error: NodeError | str) -> None:
        self._desk.without(reference, str(error))
        for found, name, _ in self._waiting[reference]:
            found.lose(f"what {name} points at was not read: {error}")
        self._resume(reference)

    def _resume(self, reference: str) -> None:
        for found, name, resource in self._waiting.pop(reference):
            self._consider(found, name, resource)
        if reference.startswith("Binary/"):
            self.client.forget(reference)

    def _finish(self) -> None:
        """Drop repeats, count what is kept, and tell a refusal from a type that is not offered."""
        self._keeping.settle()
        facts = self._keeping.facts.values()
        counts = Counter(fact.source.partition("/")[0] for fact in facts)
        for question, found in self._asked:
            found.kept = counts[question.type]
            found.skipped.sort(key=lambda one: one.what)
            refused = found.status in {400, 404, 405, 422, 501}
            missing = found.status in {404, 405, 501} and not question.usual
            absent = missing if self._served is None else question.type not in self._served
            if refused and absent:
                found.truncated, found.lost = False, None
                found.query = f"{question.type}: not offered"


def _lost(found: Found, error: NodeError) -> None:
    found.lose(f"{error}: {'the rest' if found.pages else 'all of it'} was not read")


def _each_once(skipped: list[Skipped]) -> tuple[Skipped, ...]:
    return tuple({(one.what, one.reason): one for one in skipped}.values())
