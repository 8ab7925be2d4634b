"""How time grows with the size of what is given, told alike on a quiet and on a busy machine.

Work that is linear takes SPREAD times as long for SPREAD times as much, quadratic work its
square, 256 times; a bound between them has room to both sides. Garbage is collected between the
measured calls only, and only what they left: a full collection costs what the whole process
holds, and it would fall into the longer call.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time
from typing import TypeVar

SPREAD = 16
BOUND = 80
LEAST = 0.001
TRIES = 3
Given = TypeVar("Given")


def seconds(
    work: Callable[[Given], object], make: Callable[[int], Given], size: int
) -> tuple[float, float]:
    """CPU seconds of the work on SIZE and on SPREAD times as much; linear: within BOUND times."""
    small, large = make(size), make(size * SPREAD)
    once = max(quickest(work, small), LEAST)
    return once, quickest(work, large, enough=BOUND * once)


def quickest(work: Callable[[Given], object], given: Given, enough: float = 0) -> float:
    """CPU seconds of the quickest of some tries; no further one once it took less than enough."""
    best = float("inf")
    with uncollected():
        for _ in range(TRIES):
            gc.collect()
            began = thread_time()
            work(given)
            best = min(best, thread_time() - began)
            if best < enough:
                break
    return best


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector stopped, and what is there already out of its sight."""
    running = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if running:
            gc.enable()
