"""File into an EHR's own FHIR server: look for all there is to file, then write each once.

One search names all identifiers. Where it finds none, the EHR may not know a list of them, and
each is looked for by itself before it is written.

What is there already and says the same stays. What says something else now is replaced in place
(PUT with If-Match) where the EHR offers that and nobody there has changed it; else a further one is
filed, under an identifier of its own, that names what it replaces. What people have changed or
completed is never written over.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from nodes.ehr.filing import Filed, Filing
from nodes.ehr.writing.offered import Offered
from nodes.ehr.writing.resources import CASE, KINDS, resource
from nodes.ehr.writing.standing import own, says, touched
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
        self._there: dict[str, Resource] = {}
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
        earlier = self._there.get(filing.identifier)
        later = self._there.get(version(filing))
        if later or (earlier and says(earlier, filing)):
            return told(filing, Stored("already_there", tree.name_of(later or earlier or {})))
        stored = self._changed(filing, earlier) if earlier else self._create(filing)
        return told(filing, stored)

    def _search(self, kind: str, patient: str | None, filings: list[Filing]) -> None:
        names = {name for one in filings for name in (one.identifier, version(one))}
        dated = self._client.vendor.fhir.takes(kind, "identifier") is False
        by: Parameters = [("identifier", ",".join(f"{CASE}|{name}" for name in sorted(names)))]
        if dated and patient:
            by = around(filings[0].on)
        found = self._client.search(kind, by, patient)
        if found.lost:
            self._blind.add(kind)
        for other in found.resources.values():
            for name in own(other) & names:
                self._there[name] = other
                self._sure.add(kind)
        if dated:
            self._sure.add(kind)

    def _create(self, filing: Filing, replacing: Resource | None = None) -> Stored:
        name = version(filing) if replacing else filing.identifier
        made = resource(filing, name, self._now())
        if replacing and filing.kind == "document":
            target = {"reference": tree.name_of(replacing)}
            made["relatesTo"] = [{"code": "replaces", "target": target}]
        elif replacing:
            made["note"] += [{"text": f"Follows {tree.name_of(replacing)}, which said otherwise"}]
        looked = KINDS[filing.kind] in self._sure
        return storing.create(self._client, made, (CASE, name), looked=looked)

    def _changed(self, filing: Filing, earlier: Resource) -> Stored:
        """Replace what says something else now; once more when it was changed meanwhile."""
        for _ in range(2):
            held = tree.string(earlier, "meta", "versionId")
            offers = self._offered.updates(KINDS[filing.kind])
            if not (offers and held) or touched(earlier, filing):
                break
            made = resource(filing, filing.identifier, self._now())
            stored = self._client.update({**earlier, **made}, held)
            if not (stored.outcome == "refused" and stored.reference):
                return stored
            again = self._read(stored.reference)
            if again is None:
                break
            earlier = again
            if says(earlier, filing):
                return Stored("already_there", stored.reference)
        return self._create(filing, replacing=earlier)

    def _read(self, reference: str) -> Resource | None:
        accept = {"Accept": "application/fhir+json"}
        answer = self._client.ask(self._client.address(reference), accept)
        return self._client.learn(reference, answer)


def version(filing: Filing) -> str:
    """The identifier under which changed content is filed beside what was there."""
    return f"{filing.identifier}.{filing.content[:8]}"


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
