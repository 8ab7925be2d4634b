"""What is answered where no case can be made: the wrong patient first, each lack once."""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from nodes.case import PersonName
from nodes.errors import IncompleteCase, Refused
from nodes.fetch_chart import ExpectedPatient, FetchChartRequest, fetch_chart
from nodes.fhir.expected import ExpectedClinician
from nodes.find_orders import FindOrdersRequest
from nodes.receive_order import ReceiveOrderRequest
from nodes.write_back import WriteBackRequest
from server.sandbox import ehr as sandbox
from tests.ehr import for_fetch_chart, request_for

OSEI = "9000000031"
NPI = "http://hl7.org/fhir/sid/us-npi"
ENDS = ("0001-01-01", "9999-12-31")


@pytest.fixture
def records():
    """The sandbox's records, to be changed at will; put back afterwards."""
    yield sandbox.records
    sandbox.reset()


def fetch(**changes):
    return fetch_chart(request_for("lopez").model_copy(update=changes), **for_fetch_chart())


def refused(error=IncompleteCase, **changes):
    with pytest.raises(error) as caught:
        fetch(**changes)
    return [(one.pointer, one.detail) for one in caught.value.complaints]


def test_the_wrong_patient_is_read_before_what_that_patient_lacks(records):
    records.read("ServiceRequest", "sr-lopez-mri").pop("insurance", None)
    records.read("Coverage", "cov-lopez")["status"] = "cancelled"
    assert [at for at, _ in refused()] == ["/coverage"]
    ((pointer, words),) = refused(Refused, patient=ExpectedPatient(id="Patient/pt-okafor"))
    assert pointer == "/patient"
    assert words.startswith("wrong_patient: ")


def test_a_patient_with_a_name_in_words_only_is_one_complaint(records):
    records.read("Patient", "pt-lopez")["name"] = [{"text": "Maria Lopez"}]
    expected = ExpectedPatient(name=PersonName(family="Lopez", given="Maria"))
    ((pointer, words),) = refused(patient=expected)
    assert pointer == "/patient/name"
    assert "only a text" in words
    del records.read("Patient", "pt-lopez")["birthDate"]
    born = expected.model_copy(update={"birth_date": date(1971, 4, 9)})
    assert [at for at, _ in refused(patient=born)] == ["/patient/name", "/patient/birth_date"]


def test_an_order_dated_after_the_day_of_the_request_is_a_warning(records):
    order = records.read("ServiceRequest", "sr-lopez-mri")
    order["authoredOn"] = "2026-11-21T01:00:00Z"
    warned = "ServiceRequest/sr-lopez-mri: it is dated after the day of the request"
    assert warned not in fetch().chart.manifest.warnings
    order["authoredOn"] = "2027-11-16"
    assert warned in fetch().chart.manifest.warnings


def test_a_requester_known_by_npi_only_is_looked_up(records):
    said = {"identifier": {"system": NPI, "value": OSEI}, "display": "Osei"}
    records.read("ServiceRequest", "sr-lopez-mri")["requester"] = said
    answer = fetch()
    assert answer.case.requester.npi == OSEI
    assert answer.case.requester.person.family == "Osei"
    other = ExpectedClinician(npi="9000000049")
    assert [one.code for one in fetch(clinician=other).hard_stops] == ["clinician_mismatch"]
    said["identifier"]["value"] = "9000770005"
    ((pointer, words),) = refused()
    assert pointer == "/requester"
    assert "stated.requester" in words
    ours = ExpectedClinician(npi=OSEI)
    said["display"] = "Dana Else"
    assert [one.code for one in fetch(clinician=ours).hard_stops] == ["clinician_mismatch"]


@pytest.mark.parametrize("end", ENDS)
def test_the_ends_of_the_calendar_are_refused_where_they_are_given(end):
    moment = f"{end}T00:00:00+14:00" if end.startswith("0") else f"{end}T23:59:59-12:00"
    asked = {"ehr": "sandbox", "case_id": "C1", "order": "ServiceRequest/o1", "as_of": end}
    find = {"ehr": "sandbox", "since": moment, "until": moment}
    outcome = {"status": "failed", "reason": "x"}
    told = {"ehr": "sandbox", "case_id": "C1", "attempt": "1", "as_of": end, "outcome": outcome}
    for model, said, place in (
        (FetchChartRequest, asked, "as_of"),
        (FindOrdersRequest, find, "until"),
        (ReceiveOrderRequest, {"ehr": "sandbox", "at": moment}, "at"),
        (WriteBackRequest, told, "as_of"),
    ):
        with pytest.raises(ValidationError) as caught:
            model.model_validate_json(json.dumps(said))
        assert place in {error["loc"][0] for error in caught.value.errors()}


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 12, 31)])
def test_a_chart_is_asked_for_at_both_ends_of_what_is_taken(records, day):
    cover = sandbox.records.read("Coverage", "cov-lopez")
    cover.pop("period", None)
    assert fetch(as_of=day, look_back_months=120).chart.manifest.since.year == day.year - 10


def test_an_order_without_any_reason_has_the_problems_its_service_is_for(records):
    order = records.read("ServiceRequest", "sr-lopez-mri")
    order.pop("reasonCode", None)
    order.pop("reasonReference", None)
    answer = fetch()
    assert answer.case.diagnoses[0].code.startswith("M54")
    assert any("check them" in one for one in answer.chart.manifest.warnings)
    order["reasonCode"] = [{"text": "Headache"}]
    ((pointer, words),) = refused()
    assert pointer == "/diagnoses"
    assert "stated.diagnoses" in words
