"""What can go wrong in a node, as RFC 9457 problems.

* NodeError
  - UnreadableDocument   422  the document given cannot be parsed
  - IncompleteCase       422  the case lacks what this step needs; every missing field is named
  - UnknownName          404  no EHR, payer, channel, policy or form of that name is configured
  - NotAllowed           403  who asks may not do this (separation of duties, missing role)
  - Refused              409  a gate is closed: hard stop, missing attestation, changed packet
  - NotConfigured        503  the server lacks a setting this node needs
  - UpstreamFailed       502  a payer, EHR or model did not answer usefully
    + UpstreamBusy       503  it asked to be left alone for a while
    + UpstreamTimeout    504  it did not answer in time: what it did is not known

Messages are shown to the caller and logged by type only: no PHI, no value of the caller's in them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True)
class Complaint:
    """One thing to mend: where it is in the request (RFC 6901 pointer) and what to do."""

    pointer: str
    detail: str


class NodeError(Exception):
    """A failure the caller can act on. The message is shown to them: no PHI in it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "node-error"
    retry_after: int | None = None

    def __init__(self, detail: str, complaints: Iterable[Complaint] = ()) -> None:
        """Keep the sentence shown to the caller, and the places to mend."""
        super().__init__(detail)
        self.complaints = tuple(complaints)


class UnreadableDocument(NodeError):
    """The document given cannot be parsed."""

    slug = "unreadable-document"


class IncompleteCase(NodeError):
    """The case lacks what this step needs; each complaint names one missing field."""

    slug = "incomplete-case"


class UnknownName(NodeError):
    """Nothing of that name is configured or shipped."""

    status = HTTPStatus.NOT_FOUND
    slug = "unknown-name"


class NotAllowed(NodeError):
    """Who asks may not do this."""

    status = HTTPStatus.FORBIDDEN
    slug = "not-allowed"


class Refused(NodeError):
    """A gate is closed; each complaint names a reason."""

    status = HTTPStatus.CONFLICT
    slug = "refused"


class NotConfigured(NodeError):
    """The server lacks a setting that this node needs; the message says which."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "not-configured"


class UpstreamFailed(NodeError):
    """A payer, EHR or model did not answer usefully.

    ``transient``: nothing was refused, a connection failed: the same question may work soon.
    """

    status = HTTPStatus.BAD_GATEWAY
    slug = "upstream-failed"

    def __init__(
        self, detail: str, complaints: Iterable[Complaint] = (), *, transient: bool = False
    ) -> None:
        """Keep whether asking again may help."""
        super().__init__(detail, complaints)
        self.transient = transient


class UpstreamBusy(UpstreamFailed):
    """A payer, EHR or model asked to be left alone for a while.

    ``throttled``: it counts requests (429), and has not looked at this one. ``body``: what it said,
    for whoever knows its codes; shown to nobody.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "upstream-busy"

    def __init__(
        self,
        detail: str,
        retry_after: int | None = None,
        *,
        throttled: bool = False,
        body: bytes = b"",
    ) -> None:
        """Keep the seconds it asked for."""
        super().__init__(detail)
        self.retry_after, self.throttled, self.body = retry_after, throttled, body


class UpstreamTimeout(UpstreamFailed):
    """A payer, EHR or model did not answer in time; whether it acted is not known."""

    status = HTTPStatus.GATEWAY_TIMEOUT
    slug = "upstream-timeout"
