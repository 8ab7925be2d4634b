"""Send an inquiry about an earlier request to the payer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model, Sha256, sha256
from nodes.errors import Refused, UnknownName, UnreadableDocument
from nodes.gates.attestation import utc_now
from nodes.gates.channels import file, transmit
from nodes.http import Post, post
from nodes.node import Request, Response
from nodes.settings import Channel, FileChannel, settings
from nodes.x12.reading.envelope import TransactionSet, read
from nodes.x12.reviewing.read_278 import PURPOSES
from nodes.x12.validating.validate import validate


class SendInquiryRequest(Request):
    """The inquiry, and the channel to send it through."""

    edi: str = Field(min_length=1, max_length=1_000_000, description="A 278 (X215) or a 276")
    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_\-]{0,63}$")] = Field(
        description="Name of a configured channel; addresses are never taken from requests"
    )


class InquiryReceipt(Model):
    """What the channel gave for the inquiry."""

    kind: Literal["278_response", "accepted", "filed"]
    edi: str | None = Field(
        default=None, max_length=5_000_000, description="The answer, if X12: a 278, a 277, a 999"
    )
    body_sha256: Sha256 | None = None
    file: str | None = Field(default=None, description="Name of the file dropped")
    received_at: datetime


class SendInquiryResponse(Response):
    """What came back, and which inquiry it was."""

    receipt: InquiryReceipt
    inquiry_sha256: Sha256


def configured() -> Mapping[str, Channel]:
    """Give the channels of the settings."""
    return settings().channels


def send_inquiry(
    request: SendInquiryRequest,
    *,
    channels: Callable[[], Mapping[str, Channel]] = configured,
    send: Post = post,
    now: Callable[[], datetime] = utc_now,
) -> SendInquiryResponse:
    """Send a 278 inquiry (005010X215) or a 276 through a channel and return the answer.

    An inquiry asks, claims nothing and changes nothing: it needs no attestation. That it is one is
    read from the text itself: anything else, or anything beside it, is Refused (requests are sent
    by submit-request), and so is an inquiry that is not valid. Repeating the same bytes is the
    same inquiry to a channel that heeds Idempotency-Key, and the same file in a folder.
    """
    _only_asks(request.edi)
    channel = channels().get(request.channel)
    if channel is None:
        raise UnknownName("no channel of this name is configured")
    content = request.edi.encode()
    identity = sha256(content)[:32].upper()
    if isinstance(channel, FileChannel):
        receipt = file(channel, f"{identity}.inquiry.edi", content)
    else:
        receipt = transmit(channel, request.edi, identity, send, now())
    return SendInquiryResponse(
        receipt=InquiryReceipt(**vars(receipt)), inquiry_sha256=sha256(content)
    )


def _only_asks(edi: str) -> None:
    try:
        sets = read(edi).require(strict=True).sets
    except UnreadableDocument:
        raise Refused("this cannot be read as an inquiry, so it is not sent") from None
    if not sets or not all(_asks(one) for one in sets):
        raise Refused("this is not an inquiry alone: requests are sent by submit-request")
    if validate(edi).verdict != "valid":
        raise Refused("the inquiry is not valid, so it is not sent: see validate-x12")


def _asks(one: TransactionSet) -> bool:
    bht = next((line for line in one.segments if line.id == "BHT"), None)
    purpose = PURPOSES.get(bht.get(2)) if bht else None
    asks = one.guide.startswith("005010X215") and purpose == ("inquiry", "request")
    return one.kind == "276" or (one.kind == "278" and asks)
