"""How often one EHR may be asked, as its vendor's file says: books kept in this process.

There is one book for each address and client, shared by all threads. Other worker processes have
their own: the settings' ``budget`` gives each its part (four workers: 0.25). What nobody counted
here, the EHR's own 429 says, and then all threads hold still.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

from nodes.ehr.vendor import Limits
from nodes.errors import UpstreamBusy

SECONDS = {"second": 1, "minute": 60, "hour": 3600}
CLOCKS_DIFFER = 0.25  # seconds after the top of a window, for an EHR whose clock is behind
LONGEST = 60.0  # seconds that all hold still because one was told to; then one asks again
USED_UP = "what the EHR's vendor allows is used up for now"


class OverBudget(UpstreamBusy):
    """This server asks no more for now; the EHR has not been asked."""


class Rolling:
    """At most ``count`` requests in any stretch of ``seconds``."""

    def __init__(self, count: int, seconds: float) -> None:
        """Start with nothing asked."""
        self.seconds = seconds
        self.turns: deque[float] = deque(maxlen=count)

    def earliest(self, turn: float) -> float:
        """When a request may be made that wants this turn."""
        full = len(self.turns) == self.turns.maxlen
        return max(turn, self.turns[0] + self.seconds) if full else turn

    def take(self, turn: float) -> None:
        """Count a request."""
        self.turns.append(turn)


class Aligned:
    """At most ``count`` requests from one top of the minute or hour (UTC) to the next."""

    def __init__(self, count: int, seconds: int, offset: Callable[[], float]) -> None:
        """Start with nothing asked; ``offset`` is what makes a turn seconds since 1970."""
        self.count, self.seconds, self.offset = count, seconds, offset
        self.window, self.used = 0, 0

    def earliest(self, turn: float) -> float:
        """When a request may be made that wants this turn."""
        offset = self.offset()
        window = int((turn + offset) // self.seconds)
        if window > self.window:
            return turn
        following = self.window + (self.used >= self.count)
        if window == following:
            return turn
        return following * self.seconds - offset + CLOCKS_DIFFER

    def take(self, turn: float) -> None:
        """Count a request."""
        window = int((turn + self.offset()) // self.seconds)
        self.used = self.used + 1 if window == self.window else 1
        self.window = window


class Budget:
    """One client's requests to one EHR: turns, and how many are under way at once."""

    def __init__(
        self,
        limits: Limits,
        part: float = 1.0,
        *,
        clock: Callable[[], float] = monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Take this process' part of a vendor's limits; one request is always in it."""
        self.limits, self._clock, self._wall = limits, clock, wall
        self._lock = Lock()
        self._quiet_until = -math.inf
        self._slots = BoundedSemaphore(_share(limits.concurrency, part))
        self._rules: list[Rolling | Aligned] = []
        if limits.per_second:
            count = _share(limits.per_second, part)
            self._rules.append(Rolling(count, count / (limits.per_second * part)))
        if limits.requests and limits.window:
            count, seconds = _share(limits.requests, part), SECONDS[limits.window]
            if limits.reset == "clock":
                self._rules.append(Aligned(count, seconds, lambda: self._wall() - self._clock()))
            else:
                longer = count / (limits.requests * part)
                self._rules.append(Rolling(count, seconds * longer))

    def book(self, left: float, rested: float = -math.inf) -> tuple[float, float]:
        """Book a turn: seconds until then, and its moment; OverBudget when that is too late.

        ``rested``: the moment until which whoever asks has waited already.
        """
        with self._lock:
            now = self._clock()
            turn = now if self._quiet_until <= rested else max(now, self._quiet_until)
            for rule in self._rules:
                turn = rule.earliest(turn)
            if turn > now and turn - now >= left:
                raise OverBudget(USED_UP, math.ceil(turn - now))
            for rule in self._rules:
                rule.take(turn)
            return turn - now, turn

    @contextmanager
    def slot(self, left: float) -> Iterator[None]:
        """Be one of those under way; OverBudget when no other ends in time."""
        if not self._slots.acquire(timeout=max(left, 0)):
            raise OverBudget("too many requests to the EHR are under way", 1)
        try:
            yield
        finally:
            self._slots.release()

    def rest(self, seconds: float) -> float:
        """Let all wait, because the EHR told one of them to; give the moment until when."""
        with self._lock:
            until = self._clock() + min(seconds, LONGEST)
            self._quiet_until = max(self._quiet_until, until)
            return until

    def until_reset(self) -> float | None:
        """Seconds until the EHR counts anew; None where it does not go by the clock."""
        if self.limits.reset != "clock" or not self.limits.window:
            return None
        seconds = SECONDS[self.limits.window]
        return seconds - self._wall() % seconds + CLOCKS_DIFFER


_books: dict[tuple[str, str, Limits, float], Budget] = {}
_opening = Lock()


def shared(base_url: str, client: str, limits: Limits, part: float) -> Budget:
    """Find this process' book for an address and a client."""
    with _opening:
        return _books.setdefault((base_url, client, limits, part), Budget(limits, part))


def forget() -> None:
    """Open all books anew, as a new process has them."""
    with _opening:
        _books.clear()


def _share(count: int, part: float) -> int:
    return max(1, int(count * part + 1e-9))
