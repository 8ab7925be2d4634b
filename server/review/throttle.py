"""Guessing at credentials is told to wait; a right credential never is."""

from collections.abc import Callable
from time import monotonic

EVERYBODY = ""
FREE, FREE_TOGETHER, LONGEST, FORGOTTEN = 5, 20, 300, 900


class Throttle:
    """Counts failed attempts, per credential tried and of everybody together, in memory.

    After ``FREE`` failures with one credential, or ``FREE_TOGETHER`` with any, each further one
    asks for a pause twice as long, up to ``LONGEST`` seconds. Addresses are not counted: behind a
    proxy all reviewers have one, and a guesser could lock them all out.
    """

    def __init__(self, clock: Callable[[], float] = monotonic, most: int = 10_000) -> None:
        """Remember at most ``most`` credentials, the oldest forgotten first."""
        self.clock, self.most = clock, most
        self.failures: dict[str, tuple[int, float]] = {}

    def failed(self, mark: str) -> int:
        """Count a failure of a credential, known by its hash; say how many seconds to wait.

        None: it came outside a pause.
        """
        return max(self._failed(EVERYBODY, FREE_TOGETHER), self._failed(mark, FREE))

    def _failed(self, mark: str, free: int) -> int:
        now = self.clock()
        count, until = self.failures.pop(mark, (0, now))
        count = count + 1 if now < until + FORGOTTEN else 1
        pause = min(2.0 ** (count - free + 1), LONGEST) if count >= free else 0.0
        if len(self.failures) >= self.most:
            self.failures.pop(next(iter(self.failures)), None)
        self.failures[mark] = (count, now + pause)
        return max(0, round(until - now + 0.5)) if until > now else 0
