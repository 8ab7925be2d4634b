"""A whole synthetic US Core chart, of the kind a hospital exports, through the real reader."""

import gzip
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest

from nodes.chart import Chart
from nodes.fetch_chart import FetchChartRequest, fetch_chart
from server.sandbox import ehr as sandbox
from tests.ehr import for_fetch_chart

CASES = os.environ.get("PRIOR_AUTH_CASES")
CHARTS = sorted(Path(CASES, "charts").glob("*.json.gz")) if CASES else []
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
CPT = "http://www.ama-assn.org/go/cpt"


def bundle(path):
    """The chart's resources, the bundle's own addresses replaced by Type/id."""
    text = gzip.decompress(path.read_bytes()).decode()
    names = {
        entry["fullUrl"]: f"{entry['resource']['resourceType']}/{entry['resource']['id']}"
        for entry in json.loads(text)["entry"]
    }
    text = re.sub(r"urn:uuid:[0-9a-f-]{36}", lambda found: names.get(found[0], found[0]), text)
    return [entry["resource"] for entry in json.loads(text)["entry"]]


@pytest.mark.skipif(not CHARTS, reason="PRIOR_AUTH_CASES names no folder with charts")
@pytest.mark.parametrize(
    ("system", "code", "icd"),
    [(CPT, "72148", "M54.16"), (HCPCS, "E0601", "G47.33"), (CPT, "29881", "M17.11")],
)
def test_a_hospitals_chart_is_read_without_a_failure(system, code, icd):
    resources = bundle(CHARTS[0])
    patient = next(f"Patient/{r['id']}" for r in resources if r["resourceType"] == "Patient")
    visits = [r for r in resources if r["resourceType"] == "Encounter"]
    last = max(visit["period"]["start"][:10] for visit in visits)
    coverage = {
        "resourceType": "Coverage",
        "id": "cov",
        "status": "active",
        "beneficiary": {"reference": patient},
        "subscriberId": "M1",
        "payor": [{"reference": "Organization/org-sbxhp"}],
    }
    order = {
        "resourceType": "ServiceRequest",
        "id": "order",
        "status": "active",
        "intent": "order",
        "subject": {"reference": patient},
        "authoredOn": last,
        "code": {"coding": [{"system": system, "code": code}]},
        "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": icd}]}],
        "insurance": [{"reference": "Coverage/cov"}],
        "requester": {"reference": "Practitioner/pr-raman"},
    }
    try:
        for resource in [*resources, coverage, order]:
            sandbox.records.put(resource)
        answer = fetch_chart(
            FetchChartRequest(
                ehr="sandbox",
                order="ServiceRequest/order",
                case_id="PA-1",
                as_of=date.fromisoformat(last),
                look_back_months=120,
            ),
            **for_fetch_chart(),
        )
    finally:
        sandbox.reset()
    read = sum(search.read for search in answer.chart.manifest.searches)
    assert read > 200
    assert 0 < len(answer.chart.facts) < read
    assert answer.hard_stops == ()
    assert Chart.model_validate_json(answer.chart.model_dump_json()) == answer.chart
