"""What else a payer said, or left out, that a clean outcome would hide from whoever reads it."""

from collections.abc import Iterator

from nodes.decision import CERTIFYING, Outcome
from nodes.x12.reviewing.concern import MOST, Answer, Concern, called, several
from nodes.x12.reviewing.outcome import CLEAN, overall, under
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.who import strangers

ABOVE = {loop + level for level in "ABCD" for loop in ("2000", "2010")} | {"2000E", "2010E"}
CANCEL = "3"
VALIDITY = {"007", "036"}
CONTRARY = "they contradict each other, ask the payer which holds"
MEANT: dict[Outcome, str] = {
    "partially_certified": "what is not certified has no answer here; ask the payer for it",
    "modified": "something of the event as a whole was changed; ask the payer what",
}


def concerns(answer: Answer) -> tuple[Concern, ...]:
    """All that is to be looked at; of a request only a decision that stands in it."""
    if answer.reading.direction == "request":
        return tuple(misplaced(answer))
    return tuple(concern for check in CHECKS for concern in check(answer))


def misplaced(answer: Answer) -> Iterator[Concern]:
    """HCR where BHT02 says that this is a request."""
    if any(item.action for _, item in answer.levels):
        words = "BHT02 says that this is a request, and it holds a decision (HCR): ask the payer"
        yield Concern(rule="direction", words=words, outcome="unknown", stops=True)


def strange(answer: Answer) -> Iterator[Concern]:
    """The answer is about somebody else."""
    for words in strangers(answer.asked, answer.reading) if answer.asked else ():
        yield Concern(rule="member", words=words, outcome="unknown", stops=True)


def twice(answer: Answer) -> Iterator[Concern]:
    """Several HCRs in one level."""
    for name, item in answer.levels[:MOST]:
        if item.again:
            said = ", then ".join([item.action or "", *item.again])
            words = f"{name} is decided twice: {said}; ask the payer which holds"
            yield Concern(rule="twice", words=words, outcome="unknown", stops=True)


def rejected(answer: Answer) -> Iterator[Concern]:
    """AAA together with a yes: above or at the event nobody can tell which of them holds."""
    reading = answer.reading
    if reading.outcome not in (*CLEAN, "cancelled", "pended", "contact_payer"):
        return
    above = [one for one in reading.rejections if one.loop in ABOVE]
    final = reading.outcome in (*CLEAN, "cancelled")
    if above and final:
        words = "the payer rejects the request (AAA) and decides it all the same: ask which holds"
        yield Concern(rule="rejection", words=words, outcome="unknown", stops=True)
    elif reading.rejections:
        words = "part of the request is rejected (AAA)"
        yield Concern(rule="rejection", words=words)


def contradicted(answer: Answer) -> Iterator[Concern]:
    """The event's own decision against its services' yes."""
    event, reading = answer.reading.event, answer.reading
    own = [item.own for item in reading.services if item.own]
    if event is None or event.own is None or not own or event.again:
        return
    services = overall(own)
    if under(event.own, services) == services:
        return
    said = f"HCR01 {event.action}" if event.action else "AAA"
    codes = dict.fromkeys(item.action for item in reading.services if item.action)
    words = f"the event says {said} ({plain(event.own)}), its services {', '.join(codes)}: "
    yield Concern(rule="event", words=words + MEANT.get(event.own, CONTRARY))


def plain(outcome: Outcome) -> str:
    """An outcome as a person reads it."""
    return outcome.replace("_", " ")


def unanswered(answer: Answer) -> Iterator[Concern]:
    """Services asked for that the answer does not name."""
    missing, reading = answer.pairs.unanswered, answer.reading
    event = reading.event.own if reading.event else None
    if not missing or not (reading.services or event):
        return
    names = several([called(one) for one in missing])
    if event not in (None, "partially_certified", "unknown", "rejected"):
        if event in CLEAN and reading.services:
            words = f"of the request, {names} is answered by the event's decision alone"
            yield Concern(rule="covered", words=words, must_act=False)
        return
    partly: Outcome | None = "partially_certified" if reading.outcome in CLEAN else None
    words = f"of the request, {names} has no answer: ask the payer"
    yield Concern(rule="unanswered", words=words, outcome=partly)


def opinion(answer: Answer) -> Iterator[Concern]:
    """HCR04."""
    names = [name for name, item in answer.levels if item.second_opinion]
    if names:
        words = f"the payer wants a second surgical opinion first ({several(names)})"
        yield Concern(rule="second-opinion", words=words, stops=True)


def wanted(answer: Answer) -> Iterator[Concern]:
    """Documents asked for beside a yes."""
    if answer.reading.documents and answer.reading.outcome in CLEAN:
        yield Concern(rule="documents", words="the payer asks for documents")


def cancelled(answer: Answer) -> Iterator[Concern]:
    """A cancellation nobody asked for, as far as is known."""
    asked = answer.asked
    ours = asked is not None and certification(asked) == CANCEL
    if any(item.own == "cancelled" for _, item in answer.levels) and not ours:
        known = "was not asked for" if asked else "may not have been asked for"
        words = (
            f"the payer cancels what {known} to be cancelled: call the payer unless you know of it"
        )
        yield Concern(rule="cancelled", words=words)
    elif ours and answer.reading.outcome in CERTIFYING:
        words = "a cancellation was asked for, and the answer is a yes: ask the payer if it is done"
        yield Concern(rule="cancelled", words=words, stops=True)


def certification(reading: Reading) -> str | None:
    """UM02 of the event."""
    return reading.event.codes.certification if reading.event and reading.event.codes else None


def kind(answer: Answer) -> Iterator[Concern]:
    """UM02 of the answer against that of the request."""
    asked = answer.asked
    if asked is None or {asked.kind, answer.reading.kind} != {"review"}:
        return
    then, now = certification(asked), certification(answer.reading)
    if then and now and then != now:
        words = f"UM02 of the answer is {now}, of the request {then}: it may answer another request"
        yield Concern(rule="certification", words=words)


def numbers(answer: Answer) -> Iterator[Concern]:
    """A certification without a number, or only with that of an earlier review."""
    without = [one for one in answer.certified if not one.number]
    if without:
        yield Concern(rule="number", words="no authorization number is given: ask for the number")
    event = answer.reading.event
    given = {item.certificate for _, item in answer.levels}
    if any(one.number and one.number not in given for one in answer.certified) and event:
        words = "the number is REF*BB, of an earlier review, as HCR02 gives none"
        yield Concern(rule="earlier-number", words=words, must_act=False)


def lapsed(answer: Answer) -> Iterator[Concern]:
    """A certification that has ended."""
    past = [one for one in answer.certified if one.expired]
    if past:
        ends = ", ".join(dict.fromkeys(one.ends.isoformat() for one in past if one.ends))
        words = f"the certification ended on {ends}: ask for a renewal before the service"
        yield Concern(rule="expired", words=words, stops=True)


def unclear(answer: Answer) -> Iterator[Concern]:
    """Dates of a certification that cannot be read, and quantities that differ."""
    unread = [one for one in answer.reading.unread if one.segment_id == "DTP" and one.elements]
    if answer.certified and any(one.elements[0] in VALIDITY for one in unread):
        words = "how long the certification holds cannot be read: ask the payer for the dates"
        yield Concern(rule="validity", words=words)
    names = [name for name, item in answer.levels if item.disagreeing]
    if names:
        words = f"two quantities are given for {several(names)}; HSD limits it here: ask the payer"
        yield Concern(rule="quantity", words=words)


CHECKS = (
    strange, twice, rejected, contradicted, unanswered, opinion, wanted, cancelled, kind, numbers,
    lapsed, unclear,
)  # fmt: skip
