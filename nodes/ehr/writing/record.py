"""File into an EHR's own FHIR server: look for all there is to file, then write each once.

One search names all identifiers. Where it finds none, the EHR may not know a list of them, and
each is looked for by itself before it is written.

What is there already and says the same stays; what somebody withdrew is for a person. What says
something else now is replaced in place (PUT with If-Match) where the EHR offers that and all of it
is as we wrote it; else a further one is filed, under an identifier of its own, that names what it
replaces. What people have changed, signed or completed is never written over.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from nodes.ehr.filing import WITHDRAWN, Filed, Filing
from nodes.ehr.writing.offered import Offered
from nodes.ehr.writing.resources import CASE, KINDS, SERVERS, resource, sealed
from nodes.ehr.writing.standing import own, says, touched, withdrawn
from nodes.fhir import storing, tree
from nodes.fhir.client import Client
from nodes.fhir.paging import Parameters
from nodes.fhir.storing import Stored
from nodes.fhir.tree import Resource

BACK, AHEAD = timedelta(days=31), timedelta(days=2)
UNSEARCHED = "the EHR does not let this server look for it first"


class Record:
    """One patient's record on an EHR's FHIR server, as far as it holds what we filed."""

    def __init__(self, client: Client, offered: Offered, now: Callable[[], datetime]) -> None:
        """Know nothing yet."""
        self._client, self._offered, self._now = client, offered, now
        self._there: dict[str, list[Resource]] = {}
        self._blind: set[str] = set()
        self._sure: set[str] = set()

    def takes(self, filing: Filing) -> bool:
        """Whether the EHR lets others create a thing of this kind."""
        return self._offered.creates(KINDS[filing.kind])

    def look(self, filings: Iterable[Filing]) -> None:
        """Look for everything that is to be filed; raises UpstreamFailed and its kinds."""
        wanted = list(filings)
        for kind in dict.fromkeys(KINDS[one.kind] for one in wanted):
            mine = [one for one in wanted if KINDS[one.kind] == kind]
            for patient in dict.fromkeys(one.patient for one in mine):
                self._search(kind, patient, [one for one in mine if one.patient == patient])

    def file(self, filing: Filing) -> Filed:
        """File one thing that was looked for."""
        if KINDS[filing.kind] in self._blind:
            return told(filing, Stored("refused", detail=UNSEARCHED))
        found = self._found(filing)
        if KINDS[filing.kind] in self._blind:
            return told(filing, Stored("refused", detail=UNSEARCHED))
        same = [one for one in found if says(one, filing)]
        if same:
            return told(filing, stands(min(same, key=withdrawn)))
        stored = self._changed(filing, found[0]) if found else self._create(filing)
        return told(filing, stored)

    def _found(self, filing: Filing) -> list[Resource]:
        """What stands there under its identifier, with this content or another."""
        unsure = KINDS[filing.kind] not in self._sure
        if unsure and not self._held(filing):
            self._look_for(filing, filing.identifier)
        held = self._held(filing)
        if unsure and held and not any(says(one, filing) for one in held):
            self._look_for(filing, filing.version)
        return self._held(filing)

    def _held(self, filing: Filing) -> list[Resource]:
        names = (filing.identifier, filing.version)
        return [one for name in names for one in self._there.get(name, ())]

    def _look_for(self, filing: Filing, name: str) -> None:
        """Look for one by itself: the EHR may not know a list of identifiers."""
        kind = KINDS[filing.kind]
        found = self._client.search(kind, [("identifier", f"{CASE}|{name}")], filing.patient)
        self._take(found.resources.values(), {name})
        if found.lost and name not in self._there:
            self._blind.add(kind)

    def _take(self, resources: Iterable[Resource], names: set[str]) -> bool:
        taken = [(name, one) for one in resources for name in own(one) & names]
        for name, one in taken:
            self._there.setdefault(name, []).append(one)
        return bool(taken)

    def _search(self, kind: str, patient: str | None, filings: list[Filing]) -> None:
        names = {name for one in filings for name in (one.identifier, one.version)}
        dated = self._client.vendor.fhir.takes(kind, "identifier") is False
        by: Parameters = [("identifier", ",".join(f"{CASE}|{name}" for name in sorted(names)))]
        if dated and patient:
            by = around(filings[0].on)
        found = self._client.search(kind, by, patient)
        if found.lost:
            self._blind.add(kind)
        if self._take(found.resources.values(), names) or dated:
            self._sure.add(kind)

    def _create(self, filing: Filing, replacing: Resource | None = None) -> Stored:
        name = filing.version if replacing else filing.identifier
        made = resource(filing, name, self._now())
        if replacing and filing.kind == "document":
            target = {"reference": tree.name_of(replacing)}
            made["relatesTo"] = [{"code": "replaces", "target": target}]
        elif replacing:
            made["note"] += [{"text": f"Follows {tree.name_of(replacing)}, which said otherwise"}]
        return storing.create(self._client, sealed(made), (CASE, name), looked=True)

    def _changed(self, filing: Filing, earlier: Resource) -> Stored:
        """Replace what says something else now; once more when it was changed meanwhile."""
        for _ in range(2):
            held = tree.string(earlier, "meta", "versionId")
            offers = self._offered.updates(KINDS[filing.kind])
            if not (offers and held) or touched(earlier):
                break
            made = resource(filing, filing.identifier, self._now())
            server = {name: value for name, value in earlier.items() if name in SERVERS - {"text"}}
            stored = self._client.update({**server, **sealed(made)}, held)
            if not (stored.outcome == "refused" and stored.reference):
                return stored
            again = self._read(stored.reference)
            if again is None:
                break
            earlier = again
            if says(earlier, filing):
                return stands(earlier)
        return self._create(filing, replacing=earlier)

    def _read(self, reference: str) -> Resource | None:
        accept = {"Accept": "application/fhir+json"}
        answer = self._client.ask(self._client.address(reference), accept)
        return self._client.learn(reference, answer)


def stands(resource: Resource) -> Stored:
    """Say that it is there, or that somebody withdrew it there."""
    name = tree.name_of(resource)
    if withdrawn(resource):
        return Stored("refused", name, WITHDRAWN)
    return Stored("already_there", name)


def around(on: date) -> Parameters:
    """A closed range of days: what an EHR is asked that cannot search by identifier."""
    return [("date", f"ge{on - BACK}"), ("date", f"lt{on + AHEAD}")]


def told(filing: Filing, stored: Stored) -> Filed:
    """Say where it went."""
    return Filed(
        identifier=filing.identifier,
        title=filing.title,
        way="fhir",
        outcome=stored.outcome,
        reference=stored.reference,
        detail=stored.detail,
    )
