"""Audit entries as people keep them: a JSON list or one JSON document a line.

A document is an entry, or a node's response with its entry in ``audit``; then the response is
checked too, against the entry's ``response_sha256``.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from nodes.audit import AuditEntry, faults, sha256
from nodes.catalog import NODES
from nodes.errors import UnreadableDocument
from nodes.node import VERSION
from server.words import step


@dataclass(frozen=True)
class Link:
    """An audit entry, and the response it was kept in, if it was."""

    entry: AuditEntry
    response: dict[str, Any] | None = None


def read(text: str) -> list[Link]:
    """Read a chain of audit entries, or of node responses that carry one, in their order."""
    found = [link(place, document) for place, document in enumerate(documents(text), 1)]
    if not found:
        raise UnreadableDocument("there is no audit entry in it")
    return found


def documents(text: str) -> Iterator[Any]:
    """Split a JSON list, a single document, or JSON Lines."""
    try:
        whole = parsed(text)
    except json.JSONDecodeError:
        yield from lines(text)
    else:
        yield from whole if isinstance(whole, list) else [whole]


def lines(text: str) -> Iterator[Any]:
    """Read one JSON document a line; empty lines are skipped."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield parsed(line)
            except json.JSONDecodeError:
                raise UnreadableDocument(f"line {number} is not JSON") from None


def parsed(text: str) -> Any:
    """Read JSON in which no object names a field twice: which of the two would count is open."""
    try:
        return json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError:
        raise
    except (ValueError, RecursionError):
        raise UnreadableDocument("it is nested too deeply, or has too long a number") from None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object; UnreadableDocument when it names a field twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = step(next(name for name in names if names.count(name) > 1))
        raise UnreadableDocument(f"the field {twice} is given twice in one object")
    return made


def link(place: int, document: Any) -> Link:
    """Read one entry, or the one within a node's response."""
    kept = isinstance(document, dict) and "audit" in document
    found = document["audit"] if kept else document
    try:
        entry = AuditEntry.model_validate_json(json.dumps(found))
    except (ValidationError, RecursionError):
        raise UnreadableDocument(f"entry {place} is not an audit entry") from None
    rest = {name: value for name, value in document.items() if name != "audit"} if kept else None
    return Link(entry, rest)


def wrong(chain: list[Link], head: str | None) -> list[str]:
    """List what is wrong with a chain and with the responses in it."""
    return [*faults([link.entry for link in chain], head), *misfits(chain)]


def misfits(chain: Iterable[Link]) -> Iterator[str]:
    """Say which responses are not those that their entries are about, or cannot be checked."""
    for place, link in enumerate(chain, 1):
        fault = misfit(link.entry, link.response)
        if fault:
            yield f"entry {place} ({link.entry.node}): {fault}"


def misfit(entry: AuditEntry, response: dict[str, Any] | None) -> str | None:
    """Hash a response again as its node did: its JSON in the model's order, without ``audit``."""
    if response is None:
        return None
    node = NODES.get(entry.node)
    if node is None:
        return "there is no such node here, so its response cannot be checked"
    try:
        answer = node.response.model_validate_json(json.dumps(response))
    except (ValidationError, RecursionError):
        return (
            "the response is not one of this node's, so it cannot be checked: it was edited, or"
            f" written by another version ({entry.version}; this is {VERSION})"
        )
    if sha256(answer.model_dump_json(exclude={"audit"}).encode()) != entry.response_sha256:
        return "the response was edited: the entry's response_sha256 is for another"
    return None


def sound(chain: list[Link], head: str | None) -> str:
    """Say what is certain of a chain without faults, and what is not."""
    count = sum(link.response is not None for link in chain)
    also = f", {count} of them with the response they are about" if count else ""
    if head is not None:
        return f"{len(chain)} entries, none edited, removed, added or moved{also}"
    return (
        f"{len(chain)} entries{also}: the chain is consistent in itself. It was not checked against"
        " a head kept elsewhere (--head): who edits entries and hashes all of them again, or cuts"
        " some off its end, is found out only by one"
    )
