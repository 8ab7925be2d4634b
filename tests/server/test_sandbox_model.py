"""The sandbox's Messages endpoint: there only with the sandbox, and it gives what was put there."""

import pytest
from flask import Flask

from nodes.settings import Settings
from server.app import create_app
from server.sandbox.app import init_app
from server.sandbox.model_author import uttered, write

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


RESULT = {
    "type": "search_result",
    "source": "fact-1",
    "title": "statement",
    "content": [{"type": "text", "text": "She denies saddle anesthesia."}],
    "citations": {"enabled": True},
}


def told(*blocks, **more):
    return ASKED | {"messages": [{"role": "user", "content": list(blocks)}]} | more


def test_it_writes_with_citations_whatever_is_asked_until_told_otherwise():
    client = sandbox()
    client.post("/sandbox/reset")
    client.post("/sandbox/model/script", json={"always": {"kind": "writes", "mode": "honest"}})
    answers = [
        client.post("/sandbox/model/v1/messages", json=told(RESULT), headers=HEADERS).get_json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    cited = [block for block in answers[0]["content"] if block["citations"]]
    (citation,) = cited[0]["citations"]
    assert (citation["source"], citation["cited_text"]) == ("fact-1", RESULT["content"][0]["text"])
    client.post("/sandbox/reset")
    assert (
        client.post("/sandbox/model/v1/messages", json=told(RESULT), headers=HEADERS).status_code
        == 529
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_liar_lies_in_every_second_sentence_and_alike_each_time(seed):
    body = told(*[RESULT | {"source": f"fact-{n}"} for n in range(1, 9)])
    spoken = [one for one in uttered(body, "liar", seed) if one.text]
    assert [one.lie is not None for one in spoken] == [n % 2 == seed % 2 for n in range(8)]
    assert write(body, "liar", seed) == write(body, "liar", seed)
    assert all(one.lie is None for one in uttered(body, "honest", seed))


FORM = {
    "format": {"type": "json_schema", "schema": {"type": "object", "additionalProperties": False}}
}


@pytest.mark.parametrize(
    "wrong",
    [
        told(RESULT, output_config=FORM),
        told(RESULT, RESULT | {"citations": {"enabled": False}}),
        told(RESULT | {"content": []}),
        told({name: value for name, value in RESULT.items() if name != "title"}),
        told(RESULT, temperature=1.0),
        told(RESULT) | {"messages": [{"role": "assistant", "content": "The patient"}]},
        {name: value for name, value in told(RESULT).items() if name != "max_tokens"},
    ],
)
def test_it_refuses_what_the_real_one_refuses(wrong):
    answer = sandbox().post("/sandbox/model/v1/messages", json=wrong, headers=HEADERS)
    assert (answer.status_code, answer.get_json()["error"]["type"]) == (
        400,
        "invalid_request_error",
    )
