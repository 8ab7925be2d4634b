"""What a bounded child process costs for each document: forked from the warm zygote, and cold."""

import os
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median, quantiles
from time import perf_counter

from nodes.pdf.box import cold
from nodes.pdf.box.asking import ask
from nodes.pdf.box.messages import receive, send
from nodes.pdf.box.warm import ZYGOTE

JOB = "nodes.pdf.box.trivial:count"
WARM, COLD = 200, 15
DOCUMENT = b"%PDF-1.7" + bytes(1_000_000)
SECONDS = 60.0


def spent() -> float:
    """Processor seconds of this process, of children it waited for, and of the zygote's."""
    told = Path(f"/proc/{ZYGOTE.pid}/stat").read_text().rpartition(")")[2].split()
    zygote = sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    own = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return zygote + sum(one.ru_utime + one.ru_stime for one in own)


def memory() -> float:
    """Megabytes of the zygote that are its own."""
    told = Path(f"/proc/{ZYGOTE.pid}/status").read_text().split("RssAnon:")[1]
    return int(told.split()[0]) / 1024


def alone() -> None:
    """One document in a child of a fresh interpreter."""
    with cold.started(JOB) as line:
        send(line, [DOCUMENT, b"{}"])
        receive(line, 1000)


def measured(run: Callable[[], object], times: int) -> tuple[float, float, float]:
    """Median and 95th percentile of wall, and processor, in milliseconds each."""
    began, walls = spent(), []
    for _ in range(times):
        start = perf_counter()
        run()
        walls.append(perf_counter() - start)
    processor = (spent() - began) / times
    return median(walls) * 1000, quantiles(walls, n=20)[-1] * 1000, processor * 1000


def report() -> None:
    """Print the table."""
    assert ZYGOTE.ready(SECONDS)
    print("\nBounded child per document of 1 MB, trivial job (floor: warm under 20 ms)")
    print(f"{'child':<16}{'median ms':>12}{'p95 ms':>10}{'CPU ms':>10}")
    for name, run, times in (
        ("warm", lambda: ask(JOB, DOCUMENT), WARM),
        ("cold", alone, COLD),
    ):
        middle, high, processor = measured(run, times)
        print(f"{name:<16}{middle:>12.1f}{high:>10.1f}{processor:>10.1f}")
    print(f"zygote: {memory():.0f} MB of its own")


if __name__ == "__main__":
    report()
