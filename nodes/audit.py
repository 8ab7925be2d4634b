"""The audit entry every response carries, and the chain the caller makes of them."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Model(BaseModel):
    """Base of every model: strict, closed and immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Used(Model):
    """One piece of data that shaped a result, so that it can be replayed."""

    kind: Literal["policy", "form", "payer", "vendor", "prompt", "model", "guide", "table"]
    id: str
    version: str
    sha256: Sha256


class AuditEntry(Model):
    """What ran, on what, with what, when and for whom; no PHI, only hashes."""

    node: str
    version: str
    at: datetime = Field(description="When the node answered, UTC")
    actor: str | None = Field(default=None, description="Subject of the credential that asked")
    request_sha256: Sha256
    response_sha256: Sha256
    used: tuple[Used, ...] = ()
    duration_us: int = Field(ge=0, description="Microseconds spent in the node")
    previous: Sha256 | None = Field(default=None, description="sha256 of the entry before this one")
    sha256: Sha256 = Field(description="Over this entry without this field, as canonical JSON")


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def sha256(data: bytes) -> str:
    """Hash bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    """Write JSON data one way only: sorted keys, no blanks, UTF-8 (RFC 8785 without floats)."""
    return _CANONICAL.encode(value).encode()


def digest(model: BaseModel) -> str:
    """Hash a model's canonical JSON: anyone with a JSON library can compute it again."""
    return sha256(canonical(model.model_dump(mode="json")))


def seal(fields: dict[str, Any]) -> AuditEntry:
    """Close an entry: add the hash over all its other fields."""
    return AuditEntry.model_validate_json(sealed(fields))


def sealed(fields: dict[str, Any]) -> bytes:
    """Close an entry and write it as JSON; it is written by hand for being in every answer."""
    content = canonical(
        fields
        | {
            "at": fields["at"].isoformat().replace("+00:00", "Z"),
            "used": [used.model_dump(mode="json") for used in fields["used"]],
        }
    )
    return b'%b,"sha256":"%b"}' % (content[:-1], sha256(content).encode())


def faults(chain: Sequence[AuditEntry], head: str | None = None) -> list[str]:
    """List what is wrong with a chain: edited, missing or reordered entries.

    ``head`` is the last hash as recorded elsewhere (the case row, the attestation): without
    it, entries cut off the end cannot be noticed.
    """
    found = []
    before: str | None = None
    for place, entry in enumerate(chain, 1):
        content = entry.model_dump(mode="json", exclude={"sha256"})
        if sha256(canonical(content)) != entry.sha256:
            found.append(f"entry {place} ({entry.node}) was edited: its hash does not fit it")
        if entry.previous != before:
            found.append(
                f"entry {place} ({entry.node}) does not follow the one before it:"
                " an entry was removed, added or moved"
            )
        before = entry.sha256
    if head is not None and head != before:
        found.append("the chain does not end at the given head: entries are missing at its end")
    return found
