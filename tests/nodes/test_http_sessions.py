"""Many threads speak at once, and connections are used again where that is safe."""

import gzip
import socket
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
from werkzeug.wrappers import Response

from nodes import http, sessions
from nodes.errors import UpstreamFailed, UpstreamTimeout
from tests.loopback import Scripted, serving

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def ask(url, method="GET"):
    body = None if method == "GET" else b"x"
    return http.call(method, url, body=body, headers={}, timeout=5, token=None)


@contextmanager
def closing_after(answers):
    """A server that keeps a connection for so many answers, then closes it when asked again."""
    connections = []

    def guarded(connection):
        with connection, suppress(OSError):
            for _ in range(answers):
                if connection.recv(10_000):
                    connection.sendall(OK)
            connection.recv(10_000)

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            with suppress(OSError):
                while True:
                    connections.append(listener.accept()[0])
                    threading.Thread(target=guarded, args=(connections[-1],), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", connections
        listener.shutdown(socket.SHUT_RDWR)


def test_a_connection_is_used_again():
    with closing_after(2) as (url, connections):
        assert [ask(url).body for _ in range(2)] == [b"ok"] * 2
        assert len(connections) == 1


def test_a_kept_connection_that_closes_is_replaced_when_something_is_asked():
    with closing_after(1) as (url, connections):
        assert [ask(url).body for _ in range(3)] == [b"ok"] * 3
        assert len(connections) == 3


def test_a_write_on_a_closing_connection_is_not_repeated():
    with closing_after(1) as (url, connections):
        ask(url)
        with pytest.raises(UpstreamTimeout, match="not known"):
            ask(url, "POST")
        assert len(connections) == 1


def test_a_write_takes_no_connection_that_has_waited(monkeypatch):
    monkeypatch.setattr(sessions, "WRITE_WITHIN", -1)
    with closing_after(1) as (url, connections):
        ask(url)
        assert ask(url, "POST").body == b"ok"
        assert len(connections) == 2


def test_a_connection_that_waited_long_is_not_used_again(monkeypatch):
    with closing_after(2) as (url, connections):
        ask(url)
        monkeypatch.setattr(sessions, "GET_WITHIN", -1)
        ask(url)
        assert len(connections) == 2


def test_a_server_that_always_closes_is_a_failure_that_may_pass():
    with closing_after(0) as (url, _), pytest.raises(UpstreamFailed) as caught:
        ask(url)
    assert caught.value.transient


def test_each_of_many_threads_gets_its_own_answer():
    app = Scripted()
    app.answers = {f"/{n}": Response(f"{n}" * 50_000) for n in range(200)}
    before = threading.active_count()
    with serving(app) as base, ThreadPoolExecutor(32) as pool:
        bodies = list(pool.map(lambda n: ask(f"{base}/{n}").body, range(200)))
        host = base.removeprefix("http://")
    assert bodies == [f"{n}".encode() * 50_000 for n in range(200)]
    assert len(sessions._idle["http", host]) <= sessions.KEPT
    assert threading.active_count() <= before + 1


def test_a_large_answer_is_held_once():
    size = 24_000_000
    with serving(Scripted({"/a": Response(b"x" * size)})) as base:
        ask(f"{base}/b")
        tracemalloc.start()
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        body = ask(f"{base}/a").body
        peak = tracemalloc.get_traced_memory()[1] - held
        tracemalloc.stop()
    assert len(body) == size
    assert peak < 1.7 * size


def test_a_packed_answer_is_unpacked_up_to_the_limit(monkeypatch):
    monkeypatch.setattr(http, "MAX_BYTES", 1_000_000)
    packed = {"Content-Encoding": "gzip"}
    app = Scripted(
        {
            "/a": Response(gzip.compress(b"x" * 900_000), headers=packed),
            "/bomb": Response(gzip.compress(b"x" * 90_000_000), headers=packed),
        }
    )
    with serving(app) as base:
        assert len(ask(f"{base}/a").body) == 900_000
        tracemalloc.start()
        with pytest.raises(UpstreamFailed, match="larger"):
            ask(f"{base}/bomb")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 20_000_000


def test_the_body_of_a_redirect_has_a_limit_too(monkeypatch):
    monkeypatch.setattr(http, "MAX_BYTES", 100_000)
    moved = Response(b"x" * 200_000, 302, {"Location": "http://elsewhere.test/"})
    with serving(Scripted({"/a": moved})) as base, pytest.raises(UpstreamFailed, match="larger"):
        ask(f"{base}/a")
