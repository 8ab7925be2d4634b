"""A reverse proxy of ours between client and EHR that spoils answers, the same way each time.

What happens to a request depends on a seed, the address and how often that was asked, and not
on which of several threads came first.
"""

import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

import urllib3

from tests.fhir.faults import FAULTS, Answer, Fault, Scene

CANARY = "Canary Q-7731"
TIMES = (1, 1, 2, 99)
LEFT_OUT = {"transfer-encoding", "content-length", "connection", "date", "server"}
NOT_SENT = {"host", "connection", "accept-encoding", "content-length"}
RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Plan:
    """Which faults there may be, and how often; ``only`` says whose address they happen to."""

    faults: tuple[str, ...] = ()
    rate: float = 1.0
    seed: int = 0
    only: str = ""
    times: tuple[int, ...] = TIMES

    def fault(self, target: str, nth: int) -> str | None:
        """The name of what happens to the nth request of an address, if anything does."""
        chance = Random(f"{self.seed} {target}")
        if not self.faults or self.only not in target or chance.random() >= self.rate:
            return None
        name, times = chance.choice(self.faults), chance.choice(self.times)
        return name if nth < times else None


@dataclass
class Seen:
    """One request, as it came and what was done to its answer."""

    method: str
    target: str
    headers: Mapping[str, str]
    fault: str | None = None


@dataclass
class Memory:
    """Answers of a server whose records do not change, so that it is asked once."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)


class Proxy(ThreadingHTTPServer):
    """The proxy, serving on a free port of this machine until its block ends.

    ``count`` makes pages of that many entries, whatever the client asks for. ``upstream`` is a
    server's root address, in answers replaced by ours.
    """

    daemon_threads, block_on_close, request_queue_size = True, False, 64

    def __init__(
        self,
        upstream: str,
        plan: Plan | None = None,
        count: int | None = None,
        memory: Memory | None = None,
        port: int = 0,
        faults: Mapping[str, Fault] = FAULTS,
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.upstream, self.plan, self.count, self.memory = upstream, plan or Plan(), count, memory
        self.faults = faults
        self.root = f"http://127.0.0.1:{self.server_port}"
        self.base_url = f"{self.root}/fhir"
        self.bait = socket.create_server(("127.0.0.1", 0))
        self.bait.setblocking(False)
        self.trap = f"http://127.0.0.1:{self.bait.getsockname()[1]}/fhir/Patient"
        self.seen: list[Seen] = []
        self.asked: Counter[str] = Counter()
        self.closing, self.lock = threading.Event(), threading.Lock()
        self.open: set[socket.socket] = set()
        self.pool = urllib3.PoolManager(maxsize=16, retries=False)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        self.bait.close()
        with self.lock:
            for connection in self.open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.pool.clear()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the clients here break off."""

    def trapped(self) -> bool:
        """Whether anybody went where a link to another origin led; to be asked within the block."""
        with contextlib.suppress(BlockingIOError):
            self.bait.accept()[0].close()
            return True
        return any("localhost" in seen.headers.get("Host", "") for seen in self.seen)

    def tally(self) -> Counter[str]:
        """How often each fault happened."""
        return Counter(seen.fault for seen in self.seen if seen.fault)

    def answer(self, method: str, target: str, headers: Any, content: bytes | None) -> Answer:
        """What the client gets: the upstream's answer, spoilt as planned."""
        with self.lock:
            nth = self.asked[f"{method} {target}"]
            self.asked[f"{method} {target}"] += 1
            seen = Seen(method, target, dict(headers), self.plan.fault(target, nth))
            self.seen.append(seen)
        answer = self.ask(method, self.paged(target), headers, content)
        if seen.fault is None or (method != "GET" and "/auth/" not in target):
            return answer
        scene = Scene(
            f"{self.root}{target}", self.trap, CANARY, Random(f"{self.plan.seed} {target} {nth}")
        )
        spoilt = self.faults[seen.fault](answer, scene)
        seen.fault = seen.fault if spoilt != answer else None
        return spoilt

    def paged(self, target: str) -> str:
        """An address with our number of entries on a page."""
        parts = urlsplit(target)
        asked = [pair for pair in parse_qsl(parts.query, True) if pair[0] != "_again"]
        if self.count and any(name == "_count" for name, _ in asked):
            asked = [pair for pair in asked if pair[0] != "_count"]
            asked.append(("_count", str(self.count)))
        return f"{parts.path}?{urlencode(asked)}" if asked else parts.path

    def ask(self, method: str, target: str, headers: Any, content: bytes | None) -> Answer:
        """The upstream's answer with its address replaced by ours."""
        if self.memory and (method, target) in self.memory.answers:
            return self.named(self.memory.answers[method, target])
        sent = {name: value for name, value in headers.items() if name.lower() not in NOT_SENT}
        got = self.pool.request(
            method, f"{self.upstream}{target}", headers=sent, body=content, redirect=False
        )
        kept = {name: value for name, value in got.headers.items() if name.lower() not in LEFT_OUT}
        answer = Answer(got.status, kept, got.data)
        if self.memory:
            self.memory.answers[method, target] = answer
        return self.named(answer)

    def named(self, answer: Answer) -> Answer:
        """An answer that speaks of us where it spoke of the upstream."""
        there, here = self.upstream.encode(), self.root.encode()
        headers = {k: v.replace(self.upstream, self.root) for k, v in answer.headers.items()}
        return Answer(answer.status, headers, answer.body.replace(there, here))


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    server: Proxy

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.open.add(self.connection)

    def finish(self) -> None:
        with self.server.lock:
            self.server.open.discard(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, *_: object) -> None:
        pass

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        content = self.rfile.read(length) if length else None
        answer = self.server.answer(self.command, self.path, self.headers, content)
        self.server.closing.wait(answer.late)
        if answer.delivery == "hang":
            self.server.closing.wait()
            self.close_connection = True
        else:
            self.hand_over(answer)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def hand_over(self, answer: Answer) -> None:
        """Send an answer in its way."""
        size, chunked = len(answer.body), "chunks" in answer.delivery
        size += {"long": 1000, "short": -min(20, size)}.get(answer.delivery, 0)
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(size))
        self.end_headers()
        if chunked:
            self.chunks(answer)
        elif answer.delivery == "drip":
            self.drip(answer.body)
        elif answer.delivery == "reset":
            self.wfile.write(answer.body[: size // 2])
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        else:
            self.wfile.write(answer.body[:size])
        self.close_connection = answer.delivery not in {"whole", "chunks"}

    def chunks(self, answer: Answer) -> None:
        """Send in pieces of a kilobyte; broken ones end in the middle."""
        pieces = [answer.body[at : at + 1024] for at in range(0, len(answer.body), 1024)]
        broken = answer.delivery == "broken chunks"
        for piece in pieces[: len(pieces) // 2] if broken else pieces:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        self.wfile.write(b"400\r\nhalf" if broken else b"0\r\n\r\n")

    def drip(self, body: bytes) -> None:
        """Send a byte now and then, as long as anybody listens."""
        for place in range(len(body)):
            if self.server.closing.wait(0.05):
                return
            self.wfile.write(body[place : place + 1])
            self.wfile.flush()
