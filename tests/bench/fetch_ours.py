"""One chart by ``fetch_chart`` in a process of its own: how long, how much CPU and memory.

``python -m tests.bench.fetch_ours < asked.json`` prints what it took as JSON.
"""

import json
import sys
import time
import tracemalloc
from datetime import UTC, date, datetime
from typing import Any

from nodes import http
from nodes.ehr.account import Ehr
from nodes.fetch_chart import FetchChartRequest, FetchChartResponse, fetch_chart


class Counted:
    """The real ``call``; it keeps addresses and bodies, to be parsed again for comparison."""

    def __init__(self, keep: bool) -> None:
        self.keep, self.urls, self.bodies, self.bytes = keep, list[str](), list[bytes](), 0

    def __call__(self, method: http.Method, url: str, **asked: Any) -> http.Answer:
        answer = http.call(method, url, **asked)
        self.urls.append(url)
        self.bytes += len(answer.body)
        if self.keep:
            self.bodies.append(answer.body)
        return answer


def fetched(asked: dict[str, Any], call: http.Call) -> FetchChartResponse:
    """The chart."""
    request = FetchChartRequest(
        ehr="there",
        order=asked["order"],
        case_id="PA-1",
        as_of=date.fromisoformat(asked["as_of"]),
        look_back_months=asked["months"],
    )
    ehrs = {"there": Ehr(base_url=asked["base"], timeout=60)}
    return fetch_chart(request, ehrs=ehrs, call=call, now=lambda: datetime.now(UTC))


def measured(asked: dict[str, Any]) -> dict[str, Any]:
    """Fetch once to warm up, once for the time, once for the memory."""
    fetched(asked, http.call)
    counted = Counted(keep=True)
    wall, cpu = time.perf_counter(), time.process_time()
    chart = fetched(asked, counted).chart
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    parsing = min(parsed(counted.bodies) for _ in range(5))
    counted.bodies.clear()
    weighed = Counted(keep=False)
    tracemalloc.start()
    fetched(asked, weighed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "seconds": wall,
        "cpu": cpu,
        "parsing": parsing,
        "bytes": weighed.bytes,
        "peak": peak,
        "requests": len(counted.urls),
        "urls": counted.urls,
        "read": sum(search.read for search in chart.manifest.searches),
        "kept": len(chart.facts),
        "notes": len(chart.notes),
        "complete": chart.manifest.complete,
    }


def parsed(bodies: list[bytes]) -> float:
    """CPU seconds of ``json.loads`` alone for the same bytes."""
    began = time.process_time()
    for body in bodies:
        json.loads(body)
    return time.process_time() - began


if __name__ == "__main__":
    print(json.dumps(measured(json.load(sys.stdin))))
