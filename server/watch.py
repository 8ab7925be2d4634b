"""What surrounds every request: trace, log line, metrics and protective headers.

Written for speed: all of it together costs about as much as Flask's own dispatch of one hook.
"""

from time import perf_counter
from typing import Any

import flask
from flask import Flask, Response
from werkzeug.routing import MapAdapter

from nodes import trace
from server import log, metrics

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FOR_PAGES = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
)
FOR_DATA = (("Cache-Control", "no-store"),)


class Request(flask.Request):
    """A request that knows when it began, its trace, who asks, and what went wrong."""

    def __init__(self, environ: dict[str, Any], *rest: Any, **more: Any) -> None:
        """Start the clock, and continue the caller's trace or start one."""
        self.began = perf_counter()
        super().__init__(environ, *rest, **more)
        self.trace, self.span = trace.begin(environ.get("HTTP_TRACEPARENT"))
        self.for_node = environ.get("PATH_INFO", "").startswith("/nodes/")
        self.actor: str | None = None
        self.problem: str | None = None
        declared = environ.get("CONTENT_LENGTH", "")
        self.size = int(declared) if declared.isdecimal() else None


class Server(Flask):
    """Flask, with every answer watched, and without what a node's route does not use.

    Those are hooks, sessions and the host; and coroutines, of which Flask asks of every view, each
    time, whether it is one.
    """

    request_class = Request

    def ensure_sync(self, func: Any) -> Any:
        """Take every view as it is."""
        return func

    def create_url_adapter(self, request: flask.Request | None) -> MapAdapter | None:
        """Match a node's route by its path alone."""
        if not isinstance(request, Request) or not request.for_node:
            return super().create_url_adapter(request)
        path, method = request.environ["PATH_INFO"], request.environ["REQUEST_METHOD"]
        return MapAdapter(self.url_map, "", "", "", "http", path, method, "")

    def preprocess_request(self) -> Any:
        """Run the hooks before a view."""
        return None if current().for_node else super().preprocess_request()

    def process_response(self, response: Response) -> Response:
        """Run the hooks after a view, then protect, count and log the answer."""
        request = current()
        if not request.for_node:
            response = super().process_response(response)
        return finish(request, response)


def current() -> Request:
    """Give the request being answered."""
    return flask.request._get_current_object()  # type: ignore[attr-defined, no-any-return]


def finish(request: Request, response: Response) -> Response:
    """Protect, count and log the answer; a view's own headers stay."""
    given = dict(iter(response.headers))
    protection: tuple[tuple[str, str], ...] = FOR_PAGES
    if not given.get("Content-Type", "").startswith("text/html"):
        protection = FOR_DATA if request.endpoint != "static" else ()
    for name, value in protection:
        if name not in given:
            response.headers.add(name, value)
    response.headers.add("X-Content-Type-Options", "nosniff")
    response.headers.add("X-Request-Id", request.span)
    count(request, response.status_code, int(given.get("Content-Length", 0)))
    trace.end()
    return response


def count(request: Request, status: int, written: int) -> None:
    """Add the answer to the metrics and the log, under the route's template."""
    seconds = perf_counter() - request.began
    rule = request.url_rule
    route, method = (rule.rule, request.method) if rule else ("-", "-")
    metrics.timer(route, status)(seconds)
    if request.problem:
        metrics.PROBLEMS.labels(route, request.problem).inc()
    log.request(
        method,
        route,
        status,
        seconds,
        (request.size or 0, written),
        (request.actor, request.problem),
        (request.span, request.trace),
    )
