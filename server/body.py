"""A node's request from the bytes that came in, over HTTP or on the command line."""

import json
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from nodes.errors import Complaint, NodeError
from nodes.node import Node, Request
from server.words import detail, pointer, step

SHOWN = 50
LENGTHS = {"too_short", "too_long"}


class InvalidRequest(NodeError):
    """The body does not match the node's model; every place that must change is listed."""

    slug = "invalid-request"


class Twice(Exception):
    """An object names a field twice."""


def parse(node: Node, body: bytes) -> Request:
    """Read JSON in UTF-8 as a node's request, or say every place that must change.

    A field given twice is refused: JSON leaves open which of the two counts (RFC 8259, 4), and a
    silently dropped clinical field is a wrong answer.
    """
    try:
        request = node.request.model_validate_json(body)
    except ValidationError as error:
        raise invalid(error) from None
    try:
        NAMES.decode(body.decode())
    except Twice as twice:
        complaint = Complaint("", f"the field {twice} is given twice in one object")
        raise InvalidRequest("the request is ambiguous", [complaint]) from None
    return request


def invalid(error: ValidationError) -> InvalidRequest:
    """Say where and why, never the value: it may be PHI."""
    faults = owed(error.errors(include_url=False))
    more = f"; {len(faults) - SHOWN} more are not listed" if len(faults) > SHOWN else ""
    return InvalidRequest(
        f"the request does not match the node's model{more}",
        [Complaint(pointer(fault["loc"]), detail(fault)) for fault in faults[:SHOWN]],
    )


def owed(faults: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out the length of a list in which an item is at fault: only good items are counted."""
    within = {fault["loc"][:place] for fault in faults for place in range(len(fault["loc"]))}
    return [fault for fault in faults if fault["type"] not in LENGTHS or fault["loc"] not in within]


def unique(pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object that names a field twice."""
    if len(dict(pairs)) < len(pairs):
        names = [name for name, _ in pairs]
        raise Twice(step(next(name for name in names if names.count(name) > 1)))


NAMES = json.JSONDecoder(object_pairs_hook=unique, parse_int=float)
