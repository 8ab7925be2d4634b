"""A node as n8n's HTTP Request node, to paste on the canvas."""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from nodes.node import Node

CREDENTIAL = "Prior Auth Nodes"
TIMEOUT_MS = 60_000


def http_request(node: Node, base_url: str) -> dict[str, Any]:
    """Write the HTTP Request node: the item that comes in is the request.

    Every answer comes out with its ``statusCode``, for a Switch after it. n8n's own error outputs
    are avoided: they copy the credential's header and the body into the item. Items are sent one
    at a time, where n8n would send all at once. The credential's id is null: without the key, n8n
    takes any header credential, whatever its name.
    """
    return {
        "id": str(uuid5(NAMESPACE_URL, f"prior-auth-nodes/{node.name}")),
        "name": node.name,
        "type": "n8n-nodes-base.httpRequest",
        "typeVersion": 4.5,
        "position": [0, 0],
        "notes": node.summary,
        "parameters": {
            "method": "POST",
            "url": f"{base_url.rstrip('/')}/nodes/{node.name}",
            "authentication": "genericCredentialType",
            "genericAuthType": "httpHeaderAuth",
            "sendBody": True,
            "specifyBody": "json",
            "jsonBody": "={{ $json }}",
            "options": {
                "batching": {"batch": {"batchSize": 1, "batchInterval": 0}},
                "response": {"response": {"fullResponse": True, "neverError": True}},
                "timeout": TIMEOUT_MS,
            },
        },
        "credentials": {"httpHeaderAuth": {"id": None, "name": CREDENTIAL}},
    }


def snippet(node: Node, base_url: str) -> str:
    """Write the JSON that n8n takes from the clipboard."""
    return json.dumps({"nodes": [http_request(node, base_url)], "connections": {}}, indent=2)
