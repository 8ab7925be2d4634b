"""A chart of 3,600 resources from a FHIR server of others, near and far: ours beside two clients.

All fetch by the same searches, the two clients one after the other with ``_count=100``.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from server.trial import free_port
from tests.bench import fetch_others
from tests.fhir import REASON, home, installed
from tests.fhir.charts import Chart, Json, made, read
from tests.fhir.orders import ordered
from tests.fhir.server import Sekmet

SIZE = 3600
LATE = (0, 20, 100)
MONTHS = 120
YEARS = 9
DAY = re.compile(r"\b((?:19|20)[0-9]{2})-((?:0[1-9]|1[0-2])-[0-3][0-9])(?=[\"T])")
OTHERS = ("fhirpy", "fhirclient")
NOT_SAID = {"_count", "_offset"}
FARTHEST, SHARE, CPU, MEMORY = 100, 1 / 3, 2.0, 3.0


@dataclass(frozen=True)
class Measured:
    """One latency: ours, and seconds of each other client."""

    late: int
    ours: dict[str, Any]
    others: dict[str, float]

    def line(self) -> str:
        """Say it in one line."""
        ours = self.ours
        said = [f"{self.late:3d} ms later: ours {ours['seconds']:.2f} s"]
        said += [
            f"{name} {seconds:.2f} s ({ours['seconds'] / seconds:.2f})"
            for name, seconds in self.others.items()
        ]
        return (
            f"{', '.join(said)}; CPU {ours['cpu'] / ours['parsing']:.2f} x json.loads, memory "
            f"{ours['peak'] / ours['bytes']:.2f} x bytes; {ours['requests']} requests, "
            f"{ours['bytes'] / 1e6:.1f} MB, {ours['read']} read, {ours['kept']} facts kept"
        )

    def faults(self) -> Iterator[str]:
        """Name what misses its floor."""
        ours = self.ours
        slowest = max(ours["seconds"] / seconds for seconds in self.others.values())
        if self.late == FARTHEST and slowest > SHARE:
            yield f"{slowest:.2f} of a serial client's time, not {SHARE:.2f}"
        if ours["cpu"] > CPU * ours["parsing"]:
            yield f"{ours['cpu'] / ours['parsing']:.2f} times the CPU of json.loads, not {CPU}"
        if ours["peak"] > MEMORY * ours["bytes"]:
            yield f"{ours['peak'] / ours['bytes']:.2f} times the bytes in memory, not {MEMORY}"
        if not ours["complete"]:
            yield "the chart is not complete"


def report() -> None:
    """Print how long everything takes, and what misses its floor."""
    for fault in run():
        print(f"fetch-chart MISSES ITS FLOOR, {fault}")


def run() -> list[str]:
    """Print how long everything takes; give what misses its floor."""
    if not installed():
        print(f"fetch-chart: not measured, {REASON}")
        return []
    chart = big()
    port, faults = free_port(), list[str]()
    with (
        tempfile.TemporaryDirectory() as folder,
        Sekmet(Path(folder), known_as=f"http://127.0.0.1:{port}") as server,
    ):
        server.load(chart.resources)
        for late in LATE:
            with far(port, server.port, late):
                found = measure(f"http://127.0.0.1:{port}/fhir", chart, late)
            print(f"fetch-chart, {found.line()}")
            faults += [f"{late} ms later: {fault}" for fault in found.faults()]
    return faults


def big() -> Chart:
    """The made chart that is nearest to the size, with orders; its history within ten years."""
    chart = min(map(read, made()), key=lambda one: abs(len(one.resources) - SIZE))
    chart = ordered(chart, 0)
    last = chart.last.year
    recent = DAY.sub(lambda day: _recent(day, last), json.dumps(chart.resources))
    resources: list[Json] = json.loads(recent)
    for patient in (one for one in resources if one["resourceType"] == "Patient"):
        patient["active"] = True
        for ending in ("deceasedDateTime", "deceasedBoolean"):
            patient.pop(ending, None)
    return Chart(resources, chart.orders)


def _recent(day: re.Match[str], last: int) -> str:
    year = int(day[1])
    year = year if year > last - YEARS else last - year % YEARS
    return f"{year}-{'02-28' if day[2] == '02-29' else day[2]}"


@contextmanager
def far(port: int, upstream: int, late: int) -> Iterator[None]:
    """A way to the server that takes so many milliseconds longer."""
    command = [sys.executable, "-m", "tests.bench.latency", str(port), str(upstream), str(late)]
    process = subprocess.Popen(command)
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                requests.get(f"http://127.0.0.1:{port}/fhir/metadata", timeout=5)
                break
            except requests.RequestException:
                assert time.monotonic() < deadline, "the proxy does not answer"
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


def measure(base: str, chart: Chart, late: int) -> Measured:
    """Fetch by ours, then the same searches by the others."""
    asked = {
        "base": base,
        "order": chart.orders["spine"],
        "as_of": chart.last.isoformat(),
        "months": MONTHS,
    }
    ours = told([sys.executable, "-m", "tests.bench.fetch_ours"], asked)
    searches = [search for url in ours["urls"] if (search := searched(url, base))]
    given = {"base": f"{base}/", "searches": searches}
    python = str(home() / "python/bin/python")
    others = {
        name: told([python, str(fetch_others.__file__), name], given)["seconds"] for name in OTHERS
    }
    return Measured(late, ours, others)


def searched(url: str, base: str) -> tuple[str, dict[str, list[str]]] | None:
    """A search's type and parameters; None for a read and for further pages."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    kind = parts.path.removeprefix(f"{urlsplit(base).path}/")
    if "patient" not in asked or "_offset" in asked:
        return None
    return kind, {name: values for name, values in asked.items() if name not in NOT_SAID}


def told(command: list[str], given: dict[str, Any]) -> dict[str, Any]:
    """Run something with JSON for input and output."""
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
