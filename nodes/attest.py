"""A clinician's word for exactly one packet."""

from collections.abc import Callable
from datetime import datetime

from pydantic import Field

from nodes import signing
from nodes.audit import digest
from nodes.errors import Complaint, NotAllowed, Refused
from nodes.gates.attestation import attestation, utc_now
from nodes.gates.seal import drafter
from nodes.node import Request, Response
from nodes.packet import Attestation, Packet, Statement
from nodes.principal import Principal


class AttestRequest(Request):
    """The packet as read, its seal, and the statement made."""

    packet: Packet
    draft_seal: str = Field(max_length=20_000)
    statement: Statement


class AttestResponse(Response):
    """The signed attestation."""

    attestation: Attestation


def attest(
    request: AttestRequest,
    *,
    principal: Principal,
    key: signing.KeySource = signing.configured,
    now: Callable[[], datetime] = utc_now,
) -> AttestResponse:
    """Sign a reviewer's attestation, bound to the hash of exactly this packet.

    Only a person with the role reviewer may attest, and never a packet drafted under their own
    credential (NotAllowed). A packet that changed since it was sealed, or that has hard stops,
    is Refused. Any later change to the packet voids the attestation.
    """
    if principal.kind != "person" or "reviewer" not in principal.roles:
        raise NotAllowed("only a person with the role reviewer may attest")
    drafted_by = drafter(request.draft_seal, digest(request.packet), key)
    if principal.subject in (drafted_by, request.packet.drafted_by):
        raise NotAllowed("who drafted a packet may not attest it: ask another reviewer")
    if request.packet.hard_stops:
        raise Refused(
            "the packet has hard stops, which nobody can attest away",
            (
                Complaint(f"/packet/hard_stops/{place}", stop.detail)
                for place, stop in enumerate(request.packet.hard_stops)
            ),
        )
    return AttestResponse(
        attestation=attestation(request.packet, request.statement, principal, now(), key)
    )
