"""Send an attested packet to the payer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes import signing
from nodes.audit import Model, Sha256, digest
from nodes.errors import Complaint, Refused, UnknownName
from nodes.gates import belonging, edi
from nodes.gates.attestation import reasons, utc_now
from nodes.gates.channels import deliver
from nodes.http import Post, post
from nodes.node import Request, Response
from nodes.packet import Attestation, Packet
from nodes.settings import Channel, settings


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


def configured() -> Mapping[str, Channel]:
    """Give the channels of the settings."""
    return settings().channels


def submit_request(
    request: SubmitRequestRequest,
    *,
    key: signing.KeySource = signing.configured,
    channels: Callable[[], Mapping[str, Channel]] = configured,
    send: Post = post,
    now: Callable[[], datetime] = utc_now,
) -> SubmitRequestResponse:
    """Send an attested packet through a channel and return the acknowledgment.

    Refused, each reason a complaint, without a valid attestation for exactly this packet, with a
    hard stop, or when the form, summary or EDI is incomplete or does not fit the case. Nothing is
    repeated here: whoever calls again with the same packet sends the same trace and control
    numbers, and the payer sees one request. Changed content is a new attempt: under an attempt's
    trace number a payer answers what it answered before, whatever the packet says now. A folder
    refuses other content; a payer over HTTP may not. A timeout leaves open whether it has it.
    """
    _check(request, key, now())
    channel = channels().get(request.channel)
    if channel is None:
        raise UnknownName("no channel of this name is configured")
    transaction = request.packet.transaction
    receipt = deliver(channel, transaction, belonging.pdf(request.packet.form), send, now())
    return SubmitRequestResponse(
        acknowledgment=Acknowledgment(**vars(receipt)),
        trace_number=transaction.trace_number,
        control_number=transaction.control_number,
        packet_sha256=digest(request.packet),
    )


def _check(request: SubmitRequestRequest, key: signing.KeySource, now: datetime) -> None:
    packet = request.packet
    found = [
        *(Complaint("/attestation", why) for why in reasons(packet, request.attestation, now, key)),
        *(
            Complaint(f"/packet/hard_stops/{place}", stop.detail)
            for place, stop in enumerate(packet.hard_stops)
        ),
        *(
            Complaint(f"/packet{stop.pointer}", stop.detail)
            for stop in (
                *belonging.of_what_is_sent(
                    packet.case, packet.summary, packet.form, packet.transaction
                ),
                *edi.another_attempt(packet.case, packet.attempt, packet.transaction),
            )
        ),
    ]
    if found:
        raise Refused("the packet may not be sent", found)
