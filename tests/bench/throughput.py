"""Requests a second and p99 under gunicorn, ours and bare Flask on the same settings."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, perf_counter, sleep

from nodes.catalog import NODES
from server.trial import free_port
from tests.bench import apps

ROOT = Path(__file__).parent.parent.parent
CLIENTS = 16
SECONDS = 4.0
NODE = "check-policy"


def one_client(port: int, until: float) -> list[float]:
    """Ask as fast as one connection can; give the seconds each answer took."""
    body = NODES[NODE].example("request").encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {apps.TOKEN}"}
    taken, connection = [], HTTPConnection("127.0.0.1", port, timeout=30)
    while monotonic() < until:
        began = perf_counter()
        connection.request("POST", f"/nodes/{NODE}", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{NODE} answered {answer.status}")
        taken.append(perf_counter() - began)
    connection.close()
    return taken


def load(application: str) -> tuple[float, float, float]:
    """Run one side under gunicorn; give requests a second, p50 and p99 in milliseconds."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:server.gunicorn_conf"]
    command += ["--bind", f"127.0.0.1:{port}", application]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ.copy(), **quiet) as server:
        try:
            wait(port)
            until = monotonic() + SECONDS
            with ThreadPoolExecutor(CLIENTS) as pool:
                taken = sorted(
                    one
                    for part in pool.map(lambda _: one_client(port, until), range(CLIENTS))
                    for one in part
                )
        finally:
            server.terminate()
    return len(taken) / SECONDS, taken[len(taken) // 2] * 1e3, taken[int(len(taken) * 0.99)] * 1e3


def wait(port: int) -> None:
    """Wait until somebody listens."""
    deadline = monotonic() + 30
    while monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.connect()
            connection.close()
        except OSError:
            sleep(0.05)
        else:
            return
    raise SystemExit("gunicorn did not start")


def report() -> None:
    """Print the table."""
    print(f"\n{NODE} under gunicorn (gthread), {CLIENTS} clients on this machine, {SECONDS:.0f} s")
    print(f"{'':<14}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}")
    sides = {"bare Flask": "tests.bench.apps:bare()", "ours": "tests.bench.apps:ours()"}
    rates = {}
    for name, application in sides.items():
        rate, p50, p99 = load(application)
        rates[name] = rate
        print(f"{name:<14}{rate:>12.0f}{p50:>9.1f}{p99:>9.1f}")
    print(f"{'ratio':<14}{rates['ours'] / rates['bare Flask']:>12.2f}")
