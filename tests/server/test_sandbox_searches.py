"""The sandbox EHR's searches by type, its CapabilityStatement, and replacing by version."""

import pytest

from server.sandbox.app import create_sandbox
from server.sandbox.ehr import records
from server.sandbox.parameters import PARAMETERS
from server.sandbox.searching import in_time, span

FHIR = "/sandbox/ehr/fhir"
STRICT = {"Prefer": "handling=strict"}
TASK = {"resourceType": "Task", "status": "requested", "intent": "order"}


@pytest.fixture
def client():
    client = create_sandbox().test_client()
    client.post("/sandbox/reset")
    yield client
    client.post("/sandbox/reset")


def ids(answer):
    assert answer.status_code == 200
    return [entry["resource"]["id"] for entry in answer.json.get("entry", [])]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("MedicationDispense?patient=pt-moss&whenhandedover=ge2026-10-01", ["methotrexate-2"]),
        ("MedicationDispense?patient=pt-moss&code=105585", ["methotrexate-1", "methotrexate-2"]),
        ("MedicationAdministration?patient=pt-castell&effective-time=2026-07", ["triamcinolone-1"]),
        ("MedicationStatement?patient=pt-whitlock&effective=ge2027", ["acetaminophen"]),
        ("Observation?patient=pt-brandt&code=59417-6", ["rest"]),
        ("Observation?patient=pt-brandt&category=vital-signs&date=gt2026-11-10", []),
        ("Observation?patient=pt-brandt&performer=Practitioner/pr-quist&code=3151-8", ["flow"]),
        ("Condition?patient=pt-brandt&code=http://hl7.org/fhir/sid/icd-10-cm|J44.9", ["copd"]),
        ("Condition?patient=pt-brandt&code=http://loinc.org|J44.9", []),
        ("Condition?patient=pt-brandt&onset-date=lt2016", ["tinnitus"]),
        ("Condition?patient=pt-brandt&recorded-date=eb2016", ["tinnitus"]),
        ("DeviceRequest?patient=pt-brandt&authored-on=2026-11-16", ["oxygen", "portable"]),
        ("DeviceRequest?group-identifier=REQ-BRANDT-1116&code=E0431", ["portable"]),
        ("Device?patient=pt-haldane&type=E0143", ["walker"]),
        ("CarePlan?patient=pt-haldane&date=2026-06", []),
        ("CarePlan?patient=pt-haldane&date=ge2026-06", ["falls"]),
        ("FamilyMemberHistory?patient=pt-lindqvist&relationship=MTH", ["mother"]),
        ("FamilyMemberHistory?patient=pt-lindqvist&code=363443007", ["mother"]),
        ("DocumentReference?patient=pt-brandt&type=http://loinc.org|11488-4", ["eye"]),
        ("DocumentReference?encounter=Encounter/enc-brandt-v1110", ["v1110"]),
        ("Encounter?patient=pt-brandt&practitioner=pr-quist", ["v1110"]),
        ("Patient?family=pike&given=dar", ["darrel"]),
        ("Patient?birthdate=1990-06-30&family=PIKE", ["darrel", "vernon"]),
        ("Coverage?beneficiary=Patient/pt-brandt", [""]),
    ],
)
def test_types_are_searched_by_their_own_parameters(client, query, expected):
    answer = client.get(f"{FHIR}/{query}", headers=STRICT)
    assert [id_.split("-", 2)[2] if id_.count("-") > 1 else "" for id_ in ids(answer)] == expected


def test_a_form_searches_as_an_address_does(client):
    form = {"patient": "pt-brandt", "code": "59417-6"}
    assert ids(client.post(f"{FHIR}/Observation/_search", data=form)) == ["obs-brandt-rest"]


def test_a_summary_counts(client):
    answer = client.get(f"{FHIR}/Condition?patient=pt-brandt&_summary=count").json
    assert answer["total"] == 5
    assert "entry" not in answer


@pytest.mark.parametrize(
    "query", ["MedicationRequest?group-identifier=x", "Condition?date=2026", "Encounter?code=x"]
)
def test_a_parameter_of_another_type_is_refused_when_strict(client, query):
    assert client.get(f"{FHIR}/{query}", headers=STRICT).status_code == 400
    assert client.get(f"{FHIR}/{query}").status_code == 200


@pytest.mark.parametrize("path", ["Nonsense", "Nonsense/1", "Binary", "Patient/none"])
def test_what_is_not_there_is_not_found(client, path):
    answer = client.get(f"{FHIR}/{path}")
    assert answer.status_code == 404
    assert answer.json["resourceType"] == "OperationOutcome"


def test_the_capability_statement_says_what_is_true(client):
    said = client.get(f"{FHIR}/metadata").json["rest"][0]["resource"]
    assert {one["type"] for one in said} == set(PARAMETERS)
    for one in said:
        codes = {act["code"] for act in one["interaction"]}
        for parameter in one.get("searchParam", []):
            query = f"{FHIR}/{one['type']}?{parameter['name']}=2026-01-01"
            assert client.get(query, headers=STRICT).status_code == 200
        written = client.post(f"{FHIR}/{one['type']}", json={"resourceType": one["type"]})
        assert (written.status_code == 201) == ("create" in codes)
        assert (client.get(f"{FHIR}/{one['type']}").status_code == 200) == ("search-type" in codes)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("ge2026-11-20T10:00:00Z", True),
        ("ge2026-11-20T10:00:01Z", False),
        ("gt2026-11-20T10:00:00Z", False),
        ("lt2026-11-20T05:30:00-05:00", True),
        ("le2026-11-20T10:00:00Z", True),
        ("2026-11-20", True),
        ("ge2026-11-21", False),
        ("lt2026-12", True),
        ("sa2025", True),
        ("ne2026", False),
        ("yesterday", False),
    ],
)
def test_instants_are_compared_in_utc(condition, expected):
    held = span("2026-11-20T10:00:00Z", zoned=True)
    assert in_time(held, condition, zoned=True) is expected


@pytest.mark.parametrize(
    ("month", "expected"), [("2026-02", True), ("2026-01", False), ("2026", True)]
)
def test_a_month_and_a_year_hold_their_days(month, expected):
    assert in_time(span("2026-02-28"), month) is expected


def test_what_was_written_is_replaced_in_its_version_only(client):
    first = client.post(f"{FHIR}/Task", json=TASK)
    assert first.headers["ETag"] == 'W/"1"'
    place, held = first.headers["Location"], first.json
    done = held | {"status": "completed"}
    answer = client.put(place, json=done, headers={"If-Match": 'W/"1"'})
    assert answer.status_code == 200
    assert answer.json["meta"]["versionId"] == "2"
    assert client.put(place, json=held, headers={"If-Match": 'W/"1"'}).status_code == 412
    read = client.get(place)
    assert (read.json["status"], read.headers["ETag"]) == ("completed", 'W/"2"')
    written = client.get("/sandbox/ehr/written").json
    assert [one["status"] for one in written] == ["completed"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("Task/task-9", TASK | {"id": "task-9"}, 405),
        ("Task/task-1", TASK | {"id": "task-2"}, 400),
        ("Patient/pt-lopez", {"resourceType": "Patient", "id": "pt-lopez"}, 405),
        ("Nonsense/1", {"resourceType": "Nonsense", "id": "1"}, 404),
    ],
)
def test_what_cannot_be_replaced(client, path, body, status):
    client.post(f"{FHIR}/Task", json=TASK)
    assert client.put(f"{FHIR}/{path}", json=body).status_code == status
    assert len(client.get("/sandbox/ehr/written").json) == 1


@pytest.mark.parametrize("value", [7, "x", None, True, [None], {"start": 3}, {}])
def test_a_resource_without_a_readable_date_fits_no_date_and_breaks_nothing(client, value):
    changed = dict(records.read("Observation", "obs-brandt-rest")) | {"effectiveDateTime": value}
    records.put(changed | {"subject": {"reference": "Patient/pt-brandt", "display": 7}})
    query = f"{FHIR}/Observation?patient=pt-brandt&code=59417-6"
    assert ids(client.get(f"{query}&_lastUpdated=ge2026-01-01")) == ["obs-brandt-rest"]
    assert ids(client.get(f"{query}&date=ge2026-01-01")) == (
        ["obs-brandt-rest"] if value == {} else []
    )
