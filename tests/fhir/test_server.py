"""The real server serves what the tests believe it does."""

import pytest
import requests

from tests.fhir.charts import name
from tests.fhir.orders import ORDERED


def test_the_charts_are_made_the_same_every_time(charts):
    first = charts[0]
    assert len(charts) == 3
    assert first.patient == "Patient/78746162-f551-4b0c-8cb6-a4ef8e9fefa6"
    assert len(first.resources) == 203
    assert set(first.orders) == {row[0] for row in ORDERED}


def test_the_server_has_every_resource_of_every_chart(sekmet, charts):
    for kind in ("Observation", "Condition", "DocumentReference", "Coverage"):
        expected = {name(r) for chart in charts for r in chart.of(kind)}
        assert sekmet.count(kind) == len(expected) > 0


def test_it_ignores_the_patient_of_a_device_request(sekmet, charts):
    everyone = sekmet.count("DeviceRequest")
    assert sekmet.count("DeviceRequest", patient=charts[0].patient) == everyone == 6


def test_a_writable_server_is_put_back(writable_sekmet, charts):
    before = writable_sekmet.count("Task")
    writable_sekmet.load([{"resourceType": "Task", "id": "t", "status": "draft", "intent": "plan"}])
    assert writable_sekmet.count("Task") == before + 1
    writable_sekmet.reset()
    assert writable_sekmet.count("Task") == before
    assert writable_sekmet.read(charts[1].patient)


def test_without_a_token_smart_refuses(smart):
    assert requests.get(f"{smart.base_url}/Patient", timeout=5).status_code == 401


@pytest.mark.parametrize("scope", ["system/*.read", "system/Patient.read"])
def test_a_secret_gets_a_token(smart, scope):
    form = {"grant_type": "client_credentials", "scope": scope}
    credential = smart.credential("secret")
    held = (credential.client_id, credential.secret.get_secret_value())
    answer = requests.post(smart.token_url, data=form, auth=held, timeout=5)
    assert answer.status_code == 200
    assert answer.json()["scope"] == scope
