"""Which patient of an EHR does a document speak of? One, or a person must say."""

import time
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from nodes import http
from nodes.case import Text
from nodes.chart import Search
from nodes.ehr import vendors
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UnknownName, UpstreamFailed
from nodes.fhir import gate
from nodes.fhir.client import Client
from nodes.fhir.expected import ExpectedPatient
from nodes.fhir.found import Found
from nodes.node import Day, Request, Response
from nodes.reference import Reference
from nodes.settings import settings

REFUSED = "this EHR does not let patients be searched by name and date of birth"
MANY = "the EHR has more patients like this than were read"


class FindPatientRequest(Request):
    """Which EHR, and what a document says of the patient."""

    ehr: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_\-]{0,63}$")] = Field(
        description="Name of a configured EHR; addresses are never taken from requests"
    )
    patient: ExpectedPatient
    as_of: Day

    @model_validator(mode="after")
    def _enough(self) -> "FindPatientRequest":
        if self.patient.name is None or self.patient.birth_date is None:
            raise ValueError("a patient is looked for by name and date of birth: give both")
        return self


class FindPatientResponse(Response):
    """The one patient, or why there is not one."""

    found: Literal["one", "none", "several", "doubtful"]
    patient: Reference | None = Field(default=None, description="Only when one was found")
    matches: int = Field(ge=0, description="Patients that agree in all that was given")
    why: tuple[Text, ...] = Field(default=(), description="What a person should look at")
    searches: tuple[Search, ...]


def find_patient(
    request: FindPatientRequest,
    *,
    ehrs: Mapping[str, Ehr] | None = None,
    call: http.Call = http.call,
    pause: Callable[[float], None] = time.sleep,
) -> FindPatientResponse:
    """Find the patient that a fax or a letter speaks of, by name, date of birth and record number.

    ``one`` is certain enough to read a chart: family name, a given name and the date of birth
    agree, a record number or sex that is given does not differ, the record is in use, and no
    second patient agrees as well. Two namesakes are ``several``, unless the record number is one's
    alone; near misses are ``doubtful`` and give no patient. UpstreamFailed: the EHR refuses such a
    search.
    """
    configured = settings().ehrs if ehrs is None else ehrs
    if request.ehr not in configured:
        raise UnknownName("no EHR of this name is configured")
    ehr = configured[request.ehr]
    _, used = vendors.entry(ehr.vendor)
    client = Client(Connection(ehr, call=call, pause=pause))
    candidates = _candidates(client, request.patient)
    agreeing, near = [], []
    for name, resource in candidates.resources.items():
        stops = [
            *gate.identity(resource, name, request.patient),
            *gate.record(resource, (), request.as_of),
        ]
        near += [stop.detail for stop in stops]
        agreeing += [] if stops else [name]
    by_number = [name for name in agreeing if _numbered(candidates, name, request.patient)]
    sure = by_number if len(by_number) == 1 else agreeing
    if candidates.truncated:
        near, sure = [*near, MANY], []
    one = sure[0] if len(sure) == 1 else None
    return FindPatientResponse(
        used=(used,),
        found=_verdict(one, agreeing, near),
        patient=one,
        matches=len(agreeing),
        why=tuple(dict.fromkeys(near)) if one is None else (),
        searches=client.account(),
    )


def _candidates(client: Client, patient: ExpectedPatient) -> Found:
    assert patient.name is not None and patient.birth_date is not None
    asked = [("birthdate", patient.birth_date.isoformat()), ("family", patient.name.family)]
    found = client.search("Patient", asked, None)
    if found.status is not None:
        raise UpstreamFailed(REFUSED)
    return found


def _numbered(candidates: Found, name: str, patient: ExpectedPatient) -> bool:
    resource = candidates.resources[name]
    return patient.mrn is not None and gate.same_number(resource, patient.mrn) is True


def _verdict(
    one: str | None, agreeing: list[str], near: list[str]
) -> Literal["one", "none", "several", "doubtful"]:
    if one:
        return "one"
    return "several" if len(agreeing) > 1 else "doubtful" if near else "none"
