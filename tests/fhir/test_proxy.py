"""The proxy does to answers what it says, and the same thing every time."""

import contextlib
import time

import pytest
import requests
import urllib3

from tests.fhir.faults import FAULTS, HARMLESS
from tests.fhir.proxy import Memory, Plan, Proxy

SPOILT = sorted(
    FAULTS.keys() - {"drip", "hang", "late", "chunks", "huge", "gzip", "broken gzip", "gzip bomb"}
)


@pytest.fixture(scope="module")
def question(charts):
    return f"/fhir/Observation?patient={charts[0].patient}&_count=200"


@pytest.fixture(scope="module")
def memory():
    return Memory()


def seen(proxy, question, timeout=5):
    """Everything a client can see of an answer."""
    try:
        answer = requests.get(
            f"{proxy.root}{question}", timeout=timeout, stream=True, allow_redirects=False
        )
        with answer:
            answer.raw.enforce_content_length = False
            return answer.status_code, dict(answer.headers), answer.raw.read()
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        return type(error).__name__


def unnamed(proxy, value):
    said = str(value).replace(proxy.trap, "").replace(proxy.root, "")
    return said.replace(str(proxy.server_port), "")


@pytest.mark.parametrize("name", SPOILT)
def test_a_fault_spoils_an_answer_the_same_way_twice(sekmet, question, memory, name):
    found = []
    for fault in (None, name, name):
        plan = Plan((fault,) if fault else (), seed=7, times=(99,))
        with Proxy(sekmet.root, plan, count=10, memory=memory) as proxy:
            found.append(unnamed(proxy, seen(proxy, question)))
            assert [one.fault for one in proxy.seen] == [fault]
    assert found[0] != found[1]
    assert found[1] == found[2]


def test_an_answer_that_hangs_ends_with_the_proxy(sekmet, question, memory):
    with Proxy(sekmet.root, Plan(("hang",)), memory=memory) as proxy:
        assert seen(proxy, question, timeout=0.2) == "ReadTimeout"


def test_an_answer_that_drips_comes_byte_by_byte(sekmet, question, memory):
    began = time.monotonic()
    with Proxy(sekmet.root, Plan(("drip",)), memory=memory) as proxy:
        url = f"{proxy.root}{question}"
        with requests.get(url, timeout=5, stream=True) as answer:
            assert answer.raw.read(3, decode_content=False)
    assert 0.1 < time.monotonic() - began < 30


def test_a_fault_happens_as_often_as_planned(sekmet, question, memory):
    with Proxy(sekmet.root, Plan(("500",), times=(2,)), memory=memory) as proxy:
        told = [seen(proxy, question)[0] for _ in range(3)]
    assert told == [500, 500, 200]
    assert proxy.tally() == {"500": 2}


def test_pages_are_as_small_as_asked_for(sekmet, charts, memory):
    with Proxy(sekmet.root, count=7, memory=memory) as proxy:
        url = f"{proxy.base_url}/Observation?patient={charts[0].patient}&_count=500"
        found, pages = set(), 0
        while url:
            bundle = requests.get(url, timeout=5).json()
            found |= {entry["resource"]["id"] for entry in bundle["entry"]}
            pages += 1
            url = next((x["url"] for x in bundle["link"] if x["relation"] == "next"), None)
            assert url is None or url.startswith(proxy.base_url)
    assert found == {r["id"] for r in charts[0].of("Observation")}
    assert pages == -(-len(found) // 7)


@pytest.mark.parametrize("name", ["foreign", "foreign by name"])
def test_it_notices_who_goes_where_a_link_to_another_origin_leads(sekmet, question, memory, name):
    with Proxy(sekmet.root, Plan((name,)), memory=memory) as proxy:
        bundle = requests.get(f"{proxy.root}{question}", timeout=5).json()
        assert not proxy.trapped()
        following = next(x["url"] for x in bundle["link"] if x["relation"] == "next")
        with contextlib.suppress(requests.RequestException):
            requests.get(following, timeout=0.2)
        assert proxy.trapped()


def test_harmless_and_hostile_faults_are_told_apart():
    assert len(HARMLESS) == 15
    assert len(FAULTS) == 45
