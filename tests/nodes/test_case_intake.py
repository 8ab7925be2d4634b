"""A case out of EHRs that keep coverage, payers, clinicians and drugs in different places."""

from copy import deepcopy
from datetime import date

import pytest
from pydantic import ValidationError

from nodes.case import Coverage, Diagnosis, Payer, PersonName, Provider, ServiceLine
from nodes.errors import IncompleteCase, Refused, UpstreamFailed
from nodes.fetch_chart import (
    ExpectedPatient,
    FetchChartRequest,
    FetchChartResponse,
    fetch_chart,
)
from nodes.fhir.expected import ExpectedClinician, StatedOrder
from server.sandbox import ehr as sandbox
from tests.ehr import AS_OF, fetched, for_fetch_chart, request_for

OSEI = "9000000031"
NAIC = "urn:oid:2.16.840.1.113883.6.300"
MRI = ServiceLine(system="CPT", code="72148", display="MRI lumbar spine")


@pytest.fixture
def records():
    """The sandbox's records, to be changed at will; put back afterwards."""
    yield sandbox.records
    sandbox.reset()


def fetch(**changes):
    return fetch_chart(request_for("lopez").model_copy(update=changes), **for_fetch_chart())


def complaints(**changes):
    with pytest.raises(IncompleteCase) as caught:
        fetch(**changes)
    return [complaint.pointer for complaint in caught.value.complaints]


def payer_with(records, **payer):
    cover = records.read("Coverage", "cov-lopez")
    records.put({"resourceType": "Organization", "id": "payer-x", "name": "A Plan", **payer})
    cover["payor"] = [{"reference": "Organization/payer-x"}]


@pytest.mark.parametrize(
    "identifiers",
    [
        [{"value": "PAYER1"}],
        [{"type": {"coding": [{"code": "NIIP"}]}, "value": "PAYER1"}, {"value": "17"}],
        [{"type": {"text": "Payer ID"}, "value": "PAYER1"}, {"value": "17"}],
        [{"system": "https://example.org/payer-id", "value": "PAYER1"}, {"value": "17"}],
        [{"system": NAIC, "value": "PAYER1"}, {"value": "17"}, {"value": "18"}],
        [{"type": {"coding": [{"code": "TAX"}]}, "value": "17"}, {"value": "PAYER1"}],
        [{"use": "old", "value": "17"}, {"value": "PAYER1"}],
        [{"system": "http://hl7.org/fhir/sid/us-npi", "value": OSEI}, {"value": "PAYER1"}],
    ],
)  # fmt: skip
def test_the_payers_id_wherever_it_stands(records, identifiers):
    payer_with(records, identifier=identifiers)
    assert fetch().case.coverage.payer == Payer(id="PAYER1", name="A Plan")


def test_a_payer_with_two_ids_of_unknown_kind_is_not_guessed(records):
    payer_with(records, identifier=[{"value": "17"}, {"value": "18"}])
    assert complaints() == ["/coverage/payer"]


def test_a_payer_in_the_coverage_itself(records):
    cover = records.read("Coverage", "cov-lopez")
    inside = {"resourceType": "Organization", "id": "p", "name": "Inside"}
    cover["contained"] = [inside | {"identifier": [{"value": "IN1"}]}]
    cover["payor"] = [{"reference": "#p"}]
    assert fetch().case.coverage.payer == Payer(id="IN1", name="Inside")
    cover["payor"] = [{"display": "Named", "identifier": {"value": "NAMED1"}}]
    assert fetch().case.coverage.payer == Payer(id="NAMED1", name="Named")


def several(records, *changes):
    del records.read("ServiceRequest", "sr-lopez-mri")["insurance"]
    first = records.read("Coverage", "cov-lopez")
    for place, change in enumerate(changes):
        other = deepcopy(first)
        other["id"] = f"cov-{place}"
        other["identifier"][0]["value"] = f"MEMBER{place}"
        records.put({**other, **change})
    return first


def test_the_coverage_that_pays_first_is_asked(records):
    several(records, {"order": 1})["order"] = 2
    assert fetch().case.coverage.member_id == "MEMBER0"
    assert fetch().chart.coverage == "Coverage/cov-0"
    records.read("Coverage", "cov-lopez")["order"] = 1
    assert complaints() == ["/coverage"]


@pytest.mark.parametrize(
    "change",
    [
        {"type": {"coding": [{"code": "DENTPRG"}]}},
        {"type": {"coding": [{"code": "VISPOL"}]}},
        {"payor": [{"reference": "Patient/pt-lopez"}]},
        {"status": "cancelled"},
        {"period": {"end": "2026-01-01"}},
    ],
)
def test_what_cannot_pay_for_it_is_no_second_coverage(records, change):
    several(records, change)
    assert fetch().case.coverage.member_id == "SBXLOPEZ01"


def test_a_coverage_named_but_ended_is_a_warning(records):
    records.read("Coverage", "cov-lopez")["period"] = {"end": "2026-01-01"}
    answer = fetch()
    assert "Coverage/cov-lopez: it is not in force on the day of the request" in (
        answer.chart.manifest.warnings
    )


@pytest.mark.parametrize(
    ("display", "person"),
    [
        ("Dr. Jane A. Osei, MD", PersonName(family="Osei", given="Jane", middle="A.")),
        ("Osei, Jane", PersonName(family="Osei", given="Jane")),
    ],
)
def test_a_requester_known_by_reference_only(records, display, person):
    order = records.read("ServiceRequest", "sr-lopez-mri")
    npi = {"system": "http://hl7.org/fhir/sid/us-npi", "value": OSEI}
    order["requester"] = {"display": display, "identifier": npi}
    assert fetch().case.requester == Provider(person=person, npi=OSEI)
    del order["requester"]["identifier"]
    assert complaints() == ["/requester"]


def test_a_requester_inside_the_order(records):
    order = records.read("ServiceRequest", "sr-lopez-mri")
    name = [{"family": "Osei", "given": ["Ama"]}]
    order["contained"] = [{"resourceType": "Practitioner", "id": "me", "name": name}]
    order["requester"] = {"reference": "#me"}
    assert fetch().case.requester.person == PersonName(family="Osei", given="Ama")


def drug(codings, **more):
    return {
        "resourceType": "MedicationRequest",
        "id": "rx-1",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/pt-lopez"},
        "authoredOn": "2026-11-18",
        "medicationCodeableConcept": {"coding": codings, "text": "adalimumab 40 mg pen"},
        "requester": {"reference": "Practitioner/pr-osei"},
        "reasonCode": [
            {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M05.79"}]}
        ],
        "dispenseRequest": {"quantity": {"value": 2}},
        **more,
    }


NDC = {"system": "http://hl7.org/fhir/sid/ndc", "code": "0074-0554-02"}
HCPCS = {"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "code": "J0139"}
RXNORM = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "327361"}


@pytest.mark.parametrize(
    ("codings", "system", "code"),
    [
        ([RXNORM, NDC], "NDC", "00074055402"),
        ([NDC, HCPCS], "HCPCS", "J0139"),
    ],
)
def test_a_drug_by_the_code_a_payer_takes(records, codings, system, code):
    records.put(drug(codings))
    answer = fetch(order="MedicationRequest/rx-1")
    (line,) = answer.case.service_lines
    assert (line.system, line.code, line.quantity) == (system, code, 2)
    assert answer.case.service_type == "88"


def test_a_drug_known_by_rxnorm_only_needs_its_code_stated(records):
    records.put(drug([RXNORM]))
    assert complaints(order="MedicationRequest/rx-1") == ["/service_lines/0/code"]
    stated = StatedOrder(services=(ServiceLine(system="HCPCS", code="J0139", quantity=40),))
    answer = fetch(order="MedicationRequest/rx-1", stated=stated)
    assert [line.code for line in answer.case.service_lines] == ["J0139"]
    assert any("no code a payer takes" in said for said in answer.chart.manifest.warnings)


def test_a_reason_in_another_code_system_finds_its_problem(records):
    order = records.read("ServiceRequest", "sr-lopez-mri")
    snomed = {"system": "http://snomed.info/sct", "code": "57406009"}
    order["reasonCode"] = [{"coding": [snomed]}]
    del order["reasonReference"]
    assert complaints() == ["/diagnoses"]
    records.read("Condition", "cond-lopez-radiculopathy")["code"]["coding"].append(snomed)
    answer = fetch()
    assert [one.code for one in answer.case.diagnoses] == ["M54.16"]
    assert any("check them" in warning for warning in answer.chart.manifest.warnings)


STATED = StatedOrder(
    services=(MRI,),
    diagnoses=(Diagnosis(code="M54.16"),),
    requester="Practitioner/pr-osei",
    encounter="Encounter/enc-lopez-1112",
    authored_on=date(2026, 11, 16),
    reason="Radiculopathy with weakness",
)


def without_order(**changes):
    told = {
        "ehr": "sandbox",
        "case_id": "PA-1",
        "as_of": AS_OF,
        "patient": ExpectedPatient(id="Patient/pt-lopez"),
        "stated": STATED.model_copy(update=changes),
    }
    return fetch_chart(FetchChartRequest(**told), **for_fetch_chart())


def test_a_case_without_an_order_in_the_ehr(records):
    answer = without_order()
    assert answer.hard_stops == ()
    assert answer.case.order.reference == "Encounter/enc-lopez-1112"
    assert answer.case.requester.npi == OSEI
    assert answer.case.service_lines[0].code == "72148"
    ordered = fetched("lopez")
    assert answer.case.coverage == ordered.case.coverage
    kept = {fact.id for fact in answer.chart.facts}
    assert kept >= {fact.id for fact in ordered.chart.facts if fact.kind == "condition"}
    assert {note.id for note in answer.chart.notes} == {note.id for note in ordered.chart.notes}


def test_without_diagnoses_the_active_problems_of_its_kind_are_taken_and_told(records):
    answer = without_order(diagnoses=())
    assert [one.code for one in answer.case.diagnoses] == ["M54.16"]
    assert any("check them" in warning for warning in answer.chart.manifest.warnings)


def test_what_the_ehr_lacks_may_be_stated(records):
    requester = Provider(person=PersonName(family="Osei", given="Ama"), npi=OSEI)
    coverage = Coverage(payer=Payer(id="P", name="Plan"), member_id="M")
    records.read("Coverage", "cov-lopez")["status"] = "cancelled"
    answer = without_order(requester=requester, coverage=coverage)
    assert answer.case.requester == requester
    assert answer.case.coverage == coverage
    assert answer.chart.coverage is None


def test_a_stated_visit_of_another_patient_is_not_read(records):
    records.read("Encounter", "enc-lopez-1112")["subject"]["reference"] = "Patient/pt-berg"
    answer = without_order()
    assert "Encounter/enc-lopez-1112" not in {fact.id for fact in answer.chart.facts}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"patient": ExpectedPatient(id="Patient/pt-lopez")},
        {"stated": STATED},
        {"patient": ExpectedPatient(mrn="1"), "stated": STATED},
    ],
)
def test_a_request_names_an_order_or_patient_and_services(asked):
    with pytest.raises(ValidationError):
        FetchChartRequest(ehr="sandbox", case_id="PA-1", as_of=AS_OF, **asked)


def test_the_same_content_gives_the_same_case_and_chart(records):
    first = fetch().model_dump_json()
    for kind, held in records.resources.items():
        records.resources[kind] = dict(reversed(held.items()))
    assert fetch().model_dump_json() == first


def test_an_incomplete_case_of_a_wrong_patient_says_the_hard_stop_alone(records):
    del records.read("ServiceRequest", "sr-lopez-mri")["requester"]
    wrong = ExpectedPatient(birth_date=date(1990, 1, 1))
    with pytest.raises(Refused) as caught:
        fetch(patient=wrong)
    assert [one.pointer for one in caught.value.complaints] == ["/patient"]
    assert caught.value.complaints[0].detail.startswith("birth_date_mismatch: ")


GARBAGE = [None, 7, "x", [], {}, [None], [[]], {"reference": 5}, {"coding": [{"code": 5}]}, True]


@pytest.mark.parametrize("value", GARBAGE, ids=repr)
@pytest.mark.parametrize(
    ("kind", "id_"),
    [
        ("ServiceRequest", "sr-lopez-mri"),
        ("Patient", "pt-lopez"),
        ("Coverage", "cov-lopez"),
        ("Practitioner", "pr-osei"),
        ("Organization", "org-sbxhp"),
        ("PractitionerRole", "role-osei"),
    ],
)
def test_a_broken_resource_is_a_case_or_a_complaint(records, kind, id_, value):
    original = deepcopy(records.read(kind, id_) or {"resourceType": kind, "id": id_})
    fields = {"name", "identifier", "link", "meta", "contained", "orderDetail", "encounter"}
    clinician = ExpectedClinician(npi=OSEI, name=PersonName(family="Osei", given="A"))
    patient = ExpectedPatient(mrn="1", name=PersonName(family="Lopez", given="M"))
    outcomes = set()
    for field in (fields | set(original)) - {"resourceType", "id", "subject"}:
        records.put({**original, field: value})
        try:
            outcomes.add(type(fetch(patient=patient, clinician=clinician)))
        except (IncompleteCase, Refused, UpstreamFailed) as error:
            outcomes.add(type(error))
    assert outcomes <= {FetchChartResponse, IncompleteCase, Refused, UpstreamFailed}
    assert outcomes
