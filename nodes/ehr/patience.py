"""How long to wait before the same is asked again, and when to stop."""

import math
import random
from collections.abc import Callable

from nodes.ehr.budget import Budget, OverBudget
from nodes.errors import UpstreamBusy

ATTEMPTS = 3
BUSY, BROKEN = 1.0, 0.25  # seconds, the first time; then twice as long


class Patience:
    """What one question may still cost: attempts, and time until the deadline."""

    def __init__(
        self, budget: Budget, left: Callable[[], float], pause: Callable[[float], None]
    ) -> None:
        """Start with all attempts."""
        self._budget, self._left, self._pause = budget, left, pause
        self.attempt = 1

    def busy(self, told: UpstreamBusy) -> float:
        """Wait as the EHR asked, else as its vendor's file says; give the moment then.

        UpstreamBusy when that is too late, or attempts are used up.
        """
        if isinstance(told, OverBudget):
            raise told
        wait = self._until_free(told)
        until = self._budget.rest(wait)
        if self.attempt >= ATTEMPTS or wait >= self._left():
            raise UpstreamBusy(
                "the EHR is busy", math.ceil(wait), throttled=told.throttled
            ) from None
        self.attempt += 1
        self._pause(wait)
        return until

    def broken(self) -> bool:
        """Wait a little after a failure; False when attempts or time are used up."""
        wait = self._growing(BROKEN)
        if self.attempt >= ATTEMPTS or wait >= self._left():
            return False
        self.attempt += 1
        self._pause(wait)
        return True

    def _until_free(self, told: UpstreamBusy) -> float:
        """Seconds: as told; to the top of the minute or hour; else longer each time.

        Where a vendor throttles by the second too, the first 429 is taken for that.
        """
        if told.retry_after is not None:
            return told.retry_after
        momentary = self._budget.limits.per_second is not None and self.attempt == 1
        reset = self._budget.until_reset()
        if not told.throttled or momentary or reset is None:
            return self._growing(BUSY)
        return reset

    def _growing(self, first: float) -> float:
        longest = first * 2 ** (self.attempt - 1)
        return random.uniform(longest / 2, longest)
