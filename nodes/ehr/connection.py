"""Speak to one system of an EHR during one call of a node: one deadline, one credential."""

import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from math import inf
from time import monotonic
from typing import Literal, Self

from nodes import http
from nodes.ehr import address, assertion, budget, denial, tokens, vendors
from nodes.ehr.account import Bearer, Credential, Ehr, PrivateKey, RefreshToken
from nodes.ehr.patience import Patience
from nodes.errors import NotConfigured, UpstreamBusy, UpstreamFailed, UpstreamTimeout

System = Literal["fhir", "rest", "soap"]
PASSING = (500, 502, 504)
REFUSED = "the EHR refused this server's credential"
NONE_SET = "the EHR wants a credential, and its settings have none"
ELSEWHERE = "the EHR points at another address, which is never called"
LATE = "the EHR was too slow for the whole chart"
WRITING = 0.8  # of the time that is left: the rest is for looking whether it was written


class Connection:
    """One system of an EHR; the deadline of all calls is the EHR's ``timeout``.

    ``system``: its FHIR endpoint, its vendor's own REST API (``Ehr.rest``), or its SOAP API
    (``Ehr.soap``: no token, the caller writes user and key into the message). Only addresses of
    that system's origin are called, and its token endpoint. Several threads may use one.
    """

    def __init__(
        self,
        ehr: Ehr,
        *,
        system: System = "fhir",
        call: http.Call = http.call,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = monotonic,
        deadline: float | None = None,
    ) -> None:
        """Start the clock, unless another connection's ``deadline`` counts."""
        self.system, self.vendor = system, vendors.named(ehr.vendor)
        self.base_url, self._credential = _part(ehr, system)
        self.aliases = ehr.aliases if system == "fhir" else ()
        self._ehr, self._call, self._pause, self._clock = ehr, call, pause, clock
        self._deadline = clock() + ehr.timeout if deadline is None else deadline
        self._budget = budget.shared(
            self.base_url, _client(self._credential), self.vendor.limits, ehr.budget
        )
        self._rested = -inf
        self._tokens = None
        if self._credential and not isinstance(self._credential, Bearer):
            _signs(self._credential, self.vendor.auth.algorithms)
            self._tokens = tokens.shared(self.base_url, self._credential)

    def beside(self, system: System) -> Self:
        """Connect to another system of the same EHR, with the same deadline."""
        return type(self)(
            self._ehr,
            system=system,
            call=self._call,
            pause=self._pause,
            clock=self._clock,
            deadline=self._deadline,
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader of an answer should know: scopes that the EHR did not grant."""
        lacks = self._tokens.missing if self._tokens else ()
        said = f"the EHR granted fewer scopes than asked for, without {', '.join(lacks[:20])}"
        return (said,) if lacks else ()

    @property
    def window(self) -> int | None:
        """How many requests this process may make in its vendor's window; None: not known."""
        most = self.vendor.limits.requests
        return max(1, int(most * self._ehr.budget)) if most else None

    def get(self, url: str, headers: Mapping[str, str]) -> http.Answer:
        """Ask for something, again where that is safe and may help, within the deadline.

        A 401 renews the token once. 429 and 503 are obeyed; a broken connection, 500, 502 and 504
        are tried again a few times, and the last answer is given.
        """
        patience = self._patience()
        while True:
            try:
                answer = self._authorized("GET", url, None, headers)
            except UpstreamBusy as busy:
                self._rested = patience.busy(busy)
            except UpstreamFailed as failed:
                if not (failed.transient and patience.broken()):
                    raise
            else:
                if answer.status not in PASSING or not patience.broken():
                    return answer

    def send(
        self, method: http.Method, url: str, body: bytes, headers: Mapping[str, str]
    ) -> http.Answer:
        """Write something, again only where the EHR says it has not acted: 401 and 429.

        UpstreamTimeout: whether it acted is not known. It comes while there is time to look.
        """
        patience = self._patience()
        while True:
            try:
                return self._authorized(method, url, body, headers)
            except UpstreamBusy as busy:
                if not busy.throttled:
                    raise
                self._rested = patience.busy(busy)

    def left(self) -> float:
        """Seconds until the deadline."""
        return self._deadline - self._clock()

    def _patience(self) -> Patience:
        return Patience(self._budget, self.left, self._pause)

    def _authorized(
        self,
        method: http.Method,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> http.Answer:
        """Ask with a token, once more with a new one when the EHR refuses it."""
        if not address.same(url, self.base_url):
            raise UpstreamFailed(ELSEWHERE)
        never = self.vendor.limits.never_retry
        token = self._token()
        answer = denial.checked(self._in_turn(method, url, body, headers, token), never)
        if answer.status == 401 and self._tokens:
            renewed = self._token(refused=token)
            answer = denial.checked(self._in_turn(method, url, body, headers, renewed), never)
        if answer.status == 401:
            raise UpstreamFailed(REFUSED if self._credential else NONE_SET)
        return answer

    def _in_turn(
        self,
        method: http.Method,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        token: str | None,
    ) -> http.Answer:
        """Ask when fewer than allowed are under way, and the vendor's count allows it."""
        with self._budget.slot(self._time()):
            left = self._turn(self._time()) * (1 if method == "GET" else WRITING)
            try:
                return self._call(
                    method, url, body=body, headers=headers, timeout=left, token=token
                )
            except UpstreamBusy as busy:
                denial.read(busy.body, self.vendor.limits.never_retry)
                raise

    def _turn(self, left: float) -> float:
        """Wait for a turn; give the seconds that are left then."""
        wait, turn = self._budget.book(left, self._rested)
        if wait <= 0:
            return left
        self._pause(wait)
        self._rested = turn
        return self._time()

    def _time(self) -> float:
        left = self.left()
        if left <= 0:
            raise UpstreamTimeout(LATE)
        return left

    def _token(self, refused: str | None = None) -> str | None:
        """Give the token to send; a token endpoint that fails for a moment is asked again."""
        if self._tokens is None:
            held = self._credential
            return held.token.get_secret_value() if isinstance(held, Bearer) else None
        patience = self._patience()
        while True:
            try:
                return self._tokens.give(self._for_token, self.left, self._clock, refused)
            except UpstreamBusy as busy:
                self._rested = patience.busy(busy)
            except UpstreamFailed as failed:
                lost = isinstance(failed, UpstreamTimeout) and not isinstance(
                    self._credential, RefreshToken
                )
                if not ((failed.transient or lost) and patience.broken()):
                    raise

    def _for_token(
        self, method: http.Method, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> http.Answer:
        left = self._time()
        if self.vendor.limits.counts_tokens:
            left = self._turn(left)
        return self._call(method, url, body=body, headers=headers, timeout=left, token=None)


def _part(ehr: Ehr, system: System) -> tuple[str, Credential | None]:
    if system == "fhir":
        return ehr.base_url.rstrip("/"), ehr.credential
    if system == "rest" and ehr.rest:
        return ehr.rest.base_url.rstrip("/"), ehr.rest.credential
    if system == "soap" and ehr.soap:
        return ehr.soap.url, None
    raise NotConfigured(f"settings: ehrs: this EHR has no part `{system}`")


def _client(credential: Credential | None) -> str:
    """Name who is counted: the client, or a static token by its hash."""
    if isinstance(credential, Bearer):
        return sha256(credential.token.get_secret_value().encode()).hexdigest()
    return credential.client_id if credential else ""


def _signs(credential: Credential, algorithms: tuple[str, ...]) -> None:
    if isinstance(credential, PrivateKey) and algorithms:
        signs = assertion.algorithm(credential.key.get_secret_value())
        if signs not in algorithms:
            raise NotConfigured(
                f"settings: ehrs: the key signs {signs}, the EHR's vendor takes"
                f" {' or '.join(algorithms)} only"
            )
