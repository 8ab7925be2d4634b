"""Judge a fetch that something went wrong in, beside the one of the same order that went well."""

import re
from dataclasses import dataclass
from typing import Literal

from nodes.chart import Fact, Note, Skipped
from nodes.errors import NodeError
from nodes.fetch_chart import FetchChartResponse

Verdict = Literal["complete", "says what is missing", "typed error"]
LOSS = "truncated_chart"
KIND = re.compile(r"[A-Z][A-Za-z]+")


@dataclass(frozen=True)
class Outcome:
    """What became of a fetch: an answer or an error, after so many seconds."""

    answer: FetchChartResponse | None
    error: NodeError | None
    seconds: float


def verdict(outcome: Outcome, good: FetchChartResponse) -> Verdict:
    """Which of the three allowed ends it is; an AssertionError says what no end may be."""
    if outcome.answer is None:
        assert isinstance(outcome.error, NodeError)
        return "typed error"
    found = outcome.answer
    _alike(found, good)
    incomplete = bool(lost(found))
    assert found.chart.manifest.complete is not incomplete
    assert (LOSS in {stop.code for stop in found.hard_stops}) is incomplete
    if incomplete:
        missing(found, good)
        return "says what is missing"
    same(found, good)
    return "complete"


def same(found: FetchChartResponse, good: FetchChartResponse) -> None:
    """A fetch that claims to be complete is the good one, but for entries it names as no good."""
    missing(found, good)
    assert found.case == good.case or unnamed(found), "the case differs, and nothing says why"


def missing(found: FetchChartResponse, good: FetchChartResponse) -> None:
    """All that is gone from a fetch is of a type of which its manifest says that some is gone."""
    kinds, named = lost(found) | unnamed(found), {one.what for one in found.chart.manifest.skipped}
    gone = {_key(one): one for one in (*good.chart.facts, *good.chart.notes)}
    for one in (*found.chart.facts, *found.chart.notes):
        gone.pop(_key(one), None)
    for one in gone.values():
        source = one.id.partition("#")[0]
        said = source.partition("/")[0] in kinds or source in named
        assert said, f"{source} is missing, and the manifest does not say so"


def lost(found: FetchChartResponse) -> set[str]:
    """The types of which the manifest says that something is missing."""
    searches = found.chart.manifest.searches
    return {
        kind
        for search in searches
        if search.truncated or search.lost
        for kind in KIND.findall(search.query.partition("?")[0])[:1]
    }


def unnamed(found: FetchChartResponse) -> set[str]:
    """The types with an entry so broken that the manifest can only name its place."""
    places = (one.what.partition(", page ") for one in found.chart.manifest.skipped)
    return {kind for kind, page, _ in places if page}


def foreign(found: FetchChartResponse) -> list[Skipped]:
    """What was left out because it is not the patient's."""
    reasons = {"another_patient", "no_patient"}
    return [one for one in found.chart.manifest.skipped if one.reason in reasons]


def _alike(found: FetchChartResponse, good: FetchChartResponse) -> None:
    """What a fetch has, the good one has too, word for word: nothing is invented or mixed up."""
    assert found.chart.patient == good.chart.patient
    assert found.case.patient == good.case.patient
    assert found.case.coverage == good.case.coverage
    allowed = {_key(one) for one in (*good.chart.facts, *good.chart.notes)}
    strange = {_key(one) for one in (*found.chart.facts, *found.chart.notes)} - allowed
    assert not strange or lost(found), f"not in the good chart: {strange}"
    known = {one.id for one in (*good.chart.facts, *good.chart.notes)}
    assert {key[0] for key in strange} <= known, "a resource that the good chart does not have"


def _key(one: Fact | Note) -> tuple[str, str]:
    return one.id, one.quote if isinstance(one, Fact) else one.text
