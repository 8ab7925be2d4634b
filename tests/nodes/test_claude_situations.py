"""A summary while the model fails in every way a real one was seen to: always whole, never told."""

import gzip
import json
import logging
import socket
import threading
from contextlib import contextmanager
from functools import partial

import pytest

from nodes.model_endpoint import ModelEndpoint
from nodes.summarize import SummarizeRequest, summarize
from nodes.writing import claude
from tests.claude import Fails, Says, Sends, Writes, scripted
from tests.nodes.writing_world import assessment, case, chart

REQUEST = SummarizeRequest(case=case(), chart=chart(), assessment=assessment(), writer="model")
PLAIN = summarize(REQUEST.model_copy(update={"writer": "deterministic"})).summary
PRIVATE = ("naproxen", "Moss", "dorsiflexion", "sk-test", "physical therapy")


def error(status, **more):
    return Fails(kind="error", status=status, **more)


def raw(body, **more):
    return Sends(kind="raw", body=body if isinstance(body, str) else json.dumps(body), **more)


def message(**changes):
    whole = {
        "id": "m", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
        "content": [{"type": "text", "text": "Fine."}], "stop_reason": "end_turn",
        "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1},
    }  # fmt: skip
    return raw({k: v for k, v in (whole | changes).items() if v is not ...})


def cited(**changes):
    """A sentence with one citation, as given."""
    citation = {
        "type": "search_result_location", "source": "fact-1", "title": None,
        "search_result_index": 0, "start_block_index": 0, "end_block_index": 1,
        "cited_text": "right ankle reflex reduced",
    } | changes  # fmt: skip
    text = {"type": "text", "text": "Right ankle reflex reduced.", "citations": [citation]}
    return message(content=[text])


LOST = "nothing_held"
SITUATIONS = {
    "refusal without text": ("refused", Says(text="", stop_reason="refusal")),
    "refusal with text": ("refused", Says(text="I will not.", stop_reason="refusal")),
    "cut at max_tokens": ("truncated", Says(text="The patient", stop_reason="max_tokens")),
    "stream cut": ("truncated", Says(text="The patient", stop_reason=None)),
    "context window": ("too_large", Says(text="", stop_reason="model_context_window_exceeded")),
    "pause": ("bad_answer", Says(text="x", stop_reason="pause_turn")),
    "tool use": ("bad_answer", Says(text="x", stop_reason="tool_use")),
    "unknown stop": ("bad_answer", Says(text="x", stop_reason="became_bored")),
    "a page": ("bad_answer", raw("<html>hello</html>", content_type="text/html")),
    "other JSON": ("bad_answer", raw({"some": "thing"})),
    "a JSON list": ("bad_answer", raw([1, 2])),
    "a JSON null": ("bad_answer", raw("null")),
    "invalid JSON": ("bad_answer", raw("{")),
    "nested JSON": ("bad_answer", raw("[" * 200_000)),
    "empty body": ("bad_answer", raw("")),
    "stop reason of a wrong type": ("bad_answer", message(stop_reason=["end_turn"])),
    "content of a wrong type": ("bad_answer", message(content="Fine.")),
    "blocks of a wrong type": (LOST, message(content=["Fine.", 3, None])),
    "text of a wrong type": ("bad_answer", message(content=[{"type": "text", "text": 7}])),
    "text without text": ("bad_answer", message(content=[{"type": "text"}])),
    "no usage, no model": (LOST, message(usage=..., model=...)),
    "empty content": (LOST, message(content=[])),
    "unknown block": (LOST, message(content=[{"type": "hologram", "text": "Fine."}])),
    "thinking block": (LOST, message(content=[{"type": "thinking", "thinking": "naproxen"}])),
    "no citation": (LOST, message()),
    "citations of a wrong type": (
        LOST, message(content=[{"type": "text", "text": "Pain.", "citations": {"a": 1}}]),
    ),
    "citation of another kind": (LOST, cited(type="char_location")),
    "citation of another source": (LOST, cited(source="Condition/c1")),
    "citation of another place": (LOST, cited(search_result_index=1)),
    "citation of a negative place": (LOST, cited(search_result_index=-1)),
    "citation past the end": (LOST, cited(end_block_index=9)),
    "citation of nothing": (LOST, cited(end_block_index=0)),
    "citation with text for a number": (LOST, cited(start_block_index="0")),
    "citation of other words": (LOST, cited(cited_text="right ankle reflex absent")),
    "a model that retains": ("model_retains", message(model="claude-mythos-5")),
    "400 that echoes the prompt": (
        "bad_request",
        raw({"type": "error", "error": {"type": "x", "message": "naproxen of Ada Moss"}},
            status=400),
    ),
    "401": ("bad_credentials", error(401, type="authentication_error")),
    "403": ("bad_credentials", error(403)),
    "402": ("model_not_offered", error(402)),
    "404": ("model_not_offered", error(404)),
    "spend limit": ("limit_spent", error(429, code="contract_spend_limit_reached")),
    "413": ("too_large", error(413)),
    "422": ("bad_request", error(422)),
    "redirect": ("bad_request", raw("", status=307, location="http://127.0.0.1:1/")),
    "429": ("rate_limited", error(429), error(429), error(429)),
    "429 for an hour": ("rate_limited", error(429, retry_after=3600)),
    "429 for ever": ("rate_limited", error(429, retry_after=10**12)),
    "429 with nonsense": ("rate_limited", *[error(429, retry_after="soon")] * 3),
    "429, not to be repeated": ("rate_limited", error(429, should_retry=False)),
    "529": ("overloaded", error(529), error(529), error(529)),
    "500": ("overloaded", error(500), error(502), error(504)),
    "408 and 409": ("overloaded", error(408), error(409), error(503)),
    "418": ("bad_request", error(418)),
    "an answer too large": ("unreachable", *[raw("x" * 8_100_000)] * 3),
}  # fmt: skip


@pytest.fixture(autouse=True)
def quiet(caplog, capfd):
    """Whatever happens and whatever is asked of the loggers, no word of the chart is written."""
    for name in ("anthropic", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG):
        yield
    written = "".join((caplog.text, *capfd.readouterr()))
    assert not [word for word in PRIVATE if word in written]


def summary(where, request=REQUEST):
    return summarize(request, ask=partial(claude.cite, endpoint=where, pause=lambda _: None))


def held(answer, problem):
    """The summary is the rules' own, and the code says why."""
    assert answer.writing.problem == problem
    assert (answer.writing.writer, answer.summary.writer) == ("deterministic", "deterministic")
    assert answer.summary.sections == PLAIN.sections
    assert not [word for word in PRIVATE if word in answer.writing.model_dump_json()]


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_summary_is_whole_and_says_what_happened(name):
    problem, *answers = SITUATIONS[name]
    with scripted(*answers) as (endpoint, where):
        answer = summary(where)
        assert len(endpoint.asked) == len(answers)
    held(answer, problem)
    assert answer.writing.asked


def test_a_model_that_comes_back_is_used():
    with scripted(error(529), error(500, retry_after=1), Writes(kind="writes")) as (_, where):
        answer = summary(where)
    assert (answer.writing.writer, answer.writing.problem) == ("model", None)
    assert answer.writing.input_tokens


@pytest.mark.parametrize("drip", [0.02, 0.4])
def test_an_answer_that_drips_ends_at_the_deadline(drip):
    with scripted(raw(" " * 400, drip=drip), timeout=1) as (_, where):
        held(summary(where), "timeout")


@contextmanager
def socketed(serve):
    """A bare socket: what it does with a connection is up to ``serve``."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                serve(connection)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    told = {"key": "sk-test", "base_url": f"http://127.0.0.1:{listening.getsockname()[1]}"}
    try:
        yield ModelEndpoint.model_validate_json(json.dumps(told | {"timeout": 1}))
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PACKED = gzip.compress(b'{"content": []}')
BREAKS = {
    "closed at once": (b"", "unreachable"),
    "cut in the head": (b"HTTP/1.1 200", "unreachable"),
    "cut in the body": (HEAD + b'Content-Length: 900\r\n\r\n{"id": "m"', "unreachable"),
    "no UTF-8": (HEAD + b'Content-Length: 12\r\n\r\n{"id": "\xff\xfe"}', "bad_answer"),
    "no HTTP": (b"220 mail.example.org ESMTP\r\n", "unreachable"),
    "packed": (
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (len(PACKED), PACKED),
        "unreachable",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_connection_that_breaks_is_unreachable(name):
    sent, problem = BREAKS[name]
    with socketed(lambda connection: connection.sendall(sent)) as where:
        held(summary(where), problem)


def test_a_server_that_says_nothing_ends_at_the_deadline():
    silent = threading.Event()
    with socketed(lambda _: silent.wait(1.5)) as where:
        held(summary(where), "timeout")


def test_nobody_there_is_unreachable():
    where = ModelEndpoint.model_validate({"key": "k" * 9, "base_url": "http://127.0.0.1:9"})
    held(summary(where), "unreachable")


@pytest.mark.parametrize(
    ("key", "problem"), [("", "no_key"), ("a\nb", "bad_key"), ("schl\u00fcssel", "bad_key")]
)
def test_a_key_that_cannot_be_sent_is_said_and_not_tried(key, problem):
    answer = summary(ModelEndpoint.model_validate({"key": key, "base_url": "http://127.0.0.1:9"}))
    held(answer, problem)
    assert not answer.writing.asked


def test_the_environment_leads_nowhere_else(monkeypatch):
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("ANTHROPIC_BASE_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "other")
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "console")
    monkeypatch.setenv("ANTHROPIC_LOG", "debug")
    with scripted(Writes(kind="writes")) as (endpoint, where):
        assert summary(where).writing.writer == "model"
    assert len(endpoint.asked) == 1
