"""What becomes of processes (proc(5)), waited for and not slept for."""

from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from time import monotonic

PATIENCE = 20


def children(pid: int) -> list[int]:
    """What a process has started, in whichever thread."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for thread in threads for one in thread.read_text().split()]


def comes(true: Callable[[], object]) -> bool:
    """Whether it comes true within a few seconds, asked again and again."""
    end = monotonic() + PATIENCE
    return any(true() for _ in takewhile(lambda _: monotonic() < end, iter(int, 1)))


def gone(pid: int) -> bool:
    try:
        return " Z " in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
