"""Audit entries as people keep them: a JSON list or one JSON document a line."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from nodes.audit import AuditEntry
from nodes.errors import UnreadableDocument


def read(text: str) -> list[AuditEntry]:
    """Read a chain of audit entries, or of node responses that carry one, in their order."""
    entries = [entry(place, document) for place, document in enumerate(documents(text), 1)]
    if not entries:
        raise UnreadableDocument("there is no audit entry in it")
    return entries


def documents(text: str) -> Iterator[Any]:
    """Split a JSON list, a single document, or JSON Lines."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        yield from lines(text)
    else:
        yield from whole if isinstance(whole, list) else [whole]


def lines(text: str) -> Iterator[Any]:
    """Read one JSON document a line; empty lines are skipped."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                raise UnreadableDocument(f"line {number} is not JSON") from None


def entry(place: int, document: Any) -> AuditEntry:
    """Read one entry, or the one within a node's response."""
    found = document.get("audit", document) if isinstance(document, dict) else document
    try:
        return AuditEntry.model_validate_json(json.dumps(found))
    except ValidationError:
        raise UnreadableDocument(f"entry {place} is not an audit entry") from None
