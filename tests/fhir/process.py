"""A server of others as a child: it ends with us, however we end."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

# Whoever ends the tests the hard way closes this pipe; then the server goes as well.
WATCHED = """
exec 3<&0
"$@" </dev/null &
child=$!
(cat <&3 >/dev/null; kill $child) 2>/dev/null &
wait $child
"""


class Child:
    """A running server with whatever it started."""

    def __init__(
        self, command: Sequence[object], folder: Path, log: Path, extra: Mapping[str, str]
    ) -> None:
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                ["bash", "-c", WATCHED, "server", *map(str, command)],
                cwd=folder,
                env=os.environ | extra,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.log = log

    def alive(self) -> None:
        """Fail when it ended."""
        assert self.process.poll() is None, f"the server ended: see {self.log}"

    def stop(self) -> None:
        """End it, and all of its group."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
