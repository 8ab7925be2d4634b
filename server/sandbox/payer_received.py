"""A request as the sandbox payer remembers it, and how it was judged."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from nodes.decision import Outcome
from nodes.x12.reading.envelope import Interchange, read
from nodes.x12.reviewing.read_278 import Reading, read_reviews
from server.sandbox import payer_answers, payer_status
from server.sandbox.payer_lines import number, reference, trace_of, written
from server.sandbox.payer_rules import Action, Verdict, decide, refusal, rules

Key = tuple[str, str, str | None]


@dataclass(slots=True)
class Received:
    """A request this payer knows and what it answered; no verdicts: it was rejected."""

    interchange: Interchange
    reading: Reading
    verdicts: list[Verdict] | None
    answer: str
    outcome: Outcome
    times: int = 1
    inquiries: list[str] = field(default_factory=list)

    @property
    def trace(self) -> str:
        """Its trace number."""
        return trace_of(self.reading)

    def ending(self, later: Action | None) -> Self:
        """The same, with another end after review of what is pended, where one is wished for."""
        if later and self.verdicts:
            self.verdicts = [item.ending(later) for item in self.verdicts]
        return self

    def later(self) -> str:
        """The 278 that says how it ended: the decision after review, else the first answer."""
        if self.verdicts is None or not any(item.later for item in self.verdicts):
            return self.answer
        final = [item.final() for item in self.verdicts]
        return payer_answers.decided(self.interchange, self.reading, self.reading, final, "later")

    def status(self, *, now: bool) -> str:
        """The 277: how it stands now, or how it ended."""
        verdicts = self.verdicts
        if verdicts is not None and not now:
            verdicts = [item.final() for item in verdicts]
        return payer_status.status(self.interchange, self.reading, verdicts)

    def inquired(self, interchange: Interchange, inquiry: Reading) -> str:
        """The answer to an inquiry: pended services are decided after some; a retry counts once."""
        asking = inquiry.reference or trace_of(inquiry)
        if asking not in self.inquiries:
            self.inquiries.append(asking)
        count = self.inquiries.index(asking) + 1
        verdicts = [item.asked(count) for item in self.verdicts or ()]
        return payer_answers.decided(interchange, inquiry, self.reading, verdicts, "inquiry")

    def meant(self, inquiry: Reading) -> bool:
        """Whether an inquiry is about this request: its patient's, by number or by services."""
        event = inquiry.event
        if self.verdicts is None or event is None or member(inquiry) != member(self.reading):
            return False
        trace = trace_of(self.reading)
        if event.authorization or event.reference:
            mine = {None, number(trace)}, {None, reference(trace)}
            return event.authorization in mine[0] and event.reference in mine[1]
        if trace in event.traces:
            return True
        services = {item.procedure for item in inquiry.services}
        return bool(services) and services <= {item.procedure for item in self.reading.services}


def member(reading: Reading) -> str | None:
    """The subscriber's member id."""
    return next((item.id for item in reading.parties if item.entity == "IL"), None)


def key_of(reading: Reading) -> Key:
    """What tells a request from another: its trace number, BHT02 and UM02."""
    codes = reading.event.codes if reading.event else None
    return trace_of(reading), reading.purpose, codes.certification if codes else None


def strange(reading: Reading, earlier: Iterable[Received]) -> bool:
    """Whether a request follows one by a number that this payer never gave this member."""
    codes = reading.event.codes if reading.event else None
    if codes is None or codes.certification in {None, "I"}:
        return False
    mine = member(reading)
    traces = [
        item.trace for item in earlier if item.verdicts is not None and member(item.reading) == mine
    ]
    levels = [item for item in (reading.event, *reading.services) if item]
    named = {item.authorization for item in levels} - {None}
    known = {item.reference for item in levels} - {None}
    return not (
        named <= {number(trace) for trace in traces}
        and known <= {reference(trace) for trace in traces}
    )


def judge(interchange: Interchange, reading: Reading, earlier: Iterable[Received]) -> Received:
    """Decide a request by the rules; one that follows another must name it as it was named."""
    code = refusal(reading, rules())
    if code is None and strange(reading, earlier):
        verdicts, answer = None, payer_answers.unknown(interchange, reading)
    elif code:
        verdicts, answer = None, payer_answers.rejected(interchange, reading, code)
    else:
        verdicts = decide(reading, rules(), written(reading).date())
        answer = payer_answers.decided(interchange, reading, reading, verdicts, "278")
    [said] = read_reviews(read(answer).require().sets[0])
    return Received(interchange, reading, verdicts, answer, said.outcome)
