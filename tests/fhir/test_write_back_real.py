"""What is written back is valid FHIR to a strict server of others, there once, and replaced safely.

The same goes to DrChrono's REST API as its OpenAPI document allows it.
"""

import base64
import json
import subprocess
from urllib.parse import urlsplit

import pytest
import yaml
from werkzeug.test import Client

from nodes import http
from nodes.ehr.account import Ehr
from nodes.ehr.writing import offered
from nodes.write_back import write_back
from tests import gates
from tests.fhir import home
from tests.fhir.server import Sekmet
from tests.nodes.drchrono import TOKEN, DrChrono
from tests.nodes.test_write_back import PARTS, TASK, outcomes, request
from tests.nodes.test_write_back_vendors import ANA, PERSON

PEOPLE = [
    {"resourceType": "Patient", "id": "p1", "name": [{"family": "Lopez", "given": ["Maria"]}]},
    {"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Osei"}]},
    {
        "resourceType": "Encounter",
        "id": "e1",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": {"reference": "Patient/p1"},
    },
    {
        "resourceType": "ServiceRequest",
        "id": "o1",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
    },
]
WHOLE = {
    "encounter": "Encounter/e1",
    "author": "Practitioner/d1",
    "outcome": {"status": "certified", "authorization_number": "A-77", "valid_to": "2027-02-01"},
    "tasks": [TASK | {"owner": "Practitioner/d1", "due": "2026-11-25"}],
    "urgent": True,
}
STRUCTURE = """
import json, sys
from fhir.resources.R4B import get_fhir_model_class
for line in sys.stdin:
    one = json.loads(line)
    get_fhir_model_class(one["resourceType"]).model_validate(one)
    print(one["resourceType"])
"""


@pytest.fixture(scope="module")
def strict(sekmet_installed, tmp_path_factory):
    """An open server that refuses what is not valid."""
    server = Sekmet(tmp_path_factory.mktemp("strict"))
    file = server.folder / "settings.yaml"
    settings = yaml.safe_load(file.read_text()) | {"validation": {"inbound": "strict"}}
    file.write_text(yaml.safe_dump(settings))
    with server:
        server.load(PEOPLE)
        yield server


def told(server, attempt, call=http.call, **changes):
    offered.forget()
    ehr = Ehr(base_url=server.base_url)
    return write_back(
        request(attempt=attempt, **WHOLE | changes), ehrs={"e": ehr}, call=call, now=gates.now
    )


def test_the_server_is_strict(strict):
    wrong = {"resourceType": "Task", "status": "requested", "focus": "o1"}
    assert strict.api.post(f"{strict.base_url}/Task", json=wrong, timeout=9).status_code >= 400


def test_everything_is_created_once(strict):
    first, second = told(strict, "once"), told(strict, "once")
    assert outcomes(first) == dict.fromkeys(PARTS, "created")
    assert outcomes(second) == dict.fromkeys(PARTS, "already_there")
    for one in first.filed:
        kind = one.reference.partition("/")[0]
        name = f"urn:prior-auth-nodes:case|{one.identifier}"
        assert strict.count(kind, identifier=name) == 1


def test_changed_content_replaces_what_stands_there(strict):
    told(strict, "changed")
    answer = told(strict, "changed", letter="Dear payer, again")
    letter = next(one for one in answer.filed if one.outcome == "updated")
    held = strict.read(letter.reference)
    text = base64.b64decode(held["content"][0]["attachment"]["data"])
    assert text.endswith(b"Dear payer, again") and held["meta"]["versionId"] == "2"
    assert list(outcomes(answer).values()).count("already_there") == len(PARTS) - 1


def test_a_stale_version_is_read_again(strict):
    told(strict, "stale")
    statuses = []

    def call(method, url, **asked):
        if method == "PUT" and not statuses:
            held = strict.api.get(url, timeout=9).json()
            strict.api.put(url, json=held | {"language": "en"}, timeout=9)
        answer = http.call(method, url, **asked)
        if method == "PUT":
            statuses.append(answer.status)
        return answer

    answer = told(strict, "stale", call=call, letter="Dear payer, again")
    assert statuses == [412, 200]
    assert outcomes(answer)["letter"] == "updated"


def test_each_resource_is_r4_by_another_model(strict):
    answer = told(strict, "model")
    held = [strict.read(one.reference) for one in answer.filed]
    lines = "\n".join(json.dumps(one) for one in held)
    done = subprocess.run(
        [home() / "python/bin/python", "-c", STRUCTURE], input=lines, text=True,
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == [one["resourceType"] for one in held]


def test_drchrono_allows_what_is_sent_there(drchrono):
    app, judged = DrChrono(), []

    def call(method, url, *, body, headers, timeout, token):
        if urlsplit(url).path.startswith("/fhir/"):
            body = json.dumps(PERSON).encode()
            return http.Answer(200, {"content-type": "application/fhir+json"}, body)
        answer = http.call(method, url, body=body, headers=headers, timeout=timeout, token=token)
        judged.append((method, urlsplit(url).path.removeprefix("/api/"), answer.status))
        parts = urlsplit(url)
        sent = {**headers, "Authorization": f"Bearer {token}"}
        double = Client(app).open(
            f"{parts.path}?{parts.query}", method=method, headers=sent, data=body,
            base_url=drchrono.base_url,
        )  # fmt: skip
        content = double.get_data()
        double.close()
        return http.Answer(double.status_code, {}, content)

    rest = {
        "base_url": f"{drchrono.base_url}/api",
        "credential": {"kind": "bearer", "token": TOKEN},
    }
    ehr = Ehr.model_validate(
        {"base_url": f"{drchrono.base_url}/fhir", "vendor": "drchrono", "rest": rest, "timeout": 60}
    )
    asked = request(registered=ANA, patient=ANA["id"], **WHOLE)
    first, second = (
        write_back(asked, ehrs={"e": ehr}, call=call, pause=lambda _: None, now=gates.now)
        for _ in range(2)
    )
    assert {one.outcome for one in first.filed} == {"created"}
    assert {one.outcome for one in second.filed} == {"already_there"}
    writes = [(path, status) for method, path, status in judged if method == "POST"]
    assert writes == [("documents", 201)] * 4 + [("tasks", 201)] + [("documents", 201)]
    assert {status for method, _, status in judged if method == "GET"} == {200}
