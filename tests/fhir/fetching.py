"""Fetch a chart over HTTP from whatever address, and count by ourselves what should be in it."""

import re
from datetime import date, timedelta

from nodes.ehr.account import Credential, Ehr
from nodes.fetch_chart import FetchChartRequest, FetchChartResponse, fetch_chart
from tests.fhir.charts import Chart, Json, day, name

OURS = ("subject", "patient", "beneficiary", "for")
ASKED = re.compile(r"([A-Za-z]+)\?(.*)")
LOSS = "truncated_chart"


def fetched(
    base_url: str,
    chart: Chart,
    key: str,
    credential: Credential | None = None,
    timeout: int = 60,
    months: int = 24,
) -> FetchChartResponse:
    """One order's case and chart, by the real node over real HTTP."""
    return fetch_chart(
        request_for(chart, key, months),
        ehrs={"real": Ehr(base_url=base_url, credential=credential, timeout=timeout)},
    )


def request_for(chart: Chart, key: str, months: int = 24) -> FetchChartRequest:
    """What is asked of the node for one order, on the day after the last visit."""
    return FetchChartRequest(
        ehr="real",
        order=chart.orders[key],
        case_id=f"PA-{key}",
        as_of=chart.last + timedelta(days=1),
        look_back_months=months,
    )


def belongs(resource: Json, patient: str) -> bool:
    """Whether a resource is about this patient."""
    return any((resource.get(place) or {}).get("reference") == patient for place in OURS)


def expected(chart: Chart, query: str) -> set[str]:
    """What an honest server gives for a search as the manifest shows it."""
    kind, parameters = ASKED.fullmatch(query).groups()
    dates = re.findall(r"=(ge|gt|lt|le)([0-9]{4}-[0-9]{2}-[0-9]{2})", parameters)
    return {
        name(resource)
        for resource in chart.of(kind)
        if belongs(resource, chart.patient)
        and all(holds(day(resource), sign, date.fromisoformat(said)) for sign, said in dates)
    }


def holds(found: date | None, sign: str, said: date) -> bool:
    """Whether a day is within a search's bound."""
    if found is None:
        return False
    return {"ge": found >= said, "gt": found > said, "lt": found < said, "le": found <= said}[sign]


def known(chart: Chart) -> dict[str, Json]:
    """A chart's resources by name."""
    return {name(resource): resource for resource in chart.resources}


def sources(answer: FetchChartResponse) -> set[str]:
    """The resources that the facts and notes come from."""
    facts = {fact.source for fact in answer.chart.facts}
    return facts | {note.id for note in answer.chart.notes}
