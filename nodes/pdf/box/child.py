"""The child of the box: bounds itself, runs one job of the closed list, answers, and ends.

As a program: ``python -I child.py <job> <descriptor of its line to the server>``.
"""

import json
import logging
import os
import socket
import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    # The server's own code, after the standard library and before anything that is installed.
    installed = [place for place, path in enumerate(sys.path) if "-packages" in path]
    first = min(installed, default=len(sys.path))
    sys.path.insert(first, str(Path(__file__).resolve().parents[3]))

from nodes.pdf.box.bounds import confine, tighten
from nodes.pdf.box.jobs import JOBS
from nodes.pdf.box.messages import receive, send
from nodes.pdf.box.verdict import code_of, place_of

LARGEST_REQUEST = 512 * 1024 * 1024


def work(name: str, line: socket.socket) -> None:
    """Take a document from the line, run the job on it, and answer or say which code it is."""
    logging.disable()
    confine(JOBS[name])
    try:
        answer = _run(name, line)
    except BaseException as error:  # noqa: BLE001 - the boundary: nothing leaves but a code
        answer = [code_of(error).encode(), place_of(error).encode("ascii", "replace")]
    send(line, answer)


def _run(name: str, line: socket.socket) -> list[bytes]:
    tighten()
    module, _, function = name.partition(":")
    job = getattr(import_module(module), function)
    data, options, *files = receive(line, LARGEST_REQUEST)
    told, made = job(data, json.loads(options), files)
    words = json.dumps(told, ensure_ascii=False, allow_nan=False)
    return [b"", words.encode("utf-8", "replace"), *map(bytes, made)]


if __name__ == "__main__":
    work(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
    os._exit(0)
