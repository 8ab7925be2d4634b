"""How often each route was asked, how it ended, and how long it took; over all workers."""

from collections.abc import Callable
from functools import lru_cache

from flask import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS = Histogram(
    "prior_auth_request_seconds", "Time from request to response", ["route", "status"]
)
PROBLEMS = Counter(
    "prior_auth_problems", "Answers that were problems, by their type", ["route", "problem"]
)


@lru_cache(maxsize=1024)
def timer(route: str, status: int) -> Callable[[float], None]:
    """Give what observes seconds for a route's template and a status, looked up once."""
    return SECONDS.labels(route, str(status)).observe


def page() -> Response:
    """Write the metrics in Prometheus' text format."""
    return Response(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST)


def registry() -> CollectorRegistry:
    """Gather the counts of all worker processes, or of this one if it is alone."""
    if values.ValueClass.__name__ != "MmapedValue":
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared
