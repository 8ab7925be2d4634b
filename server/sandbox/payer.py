"""The sandbox payer over HTTP: takes 278 requests and inquiries, and says what became of them."""

import threading
from dataclasses import dataclass, field

from flask import Blueprint, Response, jsonify, request

from nodes.decision import Outcome
from nodes.errors import UnreadableDocument
from nodes.x12.reading.envelope import Interchange, read
from nodes.x12.reviewing.read_278 import Reading, read_reviews
from server.sandbox import payer_answers, payer_refusals, payer_status
from server.sandbox.faults import Faults
from server.sandbox.payer_lines import number, reference, trace_of, written
from server.sandbox.payer_rules import Verdict, decide, refusal, rules

X12 = "application/edi-x12"
blueprint = Blueprint("sandbox_payer", __name__, url_prefix="/sandbox/payer")


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


@dataclass(slots=True)
class Payer:
    """What the payer remembers; a request is known by its trace number."""

    requests: dict[str, Received] = field(default_factory=dict)
    unreadable: int = 0
    lost: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, interchange: Interchange, reading: Reading) -> Received:
        """Judge a request, or count it once more and keep to what was answered."""
        trace = trace_of(reading)
        with self.lock:
            known = self.requests.get(trace)
            if known:
                known.times += 1
                return known
            self.requests[trace] = judge(interchange, reading)
            return self.requests[trace]

    def tell(self, interchange: Interchange, inquiry: Reading) -> str:
        """Answer an inquiry from the latest request it can mean."""
        with self.lock:
            for known in reversed(self.requests.values()):
                if known.meant(inquiry):
                    return known.inquired(interchange, inquiry)
        return payer_answers.unknown(interchange, inquiry)

    def refuse(self) -> None:
        """Count a document that could not be read."""
        with self.lock:
            self.unreadable += 1

    def loses(self) -> bool:
        """Whether the answer at hand is to get lost on its way."""
        with self.lock:
            lost = self.lost > 0
            self.lost -= lost
            return lost

    def reset(self) -> None:
        """Forget every request."""
        with self.lock:
            self.requests.clear()
            self.unreadable = self.lost = 0


payer = Payer()
faults = Faults()


def reset() -> None:
    """Forget every request and every fault."""
    payer.reset()
    faults.set({})


def judge(interchange: Interchange, reading: Reading) -> Received:
    """Decide a request by the rules."""
    code = refusal(reading, rules())
    if code:
        verdicts, answer = None, payer_answers.rejected(interchange, reading, code)
    else:
        verdicts = decide(reading, rules(), written(reading).date())
        answer = payer_answers.decided(interchange, reading, reading, verdicts, "278")
    [said] = read_reviews(read(answer).require().sets[0])
    return Received(interchange, reading, verdicts, answer, said.outcome)


def x12(text: str, status: int = 200) -> Response:
    """Answer with an interchange."""
    return Response(text, status, mimetype=X12)


def plain(words: str, status: int) -> Response:
    """Answer in words."""
    return Response(words + "\n", status, mimetype="text/plain")


@blueprint.before_request
def fail_on_purpose() -> Response | None:
    """Let the switched-on faults hit X12 requests only, before anything is done with them."""
    return faults.strike() if "/payer/27" in request.path else None


@blueprint.post("/278")
def review() -> Response:
    """Take a 278 request or inquiry; what is not in order is answered with a 999 or TA1.

    A trace number received before gets the very same answer again.
    """
    try:
        text = request.get_data().decode("utf-8")
        document = read(text)
    except (UnicodeDecodeError, UnreadableDocument):
        payer.refuse()
        return plain("this is not an X12 interchange", 400)
    found = payer_refusals.faults(text)
    try:
        reading = None if found else payer_refusals.asked(document)
    except UnreadableDocument as error:
        reading, found = None, payer_refusals.not_ours(str(error))
    if reading is None:
        payer.refuse()
        told = payer_refusals.refusal(text, document, found)
        return x12(told) if told else plain("this is nothing to answer", 400)
    answer = answered(document.interchanges[0], reading)
    return plain("the answer was lost", 504) if payer.loses() else x12(answer)


def answered(interchange: Interchange, reading: Reading) -> str:
    """The response to a request or an inquiry."""
    if reading.kind == "inquiry":
        return payer.tell(interchange, reading)
    return payer.take(interchange, reading).answer


@blueprint.get("/278/<trace>")
def outcome(trace: str) -> Response:
    """Say how a request ended, as a 278 response: a pended one is decided by now."""
    known = payer.requests.get(trace)
    return x12(known.later()) if known else plain("no request with this trace number", 404)


@blueprint.get("/277/<trace>")
def status(trace: str) -> Response:
    """Say how a request ended, as a 277; with ``?when=now``, how it stood when answered."""
    known = payer.requests.get(trace)
    if known is None:
        return plain("no request with this trace number", 404)
    return x12(known.status(now=request.args.get("when") == "now"))


@blueprint.get("/state")
def state() -> Response:
    """List what was received, each request once, with how often it came."""
    with payer.lock:
        requests = [
            {"trace": trace, "times": item.times, "outcome": item.outcome}
            for trace, item in payer.requests.items()
        ]
        repeats = sum(item.times - 1 for item in payer.requests.values())
    return jsonify(
        requests=requests,
        received=len(requests),
        repeats=repeats,
        unreadable=payer.unreadable,
    )


@blueprint.post("/faults")
def set_faults() -> Response:
    """Fail the next requests: ``down`` of them before anything is done, with ``status``;
    ``drop_after_processing`` of them after it, so that only the answer is lost; ``delay_ms`` all.
    """
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict):
        return plain("a JSON object is needed", 400)
    faults.set(wish)
    lost = wish.get("drop_after_processing")
    with payer.lock:
        payer.lost = max(lost, 0) if type(lost) is int else 0
    return Response(status=204)


@blueprint.post("/reset")
def forget() -> Response:
    """Forget everything."""
    reset()
    return Response(status=204)
