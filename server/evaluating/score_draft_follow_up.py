"""How good an answer to a payer is: what is in the chart is answered, the rest is said to lack.

A case's request is ``{example: node, purpose, asked ...}``, or what draft-follow-up takes.
``expect``: ``answered`` and ``unanswered`` are items, ``cites`` fact ids that must be cited by one
of their alternatives, ``says`` and ``never`` words.
"""

import json
from collections.abc import Iterator
from typing import Any

from nodes.draft_follow_up import DraftFollowUpRequest, DraftFollowUpResponse
from server.evaluating.denials import point, prepare_example, quoted, said
from server.evaluating.point import Point


def prepare(body: dict[str, Any]) -> dict[str, Any]:
    """Make the request of a node's example and what is asked."""
    return prepare_example(body)


def score(expect: Any, response: DraftFollowUpResponse, body: dict[str, Any]) -> Iterator[Point]:
    """Score one follow-up against what it was made of."""
    asked = DraftFollowUpRequest.model_validate_json(json.dumps(body))
    facts = asked.assessment.facts if asked.assessment else ()
    yield from quoted(response.letter.sections, asked.chart, facts)
    told = expect or {}
    for one in told.get("answered", ()):
        yield point("answered", one in response.answered, one)
    for one in told.get("unanswered", ()):
        right = one in response.unanswered
        yield Point("answered", "silence" if right else "false_alarm", one)
    cited = {c.fact for p in response.letter.sections for s in p.sentences for c in s.citations}
    for one in told.get("cites", ()):
        yield point("cites", any(fact.startswith(one) for fact in cited), one)
    yield from said(told, response.letter.text)
    for one in response.omissions:
        yield Point("supported", "false_alarm", one.what)
