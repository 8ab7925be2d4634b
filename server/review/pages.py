"""The review pages: the queue, a packet as a clinician reads it, and the decision.

A GET changes nothing: whatever a mail scanner or a preview opens, no case moves. A decision is a
POST of a signed-in reviewer with the session's CSRF token, for the packet they saw by its hash.
"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
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
from server.auth import NotAuthenticated
from server.review.cases import AlreadyDecided, Cases
from server.review.decision import Changed, Reading, Unread, told
from server.review.session import Desk, TooMany, csrf, is_forged

pages = Blueprint("review", __name__, "static", template_folder="templates", url_prefix="/review")
OPEN = {"review.static", "review.sign_in", "review.sign_in_form"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; object-src 'self';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)


def init_app(app: Flask, settings: Settings) -> None:
    """Serve the review pages; the workflow's addresses and the session key are in the settings."""
    if settings.review is None:
        raise NotConfigured("settings: review: nothing is configured")
    app.extensions["review"] = (settings, Desk(app, settings), Cases(settings.review))
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
    if g.reviewer is None and request.endpoint not in OPEN:
        return redirect(url_for("review.sign_in_form", next=request.path))
    if request.method == "POST" and is_forged():
        return message("forged", 400)
    return None


@pages.after_request
def protect(response: Response) -> Response:
    """Keep PHI out of caches and frames."""
    own = "'self'" if response.mimetype == "application/pdf" else "'none'"
    response.headers["Content-Security-Policy"] = POLICY.format(own)
    response.headers["X-Frame-Options"] = "SAMEORIGIN" if own == "'self'" else "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.endpoint != "review.static":
        response.headers["Cache-Control"] = "no-store"
    return response


@pages.errorhandler(NodeError)
def failed(error: NodeError) -> Answer:
    """Say what went wrong as a page."""
    g.problem = error.slug
    if isinstance(error, AlreadyDecided):
        return message("decided", 409)
    return message("failed", int(error.status), error=error)


def message(what: str, status: int, **shown: Any) -> Response:
    """Show a page that says one thing."""
    return page(f"{what}.html", status, **shown)


def page(template: str, status: int = 200, **shown: Any) -> Response:
    """Show a page."""
    now = datetime.now(UTC)
    html = render_template(
        f"review/{template}", reviewer=g.get("reviewer"), csrf=csrf, now=now, **shown
    )
    return make_response(html, status)


@pages.get("/sign-in")
def sign_in_form() -> Answer:
    """Ask for the reviewer's own credential."""
    return page("sign_in.html", next=request.args.get("next", ""))


@pages.post("/sign-in")
def sign_in() -> Answer:
    """Begin a session."""
    wanted = request.form.get("next", "")
    try:
        desk().sign_in(request.form.get("token", "").strip())
    except TooMany as error:
        return page("sign_in.html", 429, error=error, next=wanted)
    except NodeError as error:
        status = 401 if isinstance(error, NotAuthenticated) else 403
        return page("sign_in.html", status, error=error, next=wanted)
    parts = urlsplit(wanted)
    safe = not parts.netloc and not parts.scheme and parts.path.startswith("/review/")
    return redirect(parts.path if safe else url_for("review.queue"), 303)


@pages.post("/sign-out")
def sign_out() -> Answer:
    """End the session."""
    session.clear()
    return redirect(url_for("review.sign_in_form"), 303)


@pages.get("/")
def queue() -> Answer:
    """Show what waits for a reviewer."""
    return page("queue.html", cases=cases().queue())


@pages.get("/<case_id>")
def packet(case_id: str) -> Answer:
    """Show a packet."""
    return page("packet.html", view=Reading(cases().packet(case_id), reviewer(), key))


@pages.get("/<case_id>/form.pdf")
def form(case_id: str) -> Answer:
    """Give the filled form as it was drafted."""
    return document(pdf(cases().packet(case_id).packet.form))


@pages.post("/<case_id>/form.pdf")
def revised_form(case_id: str) -> Answer:
    """Give the filled form with the reviewer's edits."""
    return document(pdf(reading(case_id).draft.packet.form))


def document(content: bytes) -> Response:
    """Send a PDF to be shown."""
    return Response(content, mimetype="application/pdf")


@pages.post("/<case_id>/revise")
def revise(case_id: str) -> Answer:
    """Show the packet with the reviewer's edits; nothing is kept."""
    return page("packet.html", view=reading(case_id))


@pages.post("/<case_id>/decide")
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
    return redirect(url_for("review.done", case_id=case_id, decision=decision), 303)


@pages.get("/<case_id>/done")
def done(case_id: str) -> Answer:
    """Confirm a decision."""
    return page("done.html", case_id=case_id, decision=request.args.get("decision", ""))


def reading(case_id: str) -> Reading:
    """Fetch the packet again and apply the edits that came with the page."""
    return Reading(cases().packet(case_id), reviewer(), key, request.form)
