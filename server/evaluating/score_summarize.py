"""How good a summary is: what the verdict rests on is cited, the checklist is whole, all holds.

A case's request is a policy's own case, ``{policy: file stem, case: name}``, or what summarize
takes. ``expect``: ``cites`` and ``never_cites`` are fact ids, ``says`` and ``never`` are words
that must and must not stand in the text, ``checklist`` says the status of items by name.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart
from nodes.errors import UnknownName
from nodes.policy.assess import assess
from nodes.policy.casebook import Casebook, read_cases
from nodes.policy.invented import chart, request
from nodes.policy.library import shipped_files
from nodes.policy.reading import Held, assemble
from nodes.summarize import SummarizeRequest, SummarizeResponse
from nodes.writing.text import fold
from nodes.writing.tree import carrying
from nodes.writing.verify import verify
from server.evaluating.point import Kind, Point

ITEMS = 8


def prepare(body: dict[str, Any]) -> dict[str, Any]:
    """Make a policy's own case into the request; any other request stays as it is."""
    if "policy" not in body:
        return body
    found = _of_policy(body["policy"], body["case"])
    rest = {name: value for name, value in body.items() if name not in ("policy", "case")}
    parts = zip(("case", "chart", "assessment"), found, strict=True)
    return {name: json.loads(one.model_dump_json()) for name, one in parts} | rest


def score(expect: Any, response: SummarizeResponse, body: dict[str, Any]) -> Iterator[Point]:
    """Score one summary; what it was made of is in the request."""
    asked = SummarizeRequest.model_validate_json(json.dumps(body))
    sentences = [one for part in response.summary.sections for one in part.sentences]
    cited = {citation.fact for one in sentences for citation in one.citations}
    yield from _evidence(asked.assessment, cited)
    yield from _held(asked, response)
    yield from _gaps(asked.assessment, response.summary.text)
    told = expect or {}
    stated = {one.item: one.status for one in response.checklist}
    yield _point("checklist", len(stated) == ITEMS, f"{len(stated)} of {ITEMS} items")
    for item, status in told.get("checklist", {}).items():
        yield _point("checklist", stated.get(item) == status, item)
    yield from (_point("cites", one in cited, one) for one in told.get("cites", ()))
    yield from _never("cites", (one for one in told.get("never_cites", ()) if one in cited))
    text = fold(response.summary.text)
    yield from (_point("says", fold(one) in text, one) for one in told.get("says", ()))
    yield from _never("says", (one for one in told.get("never", ()) if fold(one) in text))


def _evidence(assessment: Assessment | None, cited: set[str]) -> Iterator[Point]:
    """Each met criterion that carries the verdict must be shown by one of its facts."""
    for leaf in carrying(assessment.criteria if assessment else ()):
        facts = {one.fact for one in leaf.evidence if one.speaks == "for"}
        if leaf.status == "met" and facts:
            yield _point("evidence", bool(facts & cited), leaf.id)


def _held(asked: SummarizeRequest, response: SummarizeResponse) -> Iterator[Point]:
    found = asked.assessment.facts if asked.assessment else ()
    for part in response.summary.sections:
        for sentence in part.sentences:
            wrong = verify(
                [sentence],
                (*asked.chart.facts, *found),
                asked.case,
                assessment=asked.assessment,
                notes=asked.chart.notes,
            )
            bad = [one.code for one in wrong if one.severity == "error"]
            yield Point("supported", "false_alarm" if bad else "hit", ", ".join(bad))


def _gaps(assessment: Assessment | None, text: str) -> Iterator[Point]:
    """What is missing is said to be missing."""
    if assessment is not None and assessment.status != "met":
        yield _point("missing said", "What is missing" in text, assessment.policy.id)


def _never(metric: str, said: Iterable[str]) -> Iterator[Point]:
    yield from (Point(metric, "false_alarm", one) for one in said)


def _point(metric: str, right: bool, detail: str) -> Point:
    kind: Kind = "hit" if right else "miss"
    return Point(metric, kind, detail)


def _of_policy(stem: str, name: str) -> tuple[Case, Chart, Assessment]:
    if stem not in _books():
        raise UnknownName("no policy with cases has this name")
    held, book = _books()[stem]
    told = next((one for one in book.cases if one.name == name), None)
    if told is None:
        raise UnknownName("the policy has no case of this name")
    case, its = request(book, told), chart(book, told)
    return case, its, assess(held, case, its, told.as_of or book.as_of)


@cache
def _books() -> dict[str, tuple[Held, Casebook]]:
    files = shipped_files()
    held, _ = assemble({one.name: one.read_text(encoding="utf-8") for one in files})
    beside = {one.stem: one.parent / "cases" / one.name for one in files}
    return {
        stem: (held[f"{stem}.yaml"], read_cases(path.read_text(encoding="utf-8"), path.name))
        for stem, path in beside.items()
        if path.exists() and f"{stem}.yaml" in held
    }
