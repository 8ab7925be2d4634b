"""The order against its sender's word: clinician, services, sides."""

import pytest

from nodes.case import PersonName, ServiceLine
from nodes.fetch_chart import fetch_chart
from nodes.fhir.expected import ExpectedClinician, StatedOrder
from server.sandbox import ehr as sandbox
from tests.ehr import for_fetch_chart, request_for

OSEI = "9000000031"
ANOTHER = "9000000049"


@pytest.fixture
def order():
    """The sandbox's order, to be changed at will; put back afterwards."""
    yield sandbox.records.read("ServiceRequest", "sr-lopez-mri")
    sandbox.reset()


def stops(**changes):
    asked = request_for("lopez").model_copy(update=changes)
    return [stop.code for stop in fetch_chart(asked, **for_fetch_chart()).hard_stops]


def who(**said):
    return stops(clinician=ExpectedClinician(**said))


def named(family, given="Any"):
    return PersonName(family=family, given=given)


def requester():
    return sandbox.records.read("Practitioner", "pr-osei")["name"][0]


def test_the_clinician_of_the_event_must_have_ordered(order):
    assert who(npi=OSEI) == []
    assert who(npi=ANOTHER) == ["clinician_mismatch"]
    assert who(npi=OSEI, name=named("Changed")) == []
    known = named(requester()["family"], requester()["given"][0])
    assert who(name=known) == []
    assert who(name=named("Nobody")) == ["clinician_mismatch"]
    assert who(id="Practitioner/pr-osei") == []
    assert who(id="Practitioner/pr-marsh") == ["clinician_mismatch"]


def test_who_only_entered_the_order_is_no_other_clinician(order):
    order["recorder"] = {"reference": "Practitioner/pr-marsh"}
    assert who(id="Practitioner/pr-marsh") == []


def test_an_organization_that_ordered_says_nothing_of_a_person(order):
    order["requester"] = {"reference": "Organization/org-riverbend"}
    sandbox.records.put(
        {"resourceType": "Organization", "id": "org-riverbend", "name": "Riverbend"}
    )
    assert who(npi=ANOTHER) == []


def test_a_clinician_in_a_role_is_the_clinician(order):
    order["requester"] = {"reference": "PractitionerRole/role-x"}
    role = {"resourceType": "PractitionerRole", "id": "role-x"}
    sandbox.records.put(role | {"practitioner": {"reference": "Practitioner/pr-osei"}})
    assert who(npi=OSEI) == []
    assert who(npi=ANOTHER) == ["clinician_mismatch"]


def stated(code, **more):
    return StatedOrder(services=(ServiceLine(system="CPT", code=code, **more),))


def test_the_service_of_the_event_must_be_ordered(order):
    assert stops(stated=stated("72148")) == []
    assert stops(stated=stated("72148", modifiers=("26",))) == []
    assert stops(stated=stated("72149")) == ["order_mismatch"]


def test_the_side_of_the_event_must_be_the_one_ordered(order):
    order["code"]["coding"][0]["code"] = "73721"
    order["bodySite"] = [{"text": "Right knee"}]
    assert stops(stated=stated("73721", laterality="right")) == []
    assert stops(stated=stated("73721")) == []
    assert stops(stated=stated("73721", laterality="left")) == ["laterality_mismatch"]


def test_a_role_of_the_clinician_who_ordered_is_that_clinician(order):
    assert who(id="PractitionerRole/role-osei") == []
    order["requester"] = {"reference": "Practitioner/pr-osei"}
    assert who(id="PractitionerRole/role-osei") == []
    sandbox.records.put(
        {
            "resourceType": "PractitionerRole",
            "id": "role-else",
            "practitioner": {"reference": "Practitioner/pr-else"},
        }
    )
    assert who(id="PractitionerRole/role-else") == ["clinician_mismatch"]
