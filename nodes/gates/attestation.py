"""The attestation's rules: how it is made, and every reason why one does not hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from nodes import signing
from nodes.audit import digest, sha256
from nodes.errors import Refused
from nodes.packet import Attestation, Packet
from nodes.principal import Principal


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def attestation(
    packet: Packet, statement: str, principal: Principal, now: datetime, key: signing.KeySource
) -> Attestation:
    """Sign what the reviewer said of this packet, to the second."""
    at = now.replace(microsecond=0)
    expires = at + timedelta(days=key().days)
    word = Attestation(
        jws="",
        packet_sha256=digest(packet),
        subject=principal.subject,
        name=principal.name,
        title=principal.title,
        at=at,
        expires=expires,
        statement=statement,
        edits=packet.edits,
    )
    jws = signing.sign(_claims(word, packet.revises), signing.ATTESTATION, key)
    return word.model_copy(update={"jws": jws})


def reasons(
    packet: Packet, word: Attestation, now: datetime, key: signing.KeySource
) -> tuple[str, ...]:
    """Say every reason why an attestation does not hold for a packet; none: it holds."""
    try:
        claims = signing.verified(word.jws, signing.ATTESTATION, key)
    except Refused as error:
        return (f"{error}",)
    return tuple(_faults(packet, word, now, claims))


def _faults(
    packet: Packet, word: Attestation, now: datetime, claims: dict[str, Any]
) -> Iterator[str]:
    if claims.get("packet_sha256") != digest(packet):
        yield "it was made for another packet, or the packet was changed after it"
    expected = _claims(word, packet.revises)
    for name in sorted(expected):
        if name not in ("packet_sha256", "jti") and claims.get(name) != expected[name]:
            yield f"what it shows as {_SHOWN[name]} is not what was signed"
    if claims.get("packet_sha256") != word.packet_sha256:
        yield "what it shows as packet_sha256 is not what was signed"
    if not _is_number(claims.get("exp")) or now.timestamp() >= claims["exp"]:
        yield "it has expired"
    if not _is_number(claims.get("iat")) or now.timestamp() + 60 < claims["iat"]:
        yield "it is dated in the future"
    if claims.get("sub") == packet.drafted_by:
        yield "who signed it also drafted the packet"


_SHOWN = {
    "sub": "subject",
    "name": "name",
    "title": "title",
    "role": "role",
    "iat": "time",
    "exp": "expiry",
    "statement": "statement",
    "edits": "edits",
    "revises": "the packet it revises",
}


def _claims(word: Attestation, revises: str | None) -> dict[str, Any]:
    signed = word.packet_sha256 + word.subject + word.at.isoformat()
    return {
        "sub": word.subject,
        "name": word.name,
        "title": word.title,
        "role": "reviewer",
        "iat": _seconds(word.at),
        "exp": _seconds(word.expires),
        "jti": sha256(signed.encode())[:32],
        "packet_sha256": word.packet_sha256,
        "statement": word.statement,
        "edits": [edit.model_dump(mode="json") for edit in word.edits],
        "revises": revises,
    }


def _seconds(at: datetime) -> float | int:
    stamp = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    return int(stamp) if stamp.is_integer() else stamp


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
