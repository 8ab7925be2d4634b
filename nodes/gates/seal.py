"""The draft seal: the server's note of who had a packet drafted."""

from nodes import signing
from nodes.errors import Refused


def seal(packet_sha256: str, drafted_by: str, key: signing.KeySource = signing.configured) -> str:
    """Sign that this packet was drafted for this subject."""
    claims = {"packet_sha256": packet_sha256, "drafted_by": drafted_by}
    return signing.sign(claims, signing.DRAFT, key)


def drafter(
    draft_seal: str, packet_sha256: str, key: signing.KeySource = signing.configured
) -> str:
    """Say who had this packet drafted; Refused when the seal is not ours or not this packet's."""
    claims = signing.verified(draft_seal, signing.DRAFT, key)
    if claims.get("packet_sha256") != packet_sha256:
        raise Refused("the seal is for another packet: the packet changed after it was drafted")
    return str(claims["drafted_by"])
