"""Every error leaves as an RFC 9457 problem, and none carries the caller's data.

A problem's ``type`` is ``/problems/<slug>``, a page that says what it means. ``errors`` lists
places in the request as RFC 6901 pointers; a key that is not one of ours is shown only when it
looks like a field's name, else as ``?``: it may be PHI.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, json, render_template
from werkzeug.exceptions import HTTPException

from nodes.errors import NodeError
from server import log
from server.auth import NotAuthenticated
from server.watch import current

PAGES = ("application/problem+json", "application/json", "text/html")


class NotJson(NodeError):
    """The body is not declared as plain JSON in UTF-8."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    slug = "not-json"


@dataclass(frozen=True)
class Kind:
    """A type of problem, as its page explains it."""

    slug: str
    status: int
    title: str
    words: str = ""


def kinds() -> tuple[Kind, ...]:
    """List every type of problem, by status: those of the nodes, and those of HTTP itself."""
    http = [Kind(slug(status), status, status.phrase, HTTP[status]) for status in HTTP]
    named = [e for e in errors() if "slug" in vars(e)]
    own = [Kind(e.slug, int(e.status), *told(e)) for e in named]
    crash = Kind("unexpected", 500, UNEXPECTED, SEE_LOG)
    return tuple(sorted((*own, *http, crash), key=lambda kind: kind.status))


def errors(of: type[NodeError] = NodeError) -> Iterator[type[NodeError]]:
    """List the kinds of error that nodes and server raise, each after its parent."""
    for kind in of.__subclasses__():
        yield kind
        yield from errors(kind)


def told(error: type[NodeError]) -> tuple[str, str]:
    """Split a kind's docstring: its first clause is the title, the rest explains."""
    first, _, rest = (error.__doc__ or "").strip().rstrip(".").partition("; ")
    return first, rest


def slug(status: HTTPStatus) -> str:
    """Name an HTTP status: 404 is ``not-found``."""
    return status.phrase.lower().replace(" ", "-")


def init_app(app: Flask) -> None:
    """Answer each kind of failure with a problem document."""
    app.register_error_handler(NodeError, node_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)


def problem(status: int, name: str, title: str, words: str | None, **more: object) -> Response:
    """Build a problem document; for people who browse, a page that says the same.

    Who asks for application/json above all gets that name for it: n8n reads no other as JSON.
    """
    asked = current()
    asked.problem = name
    accept = asked.accept_mimetypes
    best = accept.best_match(PAGES)
    if asked.method in ("GET", "HEAD") and best == "text/html":
        page = render_template("problem.html", status=status, slug=name, title=title, detail=words)
        return Response(page, status, mimetype="text/html")
    plain = accept.quality(PAGES[1]) > accept.quality(PAGES[0])
    body = {"type": f"/problems/{name}", "title": title, "status": int(status)}
    return Response(
        json.dumps(body | ({"detail": words} if words else {}) | more),
        status=status,
        mimetype=PAGES[1] if plain else PAGES[0],
    )


def node_error(error: NodeError) -> Response:
    """Say what the node said, and where to mend the request."""
    places = [
        {"pointer": complaint.pointer.removeprefix("#"), "detail": complaint.detail}
        for complaint in error.complaints
    ]
    response = problem(
        error.status,
        error.slug,
        told(type(error))[0],
        str(error),
        **({"errors": places} if places else {}),
    )
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, NotAuthenticated):
        given = ', error="invalid_token"' if current().authorization else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="prior-auth-nodes"{given}'
    return response


def http_error(error: HTTPException) -> Response:
    """Say the status in our own words, keeping headers such as Allow; Werkzeug's echo the path."""
    status = HTTPStatus(error.code or 500)
    response = problem(status, slug(status), status.phrase, HTTP.get(status))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def unexpected(error: Exception) -> Response:
    """Log the failure's type and place, and say nothing of it."""
    log.failure(error, current().span)
    return problem(500, "unexpected", UNEXPECTED, SEE_LOG)


UNEXPECTED = "Something failed here"
SEE_LOG = "the server's log has the place, under this answer's X-Request-Id"
HTTP = {
    HTTPStatus.BAD_REQUEST: "the request is not HTTP that this server understands",
    HTTPStatus.NOT_FOUND: "there is nothing here; /openapi.json lists every route",
    HTTPStatus.METHOD_NOT_ALLOWED: "this route takes another method; see Allow",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "the body is larger than this server takes: 32 MB, or"
    " what max_body_mb of its settings says; 20 MB of files in base64 fit into 32",
}
