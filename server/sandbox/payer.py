"""The sandbox payer over HTTP: takes 278 requests and inquiries, and says what became of them."""

import threading
from dataclasses import dataclass, field
from typing import get_args

from flask import Blueprint, Response, jsonify, request

from nodes.errors import UnreadableDocument
from nodes.x12.reading.envelope import Interchange, read
from nodes.x12.reviewing.read_278 import Reading
from server.sandbox import payer_answers, payer_refusals
from server.sandbox.faults import Faults
from server.sandbox.payer_received import Key, Received, judge, key_of
from server.sandbox.payer_rules import Action

X12 = "application/edi-x12"
blueprint = Blueprint("sandbox_payer", __name__, url_prefix="/sandbox/payer")


@dataclass(slots=True)
class Payer:
    """What the payer remembers; a request is known by its trace number and its kind."""

    requests: dict[Key, Received] = field(default_factory=dict)
    unreadable: int = 0
    lost: int = 0
    later: Action | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, interchange: Interchange, reading: Reading) -> Received:
        """Judge a request, or count it once more and keep to what was answered."""
        key = key_of(reading)
        with self.lock:
            known = self.requests.get(key)
            if known:
                known.times += 1
                return known
            earlier = self.requests.values()
            self.requests[key] = judge(interchange, reading, earlier).ending(self.later)
            return self.requests[key]

    def known(self, trace: str) -> Received | None:
        """The latest request of a trace number."""
        with self.lock:
            found = reversed(self.requests.values())
            return next((item for item in found if item.trace == trace), None)

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
            self.unreadable, self.lost, self.later = 0, 0, None


payer = Payer()
faults = Faults()


def reset() -> None:
    """Forget every request and every fault."""
    payer.reset()
    faults.set({})


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

    A request received before, by trace number, BHT02 and UM02, gets the very same answer again.
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
    known = payer.known(trace)
    return x12(known.later()) if known else plain("no request with this trace number", 404)


@blueprint.get("/277/<trace>")
def status(trace: str) -> Response:
    """Say how a request ended, as a 277; with ``?when=now``, how it stood when answered."""
    known = payer.known(trace)
    if known is None:
        return plain("no request with this trace number", 404)
    return x12(known.status(now=request.args.get("when") == "now"))


@blueprint.get("/state")
def state() -> Response:
    """List what was received, each request once, with how often it came."""
    with payer.lock:
        requests = [
            {"trace": item.trace, "times": item.times, "outcome": item.outcome}
            for item in payer.requests.values()
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
    ``later`` (HCR01, such as A3) is how those pended from now on will be decided.
    """
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict):
        return plain("a JSON object is needed", 400)
    faults.set(wish)
    lost = wish.get("drop_after_processing")
    with payer.lock:
        payer.lost = max(lost, 0) if type(lost) is int else 0
        payer.later = wish.get("later") if wish.get("later") in get_args(Action) else None
    return Response(status=204)


@blueprint.post("/reset")
def forget() -> Response:
    """Forget everything."""
    reset()
    return Response(status=204)
