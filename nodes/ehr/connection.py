"""Speak to one system of an EHR during one call of a node: one deadline, one credential."""

import time
from collections.abc import Callable, Mapping
from time import monotonic
from urllib.parse import urlsplit

from nodes import http
from nodes.ehr.account import Bearer, Ehr
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout

ATTEMPTS = 3


class Connection:
    """One system of an EHR; the deadline of all calls is the EHR's ``timeout``.

    Only addresses of the configured origin are called.
    """

    def __init__(
        self,
        ehr: Ehr,
        *,
        call: http.Call = http.call,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Start the clock."""
        self.base_url = ehr.base_url.rstrip("/")
        self._ehr, self._call, self._pause, self._clock = ehr, call, pause, clock
        self._deadline = clock() + ehr.timeout

    def get(self, url: str, headers: Mapping[str, str]) -> http.Answer:
        """Ask for something; wait as long as the EHR asks to, while time and attempts are left."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once("GET", url, None, headers)
            except UpstreamBusy as busy:
                wait = busy.retry_after if busy.retry_after is not None else attempt
                if attempt == ATTEMPTS or wait >= self.left():
                    raise UpstreamBusy("the EHR is busy", busy.retry_after) from None
                self._pause(wait)
        raise AssertionError("the last attempt returns or raises")

    def send(
        self, method: http.Method, url: str, body: bytes, headers: Mapping[str, str]
    ) -> http.Answer:
        """Write something, once: whoever calls knows whether a second time is safe."""
        return self._once(method, url, body, headers)

    def left(self) -> float:
        """Seconds until the deadline."""
        return self._deadline - self._clock()

    def _once(
        self, method: http.Method, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> http.Answer:
        if urlsplit(url)[:2] != urlsplit(self.base_url)[:2]:
            raise UpstreamFailed("the EHR points at another address, which is never called")
        if self.left() <= 0:
            raise UpstreamTimeout("the EHR was too slow for the whole chart")
        return self._call(
            method, url, body=body, headers=headers, timeout=self.left(), token=self._token()
        )

    def _token(self) -> str | None:
        held = self._ehr.credential
        return held.token.get_secret_value() if isinstance(held, Bearer) else None
