"""Does this attestation hold for this packet?"""

from collections.abc import Callable
from datetime import datetime

from nodes import signing
from nodes.gates.attestation import reasons, utc_now
from nodes.node import Request, Response
from nodes.packet import Attestation, Packet


class VerifyAttestationRequest(Request):
    """A packet and the attestation that came with it."""

    packet: Packet
    attestation: Attestation


class VerifyAttestationResponse(Response):
    """Whether it holds, and every reason why not."""

    valid: bool
    reasons: tuple[str, ...] = ()


def verify_attestation(
    request: VerifyAttestationRequest,
    *,
    key: signing.KeySource = signing.configured,
    now: Callable[[], datetime] = utc_now,
) -> VerifyAttestationResponse:
    """Check an attestation's signature, age and signer, and that it is for exactly this packet.

    Everything the attestation shows must be what was signed; a signer who drafted the packet,
    an expired attestation or any change to the packet makes it invalid. Whoever has our public
    key (``/.well-known/jwks.json``) can check the same without us.
    """
    found = reasons(request.packet, request.attestation, now(), key)
    return VerifyAttestationResponse(valid=not found, reasons=found)
