"""The command line as a person meets it."""

import json
import stat
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
import yaml

from nodes.audit import AuditEntry, faults
from nodes.catalog import NODES
from nodes.settings import Token, load, settings
from server import __main__ as command_line
from server import mint
from tests.generate import node_table

ANSWER = NODES["parse-278"].example("request")


@dataclass
class Result:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Call the command line within this process, as the script does."""

    def call(*arguments, given="", **environment):
        for name in ("PRIOR_AUTH_CONFIG", "PRIOR_AUTH_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given.encode())))
        settings.cache_clear()
        try:
            status = command_line.main(arguments)
        except SystemExit as leaving:
            status = leaving.code
        finally:
            settings.cache_clear()
        return Result(status, *capsys.readouterr())

    return call


def told(result, status):
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


def test_help_names_every_node_and_command(run):
    shown = run("--help").stdout
    words = shown.split()
    assert all(name in words for name in (*NODES, *command_line.COMMANDS))
    assert "PRIOR_AUTH_CONFIG" in shown


def test_list(run):
    lines = run("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(NODES)


def test_as_a_process():
    result = subprocess.run(
        [sys.executable, "-m", "server", "parse-278"],
        input=ANSWER, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    told(result, 0)
    assert json.loads(result.stdout)["audit"]["node"] == "parse-278"


def test_a_node_reads_and_writes_json(run, tmp_path):
    result = run("parse-278", given=ANSWER)
    told(result, 0)
    response = NODES["parse-278"].response.model_validate_json(result.stdout)
    assert response.audit and response.audit.actor is None
    file = tmp_path / "request.json"
    file.write_text(ANSWER)
    assert json.loads(run("parse-278", str(file)).stdout)["reviews"]


def test_what_is_wrong_is_said_without_the_value(run):
    said = told(run("parse-278", given='{"edi": 7, "Maria Lopez": 1}'), 2)
    assert "/edi: " in said and "/?: this field is not known here" in said
    assert "Lopez" not in said


def test_a_nodes_refusal_is_a_sentence(run):
    said = told(run("parse-278", given='{"edi": "not x12"}'), 1)
    assert said.startswith("prior-auth: ")


@pytest.mark.parametrize("given", ["", "{", "[]"])
def test_no_json(run, given):
    assert "(whole request)" in told(run("parse-278", given=given), 2)


def test_a_file_that_is_not_there(run):
    assert "No such file" in told(run("parse-278", "/nonexistent/request.json"), 2)


def test_an_unknown_command(run):
    assert "invalid choice" in told(run("frobnicate"), 2)


def test_a_reader_that_goes_away():
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "openapi"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with process:
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 1


def test_attest_needs_to_know_who_asks(run):
    assert "PRIOR_AUTH_TOKEN" in told(run("attest", given="{}"), 1)


def installation(folder, *tokens):
    file = folder / "settings.yaml"
    entries = [token.model_dump(mode="json", exclude_none=True) for _, token in tokens]
    file.write_text(yaml.safe_dump({"tokens": entries}))
    return {"PRIOR_AUTH_CONFIG": str(file)}


def test_a_token_names_the_actor_and_holds_to_its_roles(run, tmp_path):
    preparer = mint.token("person:p", "P", "person", ["preparer"])
    auditor = mint.token("person:a", "A", "person", ["auditor"])
    environment = installation(tmp_path, preparer, auditor)
    result = run("parse-278", given=ANSWER, PRIOR_AUTH_TOKEN=preparer[0], **environment)
    assert json.loads(result.stdout)["audit"]["actor"] == "person:p"
    refused = run("parse-278", given=ANSWER, PRIOR_AUTH_TOKEN=auditor[0], **environment)
    assert "this needs the role preparer or submitter" in told(refused, 1)
    unknown = run("parse-278", given=ANSWER, PRIOR_AUTH_TOKEN="pan_no", **environment)
    assert "not known here" in told(unknown, 1)


def test_broken_settings_name_the_place_not_the_value(run, tmp_path):
    file = tmp_path / "settings.yaml"
    file.write_text("max_body_mb: Lopez\n")
    said = told(run("serve", PRIOR_AUTH_CONFIG=str(file)), 1)
    assert "max_body_mb" in said and "Lopez" not in said


def test_a_new_token_is_shown_once_and_kept_as_a_hash(run):
    result = run(
        "token", "new", "--subject", "person:dw", "--name", "Dana Whitfield", "--kind", "person",
        "--role", "reviewer", "--role", "auditor", "--title", "MD", "--node", "attest",
        "--expires", "2027-01-31",
    )  # fmt: skip
    told(result, 0)
    (secret,) = [line for line in result.stdout.splitlines() if line.startswith("pan_")]
    (entry,) = yaml.safe_load(result.stdout.partition("settings file:\n")[2])
    token = Token.model_validate_json(json.dumps(entry, default=str))
    assert token.sha256 == mint.sha256(secret.encode())
    assert (token.roles, token.title, token.nodes) == (("reviewer", "auditor"), "MD", ("attest",))
    assert result.stdout.count(secret) == 1 and len(secret) > 40


@pytest.mark.parametrize("wrong", [["--role", "king"], ["--expires", "tomorrow"], ["--node", "x"]])
def test_a_token_that_makes_no_sense(run, wrong):
    arguments = ["--subject", "s", "--name", "n", "--kind", "service", "--role", "preparer"]
    told(run("token", "new", *arguments, *wrong), 2)


def test_a_new_key_is_private_and_not_overwritten(run, tmp_path):
    file = tmp_path / "attest.pem"
    told(run("key", "new", str(file)), 0)
    content = file.read_text()
    assert content.startswith("-----BEGIN PRIVATE KEY-----")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "not overwritten" in told(run("key", "new", str(file)), 2)
    assert file.read_text() == content
    assert run("key", "new").stdout.startswith("-----BEGIN PRIVATE KEY-----")


@pytest.fixture
def responses(tmp_path):
    """Three chained answers, made through the command line's own entry."""
    node, previous, answers = NODES["parse-278"], None, []
    for _ in range(3):
        request = json.loads(ANSWER) | {"audit_previous": previous}
        asked = node.request.model_validate_json(json.dumps(request))
        answers.append(json.loads(node.answer(asked)))
        previous = answers[-1]["audit"]["sha256"]
    return answers


def verify(run, folder, content, *more):
    file = folder / "chain"
    file.write_text(content)
    return run("audit", "verify", str(file), *more)


def test_a_chain_as_people_keep_it(run, responses, tmp_path):
    entries = [answer["audit"] for answer in responses]
    for content in (
        json.dumps(responses),
        json.dumps(entries),
        "\n".join(map(json.dumps, entries)) + "\n\n",
    ):
        result = verify(run, tmp_path, content, "--head", entries[-1]["sha256"])
        assert "3 entries, none edited" in result.stdout
        told(result, 0)
    assert faults([AuditEntry.model_validate_json(json.dumps(entry)) for entry in entries]) == []


def test_a_chain_that_was_tampered_with(run, responses, tmp_path):
    entries = [answer["audit"] for answer in responses]
    edited = [entries[0], entries[1] | {"actor": "x"}, entries[2]]
    assert "entry 2 (parse-278) was edited" in verify(run, tmp_path, json.dumps(edited)).stdout
    gone = verify(run, tmp_path, json.dumps([entries[0], entries[2]]))
    assert "entry 2" in gone.stdout
    told(gone, 1)
    cut = verify(run, tmp_path, json.dumps(entries[:2]), "--head", entries[2]["sha256"])
    assert "missing at its end" in cut.stdout
    told(cut, 1)


@pytest.mark.parametrize("content", ["", "Lopez", '[{"Lopez": 1}]', "7", '{"audit": null}'])
def test_a_file_that_holds_no_chain(run, content, tmp_path):
    assert "Lopez" not in told(verify(run, tmp_path, content), 1)


def test_a_file_that_is_no_text(run, tmp_path):
    (tmp_path / "chain").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in told(run("audit", "verify", str(tmp_path / "chain")), 2)


def test_the_openapi_document_and_the_table(run):
    assert json.loads(run("openapi").stdout)["openapi"].startswith("3.1")
    assert run("docs", "table").stdout.strip() == node_table()


def test_serving_the_sandbox_without_settings_furnishes_an_installation(run, monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr("os.execve", lambda *call: started.append(call))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shown = run("serve", "--sandbox", "--bind", "127.0.0.1:8765").stdout
    (_, command, environment) = started[0]
    assert command[1:] == ["-m", "gunicorn", "-c", "python:server.gunicorn_conf"]
    assert (environment["BIND"], environment["PRIOR_AUTH_SANDBOX"]) == ("127.0.0.1:8765", "1")
    assert "http://127.0.0.1:8765" in shown and shown.count("pan_") == 3
    kept = load(Path(environment["PRIOR_AUTH_CONFIG"]))
    assert kept.sandbox and kept.signing and len(kept.tokens) == 3
