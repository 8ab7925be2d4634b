"""What to ask an EHR for one patient: a search per type, as far as service and vendor allow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from nodes.chart import FactKind
from nodes.ehr.vendor import Fhir
from nodes.fhir.need import Need
from nodes.fhir.paging import Parameters


@dataclass(frozen=True)
class Question:
    """One type of resource: the kind of fact it becomes, and the date its search narrows by.

    ``date`` None: all are asked for, and narrowed here. That is for what lasts, which has an old
    date and counts today, and for types whose date often is not said: a search by date passes over
    what has none (a drug prepared and not handed over, a care plan without a period, an order
    without the day it was written). Others are narrowed by a date that FHIR R4 or US Core has
    them say, as they are too many to ask for all. ``usual``:
    US Core has had it from its first version on; whether a server has the others is looked up.
    """

    type: str
    kind: FactKind
    date: str | None = None
    usual: bool = True


# FHIR R4 search parameters. ``_lastUpdated`` never stands in: it is when a record was touched.
QUESTIONS = (
    Question("Condition", "condition"),
    Question("MedicationRequest", "medication"),
    Question("MedicationStatement", "medication", usual=False),
    Question("MedicationDispense", "medication", usual=False),
    Question("MedicationAdministration", "medication", "effective-time", usual=False),
    Question("Observation", "observation", "date"),
    Question("Procedure", "procedure", "date"),
    Question("Encounter", "encounter", "date"),
    Question("DiagnosticReport", "report", "date"),
    Question("DocumentReference", "document", "date"),
    Question("ServiceRequest", "order", usual=False),
    Question("DeviceRequest", "order", usual=False),
    Question("Device", "device"),
    Question("CarePlan", "care_plan"),
    Question("FamilyMemberHistory", "family_history", usual=False),
    Question("AllergyIntolerance", "allergy"),
    Question("Immunization", "immunization", "date"),
)
ORDER: dict[str, int] = {}
for _place, _question in enumerate(QUESTIONS):
    ORDER.setdefault(_question.kind, _place)


def needed(need: Need) -> list[Question]:
    """List what the service needs to be asked."""
    return [question for question in QUESTIONS if question.kind in need.kinds]


def offered(question: Question, fhir: Fhir, served: Collection[str] | None) -> bool | None:
    """Whether the EHR can be asked, by its vendor's file, else by what the server says; None:
    neither knows.
    """
    known = fhir.resources if fhir.resources is not None else served
    return None if known is None else question.type in known


def parameters(question: Question, fhir: Fhir, need: Need) -> Parameters:
    """Narrow a search to the days that count, from the first to the last, and as its vendor wants.

    Both ends are always said: Oracle Health refuses a range without.
    """
    wanted = [entry.partition("=") for entry in fhir.required.get(question.type, ())]
    asked = [(name, value) for name, _, value in wanted]
    since = need.asked_since(question.kind)
    if question.date is None or since is None or since <= date(1900, 1, 1):
        return asked
    if question.type in fhir.undated or fhir.takes(question.type, question.date) is False:
        return asked
    until = need.as_of + timedelta(days=1)
    return [*asked, (question.date, f"ge{since}"), (question.date, f"lt{until}")]
