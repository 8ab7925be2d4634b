"""A real mailbox that faxes arrive in: an IMAP server of others on loopback."""

import imaplib
import secrets
import subprocess
from email.message import EmailMessage
from pathlib import Path

from server.trial import free_port
from tests.n8n.instance import until

REPO = Path(__file__).parents[2]


class Mailbox:
    """One IMAP server with one user and one folder, in memory."""

    def __init__(self, folder: Path) -> None:
        self.port, self.password = free_port(), secrets.token_hex(8)
        self.log = folder / "mailbox.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it lets us in."""
        told = subprocess.run([REPO / ".ci/mailbox"], capture_output=True, text=True, check=True)
        program = Path(told.stdout.strip()) / "python/bin/pymap"
        user = ["--demo-user", "fax", "--demo-password", self.password, "--demo-data"]
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--no-tls"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [program, *where, "dict", *user], stdout=log, stderr=log
            )
        until("the mailbox answers", self.answers)

    def answers(self) -> bool:
        """Say whether it is up."""
        try:
            self.box().logout()
        except OSError:
            return False
        return True

    def box(self) -> imaplib.IMAP4:
        """Sign in."""
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        box.login("fax", self.password)
        return box

    def receive(self, *files: tuple[str, str, bytes]) -> None:
        """Let a mail arrive with files: name, type and content of each."""
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = "Fax", "fax@example.org", "pa@example.org"
        mail.set_content("A fax has come in.")
        for name, kind, content in files:
            main, _, sub = kind.partition("/")
            mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
        box = self.box()
        box.append("INBOX", "", "", mail.as_bytes())
        box.logout()

    def credential(self) -> dict[str, object]:
        """What n8n needs to read it."""
        return {
            "user": "fax",
            "password": self.password,
            "host": "127.0.0.1",
            "port": self.port,
            "secure": False,
            "allowUnauthorizedCerts": False,
        }

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
