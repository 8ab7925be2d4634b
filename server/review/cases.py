"""The workflow's three endpoints: the queue, one packet, and the URL that goes on with a case.

They are n8n's: a webhook each for queue and packet, and the waiting execution's resume URL. The
review pages keep nothing; what they show is asked for each time.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Json, ValidationError

from nodes.audit import Sha256, canonical
from nodes.build_278 import Envelope
from nodes.errors import NodeError, Refused, UpstreamFailed
from nodes.http import Answer, Get, Post, get, post
from nodes.packet import Packet
from nodes.settings import Review

RANK = {"emergency": 0, "urgent": 1, "standard": 2}


Blank = BeforeValidator(lambda value: None if value == "" else value)  # a table's empty cell


class Told(BaseModel):
    """What the workflow tells; more than we know of is not an error."""

    model_config = ConfigDict(extra="ignore", frozen=True)


Some = TypeVar("Some", bound=Told)


class Waiting(Told):
    """A case in the queue."""

    case_id: str
    status: str = ""
    patient: str | None = None
    service: str | None = None
    payer: str | None = None
    urgency: str | None = None
    waiting_since: Annotated[datetime | None, Blank] = None
    packet_sha256: str | None = None

    def waited(self, now: datetime) -> str:
        """How long it waits, in the two largest units; a moment without a zone is UTC."""
        since = self.waiting_since or now
        past = now - (since if since.tzinfo else since.replace(tzinfo=UTC))
        minutes = max(0, int(past.total_seconds()) // 60)
        days, hours = minutes // 1440, minutes // 60 % 24
        if days:
            return f"{days} d {hours} h"
        return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


class Queue(Told):
    """The cases that wait."""

    cases: tuple[Waiting, ...]


class Handed(Told):
    """A packet as handed over for review, and how to go on."""

    case_id: str
    packet: Packet | Json[Packet]
    draft_seal: str
    resume_url: str
    envelope: Annotated[Envelope | Json[Envelope] | None, Blank] = None
    created_at: Annotated[datetime | None, Blank] = None
    template: str | None = None
    audit_head: Annotated[Sha256 | None, Blank] = None


class AlreadyDecided(NodeError):
    """The case does not wait for a review any more."""

    status = Refused.status
    slug = "already-decided"


class Cases:
    """The workflow, as the review pages know it."""

    def __init__(self, settings: Review, *, ask: Get = get, tell: Post = post) -> None:
        """Take addresses and the shared token from the settings."""
        self.settings, self.ask, self.tell = settings, ask, tell

    def queue(self) -> list[Waiting]:
        """List what waits: the most urgent first, then who waits longest."""
        answer = self._get(self.settings.queue_url)
        if answer.status != 200:
            raise UpstreamFailed(f"the workflow's queue answered with status {answer.status}")
        cases = _read(Queue, answer.body).cases
        return sorted(cases, key=_order)

    def packet(self, case_id: str) -> Handed:
        """Fetch one packet; AlreadyDecided when the workflow has none to review."""
        mark = "&" if urlsplit(self.settings.packet_url).query else "?"
        answer = self._get(f"{self.settings.packet_url}{mark}{urlencode({'case_id': case_id})}")
        if answer.status in (404, 409, 410):
            raise AlreadyDecided("no packet of this case waits for a review")
        if answer.status != 200:
            raise UpstreamFailed(f"the workflow answered with status {answer.status}")
        handed = _read(Handed, answer.body)
        if handed.case_id != case_id or handed.packet.case.id != case_id:
            raise UpstreamFailed("the workflow handed over another case than asked for")
        return handed

    def decide(self, handed: Handed, decision: dict[str, Any]) -> None:
        """Tell the waiting workflow what was decided, once; only at the configured origin."""
        try:
            parts = urlsplit(handed.resume_url)
        except ValueError:
            raise UpstreamFailed("the workflow named a resume URL that is none") from None
        if f"{parts.scheme}://{parts.netloc}" != self.settings.resume_origin.rstrip("/"):
            raise UpstreamFailed("the workflow named a resume URL of another origin: not used")
        answer = self.tell(
            handed.resume_url,
            body=canonical(decision),
            headers={"Content-Type": "application/json"},
            timeout=30,
            token=None,
        )
        if answer.status in (404, 409, 410):
            raise AlreadyDecided("this case was already decided")
        if not 200 <= answer.status < 300:
            raise UpstreamFailed(f"the workflow answered with status {answer.status}")

    def _get(self, url: str) -> Answer:
        token = self.settings.token
        headers = {"Accept": "application/json"} | (
            {"X-Review-Token": token.get_secret_value()} if token else {}
        )
        return self.ask(url, headers=headers, timeout=20, token=None)


def _read(model: type[Some], body: bytes) -> Some:
    try:
        return model.model_validate_json(body)
    except ValidationError:
        raise UpstreamFailed("the workflow's answer is not what was agreed") from None


def _order(case: Waiting) -> tuple[int, float]:
    since = case.waiting_since
    if since is None:
        return RANK.get(case.urgency or "standard", 2), float("inf")
    aware = since if since.tzinfo else since.replace(tzinfo=UTC)
    return RANK.get(case.urgency or "standard", 2), aware.timestamp()
