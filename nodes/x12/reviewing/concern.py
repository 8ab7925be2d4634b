"""One thing to look at before an answer is relied on, and the answer it is found in."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Outcome
from nodes.x12.finding import Finding
from nodes.x12.reviewing.authorization import Authorization
from nodes.x12.reviewing.comparison import Asked
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.read_item import Item

MOST = 20
SPOKEN = {
    "twice": "one level of the answer is decided twice, otherwise each time",
    "rejection": "the request is rejected in part, and decided all the same",
    "event": "the event's decision and its services' contradict each other",
    "unanswered": "services asked for have no answer",
    "covered": "services asked for are answered by the event's decision alone",
    "member": "the answer is about another member than the request",
    "certification": "UM02 of the answer differs from the request's",
    "direction": "a decision stands in a set whose BHT02 says that it is a request",
}


class Concern(Model):
    """One thing to look at before the outcome is relied on."""

    rule: str = Field(description="Stable name, such as unanswered")
    words: str = Field(description="In plain words")
    must_act: bool = True
    outcome: Outcome | None = Field(
        default=None, description="What the outcome is for it; none: as the payer's decisions say"
    )
    stops: bool = Field(default=False, description="Nothing is to be scheduled on this answer")

    @property
    def finding(self) -> Finding:
        """The same as a finding, without a value of the document."""
        severity = "error" if self.outcome == "unknown" else "warning"
        words = SPOKEN.get(self.rule, "the answer says more than its outcome: see the next step")
        return Finding(
            rule=f"answer.{self.rule}",
            severity=severity if self.must_act else "note",  # type: ignore[arg-type]
            words=words,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its request and what was certified."""

    reading: Reading
    asked: Reading | None
    pairs: Asked
    certified: Sequence[Authorization]

    @property
    def levels(self) -> list[tuple[str, Item]]:
        """The event and the services, as they are called."""
        event = self.reading.event
        named = [("the event", event)] if event else []
        return [*named, *((called(item), item) for item in self.reading.services)]


def called(item: Item) -> str:
    """A service as a person finds it."""
    return f"service {item.number}" + (f" ({item.procedure})" if item.procedure else "")


def several(named: Sequence[str]) -> str:
    """Names in a row, not too many."""
    more = f" and {len(named) - MOST} more" if len(named) > MOST else ""
    return ", ".join(named[:MOST]) + more
