"""The pages about the nodes: what each does, its fields, and how to call it."""

import json
from typing import Any, Literal

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.exceptions import NotFound

from nodes.catalog import NODES
from nodes.ehr.vendors import in_force
from nodes.node import VERSION, Node
from server import vendors
from server.fields import prose, tables
from server.n8n import CREDENTIAL, snippet
from server.openapi import document
from server.problems import kinds

pages = Blueprint("pages", __name__)
pages.add_app_template_filter(prose)
LONG = 240


@pages.app_context_processor
def around() -> dict[str, Any]:
    """Give every page the menu and whether the sandbox is on."""
    return {
        "nodes": NODES.values(),
        "sandbox": "sandbox" in current_app.blueprints,
        "version": VERSION,
    }


@pages.get("/")
def index() -> str:
    """Show the road of a request, node by node."""
    return render_template("index.html", base_url=request.url_root)


@pages.get("/docs/<name>")
def node(name: str) -> str:
    """Document one node."""
    shown = named(name)
    schemas = document()["components"]["schemas"]
    asked = tables(schemas, shown.request.__name__)
    answered = tables(schemas, shown.response.__name__)
    return render_template(
        "node.html",
        node=shown,
        asked=asked,
        answered=answered,
        models=list({table.name: table for table in (*asked[1:], *answered[1:])}.values()),
        base_url=request.url_root,
        snippet=snippet(shown, request.url_root),
        credential=CREDENTIAL,
        examples={
            "request": example_of(shown, "request"),
            "response": example_of(shown, "response"),
        },
    )


@pages.get("/docs/<name>/<any(request, response):side>.json")
def example(name: str, side: str) -> Response:
    """Give a node's example, whole."""
    return Response(
        named(name).example("request" if side == "request" else "response"),
        mimetype="application/json",
    )


@pages.get("/vendors/")
def vendor_files() -> str:
    """Show what each EHR vendor offers, and where that is known from."""
    return render_template(
        "vendors.html",
        columns=vendors.COLUMNS,
        vendors=[(vendor, vendors.row(vendor)) for vendor, _ in in_force().values()],
    )


@pages.get("/problems/")
@pages.get("/problems/<slug>")
def problems(slug: str | None = None) -> str:
    """Explain the types of problem."""
    return render_template("problems.html", kinds=kinds(), shown=slug)


def named(name: str) -> Node:
    """Find a node by its name on the wire."""
    if name not in NODES:
        raise NotFound
    return NODES[name]


def example_of(node: Node, side: Literal["request", "response"]) -> str:
    """Lay a node's example out for reading; very long values are cut short."""
    return json.dumps(cut(json.loads(node.example(side))), indent=2, ensure_ascii=False)


def cut(value: Any) -> Any:
    """Shorten the long texts within a value."""
    if isinstance(value, dict):
        return {key: cut(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cut(item) for item in value]
    if isinstance(value, str) and len(value) > LONG:
        return f"{value[:LONG]}… ({len(value):,} characters)"
    return value
