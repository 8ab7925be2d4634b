"""An EHR that says its policy denies something: never asked again.

A vendor's file names the codes (``limits.never_retry``), such as Epic's for a chart that only a
person may open (break-the-glass).
"""

import json
from collections.abc import Iterator
from typing import Any

from nodes import http
from nodes.errors import UpstreamFailed

DENIED = "the EHR's own policy denies this, and asking again does not help"
LARGEST = 100_000  # bytes: an OperationOutcome is short


def checked(answer: http.Answer, never: tuple[str, ...]) -> http.Answer:
    """Give an answer back; UpstreamFailed when it is an error with one of these codes."""
    if answer.status >= 400:
        read(answer.body, never)
    return answer


def read(body: bytes, never: tuple[str, ...]) -> None:
    """Look at what an error says; UpstreamFailed when it has one of these codes."""
    if never and len(body) <= LARGEST and not set(never).isdisjoint(codes(body)):
        raise UpstreamFailed(DENIED)


def codes(body: bytes) -> Iterator[str]:
    """All codes of an OperationOutcome's issues; none where the body is something else."""
    try:
        outcome = json.loads(body)
    except (ValueError, RecursionError):
        return
    if not isinstance(outcome, dict) or outcome.get("resourceType") != "OperationOutcome":
        return
    for issue in _objects(outcome.get("issue")):
        yield from _codes(issue)
        details = issue.get("details")
        for coding in _objects(details.get("coding") if isinstance(details, dict) else None):
            yield from _codes(coding)


def _codes(value: dict[str, Any]) -> Iterator[str]:
    if isinstance(value.get("code"), str):
        yield value["code"]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
