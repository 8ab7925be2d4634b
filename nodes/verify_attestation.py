"""Does this attestation hold for this packet?"""

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


def verify_attestation(request: VerifyAttestationRequest) -> VerifyAttestationResponse:
    """Check an attestation's signature, age and signer, and that it is for exactly this packet.

    Stub.
    """
    raise NotImplementedError
