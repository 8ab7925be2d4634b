"""What a request costs in our server against bare Flask with the same models, without a network."""

import gc
import io
import os
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from nodes.catalog import NODES
from tests.bench import apps

OFFLINE = (
    "extract-entities",
    "suggest-codes",
    "read-order",
    "check-requirement",
    "check-policy",
    "predict-denial",
    "summarize",
    "inspect-form",
    "fill-form",
    "build-278",
    "build-278-inquiry",
    "parse-278",
    "parse-277",
    "parse-275",
    "validate-x12",
    "parse-acknowledgment",
    "build-acknowledgment",
    "read-denial",
    "read-document",
    "draft-appeal",
    "draft-patient-message",
    "draft-peer-to-peer",
    "draft-follow-up",
    "render-letter",
)
ROUNDS = 15
SECONDS = 0.04


def environ(path: str, body: bytes) -> dict[str, object]:
    """Make the WSGI environment of one request."""
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_AUTHORIZATION": f"Bearer {apps.TOKEN}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def cost(app, path: str, body: bytes) -> float:
    """Microseconds per request, over about SECONDS."""
    seen: list[str] = []

    def start(status, _headers, _exc=None):
        seen.append(status)

    began, count = perf_counter(), 0
    while perf_counter() - began < SECONDS or count < 3:
        response = app(environ(path, body), start)
        b"".join(response)
        response.close()
        count += 1
    spent = (perf_counter() - began) / count * 1e6
    if set(seen) != {"200 OK"}:
        raise SystemExit(f"{path} answered {set(seen)}")
    return spent


def compare(bare, ours, node) -> tuple[float, float]:
    """Measure both sides in turn, so that both meet the same machine; medians."""
    path, body = f"/nodes/{node.name}", node.example("request").encode()
    pairs = []
    for _ in range(ROUNDS):
        gc.collect()
        pairs.append((cost(bare, path, body), cost(ours, path, body)))
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def measure() -> list[tuple[str, float, float]]:
    """Give for every node without outside calls its name and both costs."""
    with quiet():
        bare, ours = apps.bare(), apps.ours()
        return [(name, *compare(bare, ours, NODES[name])) for name in OFFLINE]


@contextmanager
def quiet():
    """Let the log be written, to nowhere: its cost counts, its lines do not belong here."""
    kept = os.dup(2)
    with Path(os.devnull).open("wb") as sink:
        os.dup2(sink.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def report() -> None:
    """Print the table."""
    print(
        "\nCost of one request, WSGI call, auth + audit + metrics + logs on (floor: at most 1.25)"
    )
    print(f"{'node':<16}{'bare Flask us':>15}{'ours us':>12}{'ratio':>8}")
    rows = measure()
    for name, bare, ours in rows:
        print(f"{name:<16}{bare:>15.0f}{ours:>12.0f}{ours / bare:>8.2f}")
    total = sum(ours for _, _, ours in rows) / sum(bare for _, bare, _ in rows)
    print(f"{'all':<16}{'':>15}{'':>12}{total:>8.2f}")
