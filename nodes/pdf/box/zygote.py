"""The process that children are forked from: it has imported what jobs need and saw no document.

One thread, one line to the server that started it, on which it says that it is ready. There
``start <ticket> <job>`` comes with the descriptor of a line of its own for the child, and
``end <ticket>`` ends that child and all it started. When the server's end of the line closes,
everything ends. As a program:
``python -I zygote.py <descriptor of its line to the server>``.
"""

import ctypes
import gc
import logging
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    # The server's own code, after the standard library and before anything that is installed.
    installed = [place for place, path in enumerate(sys.path) if "-packages" in path]
    first = min(installed, default=len(sys.path))
    sys.path.insert(first, str(Path(__file__).resolve().parents[3]))

from nodes.pdf.box.child import work
from nodes.pdf.box.jobs import JOBS, PRELOADED

LONGEST = 1024
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)
_prctl = ctypes.CDLL(None).prctl


def tend(control: socket.socket) -> None:
    """Start and end children as the server asks, until its end of the line closes."""
    awake, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    children: dict[str, int] = {}
    try:
        while True:
            ready, _, _ = select.select([control.fileno(), awake], [], [])
            if awake in ready:
                os.read(awake, LONGEST)
                _bury(children)
            if control.fileno() in ready and not _obey(control, children):
                return
    finally:
        for child in children.values():
            _end(child)


def preload() -> None:
    """Import what jobs need; one that cannot be imported fails by itself when it is asked for."""
    for module in (*PRELOADED, *(name.partition(":")[0] for name in JOBS)):
        with suppress(Exception):
            import_module(module)
    gc.collect()
    gc.freeze()


def _obey(control: socket.socket, children: dict[str, int]) -> bool:
    told, descriptors, _, _ = socket.recv_fds(control, LONGEST, 1)
    if not told:
        return False
    asked, ticket, *rest = told.decode().split(" ")
    if asked == "start" and descriptors:
        with socket.socket(fileno=descriptors[0]) as line:
            children[ticket] = _fork(rest[0], line, control)
    elif asked == "end" and ticket in children:
        _end(children[ticket])
    return True


def _fork(job: str, line: socket.socket, control: socket.socket) -> int:
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            os.setpgid(0, 0)
            _prctl(DIE_WITH_PARENT, signal.SIGKILL)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            if os.getppid() == parent:
                work(job, line)
        finally:
            os._exit(0)
    with suppress(OSError):
        os.setpgid(child, child)
    return child


def _end(child: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _bury(children: dict[str, int]) -> None:
    """End what a dead child had started before its number may be given to another."""
    for ticket, child in list(children.items()):
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            _end(child)
            os.waitpid(child, 0)
            del children[ticket]


if __name__ == "__main__":
    logging.disable()
    preload()
    line_to_server = socket.socket(fileno=int(sys.argv[1]))
    line_to_server.send(b"r")
    tend(line_to_server)
