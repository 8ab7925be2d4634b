"""Clinical notes and authorizations of DrChrono's REST API, over a loopback server."""

from datetime import date

import pytest

from nodes.chart import Fact
from nodes.ehr.drchrono.authorizations import fact
from nodes.ehr.drchrono.chart import read
from nodes.ehr.drchrono.notes import windows
from nodes.ehr.drchrono.patients import match
from nodes.ehr.drchrono.rest import Rest
from nodes.errors import Refused
from tests.nodes.drchrono import PATIENT, DrChrono, connected, person, reply

SINCE, UNTIL = date(2025, 11, 20), date(2026, 11, 20)
SERVICES = frozenset({"72148"})


@pytest.fixture
def app():
    app = DrChrono()
    app.lists["appointments"] = [
        {"id": "900", "patient": 41, "doctor": 7, "scheduled_time": "2026-10-05T09:30:00",
         "clinical_note": {"locked": True, "pdf": "https://files.example/900.pdf"}},
        {"id": "901_r", "patient": 41, "doctor": 7, "scheduled_time": "2026-01-05T09:30:00",
         "clinical_note": {"locked": False, "pdf": ""}},
        {"id": "902", "patient": 41, "doctor": 7, "scheduled_time": "2026-02-05T09:30:00",
         "clinical_note": {"locked": True, "pdf": "https://files.example/902.pdf"}},
    ]  # fmt: skip
    app.lists["clinical_notes"] = [
        {"appointment": "900", "patient": "41", "archived": False, "clinical_note_sections": [
            {"name": "Subjective", "clinical_note_template": 50, "values": [
                {"id": 1, "clinical_note_field": 501, "value": "Six weeks of\nphysical therapy."},
                {"id": 2, "clinical_note_field": 502, "value": "2"},
                {"id": 3, "clinical_note_field": 503, "value": "False"},
                {"id": 4, "clinical_note_field": 502, "value": "0"}]},
            {"name": "Objective", "clinical_note_template": 50, "values": []}]},
        {"appointment": "901_r", "patient": "41", "clinical_note_sections": [
            {"name": "Plan", "clinical_note_template": 50, "values": [
                {"id": 5, "clinical_note_field": 999, "value": "MRI lumbar spine"}]}]},
        {"appointment": "902", "patient": "41", "clinical_note_sections": []},
        {"appointment": "903", "patient": "41", "clinical_note_sections": [
            {"name": "Plan", "values": [{"clinical_note_field": 501, "value": "no date"}]}]},
        {"appointment": "904", "patient": "42", "clinical_note_sections": []},
    ]  # fmt: skip
    app.lists["clinical_note_field_types"] = [
        {"id": 501, "clinical_note_template": 50, "name": "History", "data_type": "String"},
        {"id": 502, "clinical_note_template": 50, "name": "Numbness", "data_type": "NullCheckbox"},
        {"id": 503, "clinical_note_template": 50, "name": "Fever", "data_type": "Checkbox"},
    ]
    app.lists["patient_authorizations"] = [
        authorization(1),
        authorization(2, procedure_codes=[{"code": "97110"}]),
        authorization(3, end_date="2024-01-01", procedure_codes=[]),
        authorization(4, patient_id=42),
        authorization(5, procedure_codes=[], auth_number=None, end_date=None),
    ]
    return app


def kept(note):
    return Fact(id=note.id, kind="document", quote=note.title, why="all are kept")


def authorization(id_, **said):
    return {
        "id": id_, "patient_id": 41, "patient": "41", "auth_number": "A-77", "status": "Approved",
        "start_date": "2026-09-01", "end_date": "2026-12-31", "visits_remaining": 5,
        "number_of_visits": 12, "procedure_codes": [{"code": "72148", "quantity": "1"}],
    } | said  # fmt: skip


def test_a_note_is_read_section_by_section_with_its_fields_names(app):
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, SERVICES, kept)
    first = found.notes[0]
    assert (first.id, first.written, first.title) == (
        "ClinicalNote/900", date(2026, 10, 5), "Clinical note: Subjective, Objective",
    )  # fmt: skip
    assert first.text == "Subjective\nHistory: Six weeks of\nphysical therapy.\nNumbness: yes"


def test_a_note_that_is_not_locked_says_so_and_unknown_fields_keep_their_words(app):
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, SERVICES, kept)
    assert found.notes[1].id == "ClinicalNote/901-r"
    assert found.notes[1].title == "Not locked, may still change: Clinical note: Plan"
    assert found.notes[1].text == "Plan\nMRI lumbar spine"


def test_what_is_not_read_is_named_without_its_words(app):
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, SERVICES, kept)
    reasons = {one.what: one.reason for one in found.skipped}
    assert reasons["ClinicalNote/902"] == "text_unreadable"
    assert reasons["ClinicalNote/903"] == "unreadable"
    assert reasons["ClinicalNote, entry 5"] == "another_patient"
    assert "no date" not in str(found.skipped) + str(found.searches)


def test_authorizations_of_the_service_or_of_none_are_facts(app):
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, SERVICES, kept)
    facts = [one for one in found.facts if one.kind == "authorization"]
    assert [one.id for one in facts] == ["PatientAuthorization/1", "PatientAuthorization/5"]
    first = facts[0]
    assert first.kind == "authorization" and first.status == "Approved"
    assert "Authorization A-77" in first.quote and "visits remaining 5 of 12" in first.quote
    assert [(c.system, c.code) for c in first.codes] == [("CPT", "72148")]
    assert (first.end, str(first.value.value)) == (date(2026, 12, 31), "5")
    assert any(one.what == "PatientAuthorization, entry 4" for one in found.skipped)


@pytest.mark.parametrize(
    ("code", "system"), [("E0601", "HCPCS"), ("0001T", "CPT"), ("99213", "CPT"), ("X-1", "OTHER")]
)
def test_codes_are_told_apart(code, system):
    made = fact(authorization(1, procedure_codes=[{"code": code}]))
    assert [c.system for c in made.codes] == [system]


def test_an_authorization_without_an_id_is_skipped():
    assert fact(authorization(None)).reason == "unreadable"


def test_a_year_is_asked_in_ranges_the_api_takes(app):
    with connected(app) as connection:
        read(connection, PATIENT, SINCE, UNTIL, frozenset(), kept)
    assert app.count("GET", "appointments") == app.count("GET", "clinical_notes") == 3
    asked = list(windows(SINCE, UNTIL))
    assert asked[0].startswith("2025-11-20/") and asked[-1].endswith("/2026-11-20")
    assert list(windows(UNTIL, SINCE)) == []


def test_pages_are_followed_to_the_end(app):
    app.page_size = 1
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, SERVICES, kept)
    assert len(found.notes) == 2 and not any(one.lost for one in found.searches)


def test_a_next_page_elsewhere_is_never_asked_and_is_told(app):
    app.page_size, app.foreign_next = 1, True
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, SERVICES, kept)
    assert any(one.lost and one.truncated for one in found.searches)
    assert len(found.notes) <= 2


def test_a_circle_of_pages_ends(app):
    def circle(request):
        return reply({"data": [], "next": request.url})

    app.broken["GET", "clinical_notes"] = circle
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, frozenset(), kept)
    assert app.count("GET", "clinical_notes") <= 6
    assert any("go round" in (one.lost or "") for one in found.searches)


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_list_that_fails_is_told_and_the_rest_is_read(app, status):
    app.broken["GET", "clinical_notes"] = status
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, SERVICES, kept)
    assert not found.notes and len(found.facts) == 2
    (lost,) = [one for one in found.searches if one.lost]
    assert lost.query.startswith("drchrono clinical_notes") and lost.truncated


def test_a_wrong_credential_is_told(app):
    with connected(app, token="stale") as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, frozenset(), kept)
    assert found.searches[0].lost and not found.notes and not found.facts


def refusal(app, patient=PATIENT):
    with connected(app) as connection, pytest.raises(Refused) as caught:
        match(Rest(connection), patient)
    said = str(caught.value)
    assert "pez" not in said and "1971" not in said and "LOAN" not in said
    return said


def test_the_chart_id_finds_the_patient(app):
    app.lists["patients"].append(person(42, chart_id="OTHER", first_name="Ana"))
    with connected(app) as connection:
        assert match(Rest(connection), PATIENT).id == "41"


def test_a_chart_id_of_somebody_else_stops(app):
    app.lists["patients"] = [person(41, last_name="Okafor")]
    assert "somebody else" in refusal(app)


def test_without_a_chart_id_name_and_birth_date_find_the_patient(app):
    app.lists["patients"] = [
        person(41, chart_id="X"),
        person(42, chart_id="Y", first_name="Bea"),
        person(43, chart_id="Z", gender="Male"),
    ]
    with connected(app) as connection:
        found = match(Rest(connection), PATIENT)
    assert (found.id, found.doctor) == ("41", "7")


def test_two_who_agree_are_not_told_apart(app):
    app.lists["patients"] = [person(41, chart_id="X"), person(42, chart_id="Y")]
    assert "several" in refusal(app)


def test_a_given_name_that_differs_is_not_a_match(app):
    app.lists["patients"] = [person(41, chart_id="X", first_name="Carla")]
    assert "no patient" in refusal(app)


def test_a_patient_who_is_not_found_is_told_in_the_chart(app):
    app.lists["patients"] = []
    with connected(app) as connection:
        found = read(connection, PATIENT, SINCE, UNTIL, frozenset(), kept)
    (lost,) = found.searches
    assert "no patient" in lost.lost and lost.truncated
