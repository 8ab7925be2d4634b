"""Charts and orders that others made: ten synthetic hospitals' charts, Da Vinci's test EHR.

A case is made, or an IncompleteCase names each thing that is missing; never anything else.
"""

import gzip
import json
from datetime import date

import pytest
import requests

from nodes.ehr.account import Ehr
from nodes.errors import IncompleteCase
from nodes.fetch_chart import FetchChartRequest, fetch_chart
from tests.fhir.cases import WITHOUT, files
from tests.fhir.charts import name, read
from tests.fhir.fetching import belongs, expected, fetched, known, sources
from tests.fhir.orders import ordered
from tests.fhir.server import Sekmet

CHARTS = files("charts/*.json.gz")
SEED = files("ehr/davinci-test-ehr/*/*json*")
TODAY = date(2026, 11, 20)
PLACES = ("/order", "/patient", "/coverage", "/requester", "/diagnoses", "/service_lines")


@pytest.fixture(scope="module")
def others_ehr(sekmet_installed, tmp_path_factory):
    """The files of Da Vinci's test EHR, as far as a lenient server takes them."""
    with Sekmet(tmp_path_factory.mktemp("davinci")) as server:
        for resource in resources():
            url = f"{server.base_url}/{name(resource)}"
            server.api.put(url, json=resource, timeout=30)
        yield server


def resources():
    """Each file's resource, or each of a Bundle's; a file that is no JSON is passed over."""
    for file in SEED:
        try:
            content = json.loads(file.read_text())
        except ValueError:
            continue
        entries = content.get("entry", [{"resource": content}])
        yield from (entry["resource"] for entry in entries if entry["resource"].get("id"))


def orders():
    """Every order among them, with the code it asks for."""
    found = {}
    for resource in resources():
        if resource["resourceType"] in {"ServiceRequest", "DeviceRequest", "MedicationRequest"}:
            concept = resource.get("code") or resource.get("codeCodeableConcept") or {}
            coding = (concept.get("coding") or [{}])[0]
            found[name(resource)] = coding.get("code", "none")
    return found


ORDERS = orders()


@pytest.mark.skipif(not CHARTS, reason=WITHOUT)
@pytest.mark.parametrize("place", range(len(CHARTS)))
def test_a_whole_chart_of_others(sekmet_installed, tmp_path, place):
    chart = ordered(read(gzip.decompress(CHARTS[place].read_bytes()).decode()), place)
    with Sekmet(tmp_path) as server:
        server.load(chart.resources)
        for key in ("spine", "meniscus"):
            answer = fetched(server.base_url, chart, key, timeout=120, months=120)
            assert answer.chart.manifest.complete
            assert sources(answer) <= known(chart).keys()
            assert all(belongs(known(chart)[one], chart.patient) for one in sources(answer))
            for search in answer.chart.manifest.searches:
                if search.query.startswith(("Observation?patient&date", "Condition?patient")):
                    assert search.read == len(expected(chart, search.query)), search


@pytest.mark.skipif(not SEED, reason=WITHOUT)
def test_most_of_the_test_ehr_is_loaded(others_ehr):
    assert len(ORDERS) > 20
    assert {"E0424", "E0601", "E0470", "E0607", "E0250"} <= set(ORDERS.values())
    there = [order for order in ORDERS if others_ehr.read(order)]
    assert len(there) > 0.9 * len(ORDERS)


@pytest.mark.skipif(not SEED, reason=WITHOUT)
@pytest.mark.parametrize("order", ORDERS)
def test_an_order_of_others_is_a_case_or_says_what_is_missing(others_ehr, order):
    request = FetchChartRequest(
        ehr="davinci", order=order, case_id="PA-1", as_of=TODAY, look_back_months=120
    )
    try:
        answer = fetch_chart(request, ehrs={"davinci": Ehr(base_url=others_ehr.base_url)})
    except IncompleteCase as problem:
        pointers = [complaint.pointer for complaint in problem.complaints]
        assert pointers
        assert all(pointer.startswith(PLACES) for pointer in pointers)
        assert all(complaint.detail for complaint in problem.complaints)
        return
    assert ORDERS[order] in {line.code for line in answer.case.service_lines}
    subject = requests.get(f"{others_ehr.base_url}/{order}", timeout=5).json()["subject"]
    assert answer.chart.patient == subject["reference"]
