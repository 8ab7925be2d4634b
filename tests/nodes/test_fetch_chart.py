import json
from copy import deepcopy
from datetime import date, timedelta

import pytest

from nodes.case import PersonName
from nodes.chart import Chart
from nodes.errors import IncompleteCase, NodeError, UnknownName
from nodes.fetch_chart import ExpectedPatient, FetchChartRequest, fetch_chart
from nodes.http import Answer
from nodes.node import Node
from nodes.principal import Principal
from nodes.settings import settings
from server.sandbox import ehr as sandbox
from tests import ehr
from tests.ehr import BASE, ORDERS, REED, fetched, for_fetch_chart, request_for

RIGHT = {"id": "Patient/pt-lopez", "birth_date": date(1971, 4, 9), "sex": "female"}


@pytest.fixture
def records():
    """The sandbox's records, to be changed at will; put back afterwards."""
    yield sandbox.records
    sandbox.reset()


def fetch(key="lopez", **changes):
    return fetch_chart(request_for(key).model_copy(update=changes), **for_fetch_chart())


def codes(answer):
    return [stop.code for stop in answer.hard_stops]


@pytest.mark.parametrize("key", ORDERS)
def test_every_sandbox_patient_has_a_case(key):
    answer = fetched(key)
    assert answer.hard_stops == ()
    assert answer.case.coverage.payer.id == "SBXHP01"
    assert answer.case.coverage.member_id.startswith("SBX")
    assert answer.case.requester.npi
    assert answer.case.requester.phone
    assert answer.case.performer
    assert answer.case.performer.npi
    assert answer.case.order.authored_on == date(2026, 11, 16)
    assert answer.chart.patient == answer.case.patient.id
    assert answer.chart.notes


@pytest.mark.parametrize(
    ("key", "lines", "diagnoses", "line_of_business", "urgency"),
    [
        ("lopez", [("72148", 1, "unit")], ["M54.16"], "commercial", "standard"),
        (
            "okafor",
            [("E2103", 1, "unit"), ("A4239", 3, "unit")],
            ["E11.65", "Z79.4"],
            "medicare_advantage",
            "standard",
        ),
        ("nguyen", [("E0601", 13, "month")], ["G47.33"], "medicare_advantage", "standard"),
        ("costa", [("72148", 1, "unit")], ["M54.16"], "commercial", "urgent"),
    ],
)
def test_the_case_says_what_is_ordered(key, lines, diagnoses, line_of_business, urgency):
    case = fetched(key).case
    assert [(line.code, line.quantity, line.unit) for line in case.service_lines] == lines
    assert [diagnosis.code for diagnosis in case.diagnoses] == diagnoses
    assert (case.coverage.line_of_business, case.urgency) == (line_of_business, urgency)


def test_only_what_the_service_needs_is_kept():
    chart = fetched("lopez").chart
    kept = {fact.source.partition("/")[2] for fact in chart.facts}
    assert {"cond-lopez-radiculopathy", "med-lopez-naproxen", "proc-lopez-pt"} <= kept
    left_out = {
        "cond-lopez-lipids",
        "cond-lopez-ankle-2015",
        "cond-lopez-strain-2019",
        "med-lopez-atorvastatin",
        "obs-lopez-ldl",
        "obs-lopez-tsh",
        "rep-lopez-mammo",
        "enc-lopez-derm",
        "enc-lopez-2024",
        "doc-lopez-derm",
        "doc-lopez-2024",
        "imm-lopez-flu",
        "fam-lopez-1",
    }
    assert not left_out & kept
    assert not any("nevus" in note.text for note in chart.notes)
    assert all(fact.why for fact in chart.facts)


def test_another_service_keeps_another_part():
    kept = {fact.source.partition("/")[2] for fact in fetched("okafor").chart.facts}
    assert {"obs-okafor-a1c-0928", "med-okafor-glargine", "doc-okafor-1005"} <= kept
    assert not {"obs-okafor-psa", "cond-okafor-knee", "med-okafor-lisinopril"} & kept


def test_a_service_no_family_knows_is_measured_by_the_orders_own_words(records):
    records.read("ServiceRequest", "sr-lopez-mri")["code"]["coding"][0]["code"] = "29881"
    answer = fetch()
    kept = {fact.source.partition("/")[2] for fact in answer.chart.facts}
    assert {"cond-lopez-radiculopathy", "med-lopez-naproxen", "doc-lopez-1112"} <= kept
    left_out = {"obs-lopez-tsh", "cond-lopez-ankle-2015", "doc-lopez-2024", "doc-lopez-derm"}
    assert not left_out & kept
    assert any("no rule of relevance" in said for said in answer.chart.manifest.warnings)


def test_older_repeats_are_left_out_and_told(records):
    pain = records.read("Observation", "obs-lopez-pain-1112")
    for place in range(40):
        day = date(2026, 1, 1) + timedelta(days=7 * place)
        records.put({**deepcopy(pain), "id": f"pain-{place}", "effectiveDateTime": day.isoformat()})
    chart = fetch().chart
    pains = [fact.id for fact in chart.facts if fact.id.startswith("Observation/pain-")]
    assert len(pains) <= 5
    assert "Observation/pain-0" in pains
    assert any("older repeats" in said for said in chart.manifest.warnings)


def test_the_manifest_says_who_asked_and_by_which_way():
    principal = Principal(subject="s-1", name="n", kind="service", roles=frozenset({"preparer"}))
    chart = fetch_chart(request_for("lopez"), **for_fetch_chart(), principal=principal).chart
    assert (chart.manifest.by, chart.manifest.vendor) == ("s-1", "generic")
    assert chart.order == ORDERS["lopez"]
    assert chart.coverage == "Coverage/cov-lopez"
    assert fetched("lopez").chart.manifest.by is None


def test_the_manifest_accounts_for_every_search():
    manifest = fetched("lopez").chart.manifest
    by_type = {search.query.partition("?")[0]: search for search in manifest.searches}
    documents = by_type["DocumentReference"]
    assert (documents.read, documents.kept) == (4, 3)
    assert "date=ge2025-11-20&date=lt2026-11-21" in documents.query
    assert "Immunization" not in by_type
    reads = {search.query: search.read for search in manifest.searches if "by id" in search.query}
    assert reads["Coverage by id"] == reads["Binary by id"] == reads["Patient by id"] == 1
    assert manifest.since == date(2025, 11, 20)
    assert not any("lopez" in search.query for search in manifest.searches)


def test_the_manifest_shows_parameters_without_their_values():
    asked = {search.query for search in fetched("okafor").chart.manifest.searches}
    assert {"DeviceRequest?patient&group-identifier", "PractitionerRole?practitioner"} <= asked


def test_a_longer_look_back_finds_older_notes():
    names = {note.id for note in fetch(look_back_months=36).chart.notes}
    assert "DocumentReference/doc-lopez-2024" in names


def test_what_happened_after_the_day_is_not_known_on_it():
    chart = fetch(as_of=date(2026, 9, 1)).chart
    assert chart.notes == ()
    kinds = {fact.kind for fact in chart.facts}
    assert "condition" in kinds
    assert "medication" not in kinds


def test_an_order_signed_with_it_counts_only_while_it_stands(records):
    supplies = records.read("DeviceRequest", "dr-okafor-cgm-supplies")
    supplies["status"] = "revoked"
    assert [line.code for line in fetch("okafor").case.service_lines] == ["E2103"]
    supplies["status"] = "active"
    supplies["groupIdentifier"]["value"] = "REQ-OTHER"
    assert [line.code for line in fetch("okafor").case.service_lines] == ["E2103"]


def test_a_number_of_another_system_is_no_npi(records):
    records.read("Practitioner", "pr-osei")["identifier"].insert(
        0, {"system": "urn:staff", "value": "1234567893"}
    )
    assert fetch().case.requester.npi == "9000000031"


def test_the_name_of_today_is_the_case_s_and_a_former_one_is_known(records):
    former = {"use": "official", "family": "Vega", "given": ["Maria"], "period": {"end": "2010"}}
    records.read("Patient", "pt-lopez")["name"].insert(0, former)
    expected = ExpectedPatient(name=PersonName(family="Vega", given="Maria"))
    answer = fetch(patient=expected)
    assert codes(answer) == []
    assert answer.case.patient.name.family == "Lopez"


def test_a_clinician_of_two_roles_is_not_given_one(records):
    assert fetch("okafor").case.requester.taxonomy == "207RE0101X"
    second = deepcopy(records.read("PractitionerRole", "role-marsh"))
    second["id"] = "role-marsh-2"
    second["specialty"][0]["coding"][0]["code"] = "207R00000X"
    records.put(second)
    assert fetch("okafor").case.requester.taxonomy is None


def test_notes_are_text_with_stable_offsets():
    notes = {note.id: note.text for note in fetched("lopez").chart.notes}
    html = notes["DocumentReference/doc-lopez-pt"]
    assert "completed 8 weeks of supervised physical therapy" in html
    assert "track(" not in html
    assert "<" not in html
    binary = notes["DocumentReference/doc-lopez-1112"]
    start = binary.index("right ankle reflex reduced")
    assert binary[start : start + 26] == "right ankle reflex reduced"


def test_a_document_whose_text_cannot_be_read_is_reported():
    left = [(one.what, one.reason) for one in fetched("berg").chart.manifest.skipped]
    assert left == [("DocumentReference/doc-berg-consent", "text_unreadable")]


def test_a_report_with_its_own_text_is_a_note_too():
    chart = fetched("berg").chart
    texts = {note.id: note.text for note in chart.notes}
    assert "5 mm" in texts["DiagnosticReport/rep-berg-mri-june"]


def test_the_event_names_another_patient():
    answer = fetch("reid", patient=REED)
    assert codes(answer) == ["wrong_patient", "name_mismatch", "birth_date_mismatch"]
    assert answer.chart.hard_stops == answer.hard_stops
    assert answer.chart.facts == answer.chart.notes == ()
    asked = {search.query for search in answer.chart.manifest.searches}
    assert not {query for query in asked if query.startswith(("Observation", "DocumentRef"))}
    assert answer.case.patient.id == "Patient/pt-reid"
    said = " ".join(stop.detail for stop in answer.hard_stops)
    assert not any(word in said for word in ("Reid", "Reed", "1984", "1990"))


@pytest.mark.parametrize(
    ("family", "given"),
    [("Lopez", "Maria"), ("LÓPEZ", "Mary"), ("lopez ", "M."), ("Lo-pez", "Maria Elena")],
)
def test_accents_case_and_nicknames_do_not_stop(family, given):
    expected = ExpectedPatient(**RIGHT, name=PersonName(family=family, given=given))
    assert codes(fetch(patient=expected)) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"id": "Patient/pt-lopes"}, "wrong_patient"),
        ({"name": PersonName(family="Lopes", given="Maria")}, "name_mismatch"),
        ({"birth_date": date(1971, 9, 4)}, "birth_date_mismatch"),
        ({"sex": "male"}, "sex_mismatch"),
    ],
)
def test_each_difference_stops_by_itself(wrong, code):
    answer = fetch(patient=ExpectedPatient(**{**RIGHT, **wrong}))
    assert codes(answer) == [code]
    assert answer.chart.facts == ()


def test_unknown_sex_is_no_difference():
    assert codes(fetch(patient=ExpectedPatient(**{**RIGHT, "sex": "unknown"}))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "revoked"},
        {"status": "draft"},
        {"status": None},
        {"intent": "proposal"},
        {"doNotPerform": True},
    ],
)
def test_an_order_that_does_not_stand_stops(records, change):
    records.read("ServiceRequest", "sr-lopez-mri").update(change)
    assert codes(fetch()) == ["order_inactive"]


@pytest.mark.parametrize(
    ("ordered", "reason", "stops"),
    [
        ("Left knee", "Pain in right knee", ["laterality_mismatch"]),
        ("Right knee", "Pain in right knee", []),
        ("Knee", "Pain in right knee", []),
        ("Left knee", "Pain in knee", []),
        ("Left knee", "Pain in both knees", []),
    ],
)
def test_the_side_ordered_must_be_the_side_that_hurts(records, ordered, reason, stops):
    order = records.read("ServiceRequest", "sr-lopez-mri")
    order["bodySite"] = [{"text": ordered}]
    order["reasonCode"][0]["text"] = reason
    del order["reasonReference"]
    assert codes(fetch()) == stops


def test_a_search_cut_short_stops_and_says_where():
    def without_observations(method, url, **asked):
        if "/Observation?" in url:
            return Answer(403, {}, b"{}")
        return ehr.call(method, url, **asked)

    answer = fetch_chart(
        request_for("lopez"), **(for_fetch_chart() | {"call": without_observations})
    )
    assert codes(answer) == ["truncated_chart"]
    manifest = answer.chart.manifest
    lost = {search.query.partition("?")[0]: search.lost for search in manifest.searches}
    assert {kind: why for kind, why in lost.items() if why} == {
        "Observation": "the EHR refused the search (403)"
    }
    assert not manifest.complete


def test_missing_essentials_are_named_all_at_once(records):
    order = records.read("ServiceRequest", "sr-lopez-mri")
    order["code"]["coding"][0]["system"] = "urn:local"
    order["reasonCode"][0]["coding"] = []
    del order["reasonReference"], order["requester"], order["authoredOn"]
    cover = records.read("Coverage", "cov-lopez")
    del cover["subscriberId"], cover["identifier"]
    del records.read("Patient", "pt-lopez")["birthDate"]
    with pytest.raises(IncompleteCase) as caught:
        fetch()
    assert [complaint.pointer for complaint in caught.value.complaints] == [
        "/diagnoses",
        "/service_lines/0/code",
        "/patient/birth_date",
        "/coverage/member_id",
        "/requester",
        "/order/authored_on",
    ]


@pytest.mark.parametrize(
    "order", ["ServiceRequest/none", "Patient/pt-lopez", "DeviceRequest/sr-lopez-mri"]
)
def test_an_order_that_is_not_there(order):
    with pytest.raises(IncompleteCase) as caught:
        fetch(order=order)
    assert caught.value.complaints[0].pointer == "/order"


def test_an_invalid_npi_is_blank_and_a_warning(records):
    records.read("Practitioner", "pr-osei")["identifier"][0]["value"] = "9000000032"
    answer = fetch()
    assert answer.case.requester.npi is None
    assert "Practitioner/pr-osei: its NPI is not valid; left blank" in (
        answer.chart.manifest.warnings
    )


def test_two_active_coverages_are_not_chosen_between(records):
    del records.read("ServiceRequest", "sr-lopez-mri")["insurance"]
    assert fetch().case.coverage.member_id == "SBXLOPEZ01"
    second = {**deepcopy(records.read("Coverage", "cov-lopez")), "id": "cov-2"}
    records.put(second)
    with pytest.raises(IncompleteCase) as caught:
        fetch()
    assert caught.value.complaints[0].pointer == "/coverage"
    second["order"] = 1
    second["identifier"][0]["value"] = "SECOND"
    assert fetch().case.coverage.member_id == "SECOND"


def test_a_coverage_of_another_patient_is_never_taken(records):
    records.read("ServiceRequest", "sr-lopez-mri")["insurance"][0]["reference"] = (
        "Coverage/cov-berg"
    )
    assert fetch().case.coverage.member_id == "SBXLOPEZ01"


def test_a_dependent_comes_with_the_subscriber(records):
    cover = records.read("Coverage", "cov-lopez")
    cover["relationship"]["coding"][0]["code"] = "spouse"
    cover["subscriber"]["reference"] = "Patient/pt-hale"
    coverage = fetch().case.coverage
    assert coverage.relationship == "spouse"
    assert coverage.subscriber
    assert coverage.subscriber.name.family == "Hale"


@pytest.mark.parametrize("key", ["R", "PSY"])
def test_restricted_records_are_left_out(records, key):
    note = records.read("DocumentReference", "doc-lopez-1112")
    note["meta"] = {"security": [{"code": key}]}
    answer = fetch()
    assert "DocumentReference/doc-lopez-1112" not in {note.id for note in answer.chart.notes}
    left = [(one.what, one.reason) for one in answer.chart.manifest.skipped]
    assert ("DocumentReference/doc-lopez-1112", "withheld") in left


def test_withdrawn_records_are_not_facts(records):
    records.read("Procedure", "proc-lopez-pt")["status"] = "entered-in-error"
    records.read("Condition", "cond-lopez-lipids")
    assert "Procedure/proc-lopez-pt" not in {fact.id for fact in fetch().chart.facts}


GARBAGE = [None, 7, "x", [], {}, [None], [[]], {"coding": "x"}, {"coding": [{"code": 5}]}, True]


@pytest.mark.parametrize("value", GARBAGE, ids=repr)
@pytest.mark.parametrize(
    ("kind", "id_"),
    [
        ("Condition", "cond-lopez-radiculopathy"),
        ("MedicationRequest", "med-lopez-naproxen"),
        ("Observation", "obs-lopez-pain-1112"),
        ("Procedure", "proc-lopez-pt"),
        ("Encounter", "enc-lopez-1112"),
        ("DocumentReference", "doc-lopez-1112"),
        ("DiagnosticReport", "rep-lopez-mammo"),
    ],
)
def test_one_bad_resource_never_costs_the_chart(records, kind, id_, value):
    original = deepcopy(records.read(kind, id_))
    for field in set(original) - {"resourceType", "id", "subject"}:
        records.put({**original, field: value})
        chart = fetch().chart
        assert len(chart.facts) >= 10
        Chart.model_validate_json(chart.model_dump_json())


def test_the_names_of_ehrs_come_from_the_settings(tmp_path, monkeypatch):
    with pytest.raises(UnknownName):
        fetch(ehr="elsewhere")
    file = tmp_path / "settings.yaml"
    file.write_text(json.dumps({"ehrs": {"sandbox": {"base_url": BASE}}}))
    monkeypatch.setenv("PRIOR_AUTH_CONFIG", str(file))
    settings.cache_clear()
    try:
        answer = fetch_chart(request_for("lopez"), call=ehr.call)
    finally:
        settings.cache_clear()
    assert answer.case == fetched("lopez").case


def test_no_error_speaks_of_the_patient(records):
    words = {"Lopez", "Maria", "1971", "SBXLOPEZ01", "pt-lopez", "RB-104417", "Wayne"}

    def broken(method, url, **asked):
        answer = ehr.call(method, url, **asked)
        return Answer(200, {}, answer.body[:-10]) if "/Observation?" in url else answer

    manifest = fetch_chart(
        request_for("lopez"), **(for_fetch_chart() | {"call": broken})
    ).chart.manifest
    lost = [search.lost for search in manifest.searches if search.lost]
    assert lost == ["the EHR's answer is not JSON, or not all of it: all of it was not read"]
    said = []
    del records.read("Patient", "pt-lopez")["birthDate"]
    del records.read("Coverage", "cov-lopez")["payor"]
    with pytest.raises(IncompleteCase) as incomplete:
        fetch()
    said.append(incomplete.value)
    for error in said:
        assert isinstance(error, NodeError)
        text = f"{error} {[c.detail for c in error.complaints]}"
        assert not [word for word in words - {"pt-lopez"} if word in text]


def test_the_answer_names_the_table_that_chose():
    (used,) = fetched("lopez").used
    assert (used.kind, used.id) == ("table", "relevance")


def test_it_runs_as_a_node(monkeypatch):
    node = Node(fetch_chart, frozenset({"preparer"}))
    assert node.request is FetchChartRequest
    assert node.personal
    principal = Principal(subject="s", name="n", kind="service", roles=frozenset({"preparer"}))
    monkeypatch.delenv("PRIOR_AUTH_CONFIG", raising=False)
    settings.cache_clear()
    try:
        with pytest.raises(UnknownName):
            node.answer(request_for("lopez"), principal)
    finally:
        settings.cache_clear()
