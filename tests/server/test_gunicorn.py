"""The real server, as ``prior-auth serve`` starts it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import yaml

from server import mint

REQUESTS = 60


@pytest.fixture
def served(tmp_path):
    """A server with two workers on a port of its own choice; gives its address, token and log."""
    secret, entry = mint.token("person:a", "A", "person", ["auditor", "preparer"])
    config = tmp_path / "settings.yaml"
    held = entry.model_dump(mode="json", exclude_none=True)
    config.write_text(yaml.safe_dump({"tokens": [held], "max_body_mb": 1}))
    environment = os.environ | {
        "PRIOR_AUTH_CONFIG": str(config),
        "WEB_CONCURRENCY": "2",
        "TMPDIR": str(tmp_path),
    }
    environment.pop("PROMETHEUS_MULTIPROC_DIR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "serve", "--bind", "127.0.0.1:0"],
        stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    with process:
        log = [process.stderr.readline()]
        while log[-1] and sum("Booting worker" in line for line in log) != 2:
            log.append(process.stderr.readline())
        found = re.search(r"http://127\.0\.0\.1:\d+", "".join(log))
        assert found, log
        yield process, found[0], {"Authorization": f"Bearer {secret}"}, tmp_path
        process.terminate()


def test_health_and_counts_over_all_workers(served):
    process, url, credential, folder = served

    def healthy(_):
        return requests.get(f"{url}/healthz", timeout=10).json()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(healthy, range(REQUESTS)))
    assert answers == [{"status": "ok"}] * REQUESTS
    assert requests.get(f"{url}/readyz", timeout=10).status_code == 200
    for _ in range(4):
        text = requests.get(f"{url}/metrics", headers=credential, timeout=10).text
        counted = 'prior_auth_request_seconds_count{route="/healthz",status="200"} '
        assert f"{counted}{REQUESTS}.0" in text
    process.send_signal(signal.SIGTERM)
    log = [json.loads(line) for line in process.stderr]
    assert process.wait(30) == 0
    assert sum(line.get("route") == "/healthz" for line in log) == REQUESTS
    assert not list(folder.glob("prior-auth-metrics-*"))


def chunks(count):
    for _ in range(count):
        yield b"x" * 65536


def test_bodies_of_every_kind_of_framing(served):
    _, url, credential, _ = served
    json_body = credential | {"Content-Type": "application/json"}
    route = f"{url}/nodes/parse-278"
    huge = requests.post(route, data=chunks(40), headers=json_body, timeout=30)
    assert (huge.status_code, huge.json()["type"]) == (413, "/problems/request-entity-too-large")
    small = requests.post(route, data=iter([b"{", b"}"]), headers=json_body, timeout=30)
    assert (small.status_code, small.json()["errors"][0]["pointer"]) == (422, "/edi")
    declared = requests.post(route, data=b" " * 2_000_000, headers=json_body, timeout=30)
    assert declared.status_code == 413


def test_a_trace_goes_in_and_out(served):
    process, url, _, _ = served
    sent = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
    response = requests.get(f"{url}/healthz", headers=sent, timeout=10)
    process.send_signal(signal.SIGTERM)
    lines = [json.loads(line) for line in process.stderr]
    (line,) = [line for line in lines if line.get("route") == "/healthz"]
    assert line["trace"] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert line["request"] == response.headers["X-Request-Id"] != "00f067aa0ba902b7"


@pytest.mark.parametrize(
    "body", [b"zz\r\nabc\r\n0\r\n\r\n", b"5\r\nabcdeXX0\r\n\r\n", b"-5\r\nabc\r\n", b"5\r\nabc"]
)
def test_chunks_that_are_none(served, body):
    _, url, credential, _ = served
    host, _, port = url.removeprefix("http://").partition(":")
    head = (
        "POST /nodes/parse-278 HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
        f"Transfer-Encoding: chunked\r\nAuthorization: {credential['Authorization']}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as answer:
            said = answer.read()
    assert said.startswith(b"HTTP/1.1 400 ")
    assert b"/problems/bad-request" in said
