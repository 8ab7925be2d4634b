"""The sandbox's Messages endpoint: there only with the sandbox, and it gives what was put there."""

from flask import Flask

from nodes.settings import Settings
from server.app import create_app
from server.sandbox.app import init_app

ASKED = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "hello"}]}
HEADERS = {"Authorization": "Bearer k", "anthropic-version": "2026-10-21"}


def sandbox():
    app = Flask(__name__)
    init_app(app)
    return app.test_client()


def test_it_is_not_there_without_the_sandbox():
    answer = create_app(Settings()).test_client().post("/sandbox/model/v1/messages", json=ASKED)
    assert answer.status_code == 404


def test_it_gives_answers_in_their_order_and_keeps_what_was_asked():
    client = sandbox()
    client.post("/sandbox/reset")
    answers = [{"kind": "text", "text": "one"}, {"kind": "error", "status": 429, "retry_after": 7}]
    assert client.post("/sandbox/model/script", json={"answers": answers}).status_code == 204
    first = client.post("/sandbox/model/v1/messages", json=ASKED, headers=HEADERS)
    assert first.get_json()["content"] == [{"type": "text", "text": "one"}]
    second = client.post("/sandbox/model/v1/messages", json=ASKED, headers=HEADERS)
    assert (second.status_code, second.headers["Retry-After"]) == (429, "7")
    assert client.get("/sandbox/model/asked").get_json() == [ASKED, ASKED]
    empty = client.post("/sandbox/model/v1/messages", json=ASKED, headers=HEADERS)
    assert empty.status_code == 529
    client.post("/sandbox/reset")
    assert client.get("/sandbox/model/asked").get_json() == []


def test_it_refuses_a_script_that_is_none_and_a_call_without_a_key():
    client = sandbox()
    assert (
        client.post("/sandbox/model/script", json={"answers": [{"kind": "x"}]}).status_code == 422
    )
    assert client.post("/sandbox/model/v1/messages", json=ASKED).status_code == 401
