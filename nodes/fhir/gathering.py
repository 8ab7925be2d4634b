"""Several questions to one EHR under way at once; the answers are taken one after the other."""

import contextvars
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from nodes.errors import NodeError, UpstreamTimeout
from nodes.fhir.client import Client
from nodes.http import Answer

GRACE = 1.0


@dataclass(frozen=True)
class Asked:
    """One question: where, what to do with the answer, and what to do without one."""

    url: str
    headers: dict[str, str]
    taken: Callable[[Answer], None]
    failed: Callable[[NodeError], None]


class Gathering:
    """Asks in threads, as many at once as the vendor allows; takes answers in the caller's own.

    So at most one page is parsed at a time, and nothing that takes answers needs a lock. What
    takes an answer may ask more. Nothing is waited for beyond the connection's deadline.
    """

    def __init__(self, client: Client, later: Callable[[], Asked | None] = lambda: None) -> None:
        """Prepare to ask; ``run`` does. ``later`` gives what to ask when nothing else waits."""
        self._later = later
        self._client = client
        self._most = client.vendor.limits.concurrency
        self._waiting: deque[Asked] = deque()
        self._under_way: dict[Future[Answer], Asked] = {}
        self._pool: ThreadPoolExecutor | None = None

    def ask(self, question: Asked, *, soon: bool = False) -> None:
        """Ask when a thread is free; ``soon``: before all that waits."""
        (self._waiting.appendleft if soon else self._waiting.append)(question)
        self._start()

    def run(self) -> None:
        """Take answers until nothing is under way; what is not there in time has failed."""
        self._pool = ThreadPoolExecutor(self._most, "fhir")
        try:
            self._start()
            while self._under_way:
                patience = max(self._client.connection.left(), 0) + GRACE
                done, _ = wait(self._under_way, patience, FIRST_COMPLETED)
                if not done:
                    self._give_up()
                for future in done:
                    self._take(future)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _start(self) -> None:
        while self._pool and len(self._under_way) < self._most:
            asked = self._waiting.popleft() if self._waiting else self._later()
            if asked is None:
                return
            context = contextvars.copy_context()
            future = self._pool.submit(context.run, self._client.ask, asked.url, asked.headers)
            self._under_way[future] = asked

    def _take(self, future: Future[Answer]) -> None:
        asked = self._under_way.pop(future, None)
        if asked is None:
            return
        try:
            answer = future.result()
        except NodeError as error:
            asked.failed(error)
        else:
            asked.taken(answer)
        self._start()

    def _give_up(self) -> None:
        """Say of all that is asked or waits that it did not come."""
        late = UpstreamTimeout("the EHR was too slow for the whole chart")
        left = [*self._under_way.values(), *self._waiting]
        self._under_way.clear()
        self._waiting.clear()
        for asked in left:
            asked.failed(late)
