"""Asking Claude, against a real server that gives scripted answers."""

import json
import logging
import subprocess
import sys
import time

import pytest
from pydantic import Field, ValidationError

from nodes.audit import Model, sha256
from nodes.errors import NotConfigured, UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.settings import ModelEndpoint
from nodes.writing.claude import ModelFailed, Question, ask
from nodes.writing.prompt import Prompt
from tests.claude import Fails, Says, Sends, scripted

SECRET = "Zebedee Quux has sarcoidosis"


class Found(Model):
    words: tuple[str, ...] = Field(max_length=2)
    number: int


QUESTION = Question(Prompt("test", "1", "Find it."), {"note": SECRET}, Found)
GOOD = Says(text='{"words": ["a"], "number": 3}')


def refused(kind, *answers, **settings):
    """Ask, expect the failure, and hold that nothing of the question is in it."""
    with scripted(*answers, **settings) as (endpoint, where):
        with pytest.raises(kind) as caught:
            ask(QUESTION, endpoint=where, pause=lambda _: None)
        held = [caught.value, caught.value.__cause__]
        assert all(SECRET not in repr(vars(one)) + str(one) for one in held if one)
        assert caught.value.__cause__ is None
        return caught.value, endpoint


def test_an_answer_is_the_model_it_was_asked_for():
    with scripted(GOOD) as (_, where):
        found = ask(QUESTION, endpoint=where)
    assert found.value == Found(words=("a",), number=3)
    assert [one.kind for one in found.used] == ["prompt", "model"]
    assert found.used[0].sha256 == sha256(b"Find it.")
    assert found.model == where.name


def test_instructions_are_in_system_and_texts_only_between_new_marks():
    with scripted(GOOD, GOOD) as (endpoint, where):
        ask(QUESTION, endpoint=where)
        ask(QUESTION, endpoint=where)
    first, second = endpoint.asked
    assert SECRET not in json.dumps(first["system"])
    assert "Find it." not in json.dumps(first["messages"])
    assert first["messages"] != second["messages"]
    schema = first["output_config"]["format"]["schema"]
    assert schema["additionalProperties"] is False and "temperature" not in first


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Says(text="", stop_reason="refusal"), "refused"),
        (Says(text="I cannot help.", stop_reason="refusal"), "refused"),
        (Says(text='{"words": ["a"', stop_reason="max_tokens"), "truncated"),
        (Says(text='{"words": [], "number": 1}', stop_reason=None), "truncated"),
        (Says(text="", stop_reason="model_context_window_exceeded"), "too_large"),
        (Says(text="{}", stop_reason="pause_turn"), "bad_answer"),
        (Says(text="not JSON"), "invalid_output:json"),
        (Says(text=f'{{"words": ["{SECRET}"], "number": "x"}}'), "invalid_output:number"),
        (Says(text='{"words": ["a", "b", "c"], "number": 1}'), "invalid_output:words"),
        (Sends(kind="raw", body="<html>hello</html>", content_type="text/html"), "bad_answer"),
        (Sends(kind="raw", body='{"some": "thing"}'), "bad_answer"),
        (Sends(kind="raw", body="{"), "bad_answer"),
        (Sends(kind="raw", body="", status=307, location="http://127.0.0.1:1/"), "bad_request"),
        (Fails(kind="error", status=400), "bad_request"),
        (Fails(kind="error", status=413), "too_large"),
    ],
)
def test_what_is_no_whole_answer_is_refused_with_a_code(answer, code):
    error, endpoint = refused(ModelFailed, answer)
    assert error.code == code
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Fails(kind="error", status=401),
        Fails(kind="error", status=403),
        Fails(kind="error", status=404),
        Fails(kind="error", status=429, code="contract_spend_limit_reached"),
    ],
)
def test_a_key_or_model_that_is_not_accepted_is_a_setting(answer):
    _, endpoint = refused(NotConfigured, answer)
    assert len(endpoint.asked) == 1


def test_a_busy_endpoint_is_asked_again_and_its_retry_after_obeyed():
    waits = []
    busy = Fails(kind="error", status=529, retry_after=2)
    with scripted(busy, Fails(kind="error", status=500), GOOD) as (endpoint, where):
        assert ask(QUESTION, endpoint=where, pause=waits.append).value.number == 3
    assert waits == [2.0, 2.0]
    assert len(endpoint.asked) == 3


def test_a_long_retry_after_is_handed_on_not_waited_for():
    error, endpoint = refused(UpstreamBusy, Fails(kind="error", status=429, retry_after=3600))
    assert (error.retry_after, error.throttled) == (3600, True)
    assert len(endpoint.asked) == 1


def test_three_attempts_are_enough():
    _, endpoint = refused(UpstreamBusy, *[Fails(kind="error", status=503)] * 4)
    assert len(endpoint.asked) == 3


def test_an_answer_that_drips_ends_at_the_deadline():
    slow = Sends(kind="raw", body=" " * 400, drip=0.05)
    began = time.monotonic()
    refused(UpstreamTimeout, slow, timeout=1)
    assert 0.9 < time.monotonic() - began < 4


def test_nobody_there_is_unreachable():
    where = ModelEndpoint.model_validate({"key": "k" * 9, "base_url": "http://127.0.0.1:9"})
    with pytest.raises(UpstreamFailed) as caught:
        ask(QUESTION, endpoint=where, pause=lambda _: None)
    assert caught.value.transient and "127" not in str(caught.value)


def test_without_a_key_it_says_what_to_set(monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    for key in (None, "", "  "):
        with pytest.raises(NotConfigured, match="set ANTHROPIC_API_KEY"):
            ask(QUESTION, endpoint=ModelEndpoint.model_validate({"key": key}))
    with pytest.raises(NotConfigured, match="characters that no key has"):
        ask(QUESTION, endpoint=ModelEndpoint.model_validate({"key": "a\nb"}))


def test_the_key_of_the_environment_is_used(monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-env")
    with scripted(GOOD, key=None) as (_, where):
        assert ask(QUESTION, endpoint=where).value.number == 3


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with scripted(GOOD) as (_, where):
        assert ask(QUESTION, endpoint=where).value.number == 3


def test_no_log_holds_the_question(caplog):
    logging.getLogger("anthropic").setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG), scripted(GOOD) as (_, where):
        ask(QUESTION, endpoint=where)
    assert SECRET not in caplog.text and "sk-test" not in caplog.text


@pytest.mark.parametrize(
    "settings",
    [
        {"name": "claude-fable-5-2"},
        {"name": "claude-mythos-5"},
        {"base_url": "https://api.anthropic.com/v1"},
        {"base_url": "http://models.example.org"},
        {"timeout": 0},
    ],
)
def test_settings_that_would_harm_are_refused(settings):
    with pytest.raises(ValidationError):
        ModelEndpoint.model_validate(settings)
    assert ModelEndpoint.model_validate({"name": "claude-fable-5", "retention": True})


def test_nothing_imports_the_library_until_it_asks():
    code = (
        "import sys, nodes.writing.claude, server.app;"
        " print(sorted({'anthropic', 'httpx2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_stand_in_refuses_what_the_real_endpoint_refuses():
    from server.sandbox.model import acceptable, refusal

    good = {"messages": [{"role": "user", "content": "x"}], "max_tokens": 9}
    assert acceptable(good)
    assert not acceptable(good | {"temperature": 1.0})
    assert not acceptable(good | {"messages": [{"role": "assistant", "content": "x"}]})
    schema = {"type": "object", "properties": {"a": {"type": "integer", "minimum": 1}}}
    form = {"format": {"type": "json_schema", "schema": schema | {"additionalProperties": False}}}
    assert not acceptable(good | {"output_config": form})
    assert refusal(good, {"X-Api-Key": "k"}) == (401, "authentication_error")
    assert refusal(good, {"Authorization": "Bearer k"}) == (400, "invalid_request_error")
