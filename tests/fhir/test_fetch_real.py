"""fetch-chart on a FHIR server nobody here wrote: what is there is found, and nothing else."""

import re

import pytest

from nodes.errors import NodeError
from tests.fhir.charts import day, together, whole
from tests.fhir.fetching import (
    belongs,
    expected,
    fetched,
    known,
    sources,
)
from tests.fhir.orders import ORDERED, ordered
from tests.fhir.proxy import Plan, Proxy
from tests.fhir.server import Sekmet
from tests.fhir.smart import Smart

KEYS = [row[0] for row in ORDERED]
IDENTIFYING = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@pytest.fixture(scope="module")
def answers(sekmet, charts):
    """Every patient's every order, fetched once from the open server."""
    return {
        (place, key): fetched(sekmet.base_url, chart, key)
        for place, chart in enumerate(charts)
        for key in KEYS
    }


def test_no_order_leaves_anything_out(answers):
    for answer in answers.values():
        assert answer.chart.manifest.complete
        assert answer.hard_stops == ()
        assert answer.chart.facts


def test_each_search_reads_what_the_bundle_has(answers, charts):
    compared = 0
    for (place, _), answer in answers.items():
        for search in answer.chart.manifest.searches:
            kind, _, parameters = search.query.partition("?")
            by_patient = re.match(r"(patient|subject|beneficiary)\b", parameters)
            if by_patient and "identifier" not in parameters and "requisition" not in parameters:
                if kind == "DeviceRequest":
                    continue
                wanted = expected(charts[place], search.query)
                assert search.read == len(wanted), (place, search)
                assert not search.truncated
                compared += bool(wanted)
    assert compared > 40


def test_a_fact_says_what_its_resource_says(answers, charts):
    for (place, _), answer in answers.items():
        resources = known(charts[place])
        for fact in answer.chart.facts:
            said = str(resources[fact.source])
            assert all(coding.code in said for coding in fact.codes)
            when = day(resources[fact.source])
            if fact.start and when and fact.kind not in {"condition", "medication"}:
                assert fact.start == when


def test_no_chart_has_another_patients_resource(answers, charts):
    for (place, _), answer in answers.items():
        resources = known(charts[place])
        for source in sources(answer):
            assert belongs(resources[source], charts[place].patient), source
        for other, chart in enumerate(charts):
            if other != place:
                assert not sources(answer) & known(chart).keys()


def test_device_requests_of_others_are_left_out_and_named(sekmet, charts):
    """The server ignores ``patient`` here: what it gives of others must go, and be told."""
    chart = charts[0]
    order = dict(next(r for r in chart.resources if r["id"] == "p0-e0601"))
    assert sekmet.count("DeviceRequest", patient=chart.patient) > len(chart.of("DeviceRequest"))
    answer = fetched(sekmet.base_url, chart, "cpap")
    assert order["id"] in {line.partition("/")[2] for line in [answer.case.order.reference]}
    others = {f"DeviceRequest/p{place}-{code}" for place in (1, 2) for code in ("e0601", "e1390")}
    assert not sources(answer) & others
    asked = [s for s in answer.chart.manifest.searches if s.query.startswith("DeviceRequest?")]
    if asked:
        left_out = {s.what for s in answer.chart.manifest.skipped if s.reason == "another_patient"}
        assert others <= left_out


@pytest.mark.parametrize("count", [3, 7, 20])
def test_small_pages_give_the_same_chart(sekmet, charts, answers, count):
    with Proxy(sekmet.root, count=count) as proxy:
        answer = fetched(proxy.base_url, charts[1], "meniscus", timeout=120)
    known_one = answers[1, "meniscus"]
    assert answer.chart.facts == known_one.chart.facts
    assert answer.chart.notes == known_one.chart.notes
    assert answer.case == known_one.case
    pages = sum(search.pages for search in answer.chart.manifest.searches)
    assert pages > sum(search.pages for search in known_one.chart.manifest.searches)


def test_absolute_references_give_the_same_chart(charts, answers, tmp_path):
    with Sekmet(tmp_path, absolute=True) as server:
        server.load(together(charts))
        answer = fetched(server.base_url, charts[0], "spine")
    assert answer.chart.facts == answers[0, "spine"].chart.facts
    assert answer.case == answers[0, "spine"].case


@pytest.mark.parametrize("client", ["es", "rs", "secret"])
@pytest.mark.parametrize("given", [True, False], ids=["token url given", "token url found"])
def test_a_server_that_wants_tokens_gives_the_same_chart(smart, charts, answers, client, given):
    credential = smart.credential(client, url=smart.token_url if given else None)
    answer = fetched(smart.base_url, charts[0], "spine", credential)
    assert answer.chart.facts == answers[0, "spine"].chart.facts
    assert answer.chart.manifest.complete


def test_without_a_credential_it_is_a_typed_error(smart, charts):
    with pytest.raises(NodeError):
        fetched(smart.base_url, charts[0], "spine", timeout=5)


def test_a_scope_that_is_not_allowed_is_a_typed_error(smart, charts):
    with pytest.raises(NodeError):
        credential = smart.credential("narrow", scope="system/Medication.write")
        fetched(smart.base_url, charts[0], "spine", credential, timeout=5)


def test_a_token_for_little_loses_the_rest_and_says_so(smart, charts):
    """Patients and orders may be read, coverage may not: no case can be made."""
    with pytest.raises(NodeError):
        credential = smart.credential("narrow", scope="system/Patient.read")
        fetched(smart.base_url, charts[0], "spine", credential, timeout=5)


def test_a_token_that_runs_out_midway_is_renewed(charts, answers, tmp_path):
    with Smart(tmp_path, token_lifetime=2) as server:
        server.load(charts[0].resources)
        with Proxy(server.root, Plan(("late",), times=(99,)), count=3) as proxy:
            credential = server.credential("es", url=server.token_url)
            answer = fetched(proxy.base_url, charts[0], "spine", credential)
        assert (tmp_path / "sekmet.log").read_text().count("POST /auth/token") > 1
    assert answer.chart.facts == answers[0, "spine"].chart.facts
    assert answer.chart.manifest.complete


def test_a_token_refused_midway_is_renewed_once(charts, answers, tmp_path):
    with Smart(tmp_path) as server:
        server.load(charts[0].resources)
        plan = Plan(("401",), only="Observation", times=(1,))
        with Proxy(server.root, plan) as proxy:
            credential = server.credential("rs", url=server.token_url)
            answer = fetched(proxy.base_url, charts[0], "meniscus", credential)
            assert proxy.tally() == {"401": 1}
    assert answer.chart.facts == answers[0, "meniscus"].chart.facts
    assert answer.chart.manifest.complete


def test_a_whole_chart_is_read(tmp_path, sekmet_installed):
    chart = ordered(whole(0), 0)
    with Sekmet(tmp_path) as server:
        server.load(chart.resources)
        answer = fetched(server.base_url, chart, "meniscus", months=120)
        assert answer.chart.manifest.complete
        assert sum(search.read for search in answer.chart.manifest.searches) > 500
        assert sources(answer) <= known(chart).keys()


def test_no_search_is_shown_with_a_value(answers):
    for answer in answers.values():
        shown = [search.query for search in answer.chart.manifest.searches]
        assert not any(IDENTIFYING.search(query) for query in shown)
