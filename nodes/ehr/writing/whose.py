"""Who the patient is, for APIs beside FHIR: as the FHIR server says, and as the caller says too."""

from nodes.case import Patient
from nodes.errors import Refused
from nodes.fhir import gate, people
from nodes.fhir.client import Client
from nodes.fhir.expected import ExpectedPatient

OTHER = "registered is another patient than the record to write to: nothing was filed"


def agrees(reference: str | None, registered: Patient | None) -> None:
    """Refuse a patient registered under another id than the record's."""
    if reference and registered and registered.id != reference:
        raise Refused(OTHER)


def patient(client: Client, reference: str, registered: Patient | None) -> Patient | None:
    """Read the patient; None where the EHR does not give enough of them.

    Who is registered must agree with what is read, by the gate that guards a chart, but without
    their id to speak for them: another given name under the same id may be a twin's. Raises
    Refused, and what a read raises.
    """
    read = client.read(reference, reference)
    if read is None:
        return None
    if registered:
        said = ExpectedPatient(
            mrn=registered.mrn,
            name=registered.name,
            birth_date=registered.birth_date,
            sex=registered.sex,
        )
        if any(gate.identity(read, reference, said)):
            raise Refused(OTHER)
    held = people.patient(read, reference)
    if held and registered and held.mrn is None:
        return held.model_copy(update={"mrn": registered.mrn})
    return held
