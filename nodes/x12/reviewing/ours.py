"""Which of the reviews of a document answers our request, and what they come to together.

An event answers where its own TRN, or one of its services', echoes the trace (TRN01 2 before any
other). BHT03 counts only where no event of the document echoes it so. Where several still answer:
of sets whose BHT04 and BHT05 order them, the latest is the answer; events of one patient and one
trace come to one outcome, as services do; else nothing is chosen and the outcome is unknown.
"""

from collections.abc import Sequence
from typing import NamedTuple

from nodes.decision import Decision, Outcome
from nodes.errors import Refused
from nodes.x12.finding import Finding
from nodes.x12.reviewing.next_step import Next
from nodes.x12.reviewing.outcome import overall
from nodes.x12.reviewing.reviewed import Reviewed

STRANGERS = (
    "several events of this document may answer, and they are not of one patient and one request: "
    "read each review by hand, and give the trace number of the request"
)
ELSEWHERE = (
    "only BHT03 names our request, and every event there echoes the trace of another: read each "
    "review by hand, and ask the payer which of them is the answer"
)


class Ours(NamedTuple):
    """The outcome that concerns us; ``place`` is none where no single review gives it."""

    place: int | None
    outcome: Outcome
    decision: Decision | None
    next: Next

    def findings(self, found: Sequence[Reviewed]) -> tuple[Finding, ...]:
        """What is to be looked at in the review that gives the outcome."""
        held = () if self.place is None else found[self.place].review.concerns
        return tuple(one.finding for one in held)


def ours(found: Sequence[Reviewed], trace: str | None) -> Ours:
    """What the reviews that answer come to."""
    places = answering(found, trace)
    if trace is not None and not any(trace in found[place].traced for place in places):
        silent = [place for place in places if not found[place].echoed]
        if not silent:
            return Ours(None, "unknown", None, Next(must_act=True, next_step=ELSEWHERE))
        places = silent
    if len(places) == 1:
        return alone(found, places[0])
    if not one_patient(found, places) or (trace is None and not one_request(found, places)):
        return Ours(None, "unknown", None, Next(must_act=True, next_step=STRANGERS))
    last = latest(found, places)
    return together(found, places) if last is None else superseding(found, places, last)


def answering(found: Sequence[Reviewed], trace: str | None) -> list[int]:
    """The places of the reviews that answer: by TRN, else by BHT03; all without a trace."""
    places = list(range(len(found)))
    if trace is None:
        return places
    for kind in ("echoed", "traced", "referred"):
        hits = [place for place in places if trace in getattr(found[place], kind)]
        if hits:
            return hits
    raise Refused("the answer does not echo the trace number of our request")


def alone(found: Sequence[Reviewed], place: int) -> Ours:
    """A single review's."""
    one = found[place]
    return Ours(place, one.review.outcome, one.decision, one.review.next)


def one_patient(found: Sequence[Reviewed], places: Sequence[int]) -> bool:
    """Whether all are of one patient, as far as the answers say who it is."""
    return len({found[place].patient for place in places}) == 1


def one_request(found: Sequence[Reviewed], places: Sequence[int]) -> bool:
    """Whether all are answers and echo the same traces, and some."""
    first = found[places[0]]
    answers = all(found[place].review.direction == "response" for place in places)
    return answers and bool(first.traced) and len({found[one].traced for one in places}) == 1


def latest(found: Sequence[Reviewed], places: Sequence[int]) -> int | None:
    """The review of the latest set, where each is of another and none of two is as late."""
    if len({found[place].set for place in places}) < len(places):
        return None
    times = sorted(found[place].written for place in places)
    if not times[0] or times[-1] == times[-2]:
        return None
    return next(place for place in places if found[place].written == times[-1])


def superseding(found: Sequence[Reviewed], places: Sequence[int], last: int) -> Ours:
    """The latest answer; somebody must look where it overturns more than a pended one."""
    whole = alone(found, last)
    before = [found[place].review.outcome for place in places if place != last]
    overturned = any(one not in ("pended", whole.outcome) for one in before)
    said = f"the latest of {len(places)} answers by BHT04; before: {listed(before)}"
    return whole._replace(next=noted(whole.next, said, must_act=overturned))


def together(found: Sequence[Reviewed], places: Sequence[int]) -> Ours:
    """Several events of one patient and one trace: one outcome, and somebody looks if they differ.

    What is to be done is what each says.
    """
    outcomes = [found[place].review.outcome for place in places]
    outcome = overall(outcomes)
    first = next((one for one in places if found[one].review.outcome == outcome), places[0])
    whole = alone(found, first)
    said = f"{len(places)} events of this trace are {listed(outcomes)}"
    mixed = len(set(outcomes)) > 1
    steps = dict.fromkeys(
        found[place].review.next.next_step
        for place in places
        if not (mixed and found[place].review.outcome == "certified")
    )
    ends = [found[place].review.next.act_by for place in places]
    act = any(found[place].review.next.must_act for place in places)
    step = Next(
        must_act=act or mixed,
        next_step="; ".join([said, *steps]),
        act_by=min((one for one in ends if one), default=None),
    )
    decision = whole.decision
    if decision is not None and decision.outcome != outcome:
        decision = decision.as_part_of(outcome)
    return Ours(first, outcome, decision, step)


def listed(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as a person reads them."""
    return ", ".join(one.replace("_", " ") for one in outcomes)


def noted(step: Next, said: str, *, must_act: bool) -> Next:
    """The same step with a word before it."""
    update = {"must_act": step.must_act or must_act, "next_step": f"{said}; {step.next_step}"}
    return step.model_copy(update=update)
