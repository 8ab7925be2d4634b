"""A throwaway installation to try things with: settings, tokens, a signing key, the sandbox.

The demo, ``serve --sandbox`` without settings, the tests and the benchmarks stand on it. Its
people are invented and its tokens are new each time.
"""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import yaml
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from nodes.errors import NodeError, NotConfigured
from nodes.http import get


@dataclass(frozen=True)
class Trial:
    """Where the installation answers, and the credentials to call it with."""

    folder: Path
    base_url: str
    service_token: str
    reviewer_token: str
    auditor_token: str

    @property
    def config(self) -> Path:
        """The settings file, for PRIOR_AUTH_CONFIG."""
        return self.folder / "settings.yaml"


def free_port() -> int:
    """Find a port on the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def furnish(
    folder: Path,
    base_url: str,
    *,
    sandbox_url: str | None = None,
    review: dict[str, Any] | None = None,
) -> Trial:
    """Write settings, key and tokens into a folder.

    ``sandbox_url`` is where the sandbox answers when it is not part of this server; ``review``
    is the review section of the settings.
    """
    (folder / "outbox").mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    write_private(folder / "attest.pem", key)
    tokens = {
        name: f"pan_{secrets.token_urlsafe(32)}" for name in ("service", "reviewer", "auditor")
    }
    sandbox = f"{sandbox_url or base_url}/sandbox"
    settings: dict[str, Any] = {
        "sandbox": sandbox_url is None,
        "ehrs": {"sandbox": {"base_url": f"{sandbox}/ehr/fhir"}},
        "channels": {
            "sandbox-payer": {"kind": "http", "url": f"{sandbox}/payer/278"},
            "outbox": {"kind": "file", "folder": str(folder / "outbox")},
        },
        "signing": {"key": "file:attest.pem", "issuer": "riverbend-trial"},
        "tokens": [
            holder(tokens["service"], "service:n8n", "n8n", "service", ["preparer", "submitter"]),
            holder(
                tokens["reviewer"], "person:dwhitfield", "Dana Whitfield", "person", ["reviewer"]
            )
            | {"title": "MD"},
            holder(
                tokens["auditor"], "person:rmarsh", "Robin Marsh", "person", ["auditor", "manager"]
            ),
        ],
    }
    if review:
        settings["review"] = review
    write_private(folder / "settings.yaml", yaml.safe_dump(settings, sort_keys=False).encode())
    return Trial(folder, base_url, tokens["service"], tokens["reviewer"], tokens["auditor"])


def holder(token: str, subject: str, name: str, kind: str, roles: list[str]) -> dict[str, Any]:
    """Describe a token's holder for the settings file; the token itself stays out of it."""
    return {
        "sha256": sha256(token.encode()).hexdigest(),
        "subject": subject,
        "name": name,
        "kind": kind,
        "roles": roles,
    }


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


@contextmanager
def serving(trial: Trial, *arguments: str, wait: float = 30) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the real server on a trial until the block ends; its log goes to ``server.log``.

    It leads its own process group, so that a test can kill it with its workers.
    """
    bind = trial.base_url.removeprefix("http://")
    command = [sys.executable, "-m", "server", "serve", "--bind", bind, *arguments]
    environment = os.environ | {"PRIOR_AUTH_CONFIG": str(trial.config)}
    with (
        (trial.folder / "server.log").open("ab") as log,
        subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        ) as process,
    ):
        try:
            until_ready(trial, process, monotonic() + wait)
            yield process
        finally:
            process.terminate()


def until_ready(trial: Trial, process: "subprocess.Popen[bytes]", deadline: float) -> None:
    """Wait until the server answers; say where its log is when it does not."""
    while process.poll() is None and monotonic() < deadline:
        try:
            if get(f"{trial.base_url}/readyz", headers={}, timeout=2, token=None).status == 200:
                return
        except NodeError:
            sleep(0.05)
    raise NotConfigured(f"the server did not start: see {trial.folder / 'server.log'}")
