"""What a 278 request asks for, as the parts of a case: as much of one as it holds.

The inverse of the builder, by the builder's own code tables. The EHR's references (patient, order)
and the caller's case id are in no request. A value that a case cannot hold (a check digit that is
wrong, a code of another list) is left out with a remark; the review has it as received.
"""

from typing import Any, Literal

from pydantic import Field

from nodes.audit import Model
from nodes.care import Accident, Admission, Attachment, Condition, HomeHealth, Pregnancy
from nodes.case import Coverage, Diagnosis, InvolvedProvider, Provider, ServiceLine, Subscriber
from nodes.x12.payer.companion import Category
from nodes.x12.requesting.request_codes import CATEGORIES, CERTIFICATIONS, DIAGNOSES, URGENCIES
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.read_item import Item
from nodes.x12.reviewing.requested_line import Remark, Remarks, line
from nodes.x12.reviewing.requested_party import by_service, coverage, involved, patient, provider

CATEGORY: dict[str, Any] = {code: name for name, code in CATEGORIES.items()}
CERTIFICATION: dict[str, Any] = {code: name for name, code in CERTIFICATIONS.items()}
URGENCY: dict[str, Any] = {code: name for name, code in URGENCIES.items()}
ROLE = {code: name for name, code in DIAGNOSES.items()} | {"ABK": "diagnosis"}


class RequestedPatient(Subscriber):
    """The patient as the request names them; the EHR's reference is not in it."""

    mrn: str | None = None
    phone: str | None = None


class RequestedCase(Model):
    """The parts of a case, each under the name it has there; none: not said, or it does not fit."""

    category: Category | None = None
    certification: (
        Literal["initial", "renewal", "revised", "extension", "reconsideration", "cancel"] | None
    ) = None
    urgency: Literal["standard", "urgent", "emergency"] | None = None
    service_type: str | None = None
    place_of_service: str | None = None
    facility_type: str | None = None
    patient: RequestedPatient | None = None
    coverage: Coverage | None = None
    requester: Provider | None = None
    performer: Provider | None = None
    providers: tuple[InvolvedProvider, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    service_lines: tuple[ServiceLine, ...] = ()
    authorization_number: str | None = None
    administrative_reference: str | None = None
    admission: Admission | None = None
    home_health: HomeHealth | None = None
    accident: Accident | None = None
    pregnancy: Pregnancy | None = None
    conditions: tuple[Condition, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    trace_number: str | None = Field(default=None, description="TRN02 of the event")
    message: str | None = Field(default=None, description="MSG of the event")
    left_out: tuple[Remark, ...] = Field(
        default=(), description="What the request says and a case cannot hold, or does not say"
    )


def requested_case(reading: Reading) -> RequestedCase:
    """The parts of a case that a request holds."""
    remarks = Remarks()
    parties = reading.parties
    others = involved(parties, remarks)
    rendering = by_service(parties, remarks)
    lines = [
        line(item, number, rendering.get(number + 1, ()), remarks)
        for number, item in enumerate(reading.services)
    ]
    person = patient(parties, remarks)
    return RequestedCase(
        patient=remarks.fit(RequestedPatient, "patient", person) if person else None,
        coverage=coverage(parties, remarks),
        requester=provider(parties, remarks),
        performer=others.performer,
        providers=others.rest,
        service_lines=tuple(one for one in lines if one is not None),
        **(event(reading.event, remarks) if reading.event else {}),
        left_out=remarks.all,
    )


def event(item: Item, remarks: Remarks) -> dict[str, Any]:
    """What the event says."""
    said = item.codes
    fields: dict[str, Any] = {
        "diagnoses": diagnoses(item, remarks),
        "authorization_number": item.authorization,
        "administrative_reference": item.reference,
        "conditions": tuple(item.patient_conditions),
        "attachments": tuple(item.attachments),
        "trace_number": item.traces[0] if item.traces else None,
        "message": " ".join(item.messages) or None,
        **item.case_care,
    }
    if said is None:
        return fields
    for name, known, code in (
        ("category", CATEGORY, said.category),
        ("certification", CERTIFICATION, said.certification),
        ("urgency", URGENCY, said.urgency or ""),
    ):
        fields[name] = known.get(code or "")
        if fields[name] is None:
            remarks.add(name, "a case has no word for this code")
    place = {"A": "facility_type", "B": "place_of_service"}.get(said.place_list or "")
    if place:
        fields[place] = said.place
    return fields | {"service_type": said.service_type}


def diagnoses(item: Item, remarks: Remarks) -> tuple[Diagnosis, ...]:
    """The diagnoses in order; the onset of the illness is that of the first."""
    found = []
    for number, one in enumerate(item.conditions):
        if one.qualifier not in ROLE:
            remarks.add(f"diagnoses/{number}", "it is no diagnosis of ICD-10-CM")
            continue
        fields = {
            "code": dotted(one.code),
            "role": ROLE[one.qualifier],
            "diagnosed": one.first,
            "onset": item.onset if number == 0 else None,
        }
        made = remarks.fit(Diagnosis, f"diagnoses/{number}", fields)
        found += [made] if made else []
    return tuple(found)


def dotted(code: str) -> str:
    """An ICD-10-CM code with the dot that X12 leaves out."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code
