"""Identifiers in every text of every node's request turn up nowhere when what is behind it fails.

Every node of the catalog is here by itself, with its own example. EHR, payer and model answer with
the same identifiers: refused, busy, broken, redirected, as nonsense, or not at all.
"""

import copy
import json
import sys
from hashlib import sha256
from io import BytesIO, TextIOWrapper

import pytest
import yaml
from werkzeug.wrappers import Response

from nodes.settings import settings
from server import __main__ as command_line
from server.app import create_app
from tests.loopback import serving
from tests.server.installation import EVERY_NAME, EVERY_NODE, ROLES, example
from tests.server.test_canaries import at, places

CALLER = "pan_caller-token-0123456789"
# The 18 kinds of 45 CFR 164.514(b)(2), invented.
IDENTIFIERS = (
    "Zebulon Qanary", "77 Qanary Lane", "19470723", "919-555-7731", "919-555-7732",
    "zq@qanary.test", "900-77-3177", "MRN-Q7731", "SBXQANARY7731", "ACCTQ7731", "LICQ7731",
    "1QNRY77310000001", "DEV-Q7731-SER", "https://qanary.test/q7731", "198.51.100.77",
    "voiceprint-q7731", "face-q7731.jpg", "uniq-q7731",
)  # fmt: skip
MARKS = tuple(one.lower() for one in IDENTIFIERS)
TEXT = ", ".join(IDENTIFIERS)
FAILURES = {
    "down": None,
    "broken": (500, {}, TEXT),
    "busy": (429, {"Retry-After": "Zebulon Qanary"}, json.dumps({"error": {"message": TEXT}})),
    "refused": (403, {"WWW-Authenticate": TEXT}, json.dumps({"issue": [{"diagnostics": TEXT}]})),
    "redirected": (302, {"Location": "https://qanary.test/q7731"}, TEXT),
    "nonsense": (200, {"Content-Type": "application/json"}, json.dumps({TEXT: [TEXT]})),
}


def behind(answer):
    """What the EHR, the payer and the model say to everything."""

    def app(environ, start_response):
        status, headers, body = answer
        return Response(body, status=status, headers=headers)(environ, start_response)

    return app


def silent(text):
    low = text.lower()
    assert not [mark for mark in MARKS if mark in low], text[:1500]


def doubled(document):
    """The example with the identifiers in all its texts, and in each third of them."""
    found = [place for place in places(document) if isinstance(at(document, place), str)]
    for step, first in ((1, 0), (3, 0), (3, 1), (3, 2)):
        told = copy.deepcopy(document)
        for number, place in enumerate(found[first::step]):
            one = IDENTIFIERS[number % len(IDENTIFIERS)]
            at(told, place[:-1])[place[-1]] += f" {one}"
        yield told
    free = copy.deepcopy(document)
    for place in found:
        said = at(document, place)
        if " " in said and place[-1] not in ("edi", "pdf"):
            at(free, place[:-1])[place[-1]] = f"{said} {TEXT}"
    yield free
    yield document


def written(file, url):
    holder = {
        "sha256": sha256(CALLER.encode()).hexdigest(),
        "subject": "person:test",
        "name": "Test",
        "kind": "person",
        "roles": list(ROLES),
    }
    http = {"kind": "http", "url": url, "timeout": 2}
    file.write_text(
        yaml.safe_dump(
            {
                "tokens": [holder],
                "ehrs": {"sandbox": {"base_url": url, "timeout": 2}},
                "channels": {"sandbox-payer": http},
                "model": {"key": "sk-test", "base_url": url, "timeout": 2},
            }
        )
    )


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("node", EVERY_NODE, ids=EVERY_NAME)
def test_a_failure_behind_a_node_tells_nothing(node, failure, tmp_path, monkeypatch, capfd):
    file = tmp_path / "settings.yaml"
    monkeypatch.setenv("PRIOR_AUTH_CONFIG", str(file))
    headers = {"Authorization": f"Bearer {CALLER}", "Content-Type": "application/json"}
    with serving(behind(FAILURES[failure] or FAILURES["broken"])) as url:
        written(file, url if FAILURES[failure] else "http://127.0.0.1:9")
        settings.cache_clear()
        try:
            client = create_app().test_client()
            for document in doubled(example(node)):
                body = json.dumps(document)
                answer = client.post(f"/nodes/{node.name}", data=body, headers=headers)
                assert answer.status_code != 500, answer.get_data(as_text=True)
                silent(str(answer.headers))
                if answer.status_code != 200:
                    silent(answer.get_data(as_text=True))
            silent(client.get("/metrics", headers=headers).get_data(as_text=True))
        finally:
            settings.cache_clear()
    told = capfd.readouterr()
    assert '"status":' in told.err
    silent(told.err + told.out)


@pytest.mark.parametrize("node", EVERY_NODE, ids=EVERY_NAME)
def test_the_command_line_tells_nothing(node, tmp_path, monkeypatch, capfd):
    file = tmp_path / "settings.yaml"
    written(file, "http://127.0.0.1:9")
    monkeypatch.setenv("PRIOR_AUTH_CONFIG", str(file))
    seen = []
    for document in doubled(example(node)):
        given = json.dumps(document)
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given.encode())))
        settings.cache_clear()
        try:
            status = command_line.main([node.name])
        except SystemExit as leaving:
            status = leaving.code
        finally:
            settings.cache_clear()
        told = capfd.readouterr()
        seen.append(status)
        silent(told.err if status == 0 else told.err + told.out)
    assert any(seen)
