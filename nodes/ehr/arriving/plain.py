"""An order in plain JSON, from whatever can post it: order, patient, clinician, codes, occurred."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from nodes.case import PersonName, Sex
from nodes.chart import Coding
from nodes.ehr.arriving import resources
from nodes.ehr.arriving.arrival import Arrival, lacking
from nodes.ehr.arriving.order import (
    AnnouncedPatient,
    CaseId,
    OrderReference,
    case_of,
    key_of,
    services_of,
)
from nodes.ehr.arriving.origin import Origin
from nodes.errors import Complaint
from nodes.fhir import tree
from nodes.fhir.tree import Resource

_case_id: TypeAdapter[str] = TypeAdapter(CaseId)
CODES = 50
SYSTEMS = ("CPT", "HCPCS", "NDC", "RXNORM", "SNOMED", "LOINC", "OTHER")


def read(event: Resource, origin: Origin, ehr: str) -> Arrival:
    """Read a plain order; an UnreadableDocument names every place that does not fit."""
    complaints: list[Complaint] = []
    order = origin.reference(_named(event, "order"), "/event/order") or ""
    if not resources.is_order(order):
        complaints.append(Complaint("/event/order", "such as ServiceRequest/123"))
    patient = _patient(event.get("patient"), origin, complaints)
    case_id = _case(event, complaints)
    codes = _codes(event.get("codes"), complaints)
    for place, words in (
        ("occurred", "a day: 2026-11-20"),
        ("clinician", "such as Practitioner/1"),
    ):
        if event.get(place) not in (None, "") and not _readable(event, place):
            complaints.append(Complaint(f"/event/{place}", words))
    if complaints:
        raise lacking(complaints)
    key = key_of(ehr, order)
    clinician = origin.reference(_named(event, "clinician"), "/event/clinician")
    return Arrival(
        orders=[
            OrderReference(
                ehr=ehr,
                key=key,
                case_id=case_id or case_of(ehr, key, None),
                order=order,
                complete=False,
                patient=patient,
                clinician=clinician,
                codes=codes,
                services=services_of(codes),
                authored=tree.day(event, "occurred"),
                announced="plain",
            )
        ]
    )


def _readable(event: Resource, place: str) -> bool:
    return bool(tree.day(event, place) if place == "occurred" else _named(event, place))


def _named(event: Resource, name: str) -> str | None:
    """Give a reference said as a string or as a FHIR Reference."""
    return tree.string(event, name) or tree.string(event, name, "reference")


def _case(event: Resource, complaints: list[Complaint]) -> str | None:
    if event.get("case_id") in (None, ""):
        return None
    try:
        return _case_id.validate_python(event["case_id"])
    except ValidationError:
        complaints.append(Complaint("/event/case_id", "letters, digits, _ . - up to 60"))
        return None


def _patient(said: Any, origin: Origin, complaints: list[Complaint]) -> AnnouncedPatient | None:
    """Read who the sender says the patient is; what cannot be compared must not seem compared."""
    if said is None:
        return None
    if isinstance(said, str):
        said = {"id": said}
    if not isinstance(said, dict):
        complaints.append(Complaint("/event/patient", "an object, or such as Patient/123"))
        return None
    id_ = origin.reference(tree.string(said, "id"), "/event/patient/id")
    family, given = tree.string(said, "name", "family"), tree.string(said, "name", "given")
    mrn, born = _number(said), tree.day(said, "birth_date")
    sex: Sex | None = next(
        (one for one in ("female", "male", "unknown") if one == tree.string(said, "sex")), None
    )
    for place, present, fits in (
        ("id", _has(said, "id"), id_ and id_.startswith("Patient/")),
        ("mrn", _has(said, "mrn"), mrn and len(mrn) <= 100),
        ("name", _has(said, "name"), family and given),
        ("birth_date", _has(said, "birth_date"), born),
        ("sex", _has(said, "sex"), sex),
    ):
        if present and not fits:
            complaints.append(Complaint(f"/event/patient/{place}", "not as fetch-chart takes it"))
    if complaints:
        return None
    name = PersonName(family=family[:500], given=given[:500]) if family and given else None
    return AnnouncedPatient(id=id_, mrn=mrn, name=name, birth_date=born, sex=sex)


def _number(said: Any) -> str | None:
    """Read a record number; some systems write it as a JSON number."""
    found = tree.field(said, "mrn")
    whole = isinstance(found, int) and not isinstance(found, bool)
    return str(found) if whole else tree.string(said, "mrn")


def _has(said: Any, name: str) -> bool:
    return isinstance(said, dict) and said.get(name) is not None


def _codes(said: Any, complaints: list[Complaint]) -> tuple[Coding, ...]:
    found = []
    if said not in (None, "") and not (isinstance(said, list) and len(said) <= CODES):
        complaints.append(Complaint("/event/codes", f"a list of codes, up to {CODES}"))
        return ()
    for at, one in enumerate(said if isinstance(said, list) else []):
        code = tree.string(one, "code") if isinstance(one, dict) else tree.string({"c": one}, "c")
        system = next((s for s in SYSTEMS if s == tree.string(one, "system")), None)
        guessed = "CPT" if code and code[:5].isdigit() else "HCPCS"
        if not code or len(code) > 100:
            complaints.append(Complaint(f"/event/codes/{at}", "a code, or {system, code}"))
        else:
            known: Any = system or (guessed if len(code) == 5 else "OTHER")
            found.append(Coding(system=known, code=code))
    return tuple(found)
