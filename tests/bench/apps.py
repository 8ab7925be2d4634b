"""The two sides of the comparison: our server, and bare Flask with the same models."""

from flask import Flask, Response, request

from nodes.audit import sha256
from nodes.catalog import NODES
from nodes.node import Node
from nodes.principal import Principal
from nodes.settings import Settings, Token
from server.app import create_app

TOKEN = "pan_bench-token-0123456789abcdef"
ROLES = ("preparer", "reviewer", "submitter", "auditor")
HOLDER = {"subject": "person:bench", "name": "Bench", "kind": "person", "roles": ROLES}


def ours() -> Flask:
    """Our server with authentication, audit, metrics and logs on."""
    token = Token(sha256=sha256(TOKEN.encode()), **HOLDER)
    return create_app(Settings(tokens=(token,)))


def bare() -> Flask:
    """Flask with one route per node and nothing else: read, run, write."""
    app = Flask("bare")
    someone = Principal(**HOLDER | {"roles": frozenset(ROLES)})
    for node in NODES.values():
        app.add_url_rule(f"/nodes/{node.name}", node.name, route(node, someone), methods=["POST"])
    return app


def route(node: Node, someone: Principal):
    """Make the bare view of one node."""
    extra = {"principal": someone} if node.personal else {}

    def view() -> Response:
        asked = node.request.model_validate_json(request.get_data(cache=False))
        answer = node.function(asked, **extra)
        return Response(answer.model_dump_json(), mimetype="application/json")

    return view
