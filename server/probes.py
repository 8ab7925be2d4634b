"""What machines ask beside the nodes: health, readiness, metrics, OpenAPI, the public key."""

from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from nodes.errors import NotConfigured
from nodes.settings import Settings, Signing
from nodes.signing import key_of, public_jwks
from server import metrics
from server.auth import Credentials, need
from server.openapi import document
from server.watch import current


def init_app(app: Flask, settings: Settings, credentials: Credentials) -> None:
    """Add the routes; health says only that this worker answers."""

    def measured() -> Response:
        asked = current()
        principal = credentials.bearer(asked.environ.get("HTTP_AUTHORIZATION"))
        asked.actor = principal.subject
        need(principal, ("auditor", "manager"))
        return metrics.page()

    app.add_url_rule("/healthz", "healthz", lambda: {"status": "ok"})
    app.add_url_rule("/readyz", "readyz", lambda: ready(settings, credentials))
    app.add_url_rule("/openapi.json", "openapi", document)
    app.add_url_rule("/.well-known/jwks.json", "jwks", lambda: published(settings.signing))
    app.add_url_rule("/metrics", "metrics", measured)


def ready(settings: Settings, credentials: Credentials) -> dict[str, str]:
    """Say that somebody can be admitted and that the signing key, if given, is one."""
    if not credentials:
        raise NotConfigured("settings: neither tokens nor oidc are configured")
    if settings.signing:
        key_of(settings.signing)
    return {"status": "ready"}


def published(signing: Signing | None) -> dict[str, Any]:
    """Give the public half of the signing key as a JWK Set (RFC 7517)."""
    if signing is None:
        raise NotFound
    return public_jwks(lambda: key_of(signing))
