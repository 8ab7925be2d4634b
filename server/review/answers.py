"""How the review pages answer: as HTML or PDF, out of caches and frames."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, g, make_response, render_template, request

from server.review.forgery import csrf, mark

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; object-src 'self';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)


def page(template: str, status: int = 200, **shown: Any) -> Response:
    """Show a page."""
    now = datetime.now(UTC)
    html = render_template(
        f"review/{template}", reviewer=g.get("reviewer"), csrf=csrf, now=now, **shown
    )
    return make_response(html, status)


def message(what: str, status: int, **shown: Any) -> Response:
    """Show a page that says one thing."""
    return page(f"{what}.html", status, **shown)


def document(content: bytes) -> Response:
    """Send a PDF to be shown."""
    return Response(content, mimetype="application/pdf")


def protect(response: Response) -> Response:
    """Keep PHI out of caches and frames."""
    own = "'self'" if response.mimetype == "application/pdf" else "'none'"
    response.headers["Content-Security-Policy"] = POLICY.format(own)
    response.headers["X-Frame-Options"] = "SAMEORIGIN" if own == "'self'" else "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.endpoint != "review.static":
        response.headers["Cache-Control"] = "no-store"
    mark(response)
    return response
