"""Ask an EHR for orders and documents that are new since a moment, by what its searches take."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from nodes.ehr.arriving import resources
from nodes.ehr.arriving.order import NewDocument, OrderReference
from nodes.ehr.arriving.origin import Origin
from nodes.ehr.writing.standing import ours
from nodes.errors import Refused, UnreadableDocument
from nodes.fhir import tree
from nodes.fhir.client import Client
from nodes.fhir.found import Found
from nodes.fhir.tree import Resource

UPDATED = "_lastUpdated"
DATES = {
    "ServiceRequest": "authored",
    "DeviceRequest": "authored-on",
    "MedicationRequest": "authoredon",
    "DocumentReference": "date",
}
WRITTEN = {"DocumentReference": "date"}
HALVINGS = 4
ONE_PATIENT = "this EHR lets nobody search across patients for what is new; not asked"
BY_DAY = "searched by the day it was written; one written earlier and signed now is not seen"


@dataclass
class Asking:
    """Questions to one EHR about what is new in it between two moments.

    ``since`` is before ``asked_since`` by the overlap; where there is too much, the time is cut
    short, but not to before ``asked_since``: that would be no step forward. Both ends are asked for
    by the whole second, since that is as far as some servers keep time: what is of the seconds in
    which a poll begins and ends is found by the one before and the one after it.
    """

    client: Client
    ehr: str
    since: datetime
    asked_since: datetime
    until: datetime
    reached: datetime = field(init=False)
    orders: dict[str, OrderReference] = field(default_factory=dict)
    documents: dict[str, NewDocument] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    asked: int = 0
    refused: int = 0
    complete: bool = True
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nothing was asked yet."""
        self.origin, self.fhir = Origin(self.client.base_url), self.client.vendor.fhir
        self.reached = self.until

    def by_id(self, names: Iterable[str]) -> None:
        """Read orders of which only the id was announced."""
        for name in names:
            resource = self.client.read(name) if resources.is_order(name) else None
            if resource is None or not self._take(resource):
                self.missing.append(name)

    def new_orders(self, kinds: Iterable[str], patient: str | None) -> None:
        """Search for orders, of one patient or of all."""
        for kind in kinds:
            for resource in self._search(kind, patient):
                self._take(resource)

    def new_documents(self, patients: Iterable[str]) -> None:
        """Search for documents that were added to these patients' charts."""
        for patient in patients:
            for resource in self._search("DocumentReference", patient):
                found = resources.document(resource, self.origin, "")
                if found is not None and not ours(resource):
                    self.documents[found.document] = found

    def _take(self, resource: Resource) -> bool:
        """Keep an order; one without a patient here is reported and left out."""
        name = str(tree.name_of(resource) or resource.get("resourceType", "an order"))
        try:
            self.orders[name] = resources.order(
                resource, self.origin, self.ehr, "poll", "", warnings=self.warnings
            )
        except (UnreadableDocument, Refused):
            self.warnings.append(f"{name}: it names no patient of this EHR; left out")
        return name in self.orders

    def _search(self, kind: str, patient: str | None) -> list[Resource]:
        """Search one type; where there is too much, for the first half of the time, and so on."""
        if patient is None and self._barred(kind):
            self.warnings.append(f"{kind}: {ONE_PATIENT}")
            return []
        self.asked += 1
        until = self.until
        found, fits = self._narrowed(kind, patient, until)
        for _ in range(HALVINGS):
            if not found.truncated or not found.pages:
                break
            until = self.asked_since + (until - self.asked_since) / 2
            found, fits = self._narrowed(kind, patient, until)
        if found.status is not None:
            self.refused += 1
        elif found.truncated:
            self.complete, self.reached = False, self.asked_since
        else:
            self.reached = min(self.reached, until)
        self.warnings += found.warnings
        kept = [one for one in found.resources.values() if fits(one)]
        if left := len(found.resources) - len(kept):
            self.warnings.append(f"{kind}: {left} older than asked for, or undated, were left out")
        return kept

    def _barred(self, kind: str) -> bool:
        """Whether this EHR has no search of this type that could be narrowed to what is new."""
        ways = (UPDATED, DATES[kind])
        return all(self.fhir.takes(kind, name) is False for name in ways)

    def _narrowed(
        self, kind: str, patient: str | None, until: datetime
    ) -> tuple[Found, Callable[[Resource], bool]]:
        """Search by the last change; where that is refused, by the day, in any zone's days."""
        day, whole = DATES[kind], timedelta(days=1)
        ranges = (
            (UPDATED, [f"ge{_instant(self.since)}", f"lt{_instant(_ceiling(until))}"]),
            (day, [f"ge{(self.since - whole).date()}", f"lt{(until + 2 * whole).date()}"]),
        )
        wanted = [entry.partition("=") for entry in self.fhir.required.get(kind, ())]
        always = [(name, value) for name, _, value in wanted]
        found, by = None, None
        for name, values in ranges:
            if self.fhir.takes(kind, name) is False:
                continue
            by = name
            asked = [*always, *((name, value) for value in values)]
            found = self.client.search(kind, asked, patient)
            if found.status is None:
                break
        if found is None:
            found = self.client.search(kind, always, patient)
        if by == day and found.status is None and kind != "DocumentReference":
            self.warnings.append(f"{kind}: {BY_DAY}")
        return found, lambda one: self._fits(one, until, by)

    def _fits(self, resource: Resource, until: datetime, by: str | None) -> bool:
        """Whether a resource is of the time asked for: not every EHR narrows what it gives.

        One that does not say when it was changed is taken as the EHR's own match.
        """
        changed = _moment(tree.string(resource, "meta", "lastUpdated"))
        if changed is not None:
            return self.since.replace(microsecond=0) <= changed < _ceiling(until)
        if by is not None:
            return True
        written = tree.day(resource, WRITTEN.get(str(resource.get("resourceType")), "authoredOn"))
        whole = timedelta(days=1)
        return (
            written is not None and (self.since - whole).date() <= written <= (until + whole).date()
        )


def _ceiling(moment: datetime) -> datetime:
    """Give the next whole second, or this one."""
    cut = moment.replace(microsecond=0)
    return cut if cut == moment else cut + timedelta(seconds=1)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(said: str | None) -> datetime | None:
    """Read a FHIR instant; None where it has no time or zone."""
    try:
        moment = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
