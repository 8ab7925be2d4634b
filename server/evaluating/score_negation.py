"""How well the status of a phrase is read: a case's request is ``{text, phrase}``.

``expect`` is ``{status: negated}``, one of the statuses that an entity carries.
"""

from collections.abc import Iterator
from typing import Any, get_args

from nodes.entity import Status
from nodes.extraction.status import status_of
from server.evaluating.point import Kind, Point


def answer(request: dict[str, Any]) -> Status | None:
    """Read the phrase of a case in its text."""
    return status_of(request["text"], request["phrase"])


def score(expect: Any, said: Status | None) -> Iterator[Point]:
    """Judge every status by itself, and all of them together as ``status``."""
    wanted = expect["status"]
    detail = f"{said or 'not found'} instead of {wanted}"
    yield Point("status", "hit" if said == wanted else "miss", detail)
    for one in get_args(Status):
        yield Point(one, _kind(wanted == one, said == one), detail)


def _kind(wanted: bool, said: bool) -> Kind:
    if wanted:
        return "hit" if said else "miss"
    return "false_alarm" if said else "silence"
