"""How good an appeal is: it answers the reason, cites what is met, claims nothing that is open.

A case's request is ``{policy, case, reason: {category, words}, level}``, or what draft-appeal
takes. ``expect``: ``says`` and ``never`` are words, ``answers: criteria`` that a met criterion must
be among the answers to the reason.
"""

import json
from collections.abc import Iterator
from typing import Any

from nodes.draft_appeal import DraftAppealRequest, DraftAppealResponse
from nodes.writing.dispute import ADMINISTRATIVE
from nodes.writing.references import library
from nodes.writing.text import fold
from nodes.writing.tree import carrying
from server.evaluating.denials import ADDRESS, point, prepare_denial, quoted, referred, said
from server.evaluating.point import Point

DUE = {"first": "2027-05-17", "second": "2027-06-17", "external": "2027-07-17"}


def prepare(body: dict[str, Any]) -> dict[str, Any]:
    """Make the request of a policy's own case and a reason."""
    return prepare_denial(body)


def score(expect: Any, response: DraftAppealResponse, body: dict[str, Any]) -> Iterator[Point]:
    """Score one letter against what it was made of."""
    asked = DraftAppealRequest.model_validate_json(json.dumps(body))
    text, held = response.letter.text, asked.assessment
    cited = {c.fact for p in response.letter.sections for s in p.sentences for c in s.citations}
    clinical = not _administrative(asked)
    for leaf in carrying(held.criteria) if clinical else ():
        facts = {one.fact for one in leaf.evidence if one.speaks == "for"}
        if leaf.status == "met" and facts:
            yield point("evidence", bool(facts & cited), leaf.id)
    yield from quoted(response.letter.sections, asked.chart, held.facts)
    yield from _reason(asked, text)
    yield from _open(asked, response) if clinical else _minimum(response)
    policy = held.policy
    allowed = [one.line.text for one in library() if one.cite in response.references]
    allowed += [policy.id, policy.title, policy.source]
    yield from referred(text, " ".join(allowed))
    yield from said(expect or {}, text)
    for one in response.omissions:
        yield Point("supported", "false_alarm", one.what)


def _reason(asked: DraftAppealRequest, text: str) -> Iterator[Point]:
    flat = fold(" ".join(text.split()))
    notice = asked.notice
    for cause in notice.causes if notice else ():
        if cause.words:
            words = fold(cause.words.quote).rstrip(".")
            yield point("reason", words in flat, cause.category)
    if asked.level == "first":
        yield point("address", all(fold(line) in flat for line in ADDRESS), "address")
    yield point("deadline", DUE[asked.level] in text, "due")


def _administrative(asked: DraftAppealRequest) -> bool:
    causes = asked.notice.causes if asked.notice else ()
    return bool(causes) and all(cause.category in ADMINISTRATIVE for cause in causes)


def _minimum(response: DraftAppealResponse) -> Iterator[Point]:
    """A reason that is not clinical is answered without notes."""
    notes = [c.fact for p in response.letter.sections for s in p.sentences for c in s.citations]
    clinical = [fact for fact in notes if fact.startswith(("DocumentReference/", "Diagnostic"))]
    yield Point("minimum necessary", "false_alarm" if clinical else "silence", ", ".join(clinical))


def _open(asked: DraftAppealRequest, response: DraftAppealResponse) -> Iterator[Point]:
    """Each gap is said not to be claimed, and stands nowhere as met."""
    by_title = {part.title: part.text for part in response.letter.sections}
    disclaimed = fold(by_title.get("What this letter does not claim", ""))
    claimed = fold(by_title.get("The policy, criterion by criterion", ""))
    texts = {one.id: one.text for one in asked.assessment.criteria}
    for gap in asked.assessment.gaps if asked.assessment.status != "met" else ():
        words = fold(texts.get(gap.criterion, "")).rstrip(".:")
        if words:
            yield point("not claimed", words in disclaimed, gap.criterion)
            if f"{words}. the record shows" in claimed:
                yield Point("not claimed", "false_alarm", gap.criterion)
