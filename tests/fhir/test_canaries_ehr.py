"""What an EHR says turns up in no log, metric, problem, warning or manifest, whatever goes wrong.

The chart itself holds the patient's words: that is what it is for. Logs, metrics and problems
hold nothing of the EHR's, not even an id. The manifest and the hard stops name resources by their
reference, so that somebody can look them up, and hold no value; a resource of another patient is
named by its own reference, never by that patient's.
"""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import yaml

from nodes.settings import settings
from server.app import create_app
from tests.fhir.charts import Chart
from tests.fhir.faults import FAULTS
from tests.fhir.orders import ORDERED
from tests.fhir.planting import BROKEN, planted
from tests.fhir.proxy import CANARY, Memory, Plan, Proxy
from tests.fhir.server import Sekmet

CALLER = "pan_caller-token-0123456789"
MARKS = ("q-7731", "q_7731", "q%207731", "canary")
SOMEBODY = "Patient/canary-q-7731-other"
KEYS = [row[0] for row in ORDERED]
memory = Memory()


def silent(text):
    assert not [mark for mark in MARKS if mark in text.lower()], text[:2000]


@pytest.fixture(scope="module")
def chart(charts):
    """The first chart with the canary in all its words."""
    return Chart([planted(r) for r in charts[0].resources], charts[0].orders)


@pytest.fixture(scope="module")
def ehr(chart, tmp_path_factory):
    """A server with that chart, and another patient whose very ids are canaries."""
    other = [
        {"resourceType": "Patient", "id": SOMEBODY.partition("/")[2], "name": [{"text": CANARY}]},
        *(
            {
                "resourceType": "DeviceRequest",
                "id": f"foreign-{place}",
                "status": "active",
                "intent": "order",
                "subject": {"reference": SOMEBODY, "display": CANARY},
                "codeCodeableConcept": {"text": CANARY},
            }
            for place in range(3)
        ),
    ]
    with Sekmet(tmp_path_factory.mktemp("canaries")) as server:
        server.load([*chart.resources, *other])
        yield server


@pytest.fixture
def ask(tmp_path, monkeypatch, chart, capfd):
    """Ask the node server for a chart; its problems, logs and metrics are looked through."""
    holder = {
        "sha256": sha256(CALLER.encode()).hexdigest(),
        "subject": "service:test",
        "name": "Test",
        "kind": "service",
        "roles": ["preparer", "auditor"],
    }
    file = tmp_path / "settings.yaml"
    monkeypatch.setenv("PRIOR_AUTH_CONFIG", str(file))
    headers = {"Authorization": f"Bearer {CALLER}"}

    def asked(base_url, key="spine", credential=None, order=None, **more):
        account = {"base_url": base_url, "timeout": 3}
        ehrs = {"real": account | ({"credential": credential} if credential else {})}
        file.write_text(yaml.safe_dump({"tokens": [holder], "ehrs": ehrs}))
        settings.cache_clear()
        client = create_app().test_client()
        wanted = {
            "ehr": "real",
            "order": order or chart.orders[key],
            "case_id": "PA-1",
            "as_of": str(chart.last + timedelta(days=1)),
            "look_back_months": 24,
        }
        body = json.dumps(wanted | more)
        sent = headers | {"Content-Type": "application/json"}
        answer = client.post("/nodes/fetch-chart", data=body, headers=sent)
        told = capfd.readouterr()
        assert '"status":' in told.err
        silent(told.err + told.out)
        silent(client.get("/metrics", headers=headers).get_data(as_text=True))
        silent(str(answer.headers))
        assert answer.status_code != 500, answer.get_data(as_text=True)
        return heard(answer)

    yield asked
    settings.cache_clear()


def heard(answer):
    """The answer's chart, when there is one; all that is not the chart's own words is silent."""
    if answer.status_code != 200:
        silent(answer.get_data(as_text=True))
        return None
    told = answer.get_json()
    chart = told["chart"]
    silent(json.dumps([chart["manifest"], chart["hard_stops"], told["hard_stops"]]))
    silent(json.dumps([told["audit"], told["used"], [fact["why"] for fact in chart["facts"]]]))
    return told


@pytest.mark.parametrize("key", KEYS)
def test_a_chart_full_of_canaries(ehr, ask, key):
    told = ask(ehr.base_url, key)
    assert CANARY in json.dumps(told["chart"]["facts"]), "the canary is in the chart's own words"
    assert CANARY in json.dumps(told["case"])


def test_another_patient_is_named_nowhere(ehr, ask):
    told = ask(ehr.base_url, "cpap")
    assert "foreign-" not in json.dumps([told["chart"]["facts"], told["chart"]["notes"]])
    skipped = told["chart"]["manifest"]["skipped"]
    foreign = {one["what"] for one in skipped if one["reason"] == "another_patient"}
    assert foreign <= {f"DeviceRequest/foreign-{place}" for place in range(3)}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault(ehr, ask, name):
    for seed, only in ((1, "Observation?"), (2, "ServiceRequest/p0-72148"), (3, "")):
        rate = 0.3 if seed == 3 else 1
        plan = Plan((name,), seed=seed, only=only, rate=rate, times=(99,))
        with Proxy(ehr.root, plan, count=20, memory=memory) as proxy:
            ask(proxy.base_url)
            assert proxy.seen


@pytest.mark.parametrize("seed", range(60))
def test_broken_records(ehr, ask, seed):
    """Never a failure of ours: a chart that leaves out and names what is broken, or a problem."""
    only = ("", "?", "Observation?", "/Coverage/", "/Practitioner", "/Patient/")[seed % 6]
    plan = Plan(("broken",), seed=seed, only=only, rate=0.6 if not only else 1, times=(99,))
    with Proxy(ehr.root, plan, count=20, memory=memory, faults=BROKEN) as proxy:
        ask(proxy.base_url, KEYS[seed % len(KEYS)])
        assert proxy.seen


@pytest.mark.parametrize(
    "more",
    [
        {"order": "ServiceRequest/canary-q-7731"},
        {"order": "Patient/canary-q-7731"},
        {"order": f"ServiceRequest/{CANARY}"},
        {"ehr": "canary-q-7731"},
        {"case_id": CANARY},
        {"as_of": CANARY},
        {"patient": {"id": "Patient/canary-q-7731"}},
        {"patient": {"name": {"family": "Zorn-q-7731", "given": "Zack-q-7731"}}},
        {"patient": {"name": {"family": CANARY}, "sex": CANARY}},
        {"patient": {"birth_date": "1907-07-31", "sex": "unknown"}},
    ],
)
def test_what_the_caller_says(ehr, ask, more):
    told = ask(ehr.base_url, **more)
    assert told is None or told["hard_stops"]


def test_addresses_and_tokens(ehr, ask):
    token = {"kind": "bearer", "token": "canary-q-7731-token"}
    assert ask(ehr.base_url, credential=token)
    assert ask(f"{ehr.root}/canary-q-7731", credential=token) is None
    assert ask("https://canary-q-7731.test:1/fhir", credential=token) is None


@pytest.mark.parametrize("name", ["500", "401", "HTML", "outcome", "cut", "a list", "hang"])
def test_what_a_token_endpoint_says(ehr, ask, name):
    with Proxy(ehr.root, Plan((name,), only="/auth/", times=(99,))) as proxy:
        credential = {
            "kind": "client_secret",
            "client_id": "canary-q-7731-client",
            "secret": "canary-q-7731-secret",
            "token_url": f"{proxy.root}/auth/token",
            "scope": "canary-q-7731",
        }
        assert ask(proxy.base_url, credential=credential) is None
        assert any(seen.method == "POST" for seen in proxy.seen)
