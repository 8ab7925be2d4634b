"""How good the page for a call is: one page, reason, three facts, weak spots, clock.

A case's request is ``{policy, case, reason: {category, words}}``, or what the node takes.
``expect``: ``says`` and ``never`` are words.
"""

import json
from collections.abc import Iterator
from typing import Any

from nodes.draft_peer_to_peer import DraftPeerToPeerRequest, DraftPeerToPeerResponse
from nodes.writing.text import fold
from nodes.writing.tree import carrying
from server.evaluating.denials import point, prepare_denial, quoted, said
from server.evaluating.point import Point

PARTS = (
    "The reason, in their words",
    "Weak spots: say them first",
    "The clock",
    "Ask for at the end",
)


def prepare(body: dict[str, Any]) -> dict[str, Any]:
    """Make the request of a policy's own case and a reason."""
    return prepare_denial(body)


def score(expect: Any, response: DraftPeerToPeerResponse, body: dict[str, Any]) -> Iterator[Point]:
    """Score one page against what it was made of."""
    asked = DraftPeerToPeerRequest.model_validate_json(json.dumps(body))
    held, by_title = asked.assessment, {p.title: p for p in response.brief.sections}
    yield from quoted(response.brief.sections, asked.chart, held.facts)
    for title in PARTS:
        yield point("parts", title in by_title, title)
    strong = by_title.get("Say first: the strongest facts")
    met = [leaf for leaf in carrying(held.criteria) if leaf.status == "met" and leaf.evidence]
    shown = len(strong.sentences) if strong else 0
    yield point("strongest", shown >= min(3, len(met)), f"{shown} of {len(met)} met")
    weak = fold(by_title["Weak spots: say them first"].text) if PARTS[1] in by_title else ""
    texts = {one.id: one.text for one in held.criteria}
    for gap in held.gaps if held.status != "met" else ():
        words = fold(texts.get(gap.criterion, "")).rstrip(".:")
        yield point("weak spots", words in weak, gap.criterion)
    yield point("clock", "2026-11-30" in response.brief.text, "call")
    yield point("clock", "2027-05-17" in response.brief.text, "appeal")
    yield from said(expect or {}, response.brief.text)
