"""A reviewer's correction becomes an evaluation case, so that it is held from then on.

A correction holds what a node was asked, which is PHI: it goes into a file of the caller's own
and nowhere else. ``prior-auth evaluate NODE --cases FILE`` measures on it.
"""

import json
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml
from pydantic import Field, ValidationError

from nodes.audit import Model
from nodes.errors import Complaint, Refused, UnreadableDocument
from nodes.packet import Packet
from server.evaluating.cases import SHIPPED, EvaluationCase, Name, names, read

ABOUT = "Corrections by reviewers of this installation; holds PHI."


class Correction(Model):
    """What was asked of a node, and what a person says is right, in the words of its scorer."""

    node: Name
    id: Name
    kind: Name | None = None
    request: dict[str, Any]
    expect: Any = Field(description="As in the node's evaluation cases")


def correction(raw: bytes) -> Correction:
    """Read a correction; raises UnreadableDocument."""
    try:
        return Correction.model_validate_json(raw)
    except ValidationError as error:
        raise _unreadable("the correction", error) from None


def of_packet(raw: bytes, request: bytes, case_id: str) -> Correction:
    """Make the correction of a summary from a reviewed packet and what ``summarize`` was asked.

    What the reviewer changed must not be said again, what they wrote is to be said.
    """
    try:
        packet = Packet.model_validate_json(raw)
    except ValidationError as error:
        raise _unreadable("the packet", error) from None
    if not packet.edits:
        raise Refused(
            "the packet has no edits", [Complaint("/edits", "nothing was changed by its reviewer")]
        )
    expect = {
        "never": [edit.before for edit in packet.edits],
        "says": [edit.after for edit in packet.edits if edit.after],
    }
    try:
        asked = json.loads(request)
    except ValueError:
        raise UnreadableDocument("the request: it is no JSON") from None
    return correction(
        json.dumps(
            {"node": "summarize", "id": case_id, "request": asked, "expect": expect}
        ).encode()
    )


def adopt(told: Correction, to: Path) -> int:
    """Add a correction to a file of cases, made when it is not there; gives how many it has."""
    if told.node not in names():
        raise Refused(
            "nothing scores this node", [Complaint("/node", f"one of: {', '.join(names())}")]
        )
    if to.resolve().is_relative_to(SHIPPED.resolve()):
        raise Refused(
            "a correction holds PHI and does not belong among the project's cases",
            [Complaint("/to", "name a file of your own")],
        )
    before = to.read_text(encoding="utf-8") if to.exists() else _head(told.node)
    if to.exists():
        held, _ = read(to)
        _fits(held.node, told, [one.id for one in held.cases])
    case = EvaluationCase(id=told.id, kind=told.kind, request=told.request, expect=told.expect)
    added = yaml.safe_dump([case.model_dump(exclude_none=True)], sort_keys=False, width=100)
    draft = to.with_name(f"{to.name}.new")
    draft.write_text(f"{before.rstrip()}\n{indent(added, '  ')}", encoding="utf-8")
    try:
        number = len(read(draft)[0].cases)
    except UnreadableDocument:
        draft.unlink()
        raise
    draft.replace(to)
    return number


def _head(node: str) -> str:
    return f"node: {node}\nabout: {ABOUT}\ncases:\n"


def _fits(node: str, told: Correction, ids: list[str]) -> None:
    if node != told.node:
        raise Refused("the file is of another node", [Complaint("/node", "must be the file's")])
    if told.id in ids:
        raise Refused("the file has this case already", [Complaint("/id", "must be new")])


def _unreadable(what: str, error: ValidationError) -> UnreadableDocument:
    first = error.errors(include_input=False, include_context=False)[0]
    place = "/".join(map(str, first["loc"])) or "the whole"
    return UnreadableDocument(f"{what}: {place}: {first['msg']}")
