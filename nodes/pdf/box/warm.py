"""A child forked from this server's zygote, which starts with the first document.

Until it has imported what jobs need, and where it cannot be had, ``started`` raises OSError: start
the child cold then.
"""

import atexit
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Lock

from nodes.pdf.box.cold import environment
from nodes.pdf.box.verdict import Boxed

PROGRAM = Path(__file__).with_name("zygote.py")
POSSIBLE = sys.platform == "linux"
SECONDS = 5.0
ATTEMPTS = 3


class Orphaned(Exception):
    """The zygote died under a job, which says nothing of the document: ask again."""


class Zygote:
    """This process's zygote: started when first needed, again when it died, never shared."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = Lock()
        self._tickets = count()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._failed = 0

    @property
    def pid(self) -> int | None:
        """The number of its process, while there is one."""
        return self._process.pid if self._process else None

    @contextmanager
    def started(self, job: str) -> Iterator[socket.socket]:
        """Have a child forked for a job and give the line to it; it ends with this context."""
        ours, theirs = socket.socketpair()
        ticket = next(self._tickets)
        with ours:
            with theirs:
                control = self._start(f"start {ticket} {job}".encode(), theirs)
            try:
                yield ours
            except Boxed as boxed:
                if boxed.code == "killed" and _closed(control):
                    raise Orphaned from None
                raise
            finally:
                with suppress(OSError):
                    control.send(f"end {ticket}".encode())

    def ready(self, seconds: float = 0.0) -> bool:
        """Start it if need be, and say whether it can fork within so many seconds."""
        with suppress(BlockingIOError):
            self._running()
        with self._lock:
            return self._awake(seconds)

    def end(self) -> None:
        """End it and all its children, as at the end of the server."""
        with self._lock:
            ready = self._ready
            self._leave()
            if self._process:
                if not ready:
                    self._process.kill()
                try:
                    self._process.wait(SECONDS)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()
            self._process = None

    def forget(self) -> None:
        """Leave it to the process this one was forked from."""
        if self._process:
            self._process.returncode = 0
        self._leave()
        self._process, self._lock = None, Lock()

    def _leave(self) -> None:
        if self._control:
            self._control.close()
        self._control, self._ready = None, False

    def _start(self, told: bytes, line: socket.socket) -> socket.socket:
        """Ask the zygote, or see to a new one when it is gone; OSError when there is none yet."""
        control = self._running()
        try:
            socket.send_fds(control, [told], [line.fileno()])
        except OSError:
            control = self._running(instead_of=control)
            socket.send_fds(control, [told], [line.fileno()])
        return control

    def _running(self, instead_of: socket.socket | None = None) -> socket.socket:
        with self._lock:
            dead = self._process is None or self._process.poll() is not None
            if dead or self._control is instead_of:
                self._hatch()
            if not self._awake(0):
                raise BlockingIOError
            assert self._control
            return self._control

    def _awake(self, seconds: float) -> bool:
        if not self._ready and self._control:
            told = _heard(self._control, select.POLLIN, seconds)
            self._ready = told and bool(self._control.recv(1))
            self._failed = 0 if self._ready else self._failed
        return self._ready

    def _hatch(self) -> None:
        if self._process and not self._ready:
            self._failed += 1
        if self._failed >= ATTEMPTS:
            raise OSError
        self._leave()
        if self._process:
            self._process.kill()
            self._process.wait()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, ExitStack() as failed:
            failed.enter_context(ours)
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(PROGRAM), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment(),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            failed.pop_all()
        ours.settimeout(SECONDS)
        self._control = ours


def _closed(control: socket.socket) -> bool:
    return control.fileno() < 0 or _heard(control, select.POLLHUP)


def _heard(control: socket.socket, event: int, seconds: float = 0.0) -> bool:
    line = select.poll()
    line.register(control, event)
    return bool(line.poll(seconds * 1000))


ZYGOTE = Zygote()
atexit.register(ZYGOTE.end)
if POSSIBLE:
    os.register_at_fork(after_in_child=ZYGOTE.forget)
