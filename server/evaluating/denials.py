"""Requests of the nodes that answer a payer, made of a policy's own case and a reason in words."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from nodes.catalog import NODES
from nodes.chart import Chart
from nodes.prose import Section
from nodes.writing.reference_marks import marks
from nodes.writing.text import contains, fold
from server.evaluating.point import Kind, Point
from server.evaluating.score_summarize import prepare as of_policy

SPAN = {"start": 0, "end": 1}
AS_OF = "2026-11-20"
ADDRESS = ("Plan Appeals Unit", "P.O. Box 77, Springfield, OH 45501")


def prepare_denial(body: dict[str, Any]) -> dict[str, Any]:
    """Make case, chart, assessment, denial and notice; a whole request stays as it is."""
    if "reason" not in body:
        return body
    known = {name: body[name] for name in ("policy", "case")}
    reason, level = body["reason"], body.get("level")
    made = of_policy(known) | {"as_of": AS_OF, "denial": _denial(), "notice": _notice(reason)}
    return made | ({"level": level, "writer": "deterministic"} if level else {})


def prepare_example(body: dict[str, Any]) -> dict[str, Any]:
    """Take case, chart and assessment of a node's example; a whole request stays as it is."""
    if "example" not in body:
        return body
    told = json.loads(NODES[body["example"]].example("request"))
    parts = {name: told[name] for name in ("case", "chart", "assessment")}
    rest = {name: value for name, value in body.items() if name != "example"}
    return parts | {"as_of": AS_OF} | rest


def quoted(sections: Iterable[Section], chart: Chart, facts: Iterable[Any]) -> Iterator[Point]:
    """Each citation must be words of a fact or of the note it points into."""
    known = {fact.id: fact.quote for fact in (*chart.facts, *facts)}
    notes = {note.id.partition("#")[0]: note.text for note in chart.notes}
    for section in sections:
        for sentence in section.sentences:
            for one in sentence.citations:
                words = known.get(one.fact) or notes.get(one.fact.partition("#")[0], "")
                yield point("supported", contains(words, one.quote), one.fact)


def referred(text: str, allowed: str) -> Iterator[Point]:
    """Each reference must stand in what may be cited."""
    flat = " ".join(text.split())
    for mark in marks(flat):
        there = fold(mark) in fold(allowed)
        yield Point("references", "hit" if there else "false_alarm", mark)


def said(expect: dict[str, Any], text: str) -> Iterator[Point]:
    """Words that must and must not stand in a text."""
    flat = fold(" ".join(text.split()))
    yield from (point("says", fold(one) in flat, one) for one in expect.get("says", ()))
    for one in expect.get("never", ()):
        yield Point("says", "false_alarm" if fold(one) in flat else "silence", one)


def point(metric: str, right: bool, detail: str) -> Point:
    """Judge one thing that was to be said."""
    kind: Kind = "hit" if right else "miss"
    return Point(metric, kind, detail)


def _denial() -> dict[str, Any]:
    return {"outcome": "denied", "issued": "2026-11-18", "trace_numbers": ["EVAL-TRACE-1"]}


def _notice(reason: dict[str, str]) -> dict[str, Any]:
    words = {"quote": reason["words"], "span": SPAN | {"end": len(reason["words"])}}
    said_at = {"quote": ADDRESS[0], "span": SPAN}
    return {
        "outcome": "denied",
        "issued": "2026-11-18",
        "causes": [{"category": reason["category"], "words": words}],
        "references": ["UM-EVAL-1"],
        "steps": [
            {"level": "peer_to_peer", "who": "plan", "due": "2026-11-30", "rule": "the letter"},
            {"level": "first", "who": "plan", "due": "2027-05-17", "rule": "the letter: 180 days"},
            {"level": "second", "who": "plan", "due": "2027-06-17", "rule": "the letter"},
            {"level": "external", "who": "IRO", "due": "2027-07-17", "rule": "the letter"},
        ],
        "contacts": [
            {"purpose": "appeal", "lines": list(ADDRESS), "fax": "937-555-0188", "said": said_at},
            {"purpose": "peer_to_peer", "phone": "937-555-0177", "said": said_at},
        ],
    }
