"""One route per node, and the whole path of a request."""

from collections.abc import Callable

from flask import Flask, Response
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from nodes.catalog import NODES
from nodes.node import Node, Request
from nodes.settings import Settings
from nodes.settings import settings as configured
from nodes.signing import key_of
from server import log, pages, probes, problems, watch
from server.auth import Credentials, admit
from server.body import parse
from server.form_pages import form_pages
from server.forms_page import forms_page
from server.letters import letters
from server.policy_pages import policy_pages
from server.workflows import workflows


def create_app(settings: Settings | None = None) -> Flask:
    """Make the WSGI application; without settings, those of PRIOR_AUTH_CONFIG.

    NotConfigured when a key in the settings is none: the server does not start with it.
    """
    settings = settings or configured()
    if settings.signing:
        key_of(settings.signing)
    log.init()
    app = watch.Server(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_mb * 1024 * 1024, PROVIDE_AUTOMATIC_OPTIONS=False
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    credentials = Credentials(settings)
    problems.init_app(app)
    app.register_error_handler(ParseException, malformed)
    probes.init_app(app, settings, credentials)
    app.register_blueprint(pages.pages)
    app.register_blueprint(policy_pages)
    app.register_blueprint(form_pages)
    app.register_blueprint(forms_page)
    app.register_blueprint(letters)
    app.register_blueprint(workflows)
    for node in NODES.values():
        route = f"/nodes/{node.name}"
        app.add_url_rule(route, node.name, runner(node, credentials), methods=["POST"])
    if settings.review:
        from server.review.pages import init_app as init_review

        init_review(app, settings)
    if settings.sandbox:
        from server.sandbox.app import init_app as init_sandbox

        init_sandbox(app)
    return app


def malformed(_error: Exception) -> Response:
    """Answer a chunked body that breaks off or is none; gunicorn finds that when it is read."""
    return problems.http_error(BadRequest())


def runner(node: Node, credentials: Credentials) -> Callable[[], Response]:
    """Make the view of a node: who asks, may they, read the request, run, write the response."""

    def run() -> Response:
        asked = watch.current()
        principal = credentials.bearer(asked.environ.get("HTTP_AUTHORIZATION"))
        asked.actor = principal.subject
        admit(principal, node)
        answer = node.answer(read(node, asked), principal)
        return Response(answer, content_type="application/json")

    return run


def read(node: Node, asked: watch.Request) -> Request:
    """Read the body as the node's request: plain JSON in UTF-8, of a bounded size."""
    if asked.environ.get("CONTENT_TYPE") != "application/json":
        charset = asked.mimetype_params.get("charset", "utf-8").lower()
        if not asked.is_json or charset != "utf-8":
            raise problems.NotJson("send the body as application/json in UTF-8")
    if "HTTP_CONTENT_ENCODING" in asked.environ:
        raise problems.NotJson("send the body without a Content-Encoding")
    body = asked.get_data(cache=False)
    if asked.size is None and len(body) >= (asked.max_content_length or 0):
        raise RequestEntityTooLarge  # a chunked body was cut off at the limit
    return parse(node, body)
