"""Whatever DrChrono's REST API answers, reading and filing end in an answer or in a typed error."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.ehr.account import Bearer, Ehr
from nodes.ehr.connection import Connection
from nodes.ehr.drchrono.chart import read
from nodes.ehr.drchrono.rest import Rest
from nodes.ehr.drchrono.writing import file
from nodes.ehr.filing import Filed
from nodes.errors import NodeError
from nodes.http import Answer
from tests.nodes.drchrono import PATIENT, TOKEN, person
from tests.nodes.test_drchrono_chart import authorization, kept
from tests.nodes.test_drchrono_writing import DOCUMENT, TASK

NAMES = (
    "id", "patient", "patient_id", "appointment", "scheduled_time", "clinical_note", "locked",
    "clinical_note_sections", "values", "value", "name", "data_type", "clinical_note_field",
    "clinical_note_template", "archived", "status_category", "title", "metatags", "description",
    "associated_items", "type", "due_date", "time", "procedure_codes", "code", "visits_remaining",
)  # fmt: skip
WORDS = ("41", "2026-10-05T09:00:00", "O", "Patient", "True", "2", "[PA-1-1-task]", "\ud800", "")
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 45), st.sampled_from(WORDS), st.text(max_size=5)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8)
    ),
    max_leaves=25,
)
pages = st.one_of(
    values,
    st.fixed_dictionaries({"data": st.lists(values, max_size=4), "next": st.none() | scalars}),
)
PLACES = (
    "appointments", "clinical_notes", "clinical_note_field_types", "patient_authorizations",
    "documents", "tasks", "task_statuses", "task_categories", "users",
)  # fmt: skip


def connected(answers):
    """A connection to an API that knows the patient and answers the rest as told."""

    def call(method, url, *, body, headers, timeout, token):
        path = url.partition("/api/")[2].partition("?")[0]
        told = {"data": [person(41)]} if path == "patients" else answers.get(path)
        return Answer(200 if method == "GET" else 201, {}, json.dumps(told).encode())

    held = Bearer(kind="bearer", token=TOKEN)
    ehr = Ehr(base_url="http://127.0.0.1/api", credential=held)
    return Connection(ehr, call=call, pause=lambda _: None)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({place: pages for place in PLACES}))
def test_reading_always_ends_in_an_account(answers):
    answers["patient_authorizations"] = {"data": [authorization(1), answers["users"]]}
    found = read(
        connected(answers), PATIENT, date(2025, 11, 20), date(2026, 11, 20), frozenset(), kept
    )
    assert "PatientAuthorization/1" in {one.id for one in found.facts}
    assert {one.query.partition("?")[0] for one in found.searches} >= {
        "drchrono appointments", "drchrono clinical_notes", "drchrono patient_authorizations",
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({place: pages for place in PLACES}))
def test_filing_always_ends_in_an_answer_or_an_error(answers):
    for filing in (DOCUMENT, TASK):
        try:
            filed = file(filing, Rest(connected(answers)), PATIENT)
        except NodeError as error:
            assert "López" not in str(error)
        else:
            assert isinstance(filed, Filed) and filed.identifier == filing.identifier
