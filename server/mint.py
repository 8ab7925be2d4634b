"""New credentials: bearer tokens for the settings file, and the key that signs attestations."""

import os
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from nodes.audit import sha256
from nodes.principal import Role
from nodes.settings import Token
from server.auth import MARK


def token(
    subject: str,
    name: str,
    kind: Literal["person", "service"],
    roles: Sequence[Role],
    *,
    title: str | None = None,
    nodes: Sequence[str] | None = None,
    expires: date | None = None,
) -> tuple[str, Token]:
    """Make a token of 256 random bits, and what the settings file says of it: only its hash."""
    secret = MARK + secrets.token_urlsafe(32)
    return secret, Token(
        sha256=sha256(secret.encode()),
        subject=subject,
        name=name,
        kind=kind,
        roles=tuple(roles),
        title=title,
        nodes=tuple(nodes) if nodes else None,
        expires=expires,
    )


def block(entry: Token) -> str:
    """Write a token's entry as YAML, to put under ``tokens:`` in the settings file."""
    return yaml.safe_dump(
        [entry.model_dump(mode="json", exclude_none=True)], sort_keys=False, allow_unicode=True
    )


def key() -> bytes:
    """Make an EC P-256 private key, as PKCS #8 in PEM."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def write_new(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read; FileExistsError when there is one already."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
