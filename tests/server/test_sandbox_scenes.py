"""Every scene of the sandbox EHR, fetched by the real node: what is there, lacking, mistaken."""

import base64
import json
import re
from collections import Counter
from functools import cache
from types import SimpleNamespace

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.fetch_chart import FetchChartRequest, FetchChartResponse, fetch_chart
from nodes.fhir import content
from nodes.receive_order import ReceiveOrderRequest, receive_order
from server.sandbox import orders
from server.sandbox.app import create_sandbox
from server.sandbox.ehr import records
from server.sandbox.searching import references
from server.sandbox.staging import loading
from tests.ehr import AS_OF, NOW, for_fetch_chart

SYSTEMS = {"ICD": "ICD-10-CM", "RX": "RXNORM"}
CODED = re.compile(r"(ICD|RX|SNOMED|LOINC|CPT|HCPCS|NDC) [0-9A-Za-z.\-]+")
CARRIED = ("id", "mrn", "name", "birth_date", "sex")
PREFIXES = {
    "conditions": "Condition/cond",
    "drugs": "MedicationRequest/med",
    "measures": "Observation/obs",
    "procedures": "Procedure/proc",
    "reports": "DiagnosticReport/rep",
    "visits": "Encounter/enc",
    "papers": "DocumentReference/doc",
    "devices": "Device/dev",
}
ALL = {f"{one.service}-{one.variant}": one for one in loading.variants()}
OURS = {name: one for name, one in ALL.items() if one.person}
each = pytest.mark.parametrize("name", ALL)
each_of_ours = pytest.mark.parametrize("name", OURS)


@cache
def fetched(name: str) -> FetchChartResponse:
    event = orders.told(ALL[name])["event"]
    asked = {"ehr": "sandbox", "case_id": name, "as_of": str(AS_OF)}
    asked |= {"order": event["order"], "patient": event["patient"]}
    request = FetchChartRequest.model_validate_json(json.dumps(asked))
    return fetch_chart(request, **for_fetch_chart())


def words(name: str) -> str:
    """All that the chart says, on one line."""
    chart = fetched(name).chart
    said = [fact.quote for fact in chart.facts] + [note.text for note in chart.notes]
    coded = [f"{code.system} {code.code}" for fact in chart.facts for code in fact.codes]
    return " ".join("\n".join([*said, *coded]).split())


def spelt(wanted: str) -> str:
    """Write a code as the chart does."""
    if not CODED.fullmatch(wanted):
        return wanted
    system, code = wanted.split()
    return f"{SYSTEMS.get(system, system)} {code}"


def named(name: str, entry: str) -> str:
    """Name the resource of an entry."""
    if "/" in entry:
        return entry
    section, key = entry.split(".")
    return f"{PREFIXES[section]}-{ALL[name].person.key}-{key}"


def test_ten_services_each_have_a_good_a_gap_and_a_wrong_patient_variant():
    counted = Counter(one.service for one in ALL.values())
    assert len(counted) == 10
    assert set(counted.values()) == {3}
    assert {(one.service, one.variant) for one in ALL.values()} == {
        (service, variant) for service in counted for variant in ("good", "gap", "wrong_patient")
    }


@each
def test_the_hard_stops_are_those_of_the_scene(name):
    stops = {stop.code for stop in fetched(name).hard_stops}
    assert stops == set(ALL[name].expects.stops)
    assert bool(stops) == (ALL[name].variant == "wrong_patient")


@each
def test_the_chart_shows_what_the_criteria_need(name):
    said, wanted = words(name), ALL[name].expects.shows
    assert [one for one in wanted if spelt(one) not in said] == []
    assert wanted or ALL[name].variant == "wrong_patient"


@each
def test_the_chart_lacks_what_the_scene_lacks(name):
    said, absent = words(name).lower(), ALL[name].expects.lacks
    assert [one for one in absent if spelt(one).lower() in said] == []
    assert absent or ALL[name].variant == "good"


@each
def test_what_is_none_of_the_services_business_is_left_out(name):
    chart, left_out = fetched(name).chart, ALL[name].expects.leaves_out
    kept = {fact.source for fact in chart.facts} | {note.id for note in chart.notes}
    wanted = [named(name, entry) for entry in left_out]
    assert [one for one in wanted if one in kept] == []
    assert [one for one in wanted if records.read(*one.split("/")) is None] == []
    assert left_out or ALL[name].variant == "wrong_patient" or "urgent" in name


@pytest.mark.parametrize("name", [name for name, one in ALL.items() if one.expects.policy])
def test_the_policy_finds_what_the_scene_says(name):
    answer = fetched(name)
    asked = CheckPolicyRequest(case=answer.case, chart=answer.chart, as_of=AS_OF)
    assert check_policy(asked).assessment.status == ALL[name].expects.policy


@each_of_ours
def test_every_reference_leads_to_a_resource(name):
    built = list(loading.build(ALL[name]))
    assert len(built) > 5
    dangling = [
        found
        for resource in built
        for found in references(resource)
        if records.read(*found.split("/")) is None
    ]
    assert dangling == []


@each_of_ours
def test_every_resource_names_the_patient_it_is_filed_under(name):
    people = {one.key for one in (ALL[name].person, *ALL[name].others)}
    for resource in loading.build(ALL[name]):
        if resource["resourceType"] in {"Patient", "Binary"}:
            continue
        whose = next(
            resource[key] for key in ("subject", "patient", "beneficiary") if key in resource
        )
        key = whose["reference"].removeprefix("Patient/pt-")
        assert key in people
        assert f"-{key}" in resource["id"]


def test_ids_are_unique_and_take_nothing_from_the_charts():
    built = [f"{one['resourceType']}/{one['id']}" for one in loading.resources()]
    assert len(built) == len(set(built))
    assert all(re.fullmatch(r"[A-Za-z]+/[A-Za-z0-9\-.]{1,64}", one) for one in built)
    assert sum(len(held) for held in records.resources.values()) > len(built) + 150


def test_no_number_of_a_patient_is_anothers():
    people = [p for one in OURS.values() for p in (one.person, *one.others)]
    numbers = [person.mrn for person in people]
    assert len(numbers) == len(set(numbers)) > 24


def test_documents_come_in_every_format_and_say_the_same_on_every_load():
    found = Counter()
    for name, one in OURS.items():
        for resource in loading.build(one):
            if resource["resourceType"] == "Binary":
                found[resource["contentType"], "apart"] += 1
            for item in resource.get("content", []):
                found[item["attachment"]["contentType"], "data" in item["attachment"]] += 1
        assert list(loading.build(one)) == list(loading.build(one)), name
    kinds = {kind for kind, _ in found}
    assert kinds == {
        "text/plain",
        "text/html",
        "application/rtf",
        "application/hl7-cda+xml",
        "application/pdf",
    }
    assert {kind for kind, where in found if where == "apart"} >= {"application/pdf"}


@each_of_ours
def test_every_document_can_be_read_and_says_whose_it_is(name):
    papers = ALL[name].chart.papers
    known = {one.key: one for one in (ALL[name].person, *ALL[name].others)}
    for key, paper in papers.items():
        document = records.read("DocumentReference", f"doc-{ALL[name].person.key}-{key}")
        attachment = document["content"][0]["attachment"]
        if "url" in attachment:
            attachment = attachment | {"data": records.read(*attachment["url"].split("/"))["data"]}
        text = content.read(attachment, SimpleNamespace(left=lambda: 5.0)).text
        person = known[paper.of or ALL[name].person.key]
        assert f"Patient: {person.given[0]} {person.family}" in text
        last = paper.text.strip().split()[-1]
        assert last in text
        assert "{" not in base64.b64decode(attachment["data"]).decode("latin-1") or (
            paper.format in {"rtf", "pdf", "html"}
        )
    assert papers or ALL[name].variant == "wrong_patient"


@each
def test_an_event_can_be_received_as_it_stands(name):
    event = orders.told(ALL[name])["event"]
    request = ReceiveOrderRequest(ehr="sandbox", event=event, at=NOW)
    (found,) = receive_order(request, ehrs=for_fetch_chart()["ehrs"]).orders
    assert found.order == event["order"]
    assert str(found.authored) == "2026-11-16"
    told = json.loads(found.patient.model_dump_json(exclude_none=True))
    told["name"].pop("middle", None)
    carried = {key: value for key, value in event["patient"].items() if key in CARRIED}
    assert {key: told[key] for key in CARRIED if key in told} == carried


def test_the_orders_are_listed_with_whom_they_are_announced_for():
    client = create_sandbox().test_client()
    listed = client.get("/sandbox/ehr/orders").json
    assert {f"{one['service']}-{one['variant']}" for one in listed} == set(ALL)
    narrowed = client.get("/sandbox/ehr/orders?service=knee-mri&variant=wrong_patient").json
    assert [one["event"]["order"] for one in narrowed] == ["ServiceRequest/sr-pike-darrel-mri"]
    assert narrowed[0]["event"]["patient"]["name"]["given"] == "Vernon"
    assert "/sandbox/ehr/orders" in client.get("/sandbox/").text
