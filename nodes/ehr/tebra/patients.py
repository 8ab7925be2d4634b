"""Find a patient of the FHIR server in the SOAP API, and learn how often it may be asked.

Whether its ids are those of FHIR is not known. A FHIR id that is a number is looked up and taken
if name and birth date agree; else the one patient who agrees in both is. Anything else is Refused.
Case, accents and hyphens do not matter.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from nodes.case import Patient
from nodes.ehr.tebra.soap import API, Service, textof
from nodes.errors import Refused
from nodes.fhir.names import plain

NOBODY = "Tebra's SOAP API has no patient of the practice who agrees in name and birth date"
SEVERAL = "Tebra's SOAP API has several patients who agree in name and birth date"
AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})($| )")


@dataclass(frozen=True)
class Match:
    """A patient of the SOAP API and their practice."""

    id: str
    practice: str | None


def match(service: Service, patient: Patient) -> Match:
    """Find the one patient; raises Refused, and what the service raises."""
    number = patient.id.partition("/")[2]
    if number.isdigit():
        known = by_id(service, number)
        if known is not None and agrees(known, patient, service.practice):
            return Match(number, textof(known, "PracticeId"))
    ids = named(service, patient, with_name=True) or named(service, patient, with_name=False)
    if len(ids) > 1 and patient.mrn:
        ids = {
            i: one for i, one in ids.items() if textof(one, "MedicalRecordNumber") == patient.mrn
        }
    if len(ids) != 1:
        raise Refused(SEVERAL if ids else NOBODY)
    ((id_, one),) = ids.items()
    return Match(id_, textof(one, "PracticeId"))


def named(service: Service, patient: Patient, *, with_name: bool) -> dict[str, Element]:
    """Those who agree, by id; without the name for names that are spelled in another way there."""
    born, name = patient.birth_date.isoformat(), patient.name
    days = (("FromDateOfBirth", born), ("ToDateOfBirth", born))
    spelled = (("FirstName", name.given), ("LastName", name.family)) if with_name else ()
    asked = (("Fields", ()), ("Filter", tuple(sorted((*days, *spelled)))))
    found = service.call("GetPatients", asked).sure()
    return {
        id_: one
        for one in found.iter(f"{{{API}}}PatientData")
        if agrees(one, patient, service.practice) and (id_ := textof(one, "ID"))
    }


def by_id(service: Service, number: str) -> Element | None:
    """Look a patient up; None where there is none."""
    found = service.call("GetPatient", (("Filter", (("PatientID", number),)),)).element
    return None if found is None else found.find(f"{{{API}}}Patient")


def agrees(one: Element, patient: Patient, practice: str) -> bool:
    """Whether somebody has this name and birth date, in this practice where it is said."""
    practices = {textof(one, "PracticeId"), textof(one, "PracticeName")} - {None}
    return (
        plain(textof(one, "LastName") or "") == plain(patient.name.family)
        and plain(textof(one, "FirstName") or "") == plain(patient.name.given)
        and birth(textof(one, "DOB")) == patient.birth_date
        and (not practices or practice in practices)
    )


def birth(said: str | None) -> date | None:
    """Read a day as month/day/year or as ISO 8601, a time behind it aside."""
    found = AMERICAN.match(said or "")
    try:
        if found:
            return date(int(found[3]), int(found[1]), int(found[2]))
        return date.fromisoformat((said or "")[:10])
    except ValueError:
        return None


def throttles(service: Service) -> dict[str, timedelta]:
    """How long the API wants between two calls of each operation."""
    found = service.call("GetThrottles", ()).sure()
    told = {
        textof(one, "Endpoint"): textof(one, "ThrottleTimeMs")
        for one in found.iter(f"{{{API}}}ThrottleDetail")
    }
    return {
        name: timedelta(milliseconds=int(wait))
        for name, wait in told.items()
        if name and wait and wait.isdigit()
    }
