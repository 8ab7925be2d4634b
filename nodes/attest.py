"""A clinician's word for exactly one packet."""

from pydantic import Field

from nodes.case import Text
from nodes.node import Request, Response
from nodes.packet import Attestation, Packet
from nodes.principal import Principal


class AttestRequest(Request):
    """The packet as read, its seal, and the statement made."""

    packet: Packet
    draft_seal: str = Field(max_length=20_000)
    statement: Text


class AttestResponse(Response):
    """The signed attestation."""

    attestation: Attestation


def attest(request: AttestRequest, *, principal: Principal) -> AttestResponse:
    """Sign a reviewer's attestation, bound to the hash of exactly this packet.

    Stub.
    """
    raise NotImplementedError
