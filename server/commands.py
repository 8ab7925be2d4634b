"""What each command of ``prior-auth`` does; each returns the exit status."""

import getpass
import json
import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from pydantic import ValidationError

from nodes.catalog import NODES
from nodes.ehr.connection import Connection
from nodes.errors import NodeError, NotConfigured
from nodes.node import Node
from nodes.policy.library import installed as policies
from nodes.principal import Principal
from nodes.settings import settings
from nodes.signing import key_of
from server import chain, mint
from server.auth import Credentials, admit
from server.body import InvalidRequest, parse
from server.openapi import document


def run_node(asked: Namespace) -> int:
    """Read a node's request, run it, write its response."""
    node = NODES[asked.command]
    principal = caller(node)
    request = parse(node, content(asked.file))
    sys.stdout.buffer.write(node.answer(request, principal) + b"\n")
    return 0


def content(file: str) -> bytes:
    """Read a file, or standard input for ``-``."""
    if file != "-":
        return Path(file).read_bytes()
    if sys.stdin.isatty():
        print("prior-auth: reading from standard input; end with Ctrl-D", file=sys.stderr)
    return sys.stdin.buffer.read()


def caller(node: Node) -> Principal | None:
    """Say who asks: the holder of PRIOR_AUTH_TOKEN; else nobody, or this user as a drafter.

    Only a token can review: a user name is no proof of being a clinician.
    """
    if token := os.environ.get("PRIOR_AUTH_TOKEN"):
        principal = Credentials(settings()).bearer(f"Bearer {token}")
        admit(principal, node)
        return principal
    if not node.personal:
        return None
    if "preparer" not in node.roles:
        raise NotConfigured(f"{node.name} must know who asks: put your token in PRIOR_AUTH_TOKEN")
    user = getpass.getuser()
    return Principal(
        subject=f"local:{user}", name=user, kind="person", roles=frozenset({"preparer"})
    )


def complain(error: NodeError) -> int:
    """Print a problem for a person; 2 when the request itself is wrong, else 1."""
    print(f"prior-auth: {error}", file=sys.stderr)
    for complaint in error.complaints:
        print(f"  {complaint.pointer or '(whole request)'}: {complaint.detail}", file=sys.stderr)
    return 2 if isinstance(error, InvalidRequest) else 1


def list_nodes(_asked: Namespace) -> int:
    """List the nodes."""
    for node in NODES.values():
        print(f"{node.name:<22}{node.summary}  [{', '.join(sorted(node.roles))}]")
    return 0


def serve(asked: Namespace) -> int:
    """Become gunicorn; with the sandbox and no settings, on a throwaway installation."""
    environment = os.environ | {"BIND": asked.bind}
    if asked.sandbox:
        environment["PRIOR_AUTH_SANDBOX"] = "1"
        if not environment.get("PRIOR_AUTH_CONFIG"):
            environment["PRIOR_AUTH_CONFIG"] = throwaway(asked.bind)
    installed = settings()
    Credentials(installed)
    if installed.signing:
        key_of(installed.signing)
    for ehr in installed.ehrs.values():
        Connection(ehr)
    policies()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:server.gunicorn_conf"]
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)


def throwaway(bind: str) -> str:
    """Furnish an installation in a temporary folder and print its tokens; give its settings."""
    from server.trial import furnish

    trial = furnish(Path(tempfile.mkdtemp(prefix="prior-auth-")), f"http://{bind}")
    print(f"Sandbox and docs: {trial.base_url}   (settings: {trial.config})")
    print(f"  service token (preparer, submitter): {trial.service_token}")
    print(f"  reviewer token:                      {trial.reviewer_token}")
    print(f"  auditor token (auditor, manager):    {trial.auditor_token}")
    return str(trial.config)


def demo(_asked: Namespace) -> int:
    """Walk invented patients down the whole road."""
    from server.demo import main

    return main()


def audit(asked: Namespace) -> int:
    """Check a chain of audit entries."""
    try:
        links = chain.read(content(asked.file).decode())
    except UnicodeDecodeError:
        print("prior-auth: the file is not UTF-8 text", file=sys.stderr)
        return 2
    found = chain.wrong(links, asked.head)
    print("\n".join(found or [chain.sound(links, asked.head)]))
    return 1 if found else 0


def key(asked: Namespace) -> int:
    """Make a signing key."""
    if asked.file == "-":
        print(mint.key().decode(), end="")
        return 0
    try:
        mint.write_new(Path(asked.file), mint.key())
    except FileExistsError:
        print(f"prior-auth: {asked.file} exists and is not overwritten", file=sys.stderr)
        return 2
    print(f"wrote {asked.file}; in the settings: signing: {{key: 'file:{asked.file}'}}")
    return 0


def token(asked: Namespace) -> int:
    """Make a token: itself on standard output, once; its entry beside it."""
    try:
        secret, entry = mint.token(
            asked.subject,
            asked.name,
            asked.kind,
            asked.roles,
            title=asked.title,
            nodes=asked.nodes,
            expires=asked.expires,
        )
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_context=False):
            place = "".join(f"--{part}: " for part in fault["loc"][:1])
            said = fault["msg"].removeprefix("Value error, ")
            print(f"prior-auth: {place}{said}", file=sys.stderr)
        return 2
    print(f"# The token, shown only this once:\n{secret}\n")
    print(f"# Put this under tokens: in the settings file:\n{mint.block(entry)}", end="")
    return 0


def openapi(_asked: Namespace) -> int:
    """Write the OpenAPI document."""
    print(json.dumps(document(), indent=2, ensure_ascii=False))
    return 0


def docs(_asked: Namespace) -> int:
    """Write the nodes as a Markdown table."""
    print("| node | what it does | roles |\n|---|---|---|")
    for node in NODES.values():
        print(f"| `{node.name}` | {node.summary} | {', '.join(sorted(node.roles))} |")
    return 0
