import socket
import threading
from datetime import UTC, datetime
from time import monotonic

import pytest
from werkzeug.wrappers import Response

from nodes import http, trace
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout
from tests.loopback import Scripted, serving

CANARY = "canary-9f2"


def ask(url, timeout=5.0, token=None):
    return http.get(url, headers={"Accept": "application/json"}, timeout=timeout, token=token)


def send(url, timeout=5.0):
    return http.post(url, body=b"ISA*", headers={}, timeout=timeout, token=None)


def dead_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_an_answer_comes_with_status_headers_and_body():
    app = Scripted({"/a": Response(b"\x00body", 418, {"X-Some": "thing"})})
    with serving(app) as base:
        answer = ask(f"{base}/a", token="secret")
    assert (answer.status, answer.body, answer.headers["x-some"]) == (418, b"\x00body", "thing")
    assert app.asked[0].headers["Authorization"] == "Bearer secret"


def test_a_body_is_sent_as_it_is():
    app = Scripted({"/a": Response("ok")})
    with serving(app) as base:
        assert send(f"{base}/a").body == b"ok"
    assert app.asked[0].get_data() == b"ISA*"
    assert "Authorization" not in app.asked[0].headers


def test_a_redirect_is_not_followed():
    app = Scripted({"/a": Response("", 302, {"Location": "/b"}), "/b": Response("there")})
    with serving(app) as base:
        assert ask(f"{base}/a").status == 302
    assert [request.path for request in app.asked] == ["/a"]


def test_no_cookie_is_kept():
    app = Scripted({"/a": Response("x", headers={"Set-Cookie": "who=me"})})
    with serving(app) as base:
        ask(f"{base}/a")
        ask(f"{base}/a")
    assert "Cookie" not in app.asked[1].headers


def test_a_proxy_in_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{dead_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(Scripted({"/a": Response("ok")})) as base:
        assert ask(f"{base}/a").status == 200


def test_the_trace_goes_along():
    app = Scripted({"/a": Response("ok")})
    mine = trace.begin("00-" + "ab" * 16 + "-" + "cd" * 8 + "-01")
    try:
        with serving(app) as base:
            ask(f"{base}/a")
    finally:
        trace.end()
    assert mine[0] in app.asked[0].headers["traceparent"]


@pytest.mark.parametrize("call", [ask, send])
def test_nobody_there_is_upstream_failed_and_names_no_address(call):
    with pytest.raises(UpstreamFailed) as caught:
        call(f"http://127.0.0.1:{dead_port()}/{CANARY}")
    assert type(caught.value) is UpstreamFailed
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("status", [429, 503])
def test_busy_comes_with_the_seconds_it_asks_for(status):
    app = Scripted({"/a": Response(CANARY, status, {"Retry-After": "7"})})
    with serving(app) as base, pytest.raises(UpstreamBusy) as caught:
        ask(f"{base}/a")
    assert caught.value.retry_after == 7
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("call", [ask, send])
def test_silence_is_a_timeout(call):
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(UpstreamTimeout):
        call(f"http://127.0.0.1:{deaf.getsockname()[1]}/", timeout=0.2)


def test_a_dripping_answer_is_a_timeout():
    never = threading.Event()

    def drip():
        for _ in range(80):
            never.wait(0.05)
            yield b"x"

    app = Scripted({"/a": lambda _: Response(drip())})
    with serving(app) as base, pytest.raises(UpstreamTimeout, match="not complete"):
        ask(f"{base}/a", timeout=1.0)


def test_an_endless_answer_is_cut_off(monkeypatch):
    monkeypatch.setattr(http, "MAX_BYTES", 100_000)
    app = Scripted({"/a": Response(b"x" * 200_000)})
    with serving(app) as base, pytest.raises(UpstreamFailed, match="larger"):
        ask(f"{base}/a")


def test_a_broken_answer_to_a_post_leaves_open_whether_it_acted():
    def slam(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=slam, args=(listener,))
        thread.start()
        with pytest.raises(UpstreamTimeout, match="not known"):
            send(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()


def test_a_shortened_body_is_no_answer():
    def cut(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=cut, args=(listener,))
        thread.start()
        with pytest.raises(UpstreamFailed):
            ask(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()


NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 0 ", 0),
        ("99999999999", 86_400),
        ("Fri, 20 Nov 2026 12:01:30 GMT", 90),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_retry_after_is_read_as_seconds(value, seconds):
    assert http.retry_after(value, NOW) == seconds


@pytest.mark.alone
@pytest.mark.parametrize("status", [429, 503])
def test_a_dripping_refusal_is_not_waited_for(monkeypatch, status):
    monkeypatch.setattr(http, "REMARK_IN", 0.2)
    never = threading.Event()

    def drip():
        for _ in range(80):
            never.wait(0.05)
            yield b"x"

    app = Scripted({"/a": lambda _: Response(drip(), status)})
    began = monotonic()
    with serving(app) as base:
        with pytest.raises(UpstreamBusy) as caught:
            ask(f"{base}/a", timeout=5.0)
        took = monotonic() - began
    assert caught.value.body == b""
    assert took < 2
