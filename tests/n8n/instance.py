"""A real n8n of our own: booted on loopback, owner set up, workflows imported and published."""

import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from server.trial import free_port

Json = dict[str, Any]
REPO = Path(__file__).parents[2]
WORKFLOWS = sorted((REPO / "workflows_json").glob("*.json"))
OWNER = "owner@example.test"
SCOPES = [
    "workflow:list",
    "workflow:read",
    "workflow:activate",
    "credential:create",
    "execution:list",
    "execution:read",
    "dataTable:list",
    "dataTable:read",
    "dataTableRow:read",
]


def until(what: str, look: Callable[[], Any], seconds: float = 60) -> Any:
    """Look again and again until the answer is true; fail naming what never came."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"in {seconds} s never: {what}"
        time.sleep(0.1)
    return found


class N8n:
    """One n8n process and its data; the port stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.broker = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.password = f"Aa1{secrets.token_urlsafe(16)}"
        self.environment = os.environ | {
            "N8N_USER_FOLDER": str(folder),
            "N8N_PORT": str(self.port),
            "N8N_ENCRYPTION_KEY": secrets.token_hex(16),
            "N8N_RESTRICT_FILE_ACCESS_TO": str(folder / "faxes"),
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.api = requests.Session()
        self.faxes = folder / "faxes"
        self.faxes.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        """Boot, and wait until it answers."""
        with (self.folder / "n8n.log").open("ab") as log:
            self.process = subprocess.Popen(
                [REPO / ".ci/n8n.sh", "run", "start"],
                env=self.environment | {"N8N_RUNNERS_BROKER_PORT": str(self.broker)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until("n8n answers", self.answers, 120)

    def answers(self) -> bool:
        """Say whether it is up; fail when it ended."""
        assert self.process is not None
        assert self.process.poll() is None, f"n8n ended: see {self.folder / 'n8n.log'}"
        try:
            ready = requests.get(f"{self.url}/healthz/readiness", timeout=2).ok
            return ready and requests.get(f"{self.url}/rest/settings", timeout=2).ok
        except requests.RequestException:
            return False

    def stop(self) -> None:
        """End it and its task runner."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def set_up(
        self,
        credentials: dict[str, tuple[str, str]],
        configuration: Json,
        keep: bool = False,
        mailbox: Json | None = None,
    ) -> None:
        """Make the owner, the credentials and the workflows, and publish these.

        Credentials are header name and value by credential name; ``configuration`` replaces
        values in the workflows' Configuration node, as a user would; ``keep`` has n8n keep
        successful executions, to look at; ``mailbox`` is the IMAP credential of faxes.
        """
        owner = {"email": OWNER, "firstName": "Test", "lastName": "Owner"}
        self.send("POST", "/rest/owner/setup", owner | {"password": self.password})
        key = {"label": "tests", "expiresAt": None, "scopes": SCOPES}
        data = self.send("POST", "/rest/api-keys", key)["data"]
        self.api.headers["X-N8N-API-KEY"] = data["rawApiKey"]
        for name, (header, value) in credentials.items():
            self.send(
                "POST",
                "/api/v1/credentials",
                {"name": name, "type": "httpHeaderAuth", "data": {"name": header, "value": value}},
            )
        if mailbox:
            named = {"name": "Fax mailbox", "type": "imap", "data": mailbox}
            self.send("POST", "/api/v1/credentials", named)
        self.load(configuration, {"saveDataSuccessExecution": "all"} if keep else {})

    def load(self, configuration: Json, settings: Json) -> None:
        """Import the workflow files and publish them."""
        copies = self.folder / "import"
        copies.mkdir(exist_ok=True)
        for path in WORKFLOWS:
            (copies / path.name).write_text(configured(path.read_text(), configuration, settings))
        self.command("import:workflow", "--separate", f"--input={copies}")
        ids = [json.loads(path.read_text())["id"] for path in WORKFLOWS]
        for id in sorted(ids, key=lambda id: id == "paOrderToSubmit0"):
            self.send("POST", f"/api/v1/workflows/{id}/activate")

    def command(self, *arguments: str) -> None:
        """Run n8n's own command; its output goes to a file, as it spins on a closed pipe."""
        with (self.folder / "command.log").open("ab") as log:
            subprocess.run(
                [REPO / ".ci/n8n.sh", "run", *arguments],
                env=self.environment | {"N8N_RUNNERS_BROKER_PORT": str(free_port())},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=120,
                check=True,
            )

    def send(self, method: str, path: str, body: Json | None = None) -> Json:
        """Call n8n's own interfaces."""
        answer = self.api.request(method, self.url + path, json=body, timeout=30)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return dict(answer.json())

    def rows(self, table: str) -> list[Json]:
        """Read a data table."""
        tables = self.send("GET", "/api/v1/data-tables")["data"]
        ids = [one["id"] for one in tables if one["name"] == table]
        if not ids:
            return []
        return list(self.send("GET", f"/api/v1/data-tables/{ids[0]}/rows?limit=250")["data"])

    def executions(self, query: str) -> list[Json]:
        """List executions, such as ``status=waiting``."""
        return list(self.send("GET", f"/api/v1/executions?limit=250&{query}")["data"])


def configured(text: str, configuration: Json, settings: Json) -> str:
    """Change a workflow's settings, and values of its Configuration node if it has one."""
    workflow = json.loads(text)
    workflow["settings"] |= settings
    for node in workflow["nodes"]:
        if node["name"] == "Configuration":
            for assignment in node["parameters"]["assignments"]["assignments"]:
                value = configuration.get(assignment["name"], assignment["value"])
                assignment["value"] = value
    return json.dumps(workflow)
