"""The sandbox: an EHR, a payer and a model's endpoint, all invented, behind one switch."""

from flask import Blueprint, Flask, Response, request

from server.sandbox import ehr, model, ordering, orders, payer

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sandbox - Prior Auth Nodes</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
.banner{background:#7a1f00;color:#fff;padding:.75rem 1rem;font-weight:600}
code{background:#f1efe9;padding:.1em .3em}</style>
<p class="banner" role="alert">This is a sandbox. Every patient, clinician and payer in it is
invented. Never send it anything real: everybody can read it, and a reset forgets it.</p>
<h1>Sandbox</h1>
<p>An EHR and a payer to try the nodes against. All of it is kept in memory.</p>
<ul>
<li>EHR, FHIR R4: <code>GET /sandbox/ehr/fhir/metadata</code>,
<code>/sandbox/ehr/fhir/Patient/pt-lopez</code>,
<code>/sandbox/ehr/fhir/Condition?patient=Patient/pt-lopez</code>;
what was written back: <a href="/sandbox/ehr/written"><code>GET /sandbox/ehr/written</code></a></li>
<li>Orders to try: <a href="/sandbox/ehr/orders"><code>GET /sandbox/ehr/orders</code></a>, ten
services, each with a good chart, one with a gap and one of the wrong patient</li>
<li>Payer: under <code>/sandbox/payer</code></li>
<li>Model: a Messages endpoint that gives the answers put at
<code>POST /sandbox/model/script</code>; a server asks it when
<code>model.base_url</code> of its settings is this address</li>
<li>Begin again: <code>POST /sandbox/reset</code></li>
<li>Break it on purpose: <code>POST /sandbox/ehr/faults</code> with
<code>{"down": 3, "status": 503, "delay_ms": 0}</code></li>
</ul></html>
"""

messages = model.Endpoint()
sandbox = Blueprint("sandbox", __name__, url_prefix="/sandbox")


@sandbox.get("/")
def banner() -> Response:
    """Say what this is; the page brings its own style, and nothing else may run in it."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return Response(PAGE, mimetype="text/html", headers={"Content-Security-Policy": policy})


@sandbox.post("/reset")
def reset() -> tuple[str, int]:
    """Put EHR and payer back to how they started."""
    ehr.reset()
    payer.reset()
    messages.reset()
    return "", 204


def marked(response: Response) -> Response:
    """Say on every answer of the sandbox that it is one."""
    if request.path.startswith("/sandbox"):
        response.headers["X-Sandbox"] = "true"
    return response


def init_app(app: Flask) -> None:
    """Put the sandbox into an application."""
    for blueprint in (
        sandbox,
        ehr.blueprint,
        ordering.blueprint,
        orders.blueprint,
        payer.blueprint,
        model.blueprint(messages),
    ):
        app.register_blueprint(blueprint)
    app.after_request(marked)


def create_sandbox() -> Flask:
    """Make an application of the sandbox alone."""
    app = Flask(__name__)
    init_app(app)
    return app
