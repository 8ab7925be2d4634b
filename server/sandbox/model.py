"""A scripted Messages endpoint: it gives the answers that were put there, in their order.

It refuses what the real endpoint is documented to refuse (no bearer, no version header, sampling
parameters, a prefilled answer, citations beside a format, schema words it does not know). What it
cannot show is whether a real model's answer is any good.
"""

from collections import deque
from collections.abc import Iterator
from json import dumps
from threading import Event
from typing import Annotated, Any, Literal

from flask import Blueprint, Response, abort, request
from pydantic import Field

from nodes.audit import Model
from nodes.node import VERSION
from server.sandbox.model_author import write

Json = dict[str, Any]
SAMPLING = {"temperature", "top_p", "top_k"}
KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "minItems", "enum", "const",
    "anyOf", "allOf", "$ref", "$defs", "title", "description", "format",
}  # fmt: skip


class Says(Model):
    """An answer of the model."""

    kind: Literal["text"] = "text"
    text: str
    stop_reason: str | None = "end_turn"


class Fails(Model):
    """An error of the endpoint, in its own form."""

    kind: Literal["error"]
    status: int = Field(ge=400, le=599)
    type: str = "api_error"
    code: str | None = None
    retry_after: int | str | None = None
    should_retry: bool | None = None


class Sends(Model):
    """Bytes as they are: another page, broken JSON; with ``drip`` one at a time, so far apart."""

    kind: Literal["raw"]
    body: str
    content_type: str = "application/json"
    status: int = 200
    location: str | None = None
    drip: float | None = Field(default=None, ge=0, le=1, description="Seconds between two bytes")


class Writes(Model):
    """Prose with citations from the search results of the request, honest or full of lies."""

    kind: Literal["writes"]
    mode: Literal["honest", "liar"] = "honest"
    seed: int = 0


Scripted = Annotated[Says | Fails | Sends | Writes, Field(discriminator="kind")]


class Script(Model):
    """What to answer, in this order, and what when there is nothing more."""

    answers: tuple[Scripted, ...] = Field(default=(), max_length=100)
    always: Scripted | None = None


class Endpoint:
    """What was put here, and what was asked."""

    def __init__(self) -> None:
        """Begin with nothing; ``model`` is named in answers in place of the one asked for."""
        self.answers: deque[Scripted] = deque()
        self.always: Scripted | None = None
        self.model: str | None = None
        self.asked: deque[Json] = deque(maxlen=100)

    def reset(self) -> None:
        """Forget all."""
        self.answers.clear()
        self.always = self.model = None
        self.asked.clear()

    def answer(self) -> Response:
        """Answer one request."""
        body: Any = request.get_json(silent=True)
        wrong = refusal(body, dict(request.headers))
        if wrong:
            return failed(Fails(kind="error", status=wrong[0], type=wrong[1]))
        self.asked.append(body)
        if self.model:
            body = body | {"model": self.model}
        told = self.answers.popleft() if self.answers else self.always
        return said(told or Fails(kind="error", status=529, type="overloaded_error"), body)


def blueprint(endpoint: Endpoint) -> Blueprint:
    """Routes under ``/sandbox/model``; the client's base_url is that address."""
    routes = Blueprint("sandbox_model", __name__, url_prefix="/sandbox/model")
    routes.add_url_rule("/v1/messages", "messages", endpoint.answer, methods=["POST"])

    @routes.post("/script")
    def script() -> tuple[str, int]:
        """Put answers here."""
        try:
            told = Script.model_validate_json(request.get_data())
        except ValueError:
            abort(422)
        endpoint.answers.extend(told.answers)
        endpoint.always = told.always
        return "", 204

    @routes.get("/asked")
    def asked() -> list[Json]:
        """Show what was asked."""
        return list(endpoint.asked)

    return routes


def refusal(body: Any, headers: dict[str, str]) -> tuple[int, str] | None:
    """Say how the real endpoint would refuse this."""
    names = {name.lower(): value for name, value in headers.items()}
    if not names.get("authorization", "").startswith("Bearer "):
        return 401, "authentication_error"
    if "anthropic-version" not in names or not isinstance(body, dict):
        return 400, "invalid_request_error"
    return None if acceptable(body) else (400, "invalid_request_error")


def acceptable(body: Json) -> bool:
    """Whether the parameters go together."""
    messages = body.get("messages")
    if not messages or not body.get("max_tokens") or SAMPLING & set(body):
        return False
    form = (body.get("output_config") or {}).get("format")
    if messages[-1].get("role") != "user" or not sound(messages):
        return False
    if form and "search_result" in kinds(messages):
        return False
    return not form or known(form.get("schema"))


def kinds(messages: list[Json]) -> set[str]:
    """Name the kinds of block in messages."""
    lists = [m["content"] for m in messages if isinstance(m.get("content"), list)]
    return {str(block.get("type")) for blocks in lists for block in blocks}


def sound(messages: list[Json]) -> bool:
    """Whether search results are whole, and all of them or none can be cited."""
    lists = [m["content"] for m in messages if isinstance(m.get("content"), list)]
    found = [b for blocks in lists for b in blocks if b.get("type") == "search_result"]
    whole = all(
        isinstance(b.get("source"), str)
        and isinstance(b.get("title"), str)
        and b.get("content")
        and all(one.get("type") == "text" and one.get("text") for one in b["content"])
        for b in found
    )
    return whole and len({bool((b.get("citations") or {}).get("enabled")) for b in found}) < 2


def known(schema: Any) -> bool:
    """Whether a schema keeps to the words that structured outputs know."""
    if not isinstance(schema, dict):
        return False
    if set(schema) - KNOWN or (
        schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ):
        return False
    named = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    listed = [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    return all(map(known, (*named, *listed)))


def said(told: Scripted, asked: Json) -> Response:
    """Give one scripted answer."""
    if isinstance(told, Fails):
        return failed(told)
    if isinstance(told, Sends):
        headers = {"Location": told.location} if told.location else {}
        pieces = dripping(told.body.encode(), told.drip) if told.drip else told.body
        return Response(pieces, told.status, headers, content_type=told.content_type)
    if isinstance(told, Writes):
        text = dumps(write(asked, told.mode, told.seed))
        return Response(text, content_type="application/json")
    return Response(message(told, asked), content_type="application/json")


def message(told: Says, asked: Json) -> str:
    """Write the answer as the API does."""
    return dumps(
        {
            "id": "msg_sandbox",
            "type": "message",
            "role": "assistant",
            "model": asked["model"],
            "content": [{"type": "text", "text": told.text}] if told.text else [],
            "stop_reason": told.stop_reason,
            "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }
    )


def failed(told: Fails) -> Response:
    """Write an error as the API does; its words echo nothing."""
    details = {"error_code": told.code} if told.code else None
    error = {"type": told.type, "message": f"sandbox {VERSION}", "details": details}
    headers = {"Retry-After": str(told.retry_after)} if told.retry_after is not None else {}
    if told.should_retry is not None:
        headers["x-should-retry"] = str(told.should_retry).lower()
    return Response(
        dumps({"type": "error", "error": error}), told.status, headers, mimetype="application/json"
    )


def dripping(body: bytes, seconds: float) -> Iterator[bytes]:
    """Send a byte, wait, send the next."""
    never = Event()
    for one in body:
        yield bytes([one])
        never.wait(seconds)
