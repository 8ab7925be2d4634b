"""Everything a case meets, as real processes: the sandbox's EHR and payer, the node server, n8n."""

import secrets
import subprocess
from contextlib import ExitStack
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import requests

from server.trial import free_port, furnish, serving
from tests.n8n.instance import N8n, until
from tests.n8n.mailbox import Mailbox

Json = dict[str, Any]


class Stage:
    """The three processes and the credentials between them."""

    def __init__(self, folder: Path, *, keep_executions: bool = False) -> None:
        self.exits, self.keep_executions = ExitStack(), keep_executions
        self.n8n = N8n(folder / "n8n")
        self.mailbox = Mailbox(self.n8n.folder)
        self.sandbox = furnish(folder / "sandbox", loopback())
        self.review_token, self.order_token = secrets.token_hex(16), secrets.token_hex(16)
        review = {
            "queue_url": f"{self.n8n.url}/webhook/prior-auth/queue",
            "packet_url": f"{self.n8n.url}/webhook/prior-auth/packet",
            "token": self.review_token,
            "resume_origin": self.n8n.url,
            "session_key": secrets.token_hex(32),
        }
        url = self.sandbox.base_url
        self.server = furnish(folder / "server", loopback(), sandbox_url=url, review=review)
        self.process: subprocess.Popen[bytes] | None = None
        self.serving = ExitStack()

    def __enter__(self) -> "Stage":
        """Start everything, the workflows imported and published."""
        self.exits.callback(self.n8n.stop)
        self.exits.enter_context(serving(self.sandbox, "--sandbox"))
        self.exits.callback(self.stop_server)
        self.start_server()
        self.exits.callback(self.mailbox.stop)
        self.mailbox.start()
        self.n8n.start()
        self.n8n.set_up(
            self.credentials(),
            self.configuration(),
            self.keep_executions,
            self.mailbox.credential(),
        )
        until("the webhooks answer", self.listens)
        return self

    def __exit__(self, *_: object) -> None:
        """End everything."""
        self.exits.close()

    def credentials(self) -> dict[str, tuple[str, str]]:
        """The three credentials that the workflows name."""
        return {
            "EHR order events": ("X-Order-Token", self.order_token),
            "Prior Auth Nodes": ("Authorization", f"Bearer {self.server.service_token}"),
            "Review pages": ("X-Review-Token", self.review_token),
        }

    def configuration(self) -> Json:
        """What a user sets in the Configuration node; waits are short here."""
        return {
            "node_server": self.server.base_url,
            "retry_seconds": 1,
            "payer_retry_seconds": 1,
            "payer_max_tries": 60,
            "renewal_days": 120,
            "orders_webhook": f"{self.n8n.url}/webhook/prior-auth/orders",
            "denial_webhook": f"{self.n8n.url}/webhook/prior-auth/denial",
            "information_webhook": f"{self.n8n.url}/webhook/prior-auth/information",
            "fax_folder": str(self.n8n.faxes),
            "sign_wait_seconds": 1,
        }

    def listens(self) -> bool:
        """Say whether all webhooks are registered."""
        looks = [
            self.order({}).status_code == 400,
            self.ask_status("none").status_code == 202,
            self.announce({}).status_code == 422,
            self.listens_to("poll"),
            self.listens_to("check"),
            self.listens_to("denial"),
            self.listens_to("information"),
            self.listens_to("fax"),
            self.listens_to("form"),
            self.ask("queue").status_code == 200,
            self.ask("packet?case_id=none").status_code == 404
            and "No packet waits" in self.ask("packet?case_id=none").text,
        ]
        return all(looks)

    def listens_to(self, path: str) -> bool:
        """Say whether a webhook is registered, without calling it: no credential is sent."""
        return (
            requests.post(f"{self.n8n.url}/webhook/prior-auth/{path}", timeout=30).status_code
            == 403
        )

    def start_server(self) -> None:
        """Start the node server."""
        self.process = self.serving.enter_context(serving(self.server))

    def stop_server(self) -> None:
        """End the node server."""
        self.serving.close()

    def order(self, event: Json) -> requests.Response:
        """Tell n8n about an order, as the EHR does."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/orders",
            json=event,
            headers={"X-Order-Token": self.order_token},
            timeout=30,
        )

    def check(self, event: Json) -> requests.Response:
        """Have an order checked before it is submitted."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/check",
            json=event,
            headers={"X-Order-Token": self.order_token},
            timeout=60,
        )

    def denial(self, event: Json) -> requests.Response:
        """Hand over a denial: a letter's text or a 278."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/denial",
            json=event,
            headers={"X-Order-Token": self.order_token},
            timeout=90,
        )

    def information(self, event: Json) -> requests.Response:
        """Hand over a payer's request for information."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/information",
            json=event,
            headers={"X-Order-Token": self.order_token},
            timeout=90,
        )

    def fax(self, content: bytes, name: str = "fax.pdf") -> requests.Response:
        """Post a file, as a fax service does."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/fax",
            files={"file": (name, content, guess_type(name)[0] or "application/pdf")},
            headers={"X-Order-Token": self.order_token},
            timeout=120,
        )

    def form(self, event: Json, blank: bytes | None = None) -> requests.Response:
        """Have a form filled; a blank PDF may go along."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/form",
            json=None if blank else event,
            data=event if blank else None,
            files={"form": ("form.pdf", blank, "application/pdf")} if blank else None,
            headers={"X-Order-Token": self.order_token},
            timeout=120,
        )

    def announce(self, event: Json) -> requests.Response:
        """Post what an EHR posts: a FHIR order, a notification, a hook, plain JSON."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/announced",
            json=event,
            headers={"X-Order-Token": self.order_token},
            timeout=60,
        )

    def poll(self) -> requests.Response:
        """Have n8n ask the EHR for new orders."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/poll",
            json={},
            headers={"X-Order-Token": self.order_token},
            timeout=30,
        )

    def sign(self, like: str, **wish: Any) -> Json:
        """Sign an order in the sandbox EHR like one in its charts."""
        url = f"{self.sandbox.base_url}/sandbox/ehr/sign"
        answer = requests.post(url, json={"like": like} | wish, timeout=10)
        assert answer.ok, answer.status_code
        return dict(answer.json())

    def notification(self, *orders: str, **wish: str) -> Json:
        """What the sandbox EHR's subscription would post about these orders."""
        url = f"{self.sandbox.base_url}/sandbox/ehr/notification"
        return dict(requests.get(url, params={"order": list(orders)} | wish, timeout=10).json())

    def ask_status(self, case_id: str = "") -> requests.Response:
        """Have n8n ask the payer about a case; without one, about all that are due."""
        return requests.post(
            f"{self.n8n.url}/webhook/prior-auth/status",
            json={"case_id": case_id} if case_id else {},
            headers={"X-Order-Token": self.order_token},
            timeout=30,
        )

    def ask(self, path: str) -> requests.Response:
        """Ask n8n what the review pages ask."""
        return requests.get(
            f"{self.n8n.url}/webhook/prior-auth/{path}",
            headers={"X-Review-Token": self.review_token},
            timeout=30,
        )

    def row(self, case_id: str) -> Json:
        """Read a case's last row."""
        rows = [r for r in self.n8n.rows("prior_auth_cases") if r["case_id"] == case_id]
        return rows[-1] if rows else {"status": None}

    def waits(self, case_id: str) -> bool:
        """Say whether the case's execution waits."""
        run = self.row(case_id)["execution_id"]
        return run in {str(one["id"]) for one in self.n8n.executions("status=waiting")}

    def until_status(self, case_id: str, *statuses: str, seconds: float = 60) -> Json:
        """Wait until a case has one of these statuses; give its row."""

        def look() -> Json | None:
            row = self.row(case_id)
            return row if row["status"] in statuses else None

        return dict(until(f"{case_id} is {' or '.join(statuses)}", look, seconds))

    def until_closed(
        self, case_id: str, status: str, seconds: float = 60, told: str = "done"
    ) -> Json:
        """Wait until a case ended and the EHR was told; give its row."""

        def look() -> Json | None:
            row = self.row(case_id)
            return row if row.get("write_back") == told else None

        row = until(f"{case_id} is told to the EHR", look, seconds)
        assert row["status"] == status
        return dict(row)

    def attest(self, handed: Json) -> Json:
        """Have the reviewer attest a packet by the node itself."""
        answer = requests.post(
            f"{self.server.base_url}/nodes/attest",
            json={
                "packet": handed["packet"],
                "draft_seal": handed["draft_seal"],
                "statement": "I have read this packet.",
            },
            headers={"Authorization": f"Bearer {self.server.reviewer_token}"},
            timeout=30,
        )
        assert answer.ok, answer.status_code
        return dict(answer.json()["attestation"])

    def break_sandbox(self, system: str, **wish: int | str) -> None:
        """Let the sandbox's ``ehr`` or ``payer`` fail; without a wish it is well again."""
        url = f"{self.sandbox.base_url}/sandbox/{system}/faults"
        assert requests.post(url, json=wish, timeout=10).ok

    def payer(self) -> Json:
        """What the sandbox payer received."""
        return dict(requests.get(f"{self.sandbox.base_url}/sandbox/payer/state", timeout=10).json())

    def written(self) -> list[Json]:
        """What was written to the sandbox EHR."""
        answer = requests.get(f"{self.sandbox.base_url}/sandbox/ehr/written", timeout=10).json()
        return list(answer)


def loopback() -> str:
    """Choose an address of our own."""
    return f"http://127.0.0.1:{free_port()}"
