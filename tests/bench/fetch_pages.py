"""Ten real charts by ``fetch_chart`` without HTTP: its CPU beside ``json.loads`` of the same pages.

What the other line of the bench has more is HTTP's part.
"""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from nodes import http
from nodes.ehr.account import Ehr
from nodes.fetch_chart import FetchChartRequest, FetchChartResponse, fetch_chart
from tests.fhir.cases import WITHOUT, files
from tests.fhir.charts import Chart, Json, name, read
from tests.fhir.fetching import belongs, expected
from tests.fhir.orders import ordered

BASE, KEY, MONTHS, ROUNDS = "http://ehr.test/fhir", "spine", 120, 5
TYPE = {"content-type": "application/fhir+json"}


class Pages:
    """An EHR in this process that has made its pages before it is asked for them again."""

    def __init__(self, chart: Chart) -> None:
        self._chart, self._made = chart, dict[str, http.Answer]()
        self.bodies: list[bytes] = []

    def __call__(self, method: http.Method, url: str, **asked: Any) -> http.Answer:
        if url not in self._made:
            self._made[url] = self._answer(url)
        self.bodies.append(self._made[url].body)
        return self._made[url]

    def _answer(self, url: str) -> http.Answer:
        parts = urlsplit(url)
        path, query = parts.path.removeprefix("/fhir/"), parse_qs(parts.query)
        if "/" in path:
            found = next((r for r in self._chart.resources if name(r) == path), None)
            return http.Answer(200 if found else 404, TYPE, json.dumps(found).encode())
        if path == "metadata":
            return http.Answer(200, TYPE, json.dumps(self._statement()).encode())
        return http.Answer(200, TYPE, json.dumps(self._page(url, path, query)).encode())

    def _statement(self) -> Json:
        types = sorted({one["resourceType"] for one in self._chart.resources})
        search = [{"code": "search-type"}]
        served = [{"type": kind, "interaction": search} for kind in types]
        return {"resourceType": "CapabilityStatement", "rest": [{"resource": served}]}

    def _page(self, url: str, kind: str, query: dict[str, list[str]]) -> Json:
        said = "&".join(f"{key}={value}" for key in query for value in query[key])
        wanted = expected(self._chart, f"{kind}?{said}")
        found = [one for one in self._chart.of(kind) if name(one) in wanted]
        if "patient" in query:
            found = [one for one in found if belongs(one, query["patient"][0])]
        first, count = int(query.pop("_offset", ["0"])[0]), int(query["_count"][0])
        links = [{"relation": "self", "url": url}]
        if first + count < len(found):
            more = urlencode({**query, "_offset": first + count}, doseq=True)
            links.append({"relation": "next", "url": f"{BASE}/{kind}?{more}"})
        entry = [
            {"fullUrl": f"{BASE}/{name(one)}", "resource": one, "search": {"mode": "match"}}
            for one in found[first : first + count]
        ]
        bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(found)}
        return {**bundle, "link": links, "entry": entry}


def fetched(chart: Chart, pages: http.Call) -> FetchChartResponse:
    """The chart for its order."""
    request = FetchChartRequest(
        ehr="there",
        order=chart.orders[KEY],
        case_id="PA-1",
        as_of=chart.last + timedelta(days=1),
        look_back_months=MONTHS,
    )
    ehrs = {"there": Ehr(base_url=BASE, timeout=60)}
    return fetch_chart(request, ehrs=ehrs, call=pages, now=lambda: datetime.now(UTC))


def measured(chart: Chart) -> tuple[float, float, int]:
    """CPU seconds of the fetch and of parsing its pages, the best of several; and the bytes."""
    pages = Pages(chart)
    assert fetched(chart, pages).chart.manifest.complete
    bodies, spent, parsing = list(pages.bodies), [], []
    for _ in range(ROUNDS):
        spent.append(took(lambda: fetched(chart, pages)))
        parsing.append(took(lambda: [json.loads(body) for body in bodies]))
    return min(spent), min(parsing), sum(map(len, bodies))


def took(act: Callable[[], Any]) -> float:
    """CPU seconds of this process."""
    began = process_time()
    act()
    return process_time() - began


def report() -> None:
    """Print the sum of the charts, and the best and worst of them."""
    found = files("charts/*.json.gz")
    if not found:
        print(f"fetch-chart without HTTP: not measured, {WITHOUT}")
        return
    texts = (gzip.decompress(file.read_bytes()).decode() for file in found)
    every = [measured(ordered(read(text), place)) for place, text in enumerate(texts)]
    spent, parsing, size = (sum(column) for column in zip(*every, strict=True))
    ratios = sorted(one / other for one, other, _ in every)
    print(
        f"fetch-chart without HTTP, {len(every)} charts, {size / 1e6:.1f} MB: CPU"
        f" {spent / parsing:.2f} x json.loads ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
