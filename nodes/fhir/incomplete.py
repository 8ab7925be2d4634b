"""What to answer where no case can be made: the wrong patient first, else what is lacking."""

from collections.abc import Sequence

from nodes.errors import Complaint, IncompleteCase, NodeError, Refused
from nodes.fhir import gate, people, tree
from nodes.fhir.expected import ExpectedPatient
from nodes.fhir.tree import Resource


def refusal(
    complaints: Sequence[Complaint], patient: Resource, reference: str, expected: ExpectedPatient
) -> NodeError:
    """Make the error of an order that lacks what a case needs.

    Where the order is not the expected patient's, nothing of that patient's record is to be
    mended: the answer is the hard stop alone, Refused, each complaint with the stop's code.
    """
    unsaid = {
        "name_mismatch": people.person_name(patient.get("name")) is None,
        "birth_date_mismatch": tree.day(patient, "birthDate") is None,
    }
    stops = [
        stop
        for stop in gate.identity(patient, reference, expected)
        if not unsaid.get(stop.code, False)
    ]
    if stops:
        told = [Complaint(one.pointer or "/patient", f"{one.code}: {one.detail}") for one in stops]
        return Refused("the order is not for the patient that its event names", told)
    return IncompleteCase("the EHR lacks what a case needs", complaints)


def unnamed(patient: Resource, reference: str) -> list[Complaint]:
    """Say what a Patient lacks to be named in a case."""
    text = tree.string(patient, "name", "text") is not None
    words = "its name has no family and given part" + (", only a text" if text else "")
    lacks = (
        (people.person_name(patient.get("name")) is None, "/patient/name", words),
        (
            tree.day(patient, "birthDate") is None,
            "/patient/birth_date",
            "its birth date is missing or not whole",
        ),
    )
    return [Complaint(at, f"{reference}: {said}") for lacking, at, said in lacks if lacking]
