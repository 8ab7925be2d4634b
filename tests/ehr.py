"""The sandbox EHR in process: charts fetched by the real node through its ``get``."""

from datetime import UTC, date, datetime
from functools import cache
from urllib.parse import urlsplit

from flask import Flask

from nodes.case import Case, PersonName
from nodes.chart import Chart
from nodes.ehr.account import Ehr
from nodes.errors import UpstreamBusy
from nodes.fetch_chart import ExpectedPatient, FetchChartRequest, FetchChartResponse, fetch_chart
from nodes.http import Answer
from server.sandbox import ehr

BASE = "http://sandbox.test/sandbox/ehr/fhir"
AS_OF = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ORDERS = {
    "lopez": "ServiceRequest/sr-lopez-mri",
    "okafor": "DeviceRequest/dr-okafor-cgm",
    "nguyen": "DeviceRequest/dr-nguyen-cpap",
    "berg": "ServiceRequest/sr-berg-mri",
    "hale": "ServiceRequest/sr-hale-mri",
    "costa": "ServiceRequest/sr-costa-mri",
    "reid": "ServiceRequest/sr-reed-mri",
    "dumas": "ServiceRequest/sr-dumas-mri",
}
REED = ExpectedPatient(
    id="Patient/pt-reed",
    name=PersonName(family="Reed", given="Evan"),
    birth_date=date(1984, 5, 5),
    sex="male",
)


@cache
def application() -> Flask:
    app = Flask("sandbox-ehr")
    app.register_blueprint(ehr.blueprint)
    return app


def call(method, url, *, body, headers, timeout, token):
    """Answer from the sandbox without a network."""
    parts = urlsplit(url)
    answer = (
        application()
        .test_client()
        .open(
            f"{parts.path}?{parts.query}",
            method=method,
            data=body,
            headers=headers,
            base_url="http://sandbox.test",
        )
    )
    if answer.status_code in (429, 503):
        raise UpstreamBusy("busy", 1)
    lower = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.status_code, lower, answer.data)


def for_fetch_chart() -> dict[str, object]:
    return {"ehrs": {"sandbox": Ehr(base_url=BASE)}, "call": call, "now": lambda: NOW}


def request_for(key: str) -> FetchChartRequest:
    return FetchChartRequest(
        ehr="sandbox",
        order=ORDERS[key],
        case_id=f"PA-2026-{list(ORDERS).index(key) + 1:04d}",
        as_of=AS_OF,
    )


@cache
def fetched(key: str) -> FetchChartResponse:
    """One sandbox patient's case and chart, by the real node."""
    return fetch_chart(request_for(key), **for_fetch_chart())


def case_and_chart(key: str) -> tuple[Case, Chart]:
    answer = fetched(key)
    return answer.case, answer.chart
