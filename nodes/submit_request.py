"""Send an attested packet to the payer."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model, Sha256
from nodes.node import Request, Response
from nodes.packet import Attestation, Packet


class SubmitRequestRequest(Request):
    """What to send, on whose word, through which channel."""

    packet: Packet
    attestation: Attestation
    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_\-]{0,63}$")] = Field(
        description="Name of a configured channel; addresses are never taken from requests"
    )


class Acknowledgment(Model):
    """What the channel answered."""

    kind: Literal["278_response", "accepted", "filed"]
    edi: str | None = Field(default=None, max_length=5_000_000, description="The answer, if X12")
    body_sha256: Sha256 | None = None
    file: str | None = Field(default=None, description="Name of the file dropped")
    received_at: datetime


class SubmitRequestResponse(Response):
    """The acknowledgment and the numbers it is about."""

    acknowledgment: Acknowledgment
    trace_number: str
    control_number: str
    packet_sha256: Sha256


def submit_request(request: SubmitRequestRequest) -> SubmitRequestResponse:
    """Send an attested packet through a channel and return the acknowledgment.

    Stub.
    """
    raise NotImplementedError
