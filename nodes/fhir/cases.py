"""One order in an EHR as a case: patient, coverage, providers, diagnoses, services."""

from datetime import timedelta

from nodes.case import Case, Coverage, Order, Provider, ServiceLine
from nodes.errors import Complaint, IncompleteCase
from nodes.fhir import (
    ahead,
    asked,
    belonging,
    codes,
    coverage,
    incomplete,
    ordered,
    orders,
    people,
    providers,
    reasons,
    tree,
)
from nodes.fhir.client import Client
from nodes.fhir.expected import Wanted
from nodes.fhir.found import ABROAD, ALIASES
from nodes.fhir.relevance import Family, Relevance
from nodes.fhir.tree import Resource

POINTERS = (
    *("subject", "encounter", "requester", "performer", "insurance", "reasonReference"),
    *ordered.POINTED,
)


class Intake:
    """An order and everything its case needs, read before its chart is.

    ``order`` is empty where the EHR has none and the sender states it. Raises IncompleteCase with
    a complaint for each thing nobody gives; their pointers are places in the case. Refused where
    that order is not even the expected patient's.
    """

    def __init__(self, wanted: Wanted, client: Client, table: Relevance) -> None:
        """Read it all: what the order points at together, the rest one after the other."""
        self.wanted, self.client = wanted, client
        self.complaints: list[Complaint] = []
        self.warnings: list[str] = []
        self.order = self._ordered()
        ahead.read(self._pointed(), client)
        self.order = ordered.whole(self.order, client, self.warnings)
        self.reference, self.patient = self._whose()
        self.siblings = (
            orders.siblings(self.order, self.reference, client, self.warnings) if self.order else []
        )
        self.diagnoses, self.conditions = self._reasons(table)
        self.lines = self._lines()
        self.family: Family = asked.family(table, self.lines, self.diagnoses, self._reason())
        self.coverage: str | None = None
        self.case = self._case()
        self.encounter = self._visit()

    def needed(self) -> dict[str, str]:
        """Name the resources that the order itself points at, and why they are kept."""
        named = {name: "the order's reason" for name in self.conditions}
        if visit := tree.name_of(self.encounter):
            named[visit] = "the visit the order was placed in"
        for order in (self.order, *self.siblings):
            if name := tree.name_of(order):
                named[name] = "the order itself"
        return named

    def clinicians(self) -> frozenset[str]:
        """Name who orders, as documents name their authors: the role and the person in it."""
        stated = self.wanted.stated.requester
        name = tree.reference(self.order, self.client.base_url, "requester")
        name = name or (stated if isinstance(stated, str) else None)
        if name is None or not name.startswith("PractitionerRole/"):
            return frozenset({name} if name else ())
        role = self.client.read(name)
        person = tree.reference(role, self.client.base_url, "practitioner") if role else None
        return frozenset({name, person} if person else {name})

    def read(self) -> list[Resource]:
        """Give what was read for the case and belongs to the chart too."""
        found = [self.order, *self.siblings, *self.conditions.values(), self.encounter]
        return [resource for resource in found if resource]

    def about(self) -> str:
        """Say in the order's own words what the services are for."""
        said = [self.case.order.reason, *(one.display for one in self.diagnoses)]
        return "\n".join(words for words in said if words)

    def _ordered(self) -> Resource:
        if self.wanted.order is None:
            return {}
        named = self.wanted.order.startswith(orders.KINDS)
        order = self.client.read(self.wanted.order) if named else None
        if order is None:
            words = "a ServiceRequest, DeviceRequest or MedicationRequest is needed"
            raise IncompleteCase("the EHR has no such order", [Complaint("/order", words)])
        return order

    def _pointed(self) -> list[str | None]:
        """Name all that the order and its sender point at."""
        found = [
            tree.reference(pointer, self.client.base_url)
            for name in POINTERS
            for pointer in tree.items(self.order, name)
        ]
        stated = self.wanted.stated
        given = (stated.encounter, stated.requester, stated.performer, stated.coverage)
        mine = None if self.order else self.wanted.patient.id
        return [*found, *(one for one in given if isinstance(one, str)), mine]

    def _whose(self) -> tuple[str, Resource]:
        reference = self.wanted.patient.id or ""
        if self.order:
            reference = tree.reference(self.order, self.client.base_url, "subject") or ""
        patient = self.client.read(reference) if reference.startswith("Patient/") else None
        if patient is None:
            abroad = belonging.abroad(self.order, self.client.base_url)
            words = f"{ABROAD}; {ALIASES}" if abroad else "name a patient"
            raise IncompleteCase(
                "the order's patient cannot be read", [Complaint("/patient", words)]
            )
        return reference, patient

    def _reasons(self, table: Relevance) -> reasons.Found:
        found, conditions = reasons.of_order(self.order, self.reference, self.client)
        if found or self.wanted.stated.diagnoses:
            return found or self.wanted.stated.diagnoses, conditions
        lines = [orders.line(one, 1) for one in (self.order, *self.siblings)]
        first = self.wanted.stated.services or tuple(line for line in lines if line)
        found, problems = reasons.of_problems(
            self.order, self.reference, lambda: asked.family(table, first), self.client
        )
        if found:
            self.warnings.append(
                "the diagnoses are active problems of the chart, as none came with the order: "
                f"check them ({', '.join(problems)})"
            )
        else:
            self.complaints.append(reasons.missing(self.order))
        return found, conditions | problems

    def _lines(self) -> tuple[ServiceLine, ...]:
        stated = [
            one.model_copy(update={"diagnoses": reasons.order_of(self.diagnoses)})
            for one in self.wanted.stated.services
        ]
        lines: list[ServiceLine] = []
        for place, order in enumerate([self.order, *self.siblings] if self.order else []):
            line = orders.line(order, len(self.diagnoses))
            if line is not None:
                lines.append(line)
            elif not stated:
                words = f"{tree.name_of(order)}: {ordered.lacking(order)}"
                self.complaints.append(Complaint(f"/service_lines/{place}/code", words))
        if lines or not stated:
            return tuple(lines)
        if self.order:
            self.warnings.append(
                "the order has no code a payer takes: the services stated are used"
            )
        return tuple(stated)

    def _case(self) -> Case:
        stated, order = self.wanted.stated, self.order
        person = people.patient(self.patient, self.reference)
        if person is None:
            self.complaints += incomplete.unnamed(self.patient, self.reference)
        cover = self._cover()
        requester = self._provider("requester", stated.requester)
        if requester is None:
            self.complaints.append(providers.lacking(order))
        authored = tree.day(order, "authoredOn") if order else stated.authored_on
        authored = authored or stated.authored_on or (None if order else self.wanted.as_of)
        if authored is None:
            words = f"{self.wanted.order}: it has no date"
            self.complaints.append(Complaint("/order/authored_on", words))
        elif authored > self.wanted.as_of + timedelta(days=1):
            self.warnings.append(f"{self.wanted.order}: it is dated after the day of the request")
        if self.complaints or not (person and cover and requester and authored):
            expected = self.wanted.patient
            raise incomplete.refusal(self.complaints, self.patient, self.reference, expected)
        return Case(
            id=self.wanted.case_id,
            urgency=orders.urgency(order) if order else stated.urgency or "standard",
            service_type=self.family.service_type,
            place_of_service=orders.place(order, self.client),
            patient=person,
            coverage=cover,
            requester=requester,
            performer=self._provider("performer", stated.performer),
            diagnoses=self.diagnoses,
            service_lines=self.lines,
            order=Order(
                reference=self.wanted.order or stated.encounter or self.reference,
                authored_on=authored,
                reason=self._reason(),
            ),
        )

    def _cover(self) -> Coverage | None:
        """Read the coverage: as the order or its sender names it, else as the EHR has it."""
        stated = self.wanted.stated.coverage
        if isinstance(stated, Coverage):
            return stated
        named = [
            reference
            for pointer in tree.items(self.order, "insurance")
            if (reference := tree.reference(pointer, self.client.base_url))
        ]
        named = [stated] if stated and not named else named
        chosen = coverage.choose(
            named, self.reference, self.client, self.wanted.as_of, self.complaints
        )
        if chosen is None:
            return None
        self.coverage = tree.name_of(chosen)
        if not coverage.in_force(chosen, self.wanted.as_of):
            self.warnings.append(f"{self.coverage}: it is not in force on the day of the request")
        return coverage.read(chosen, self.client, self.complaints)

    def _provider(self, name: str, stated: str | Provider | None) -> Provider | None:
        """Read who asks or performs: as the order says, else as its sender does."""
        holder = orders.performing(self.order) if name == "performer" else self.order
        found = providers.provider(holder, name, self.client, self.warnings)
        if found is not None:
            return found
        if isinstance(stated, Provider):
            return stated
        pointer = {name: {"reference": stated}} if isinstance(stated, str) else {}
        return providers.provider(pointer, name, self.client, self.warnings)

    def _visit(self) -> Resource:
        """Read the visit the order was placed in, where it is this patient's.

        It says nothing of the place of service or of a stay: the service is elsewhere and later.
        """
        stated = self.wanted.stated.encounter
        pointer = {"encounter": {"reference": stated}} if stated and not self.order else self.order
        found = people.pointed(pointer, "encounter", self.client)
        return found if found and self.client.belongs(found, self.reference) else {}

    def _reason(self) -> str | None:
        """Give the order's own reason in words: its note, else its first coded reason."""
        said = tree.string(self.order, "note", "text") or codes.words(self.order.get("reasonCode"))
        return said[:500] if said else self.wanted.stated.reason
