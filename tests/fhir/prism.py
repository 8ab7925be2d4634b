"""prism, a server of others that answers as an OpenAPI document says a vendor would.

It refuses what the document does not allow: 401 without credentials, 404 for an unknown path,
400, 415 or 422 for a body that does not fit. What it answers is made from the schemas.

DrChrono's document names no bodies for most of its writes, and prism then refuses every body. It
does name the schema of what was created, with its required and read-only fields: ``with_bodies``
makes that the schema of the body of a POST; a PUT or PATCH takes any object.
"""

import time
from pathlib import Path
from typing import Any, Self

import requests
import yaml

from server.trial import free_port
from tests.fhir import home
from tests.fhir.process import Child

PATIENCE = 60
ENCODINGS = ("application/json", "multipart/form-data", "application/x-www-form-urlencoded")


class Prism:
    """One prism process serving one document on loopback."""

    def __init__(self, document: Path, folder: Path) -> None:
        self.document, self.log = document, folder / "prism.log"
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.child: Child | None = None

    def __enter__(self) -> Self:
        program = home() / "npm/node_modules/@stoplight/prism-cli/dist/index.js"
        command = [home() / "node", program, "mock", "-h", "127.0.0.1", "-p", self.port]
        self.child = Child((*command, self.document), self.log.parent, self.log, {"NO_COLOR": "1"})
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert time.monotonic() < deadline, f"no answer in {PATIENCE} s: see {self.log}"
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        assert self.child is not None
        self.child.stop()

    def answers(self) -> bool:
        """Say whether it is up; fail when it ended."""
        assert self.child is not None
        self.child.alive()
        try:
            return bool(requests.get(self.base_url, timeout=5).status_code)
        except requests.RequestException:
            return False


def with_bodies(document: Path, folder: Path) -> Path:
    """A copy of a document in which a write without a body takes one."""
    written = yaml.safe_load(document.read_text())
    for methods in written["paths"].values():
        for method in methods.keys() & {"post", "put", "patch"}:
            schema = created(methods, method)
            body = {"content": {encoding: {"schema": schema} for encoding in ENCODINGS}}
            methods[method].setdefault("requestBody", body)
    copy = folder / document.name
    copy.write_text(yaml.safe_dump(written))
    return copy


def created(methods: dict[str, Any], method: str) -> dict[str, Any]:
    """The schema of what a POST makes, by its answer; any object for other writes."""
    answer = methods[method].get("responses", {}).get("201", {})
    found = answer.get("content", {}).get("application/json", {}).get("schema")
    return found if found and method == "post" else {"type": "object"}
