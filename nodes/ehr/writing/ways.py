"""File each thing by the first of its EHR's ways that takes it; a person is the last of them.

While the EHR is busy or out of reach nothing more is sent: the rest is ``not_yet``, and whoever
calls again with what was filed loses nothing.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from nodes.case import Patient
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.ehr.drchrono import writing as drchrono
from nodes.ehr.drchrono.rest import Rest
from nodes.ehr.filing import Filed, Filing
from nodes.ehr.tebra import writing as tebra
from nodes.ehr.vendor import Vendor, Way
from nodes.ehr.writing import offered, paper, whose
from nodes.ehr.writing.record import Record
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.fhir.client import Client

LASTING = {"created", "already_there", "updated"}
NO_PATIENT = "the EHR's API files nothing without a patient"
UNREAD = "who the patient is could not be read from the EHR"


class Ways:
    """One EHR during one call of a node; ``failure`` is what made it stop."""

    def __init__(
        self,
        ehr: Ehr,
        vendor: Vendor,
        connection: Connection,
        *,
        registered: Patient | None,
        now: Callable[[], datetime],
        final: bool = False,
    ) -> None:
        """Ask nothing yet; ``final``: what is not settled is for a person."""
        self._ehr, self._vendor, self._connection = ehr, vendor, connection
        self._client = Client(connection)
        self._registered, self._now, self._final = registered, now, final
        self._patient: Patient | None = None
        self.failure: UpstreamFailed | None = None

    def file(self, filings: list[Filing], earlier: dict[str, Filed]) -> list[Filed]:
        """File everything, in its order; what was filed earlier is not touched again."""
        self._filings = [one for one in filings if not kept(earlier.get(one.identifier))]
        self._identify()
        return [self._one(one, earlier.get(one.identifier)) for one in filings]

    def _identify(self) -> None:
        """Refuse a patient who is somebody else's record, before anything is filed."""
        named = next((one.patient for one in self._filings if one.patient), None)
        whose.agrees(named, self._registered)
        if named and any(self._account(way) for one in self._filings for way in self._ways(one)):
            try:
                self._patient = whose.patient(self._client, named, self._registered)
            except UpstreamFailed as failure:
                self.failure = failure

    def _account(self, way: Way) -> object:
        """The EHR's settings for a way beside FHIR."""
        return {"tebra": self._ehr.soap, "drchrono": self._ehr.rest}.get(way)

    def _one(self, filing: Filing, earlier: Filed | None) -> Filed:
        if earlier and kept(earlier):
            return earlier
        filed = self._by_ways(filing)
        if self._final and filed.outcome == "not_yet":
            return by_hand(filing, self._vendor, filed.detail)
        return filed

    def _by_ways(self, filing: Filing) -> Filed:
        reason = None
        for way in self._ways(filing):
            if way == "person":
                break
            filed = self._tried(way, filing)
            if filed.outcome != "refused":
                return self._said(filing, filed)
            if filed.reference:
                return taken_back(filing, self._vendor, filed)
            reason = filed.detail
        return by_hand(filing, self._vendor, reason)

    def _tried(self, way: Way, filing: Filing) -> Filed:
        """File by one way; what fails before anything was sent stops all the rest."""
        try:
            return later(filing, way, self.failure) if self.failure else self._by(way, filing)
        except UpstreamFailed as failure:
            self.failure = failure
            return later(filing, way, failure)

    def _ways(self, filing: Filing) -> tuple[Way, ...]:
        offers = self._vendor.write_back
        return offers.tasks if filing.kind == "task" else offers.documents

    def _by(self, way: Way, filing: Filing) -> Filed:
        if way == "fhir":
            return self._by_fhir(filing)
        taken = paper.taken(filing, self._vendor.write_back.content_types)
        if filing.patient is None:
            return refused(filing, way, NO_PATIENT)
        if self._account(way) is None:
            return refused(filing, way, f"the EHR's settings have no part for {way}")
        patient = self._patient
        if patient is None:
            return refused(filing, way, UNREAD)
        if way == "tebra" and self._ehr.soap:
            return tebra.file(taken, self._connection.beside("soap"), patient, self._ehr.soap)
        return drchrono.file(taken, self._rest, patient)

    def _by_fhir(self, filing: Filing) -> Filed:
        if not self._record.takes(filing):
            return refused(filing, "fhir", "the EHR does not let others create it")
        record = self._looked
        try:
            return record.file(paper.taken(filing, self._vendor.write_back.content_types))
        except (UpstreamBusy, UpstreamTimeout):
            raise
        except UpstreamFailed as denied:
            if denied.transient:
                raise
            return refused(filing, "fhir", str(denied))

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self._connection.beside("rest"))

    @cached_property
    def _record(self) -> Record:
        return Record(self._client, offered.read(self._client), self._now)

    @cached_property
    def _looked(self) -> Record:
        types = self._vendor.write_back.content_types
        mine = [
            paper.taken(one, types)
            for one in self._filings
            if "fhir" in self._ways(one) and self._record.takes(one)
        ]
        self._record.look(mine)
        return self._record

    def _said(self, filing: Filing, filed: Filed) -> Filed:
        """Name the thing; what cannot be looked up and was not answered is for a person."""
        update: dict[str, object] = {"title": filing.title}
        if filed.outcome == "unknown" and (filed.way == "tebra" or self._final):
            look = f"Sent and not answered: look first whether {filing.identifier} is there. "
            hand = by_hand(filing, self._vendor, filed.detail)
            update |= {"instructions": f"{look}{hand.instructions}", "file": hand.file}
        return filed.model_copy(update=update)


def kept(filed: Filed | None) -> bool:
    """Whether an earlier answer about a thing stands, and it is not to be filed again."""
    if filed is None:
        return False
    return filed.outcome in LASTING or (filed.outcome == "unknown" and filed.way == "tebra")


def later(filing: Filing, way: Way, why: UpstreamFailed) -> Filed:
    """Say that nothing was sent yet."""
    return Filed(
        identifier=filing.identifier,
        title=filing.title,
        way=way,
        outcome="not_yet",
        detail=str(why)[:500],
    )


def refused(filing: Filing, way: Way, detail: str) -> Filed:
    """Say why a way does not take it; the next may."""
    return Filed(identifier=filing.identifier, way=way, outcome="refused", detail=detail[:500])


def taken_back(filing: Filing, vendor: Vendor, filed: Filed) -> Filed:
    """Give a person what stands there and was withdrawn: no other way may bring it back."""
    hand = by_hand(filing, vendor, filed.detail)
    told = f"Somebody withdrew {filed.reference} in the EHR: ask why before you file it again. "
    update = {"instructions": f"{told}{hand.instructions}"[:20_000], "reference": filed.reference}
    return hand.model_copy(update=update)


def by_hand(filing: Filing, vendor: Vendor, reason: str | None) -> Filed:
    """Give a thing to a person, with the file and what to do."""
    told = vendor.write_back.instructions
    if filing.kind == "task":
        due = f", due {filing.due}" if filing.due else ""
        told = f"Tell {filing.role}{due}: {filing.title}. {filing.words}"
    return Filed(
        identifier=filing.identifier,
        title=filing.title,
        way="person",
        outcome="for_a_person",
        instructions=told[:20_000],
        file=filing.file,
        detail=reason,
    )
