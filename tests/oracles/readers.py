"""How fast a reader of others reads a file: run by its own Python, prints one JSON line.

``python readers.py NAME FILE ROUNDS`` with pyx12, x12sdk, linuxforhealth-x12 or ansi-x12.
"""

import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import median
from time import process_time


def pyx12(path: str) -> Iterator[object]:
    with Path(path).open() as file:
        yield from import_module("pyx12.x12file").X12Reader(file)


def segments_of(package: str) -> Callable[[str], Iterator[object]]:
    def read(path: str) -> Iterator[object]:
        with import_module(f"{package}.io").X12SegmentReader(path) as reader:
            yield from reader.segments()

    return read


def ansi(path: str) -> Iterator[object]:
    library = import_module("x12")
    document = library.tokenize_x12(Path(path).read_bytes())
    library.parse_x12_interchange(document)
    yield from document.segments


READERS = {
    "pyx12": pyx12,
    "x12sdk": segments_of("x12sdk"),
    "linuxforhealth-x12": segments_of("linuxforhealth.x12"),
    "ansi-x12": ansi,
}


def timed(read: Callable[[str], Iterator[object]], path: str) -> tuple[int, float]:
    """Segments and CPU seconds."""
    began, count = process_time(), 0
    for _ in read(path):
        count += 1
    return count, process_time() - began


def peak() -> float:
    """Most memory in MB; ``getrusage`` would count what the parent held before this began."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    name, path, rounds = sys.argv[1:]
    runs = [timed(READERS[name], path) for _ in range(int(rounds))]
    seconds = median(spent for _, spent in runs)
    print(json.dumps({"segments": runs[0][0], "seconds": seconds, "memory": peak()}))
