"""What surrounds every request: trace, log line, metrics and protective headers."""

from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

from nodes import trace
from server import log, metrics

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    """Watch every request of an application."""
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(forget)


def begin() -> None:
    """Start the clock, and continue the caller's trace or start one."""
    g.began = perf_counter()
    g.trace, g.span = trace.begin(request.headers.get("traceparent"))


def finish(response: Response) -> Response:
    """Protect, count and log the answer; a view's own headers stay."""
    headers = response.headers
    headers["X-Request-Id"] = g.span
    headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "no-referrer")
    elif request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    count(response, perf_counter() - g.began)
    return response


def count(response: Response, seconds: float) -> None:
    """Add the answer to the metrics and the log, under the route's template."""
    route = request.url_rule.rule if request.url_rule else "-"
    metrics.timer(route, response.status_code)(seconds)
    line: dict[str, Any] = {
        "method": request.method if request.url_rule else "-",
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1000, 3),
        "bytes_in": request.content_length or 0,
        "bytes_out": response.content_length or 0,
        "actor": g.get("actor"),
        "request": g.span,
        "trace": g.trace,
    }
    if problem := g.get("problem"):
        metrics.PROBLEMS.labels(route, problem).inc()
        line["problem"] = problem
    log.request(line)


def forget(_error: BaseException | None) -> None:
    """Leave no trace context to the thread's next request."""
    trace.end()
