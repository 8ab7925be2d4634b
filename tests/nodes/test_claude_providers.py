"""Where Claude is asked: Anthropic, and each cloud, against a server of ours."""

import importlib.util
import json
import subprocess
import sys

import pytest
from flask import Flask, jsonify, request
from pydantic import ValidationError

from nodes.errors import NotConfigured
from nodes.model_endpoint import ModelEndpoint
from nodes.writing import providers
from nodes.writing.asking import ModelFailed
from nodes.writing.claude import Passage, Telling, cite
from nodes.writing.prompt import Prompt
from server.sandbox.model_author import write
from tests.claude import Writes, scripted
from tests.loopback import serving

WORDS = "Lumbar radiculopathy, right"
TELLING = Telling(
    Prompt("t", "1", "Tell."), {"a": "b"}, (Passage("fact-1", "condition", (WORDS,)),)
)
AWS = {"region": "us-east-1", "access_key": "AKIAX", "secret_key": "s"}
CLOUDS = {
    "bedrock with a bearer": (
        {"provider": "bedrock", "region": "us-east-1", "key": "k", "name": "us.anthropic.claude-x"},
        "model/us.anthropic.claude-x/invoke", "Bearer k",
    ),
    "bedrock with a key pair": (
        {"provider": "bedrock", "name": "us.anthropic.claude-x", **AWS},
        "model/us.anthropic.claude-x/invoke", "AWS4-HMAC-SHA256",
    ),
    "mantle with a bearer": (
        {"provider": "bedrock_mantle", "region": "us-east-1", "key": "k"},
        "v1/messages", "Bearer k",
    ),
    "mantle with a key pair": ({"provider": "bedrock_mantle", **AWS}, "v1/messages", "AWS4-HMAC"),
    "vertex": (
        {"provider": "vertex", "region": "us-east5", "project": "my-project", "key": "t"},
        "v1/projects/my-project/locations/us-east5/publishers/anthropic/models/"
        "claude-sonnet-5-5:rawPredict", "Bearer t",
    ),
    "foundry": ({"provider": "foundry", "resource": "ours", "key": "k"}, "v1/messages", "k"),
}  # fmt: skip


def endpoint(**told):
    return ModelEndpoint.model_validate_json(json.dumps(told))


@pytest.mark.parametrize("name", CLOUDS)
def test_each_provider_is_asked_in_its_own_way(name, monkeypatch):
    told, path, authorization = CLOUDS[name]
    if "access_key" in told and importlib.util.find_spec("boto3") is None:
        with pytest.raises(NotConfigured, match=r"pip install prior-auth-nodes\[bedrock\]"):
            cite(TELLING, endpoint=endpoint(**told))
        return
    for variable in ("ANTHROPIC_BEDROCK_BASE_URL", "ANTHROPIC_VERTEX_BASE_URL"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    app, asked = Flask(__name__), []

    @app.post("/<path:where>")
    def answer(where):
        asked.append((where, dict(request.headers), request.get_json()))
        return jsonify(write({"model": "claude", **request.get_json()}, "honest"))

    with serving(app) as url:
        base = f"{url}/v1" if told["provider"] == "vertex" else url
        found = cite(TELLING, endpoint=endpoint(base_url=base, timeout=5, **told))
    assert any(block.pointers for block in found.blocks)
    ((where, headers, body),) = asked
    assert where == path
    given = headers.get("Authorization") or headers["X-Api-Key"]
    assert given.startswith(authorization)
    assert "inference_geo" not in body and body["thinking"] == {"type": "disabled"}


def test_anthropic_is_told_the_region():
    with scripted(Writes(kind="writes"), region="us") as (served, where):
        cite(TELLING, endpoint=where)
    assert served.asked[0]["inference_geo"] == "us"


def test_a_cloud_without_its_library_says_which_extra_to_install(monkeypatch):
    monkeypatch.setattr(providers, "find_spec", lambda _: None)
    with pytest.raises(NotConfigured, match=r"\[vertex\]"):
        cite(TELLING, endpoint=endpoint(provider="vertex", region="global", project="our-project"))


def test_a_deployment_that_answers_as_a_model_that_retains_is_not_believed():
    with scripted(Writes(kind="writes"), name="our-deployment") as (served, where):
        served.model = "claude-mythos-5"
        with pytest.raises(ModelFailed, match="model_retains"):
            cite(TELLING, endpoint=where)


@pytest.mark.parametrize(
    "told",
    [
        {"provider": "bedrock"},
        {"provider": "bedrock_mantle"},
        {"provider": "vertex", "region": "global"},
        {"provider": "vertex", "project": "our-project"},
        {"provider": "foundry"},
        {"region": "us-east-1"},
        {"provider": "bedrock", "region": "us-east-1", "access_key": "AKIAX"},
        {"provider": "bedrock", "region": "evil.example.org/"},
        {"provider": "foundry", "resource": "evil.example.org/x"},
        {"name": "anthropic.claude-mythos-5-v1:0"},
        {"name": "us.anthropic.claude-fable-5-2-v1:0"},
        {"name": "claude-fable-5@20260901"},
        {"name": "Claude-Fable-5"},
        {"provider": "bedrock", "region": "us-east-1", "name": "global.anthropic.claude-mythos-5"},
    ],
)
def test_settings_that_lead_nowhere_or_retain_are_refused(told):
    with pytest.raises(ValidationError):
        endpoint(**told)


def test_a_cloud_counts_as_configured_and_anthropic_only_with_a_key(monkeypatch):
    assert providers.configured(endpoint(provider="bedrock", region="us-east-1"))
    assert not providers.configured(ModelEndpoint())
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    assert providers.configured(ModelEndpoint())


@pytest.mark.parametrize(("key", "there"), [("sk-x", True), ("", False)])
def test_the_server_imports_the_library_before_requests_where_a_key_is(key, there, tmp_path):
    code = (
        "import sys, server.gunicorn_conf as conf; conf.application();"
        " print('anthropic' in sys.modules and 'nodes.writing.wire' in sys.modules)"
    )
    environment = {"ANTHROPIC_API_KEY": key, "TMPDIR": str(tmp_path), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, env=environment
    )
    assert done.stdout.strip() == str(there)
