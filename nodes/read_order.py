"""What does a faxed order ask for: for whom, which service, why, by whom?"""

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.chart import Note
from nodes.extraction.confidence import used
from nodes.extraction.reading import read
from nodes.extraction.vocabulary import asked
from nodes.fhir.expected import ExpectedClinician, ExpectedPatient, StatedOrder
from nodes.node import Day, Request, Response
from nodes.reading.ordering.labels import shipped
from nodes.reading.ordering.saying import OrderField
from nodes.reading.ordering.stated import Draft
from nodes.suspicion.found import places, warned


class OrderCoverage(Model):
    """What an order prints of the coverage; a case is made with the EHR's own."""

    payer: Text | None = None
    member_id: Text | None = None
    group_number: Text | None = None


class ReadOrderRequest(Request):
    """The text of a document that orders or refers, such as read-document gives."""

    text: str = Field(min_length=1, max_length=400_000)
    as_of: Day = Field(description="The day it came: dates without a year are read by it")


class ReadOrderResponse(Response):
    """Whom to look for, what to give fetch-chart as stated, and the words for each."""

    patient: ExpectedPatient
    clinician: ExpectedClinician | None = None
    stated: StatedOrder
    coverage: OrderCoverage
    fields: tuple[OrderField, ...]
    missing: tuple[Text, ...] = Field(default=(), description="What a case needs and it lacks")
    conflicts: tuple[Text, ...] = Field(
        default=(), description="Where it contradicts itself; then nothing is taken"
    )
    warnings: tuple[Text, ...] = ()


def read_order(request: ReadOrderRequest) -> ReadOrderResponse:
    """Read a faxed, mailed or dictated order: patient, services, diagnoses, who orders, how urgent.

    By rules alone: labels, codes and shapes. A code counts only where the text says that it is
    one, a diagnosis only when ICD-10-CM has it, an NPI only with its check digit. What the text
    lacks stays empty and is named in ``missing``; two patients or two dates of birth are a
    conflict and neither is taken. ``patient`` and ``stated`` go to find-patient and fetch-chart.
    """
    note = Note(
        id="DocumentReference/order", title="order", written=request.as_of, text=request.text
    )
    suspicious = places(request.text)
    entities = tuple(read(note, asked(()), None, suspicious))
    drafted = Draft(request.text, entities).read()
    said = {one.kind: one.value for one in reversed(entities) if one.slot == "payer_reference"}
    return ReadOrderResponse(
        patient=drafted.patient,
        clinician=drafted.clinician,
        stated=drafted.stated,
        coverage=OrderCoverage(
            payer=said.get("payer"), member_id=said.get("member"), group_number=said.get("group")
        ),
        fields=drafted.fields,
        missing=drafted.missing,
        conflicts=drafted.conflicts,
        warnings=warned([("order", request.text, suspicious)]),
        used=(used(), shipped()[1]),
    )
