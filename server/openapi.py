"""The OpenAPI document, from the nodes and the kinds of problem alone."""

import json
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import Any, Literal

from pydantic.json_schema import models_json_schema

from nodes.catalog import NODES
from nodes.node import VERSION, Node
from server.problems import kinds

Json = dict[str, Any]
ABOUT = """Small stateless nodes for healthcare prior authorization. Rules decide, a model at most
drafts, a person attests. Every answer carries an `audit` entry; send its `sha256` as
`audit_previous` with the next request to chain them. A request's body may have 32 MB, or what
`max_body_mb` of the server's settings says; a PDF in it 20 MB, before base64. Errors are RFC 9457
problems without any value of yours in them."""


@cache
def document() -> Json:
    """Describe all routes in OpenAPI 3.1."""
    return openapi(NODES.values())


def openapi(nodes: Iterable[Node]) -> Json:
    """Describe the nodes, and the routes beside them, in OpenAPI 3.1.

    A decimal may be sent as number or string; it is always answered as a string.
    """
    nodes = list(nodes)
    sides = [model for node in nodes for model in (node.request, node.response)]
    schemas, defs = models_json_schema(
        [(model, "validation") for model in sides],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Prior Auth Nodes", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": {
            f"/nodes/{node.name}": {
                "post": operation(
                    node,
                    schemas[node.request, "validation"],
                    schemas[node.response, "validation"],
                )
            }
            for node in nodes
        }
        | PLAIN,
        "components": {
            "schemas": defs["$defs"] | {"Problem": PROBLEM},
            "responses": {f"Problem{status}": answer for status, answer in problems().items()},
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token made with `prior-auth token new`, or a JWT of the "
                    "configured identity provider. Each route names the roles it asks for.",
                }
            },
        },
    }


def operation(node: Node, asked: Json, answered: Json) -> Json:
    """Describe one node's route."""
    roles = " or ".join(f"`{role}`" for role in sorted(node.roles))
    return {
        "operationId": node.name,
        "summary": node.summary,
        "description": f"{node.description}\n\nRole: {roles}.".strip(),
        "x-roles": sorted(node.roles),
        "requestBody": {"required": True, "content": body(asked, node, "request")},
        "responses": {
            "200": {
                "description": "Done",
                "content": body(answered, node, "response"),
                "headers": {"X-Request-Id": {"schema": {"type": "string"}}},
            }
        }
        | {
            str(status): {"$ref": f"#/components/responses/Problem{status}"}
            for status in problems()
        },
    }


def body(schema: Json, node: Node, side: Literal["request", "response"]) -> Json:
    """Describe a JSON body, with the node's example."""
    return {"application/json": {"schema": schema, "example": json.loads(node.example(side))}}


def problems() -> dict[int, Json]:
    """Describe each status a node's route can fail with, and the problem types it stands for."""
    types: dict[int, list[str]] = {}
    for kind in kinds():
        types.setdefault(kind.status, []).append(f"`/problems/{kind.slug}`: {kind.title}.")
    return {
        status: {
            "description": f"{HTTPStatus(status).phrase}. " + " ".join(says),
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status, says in types.items()
        if status != HTTPStatus.METHOD_NOT_ALLOWED
    }


def plain(summary: str, mimetype: str, *more: int, secured: bool = False) -> Json:
    """Describe a GET beside the nodes."""
    described: Json = {
        "summary": summary,
        "responses": {"200": {"description": "Done", "content": {mimetype: {}}}}
        | {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in more},
    }
    return {"get": described if secured else described | {"security": []}}


PLAIN = {
    "/healthz": plain("Say that this worker answers", "application/json"),
    "/readyz": plain("Say whether this server can do its work", "application/json", 503),
    "/openapi.json": plain("Give this document", "application/json"),
    "/metrics": plain(
        "Give the counts in Prometheus' format (role auditor or manager)",
        "text/plain",
        *(401, 403),
        secured=True,
    ),
    "/.well-known/jwks.json": plain(
        "Give the public key that attestations verify with", "application/json", 404
    ),
}
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. No value of the request is ever in it.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "/problems/<slug>"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Places in the request to mend",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901; empty: the whole"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
