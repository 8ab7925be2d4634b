"""Ask the box: a document from outside, a job of the closed list, an answer or a code."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from socket import socket
from threading import BoundedSemaphore
from time import monotonic
from typing import Any

from nodes.pdf.box import cold, warm
from nodes.pdf.box.jobs import JOBS, MEGABYTE, Job
from nodes.pdf.box.messages import Broken, receive, send
from nodes.pdf.box.verdict import CODES, Boxed

__all__ = ["Answer", "Boxed", "ask"]

MARK, WITHIN = b"%PDF-", 1024
LARGEST_FILES = 200 * MEGABYTE
LARGEST_ANSWER = 256 * MEGABYTE
PLACES = max(4, os.cpu_count() or 1)
STARTED = warm.ZYGOTE.started if warm.POSSIBLE else cold.started
_places = [BoundedSemaphore(PLACES)]


def _forked() -> None:
    """Start a forked server with all places free: none of the asking threads came with it."""
    _places[0] = BoundedSemaphore(PLACES)


if warm.POSSIBLE:
    os.register_at_fork(after_in_child=_forked)


@dataclass(frozen=True)
class Answer:
    """What a job told, read from JSON, and the files it made."""

    told: Any
    files: tuple[bytes, ...]


def ask(
    job: str,
    data: bytes,
    options: Mapping[str, Any] | None = None,
    *,
    seconds: float = 20.0,
    files: Sequence[bytes] = (),
) -> Answer:
    """Run a job on a document in a bounded process of its own, in at most so many seconds.

    Raises Boxed, and never says a word of the document. KeyError: no job of that name is listed.
    """
    _check(JOBS[job], data, files)
    until = monotonic() + seconds
    places = _places[0]
    if not places.acquire(timeout=max(seconds, 0)):
        raise Boxed("timeout")
    try:
        parts = [data, json.dumps(dict(options or {})).encode(), *files]
        return _told(_asked(job, parts, until))
    finally:
        places.release()


def _check(job: Job, data: bytes, files: Sequence[bytes]) -> None:
    if len(data) > job.largest or sum(map(len, files)) > LARGEST_FILES:
        raise Boxed("too_large")
    if job.pdf and MARK not in data[:WITHIN]:
        raise Boxed("not_a_pdf")


def _asked(job: str, parts: Sequence[bytes], until: float) -> list[bytes]:
    with suppress(OSError, warm.Orphaned), STARTED(job) as line:
        return _exchanged(line, parts, until)
    with cold.started(job) as line:
        return _exchanged(line, parts, until)


def _exchanged(line: socket, parts: Sequence[bytes], until: float) -> list[bytes]:
    try:
        with suppress(ConnectionError):  # it ended before it took all: it may have said why
            send(line, parts, until)
        return receive(line, LARGEST_ANSWER, until)
    except TimeoutError:
        raise Boxed("timeout") from None
    except (Broken, OSError):
        raise Boxed("killed") from None


def _told(answer: Sequence[bytes]) -> Answer:
    code, told, *files = answer if len(answer) > 1 else (b"killed", b"")
    if code:
        said = code.decode("ascii", "replace")
        raise Boxed(said if said in CODES else "killed", told.decode("ascii", "replace"))  # type: ignore[arg-type]
    try:
        return Answer(json.loads(told), tuple(files))
    except (ValueError, RecursionError):
        raise Boxed("killed") from None
