"""The sandbox payer over HTTP: takes 278 requests, answers, and says later what became of them."""

import threading
from dataclasses import dataclass, field

from flask import Blueprint, Response, jsonify, request

from nodes.decision import Outcome
from nodes.errors import UnreadableDocument
from nodes.x12.envelope import Document, Interchange, pick, read
from nodes.x12.read_278 import Reading, read_reviews
from server.sandbox import payer_answers
from server.sandbox.faults import Faults
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

    def later(self) -> str:
        """The 278 that says how it ended: the decision after review, else the first answer."""
        if self.verdicts is None or not any(item.later for item in self.verdicts):
            return self.answer
        final = [item.final() for item in self.verdicts]
        return payer_answers.decided(self.interchange, self.reading, final, "later")

    def status(self, *, now: bool) -> str:
        """The 277: how it stands now, or how it ended."""
        verdicts = self.verdicts
        if verdicts is not None and not now:
            verdicts = [item.final() for item in verdicts]
        return payer_answers.status(self.interchange, self.reading, verdicts)


@dataclass(slots=True)
class Payer:
    """What the payer remembers; a request is known by its trace number."""

    requests: dict[str, Received] = field(default_factory=dict)
    unreadable: int = 0
    lost: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, interchange: Interchange, reading: Reading) -> Received:
        """Judge a request, or count it once more and keep to what was answered."""
        trace = payer_answers.trace_of(reading)
        with self.lock:
            known = self.requests.get(trace)
            if known:
                known.times += 1
                return known
            self.requests[trace] = judge(interchange, reading)
            return self.requests[trace]

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
        verdicts = decide(reading, rules(), payer_answers.moment(reading).date())
        answer = payer_answers.decided(interchange, reading, verdicts, "278")
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
    """Take a 278 request. A trace number received before gets the very same answer again."""
    try:
        document = read(request.get_data().decode("utf-8"))
    except (UnicodeDecodeError, UnreadableDocument):
        payer.refuse()
        return plain("this is not an X12 interchange", 400)
    try:
        reading = asked(document)
    except UnreadableDocument:
        payer.refuse()
        return x12(payer_answers.refused(document.interchanges[0]), 400)
    received = payer.take(document.interchanges[0], reading)
    return plain("the answer was lost", 504) if payer.loses() else x12(received.answer)


def asked(document: Document) -> Reading:
    """The one request of a document."""
    sets = pick(document, "278", ("005010X217",))
    readings = [reading for item in sets for reading in read_reviews(item)]
    if len(readings) != 1 or readings[0].direction != "request" or readings[0].event is None:
        raise UnreadableDocument("this payer takes one request at a time")
    if not payer_answers.trace_of(readings[0]):
        raise UnreadableDocument("the request has no trace number")
    return readings[0]


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
