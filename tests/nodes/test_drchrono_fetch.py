"""A chart of a vendor with notes beside FHIR holds them too, or says that it lacks them."""

from datetime import date

import pytest
from werkzeug.test import Client

from nodes.ehr.account import Ehr
from nodes.fetch_chart import fetch_chart
from nodes.http import Answer
from tests import ehr as sandbox
from tests.nodes.drchrono import TOKEN, DrChrono

REST = "http://rest.test/api"


@pytest.fixture
def app():
    """The sandbox's lumbar MRI patient, as the REST API has them."""
    patient = sandbox.fetched("lopez").case.patient
    app = DrChrono()
    app.lists["patients"] = [
        {"id": 41, "doctor": 7, "first_name": patient.name.given, "chart_id": "X",
         "last_name": patient.name.family, "date_of_birth": str(patient.birth_date)},
    ]  # fmt: skip
    app.lists["appointments"] = [visit("900", "2026-11-02"), visit("901", "2026-11-03")]
    app.lists["clinical_notes"] = [
        written("900", "Subjective", "Low back pain; six weeks of physical therapy did not help."),
        written("901", "Psychotherapy notes", "Low back pain troubles the marriage."),
        written("902", "Plan", "Low back pain."),
    ]
    app.lists["patient_authorizations"] = [
        {"id": 1, "patient_id": 41, "auth_number": "A-77", "status": "Approved",
         "procedure_codes": [{"code": "72148"}]},
        {"id": 2, "patient_id": 41, "auth_number": "A-78", "procedure_codes": [{"code": "97110"}]},
    ]  # fmt: skip
    return app


def visit(id_, day):
    return {
        "id": id_, "patient": 41, "scheduled_time": f"{day}T09:00:00",
        "clinical_note": {"locked": True},
    }  # fmt: skip


def written(id_, section, words):
    return {"appointment": id_, "patient": "41", "clinical_note_sections": [
        {"name": section, "clinical_note_template": 50, "values": [{"value": words}]}]}  # fmt: skip


def fetched(app, rest=True, vendor="drchrono"):
    def call(method, url, *, body, headers, timeout, token):
        asked = dict(body=body, headers=headers, timeout=timeout, token=token)
        if not url.startswith(REST):
            return sandbox.call(method, url, **asked)
        held = {**headers, "Authorization": f"Bearer {token}"}
        answer = Client(app).get(url, headers=held, base_url="http://rest.test")
        return Answer(answer.status_code, {}, answer.get_data())

    told = {
        "base_url": REST,
        "credential": {"kind": "bearer", "token": TOKEN},
    }
    ehr = {"base_url": sandbox.BASE, "vendor": vendor, "insecure": True}
    world = sandbox.for_fetch_chart() | {"call": call, "pause": lambda _: None}
    world["ehrs"] = {"sandbox": Ehr.model_validate(ehr | ({"rest": told} if rest else {}))}
    return fetch_chart(sandbox.request_for("lopez"), **world).chart


def test_notes_and_authorizations_are_in_the_chart(app):
    chart, plain = fetched(app), sandbox.fetched("lopez").chart
    mine = [note for note in chart.notes if note.id.startswith("ClinicalNote/")]
    assert [(note.id, note.written) for note in mine] == [
        ("ClinicalNote/900", date(2026, 11, 2)),
    ]
    facts = {fact.id: fact for fact in chart.facts}
    assert facts["ClinicalNote/900"].why and facts["ClinicalNote/900"].kind == "document"
    assert facts["PatientAuthorization/1"].kind == "authorization"
    assert "PatientAuthorization/2" not in facts
    assert len(chart.facts) == len(plain.facts) + 2
    assert chart.manifest.vendor == "drchrono" and chart.manifest.complete
    assert any(one.query.startswith("drchrono clinical") for one in chart.manifest.searches)


def test_an_authorization_that_names_the_service_is_pointed_out(app):
    (said,) = [one for one in fetched(app).manifest.warnings if "Authorization" in one]
    assert said.startswith("PatientAuthorization/1: ") and "A-77" not in said


def test_what_is_withheld_or_undated_is_told(app):
    skipped = {one.what: one.reason for one in fetched(app).manifest.skipped}
    assert skipped["ClinicalNote/901"] == "withheld"
    assert skipped["ClinicalNote/902"] == "unreadable"


def test_notes_that_cannot_be_read_stop_the_request(app):
    app.broken["GET", "clinical_notes"] = 403
    chart = fetched(app)
    assert not chart.manifest.complete
    assert "truncated_chart" in {stop.code for stop in chart.hard_stops}
    assert any(fact.id == "PatientAuthorization/1" for fact in chart.facts)


def test_a_patient_who_is_not_there_leaves_a_chart_that_says_so(app):
    app.lists["patients"] = []
    chart = fetched(app)
    assert not chart.manifest.complete and chart.facts
    (lost,) = [one for one in chart.manifest.searches if one.lost]
    assert "no patient" in lost.lost


def test_without_the_settings_for_rest_a_warning_says_so(app):
    chart = fetched(app, rest=False)
    assert chart.manifest.complete and not app.asked
    assert any("no part `rest`" in one for one in chart.manifest.warnings)


def test_other_vendors_are_not_asked(app):
    chart = fetched(app, vendor="generic")
    assert not app.asked and chart.manifest.vendor == "generic"
