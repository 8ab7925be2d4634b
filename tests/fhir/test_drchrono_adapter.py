"""Every request our adapter makes of DrChrono is one that its OpenAPI document allows.

Each goes to prism first, which refuses what the document does not have; what comes back is then
the loopback double's, so that whole conversations take place.
"""

from contextlib import contextmanager
from datetime import date
from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client

from nodes import http
from nodes.ehr.account import Bearer, Ehr
from nodes.ehr.connection import Connection
from nodes.ehr.drchrono.chart import read
from nodes.ehr.drchrono.rest import Rest, encoded
from nodes.ehr.drchrono.writing import file
from nodes.errors import UpstreamFailed
from tests.nodes.drchrono import PATIENT, TOKEN, DrChrono
from tests.nodes.test_drchrono_chart import kept
from tests.nodes.test_drchrono_writing import DOCUMENT, TASK

SINCE, UNTIL = date(2025, 11, 20), date(2026, 11, 20)


@contextmanager
def conversation(prism, app, token=TOKEN):
    """A connection whose requests prism judges; yields it and what was asked with the verdict."""
    asked = []

    def call(method, url, *, body, headers, timeout, token):
        judged = http.call(method, url, body=body, headers=headers, timeout=timeout, token=token)
        asked.append((method, urlsplit(url).path.removeprefix("/api/"), judged.status))
        sent = {**headers, "Authorization": f"Bearer {token}"}
        parts = urlsplit(url)
        answer = Client(app).open(
            f"{parts.path}?{parts.query}", method=method, headers=sent, data=body,
            base_url=prism.base_url,
        )  # fmt: skip
        content = answer.get_data()
        answer.close()
        return http.Answer(answer.status_code, {}, content)

    ehr = Ehr(
        base_url=f"{prism.base_url}/api",
        credential=Bearer(kind="bearer", token=token) if token else None,
        timeout=60,
    )
    yield Connection(ehr, call=call), asked


@pytest.fixture
def app():
    app = DrChrono()
    app.page_size = 1
    app.lists["appointments"] = [
        {"id": "900", "patient": 41, "scheduled_time": "2026-10-05T09:30:00",
         "clinical_note": {"locked": True}},
    ]  # fmt: skip
    app.lists["clinical_notes"] = [
        {"appointment": "900", "patient": "41", "clinical_note_sections": [
            {"name": "Plan", "clinical_note_template": 50, "values": [
                {"clinical_note_field": 501, "value": "MRI"}]}]},
    ]  # fmt: skip
    app.lists["clinical_note_field_types"] = [
        {"id": 501, "clinical_note_template": 50, "name": "Plan", "data_type": "String"}
    ]
    app.lists["patient_authorizations"] = [{"id": 1, "patient_id": 41}, {"id": 2, "patient_id": 41}]
    return app


def test_what_a_chart_asks_is_in_the_document(drchrono, app):
    with conversation(drchrono, app) as (connection, asked):
        found = read(connection, PATIENT, SINCE, UNTIL, frozenset(), kept)
    assert [note.text for note in found.notes] == ["Plan\nPlan: MRI"] and len(found.facts) == 3
    assert {status for _, _, status in asked} == {200}
    assert {path for _, path, _ in asked} == {
        "patients", "appointments", "clinical_notes", "clinical_note_field_types",
        "patient_authorizations",
    }  # fmt: skip


def test_what_filing_writes_is_in_the_document(drchrono, app):
    with conversation(drchrono, app) as (connection, asked):
        first = [file(one, Rest(connection), PATIENT) for one in (DOCUMENT, TASK)]
        later = TASK.model_copy(update={"due": date(2026, 12, 1)})
        second = [file(one, Rest(connection), PATIENT) for one in (DOCUMENT, later)]
    assert [one.outcome for one in first] == ["created", "created"]
    assert [one.outcome for one in second] == ["already_there", "created"]
    assert {status for method, _, status in asked if method == "GET"} == {200}
    writes = [(method, path, status) for method, path, status in asked if method != "GET"]
    assert writes == [
        ("POST", "documents", 201), ("POST", "tasks", 201), ("POST", "tasks", 201),
    ]  # fmt: skip


def test_prism_refuses_what_the_document_does_not_have(drchrono, app):
    with conversation(drchrono, app) as (connection, asked):
        rest = Rest(connection)
        app.lists["nonsense"] = []
        rest.listed("nonsense", [])
        body, headers = encoded({"title": "without a status"})
        rest.sent("POST", "tasks", body, headers)
        rest.listed("patients", [("doctor", "not a number")])
    assert [status for _, _, status in asked] == [404, 400, 400]


def test_without_a_token_prism_refuses_and_so_do_we(drchrono, app):
    with conversation(drchrono, app, token=None) as (connection, asked):
        found = read(connection, PATIENT, SINCE, UNTIL, frozenset(), kept)
        with pytest.raises(UpstreamFailed):
            file(DOCUMENT, Rest(connection), PATIENT)
    assert {status for _, _, status in asked} == {401}
    assert found.searches[0].lost and not found.notes
