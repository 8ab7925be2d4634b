"""A child started from nothing: a fresh interpreter for one document."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PROGRAM = Path(__file__).with_name("child.py")
PASSED_ON = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
QUIET = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}


def environment() -> dict[str, str]:
    """Give a child no variable of the server's but where programs and their data are."""
    return QUIET | {name: os.environ[name] for name in PASSED_ON if name in os.environ}


@contextmanager
def started(job: str) -> Iterator[socket.socket]:
    """Start a child for a job and give the line to it; it and what it started end with it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        child = subprocess.Popen(
            [sys.executable, "-I", str(PROGRAM), job, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        try:
            yield ours
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
