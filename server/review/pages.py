"""The review pages: the queue, a packet as a clinician reads it, and the decision.

A GET changes nothing: whatever a mail scanner or a preview opens, no case moves. A decision is a
POST of a signed-in reviewer with the session's CSRF token, for the packet they saw by its hash.
Who is signed out while typing signs in and finds their words in the packet, undecided.
"""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    current_app,
    g,
    redirect,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as Answer

from nodes import signing
from nodes.errors import NodeError, NotConfigured
from nodes.gates.belonging import pdf
from nodes.principal import Principal
from nodes.settings import Settings
from server.review import kept
from server.review.answers import document, message, page, protect
from server.review.case_id import CaseId
from server.review.cases import AlreadyDecided, Cases
from server.review.decision import Changed, Reading, Unread, told
from server.review.forgery import is_forged, read, signed
from server.review.session import Desk
from server.watch import current

pages = Blueprint("review", __name__, "static", template_folder="templates", url_prefix="/review")
pages.after_request(protect)
OPEN = {"review.static", "review.sign_in", "review.sign_in_form"}
RESTORED = (
    "You had been signed out. What you had typed is here again; nothing was decided."
    " Read the packet once more, then decide."
)


def init_app(app: Flask, settings: Settings) -> None:
    """Serve the review pages; the workflow's addresses and the session key are in the settings."""
    if settings.review is None:
        raise NotConfigured("settings: review: nothing is configured")
    app.extensions["review"] = (settings, Desk(app, settings), Cases(settings.review))
    app.url_map.converters["case"] = CaseId
    app.register_blueprint(pages)


def key() -> signing.Key:
    """Give the settings' signing key."""
    settings: Settings = current_app.extensions["review"][0]
    if settings.signing is None:
        raise NotConfigured("settings: signing: no key is configured, so nothing can be attested")
    return signing.key_of(settings.signing)


def desk() -> Desk:
    """Give the sign-in of this application."""
    found: Desk = current_app.extensions["review"][1]
    return found


def cases() -> Cases:
    """Give the workflow of this application."""
    found: Cases = current_app.extensions["review"][2]
    return found


def reviewer() -> Principal:
    """Give who reads this page."""
    found: Principal = g.reviewer
    return found


@pages.before_request
def admit() -> Answer | None:
    """Let only reviewers in, and no forged POST."""
    if request.endpoint == "review.static":
        return None
    g.reviewer = desk().reader()
    signed_out = g.reviewer is None and request.endpoint not in OPEN
    if request.method != "POST":
        wanted = url_for("review.sign_in_form", next=request.path)
        return redirect(wanted) if signed_out else None
    if signed_out:
        return ask_again()
    return stale() if is_forged() else None


def ask_again() -> Answer:
    """Ask who lost their session to sign in, with what they had typed."""
    typed = kept.of_lost()
    case_id = (request.view_args or {}).get("case_id")
    after = url_for("review.packet", case_id=case_id) if case_id else url_for("review.queue")
    if typed is None:
        return redirect(url_for("review.sign_in_form", next=after), 303)
    return page("sign_in.html", 401, kept=typed, next=after)


def stale() -> Answer:
    """Take nothing from a page that is too old or not ours; show what its reader had typed."""
    if request.endpoint == "review.sign_in":
        wanted = request.form.get("next", "")
        return page("sign_in.html", 400, old=True, kept=kept.of_sign_in(), next=wanted)
    typed = kept.of_lost()
    if g.reviewer and typed and typed.is_of(g.reviewer):
        return restored(typed, 409)
    return message("forged", 400)


def restored(typed: kept.Kept, status: int) -> Answer:
    """Show a packet with what its reader had typed before they signed in again."""
    view = Reading(cases().packet(typed.case_id), reviewer(), key, typed.typed)
    if typed.typed.get("original", view.original) != view.original:
        return message("changed", 409, case_id=typed.case_id)
    return page("packet.html", status, view=view, alert=RESTORED)


@pages.errorhandler(NodeError)
def failed(error: NodeError) -> Answer:
    """Say what went wrong as a page."""
    current().problem = error.slug
    if isinstance(error, AlreadyDecided):
        return message("decided", 409)
    return message("failed", int(error.status), error=error)


@pages.get("/sign-in")
def sign_in_form() -> Answer:
    """Ask for the reviewer's own credential."""
    return page("sign_in.html", next=request.args.get("next", ""))


@pages.post("/sign-in")
def sign_in() -> Answer:
    """Begin a session; then go to the page that was wanted, or on with what was typed."""
    wanted, typed = request.form.get("next", ""), kept.of_sign_in()
    try:
        g.reviewer = desk().sign_in(request.form.get("token", "").strip())
    except NodeError as error:
        current().problem = error.slug
        answer = page("sign_in.html", int(error.status), error=error, kept=typed, next=wanted)
        if error.retry_after:
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    if typed and typed.is_of(g.reviewer):
        return restored(typed, 200)
    return redirect(ours(wanted) or url_for("review.queue"), 303)


def ours(wanted: str) -> str | None:
    """Give the path of one of these pages, and of no other."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return None
    here = not parts.netloc and not parts.scheme and parts.path.startswith("/review/")
    return parts.path if here and parts.path.isprintable() else None


@pages.post("/sign-out")
def sign_out() -> Answer:
    """End the session."""
    session.clear()
    return redirect(url_for("review.sign_in_form"), 303)


@pages.get("/")
def queue() -> Answer:
    """Show what waits for a reviewer."""
    return page("queue.html", cases=cases().queue())


@pages.get("/<case:case_id>")
def packet(case_id: str) -> Answer:
    """Show a packet."""
    return page("packet.html", view=Reading(cases().packet(case_id), reviewer(), key))


@pages.get("/<case:case_id>/form.pdf")
def form(case_id: str) -> Answer:
    """Give the filled form as it was drafted."""
    return document(pdf(cases().packet(case_id).packet.form))


@pages.post("/<case:case_id>/form.pdf")
def revised_form(case_id: str) -> Answer:
    """Give the filled form with the reviewer's edits."""
    return document(pdf(reading(case_id).draft.packet.form))


@pages.post("/<case:case_id>/revise")
def revise(case_id: str) -> Answer:
    """Show the packet with the reviewer's edits; nothing is kept."""
    view = reading(case_id)
    if request.form.get("original", view.original) != view.original:
        return message("changed", 409, case_id=case_id)
    return page("packet.html", view=view)


@pages.post("/<case:case_id>/decide")
def decide(case_id: str) -> Answer:
    """Attest and approve, send back or decline what the reviewer saw; then go on with the case."""
    view = reading(case_id)
    decision = request.form.get("decision", "")
    try:
        answer = told(view, decision, request.form)
    except Changed:
        return message("changed", 409, case_id=case_id)
    except Unread as unread:
        return page("packet.html", 409, view=view, alert=f"{unread}")
    cases().decide(view.handed, answer)
    outcome = signed("outcome", case_id, decision)
    return redirect(url_for("review.done", case_id=case_id, outcome=outcome), 303)


@pages.get("/<case:case_id>/done")
def done(case_id: str) -> Answer:
    """Confirm a decision that was made here; any other address of this page confirms nothing."""
    words = read("outcome", request.args.get("outcome", ""))
    decision = words[1] if words[:1] == (case_id,) else ""
    return page("done.html", case_id=case_id, decision=decision)


def reading(case_id: str) -> Reading:
    """Fetch the packet again and apply the edits that came with the page."""
    return Reading(cases().packet(case_id), reviewer(), key, request.form)
