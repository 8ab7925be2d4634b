"""Reading X12 beside a bare ``str.split`` and the readers of others; memory of a 100 MB stream."""

import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

from pyx12.x12file import X12Reader

from nodes.x12.reading.stream import Reader
from tests import oracles
from tests.bench.x12_files import claim_parts, claims, reviews

ROUNDS = 9
PEER_ROUNDS = 3
LARGE = 100_000_000
PEERS = ("pyx12", "ansi-x12", "x12sdk", "linuxforhealth-x12")
Read = Callable[[str], Iterator[object]]


def split(path: str) -> Iterator[list[str]]:
    """The floor: nothing but cutting, streaming, with what the file happens to use."""
    rest = ""
    with Path(path).open(newline="") as file:
        while piece := file.read(1 << 14):
            rows = (rest + piece).split("~")
            rest = rows.pop()
            for row in rows:
                yield row.split("*")


def ours(path: str) -> Iterator[list[str]]:
    """Our reader, with its checks of envelopes, counts and levels; nothing may be found."""
    with Path(path).open("rb") as file:
        reader = Reader(file)
        yield from reader
    if reader.findings:
        raise SystemExit(f"{reader.findings[0].words}")


def pyx12(path: str) -> Iterator[object]:
    """pyx12's reader, in this process."""
    with Path(path).open() as file:
        yield from X12Reader(file)


def timed(read: Read, path: str) -> tuple[int, float]:
    """Segments and CPU seconds."""
    gc.collect()
    began, count = process_time(), 0
    for _ in read(path):
        count += 1
    return count, process_time() - began


def compare(path: str) -> tuple[int, float, float, float]:
    """Segments, our seconds, and how often we are as fast as the floor and as pyx12.

    All three in turn, so that they meet the same machine; medians of the rounds' ratios.
    """
    rows = []
    for _ in range(ROUNDS):
        (count, mine), (_, floor), (_, other) = (timed(one, path) for one in (ours, split, pyx12))
        rows.append((mine, floor / mine, other / mine))
    mine, floor, other = (median(row[place] for row in rows) for place in range(3))
    return count, mine, floor, other


def peers(path: str) -> Iterator[tuple[str, dict[str, float]]]:
    """Every reader of others with segments, seconds and memory, each in a process of its own."""
    home = oracles.home()
    for name in PEERS:
        folder = "linuxforhealth" if name.startswith("linux") else "python"
        python = home / folder / "bin/python"
        if python.exists():
            script = oracles.HERE / "readers.py"
            yield name, child(python, script, name, path, PEER_ROUNDS)
    script = oracles.HERE / "x12_parser.cjs"
    yield "x12-parser (node)", child(home / "node", script, home / "npm", "--time", path)


def child(*command: object) -> dict[str, float]:
    """What a process of its own measured."""
    told = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def memory(path: str) -> dict[str, float]:
    """Our reader's segments, seconds and peak memory, in a process of its own."""
    return child(sys.executable, "-m", "tests.bench.x12_reading", path)


def large(folder: Path, size: int) -> Path:
    """A file of one transaction set with at least so many bytes."""
    path = folder / f"{size}.edi"
    sample = len(claims(1_000)) / 1_000
    with path.open("w") as file:
        file.writelines(claim_parts(int(size / sample) + 1_000))
    return path


def line(name: str, size: int, told: dict[str, float], note: str = "") -> None:
    """Print one row of the table."""
    speed, bulk = told["segments"] / told["seconds"], size / told["seconds"] / 1e6
    print(f"  {name:22}{speed:13,.0f}{bulk:8.1f}{told['memory']:8.0f}  {note}")


def report() -> None:
    """Print the tables."""
    subprocess.run([oracles.HERE.parents[1] / ".ci/oracles"], stdout=subprocess.DEVNULL, check=True)
    with tempfile.TemporaryDirectory() as folder:
        for title, text in (
            ("277 X212, 10,000 claims", claims(10_000)),
            ("the same, CRLF behind each segment", claims(10_000).replace("~", "~\r\n")),
            ("278 X217, 2,000 requests", reviews(2_000)),
        ):
            path = Path(folder, "sample.edi")
            path.write_bytes(text.encode())
            table(title, str(path))
        print("\nOur reader's memory (floor: 100 MB file under 100 MB)")
        for size in (LARGE // 10, LARGE):
            path = large(Path(folder), size)
            line(f"{size // 1_000_000} MB, one set", path.stat().st_size, memory(str(path)))


def table(title: str, path: str) -> None:
    """Print one file's table."""
    size = Path(path).stat().st_size
    count, mine, floor, other = compare(path)
    print(f"\nReading X12: {title}, {count:,} segments, {size / 1e6:.1f} MB")
    print(f"  {'':22}{'segments/s':>13}{'MB/s':>8}{'MB RSS':>8}")
    told = memory(path) | {"segments": count, "seconds": mine}
    line("ours, all checks", size, told, f"{floor:.2f} of bare split (floor: 0.33)")
    print(f"{'':53}  {other:.1f} times pyx12 (floor: 8)")
    for name, found in peers(path):
        ratio = found["seconds"] / mine
        note = f"ours {ratio:.1f} times as fast" if ratio >= 1 else f"{1 / ratio:.1f} times ours"
        line(name, size, found, note + doubts(name, path))


def doubts(name: str, path: str) -> str:
    """What a faster reader leaves out."""
    if name not in {"x12sdk", "linuxforhealth-x12"}:
        return ""
    crlf = "; takes a line end for part of the next name" if "\r" in head(path) else ""
    return f"; checks nothing{crlf}"


def head(path: str) -> str:
    """The beginning of a file."""
    with Path(path).open(newline="") as file:
        return file.read(200)


def peak() -> float:
    """Most memory in MB; ``getrusage`` would count what the parent held before this began."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    count, seconds = timed(ours, sys.argv[1])
    print(json.dumps({"segments": count, "seconds": seconds, "memory": peak()}))
