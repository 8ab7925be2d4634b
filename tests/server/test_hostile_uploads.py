"""Hostile files sent to the real server: typed problems, and everybody else is still answered."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from hashlib import sha256
from time import monotonic

import pytest
import requests
import yaml

from nodes.catalog import NODES
from nodes.pdf.box.jobs import MEGABYTE
from nodes.settings import Settings
from server import mint
from server.app import create_app
from tests.hostile import content, fields, trees
from tests.processes import children, comes, gone
from tests.server.installation import bearer, settings

PATIENCE, RESPONSIVE, PAUSE = 120, 1.0, 0.02
MAPPING = """
template: own/form
title: A form
schema_version: 1
kind: acroform
source: {supply: integrator, revision: "1", pages: 1, get: "a payer", fields_match: true,
  sha256: [%s]}
fields:
  - {id: payer.name, from: case.coverage.payer.name, pdf: name}
"""
ELSE = "check-requirement"
HOSTILE = (
    ("read-document", content.calls_itself),
    ("read-document", trees.twenty_megabytes_of_objects),
    ("inspect-form", fields.fifty_thousand_fields),
    ("fill-form", fields.endless_choices),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server as it is deployed, with one worker; gives its address and a header that may ask."""
    folder = tmp_path_factory.mktemp("served")
    secret, entry = mint.token("person:a", "A", "person", ["preparer"])
    config = folder / "settings.yaml"
    held = entry.model_dump(mode="json", exclude_none=True)
    config.write_text(yaml.safe_dump({"tokens": [held]}))
    environment = os.environ | {
        "PRIOR_AUTH_CONFIG": str(config),
        "WEB_CONCURRENCY": "1",
        "TMPDIR": str(folder),
    }
    environment.pop("PROMETHEUS_MULTIPROC_DIR", None)
    log = folder / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "server", "serve", "--bind", "127.0.0.1:0"],
            stderr=written, env=environment,
        )  # fmt: skip
    with process:
        end = monotonic() + PATIENCE
        while "Booting worker" not in (told := log.read_text()) and monotonic() < end:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
        url = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert url, told
        yield url[0], {"Authorization": f"Bearer {secret}"}, log, process
        process.terminate()


def asked(node: str, pdf: bytes) -> dict[str, object]:
    """A request of that node for a foreign PDF."""
    held = b64encode(pdf).decode()
    if node == "read-document":
        return {"content_base64": held}
    if node == "inspect-form":
        return {"pdf_base64": held}
    request = json.loads(NODES[node].example("request"))
    request.pop("template", None)
    return request | {"upload": {"pdf_base64": held, "mapping": MAPPING % sha256(pdf).hexdigest()}}


def test_a_file_of_twenty_megabytes_fits_into_a_request_and_no_request_is_unbounded():
    app = create_app(settings(max_body_mb=Settings().max_body_mb)).test_client()

    def answered(size: int) -> int:
        body = asked("inspect-form", bytes(size))
        return app.post("/nodes/inspect-form", json=body, headers=bearer("preparer")).status_code

    assert answered(20 * MEGABYTE) == 422
    assert answered(25 * MEGABYTE) == 413


@pytest.mark.alone
@pytest.mark.slow
def test_the_server_answers_others_within_a_second_while_hostile_files_are_handled(server):
    url, credential, log, process = server

    def sent(pair):
        node, make = pair
        body = asked(node, make())
        return requests.post(f"{url}/nodes/{node}", json=body, headers=credential, timeout=PATIENCE)

    other = NODES[ELSE].example("request")
    header = credential | {"Content-Type": "application/json"}
    waited = []
    with ThreadPoolExecutor(len(HOSTILE)) as threads:
        begun = [threads.submit(sent, pair) for pair in HOSTILE]
        while wait(begun, timeout=PAUSE).not_done:
            start = monotonic()
            answer = requests.post(f"{url}/nodes/{ELSE}", other, headers=header, timeout=PATIENCE)
            waited.append(monotonic() - start)
            assert answer.status_code == 200
    answers = [one.result() for one in begun]
    assert len(waited) > 10 and max(waited) < RESPONSIVE
    for answer in answers:
        assert answer.status_code in (200, 422), answer.text
        assert "Traceback" not in answer.text
    assert "Traceback" not in log.read_text()
    assert requests.get(f"{url}/healthz", timeout=PATIENCE).status_code == 200
    zygotes = [zygote for worker in children(process.pid) for zygote in children(worker)]
    assert zygotes
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert comes(lambda: all(map(gone, zygotes)))
