"""What we filed is no evidence in a chart fetched later, and no news of it."""

from datetime import timedelta

import pytest

from nodes.catalog import NODES
from nodes.ehr.writing.standing import ours
from nodes.fetch_chart import fetch_chart
from nodes.find_orders import FindOrdersRequest, find_orders
from nodes.write_back import WriteBackRequest, write_back
from server.sandbox import ehr
from tests import world
from tests.ehr import NOW, request_for


@pytest.fixture
def written():
    """The sandbox EHR, to which the example was written back."""
    request = WriteBackRequest.model_validate_json(NODES["write-back"].example("request"))
    answer = write_back(request, **world.for_write_back())
    yield {one.reference for one in answer.filed}
    ehr.reset()


def test_a_chart_fetched_later_leaves_it_out_and_says_so(written):
    chart = fetch_chart(request_for("lopez"), **world.for_fetch_chart()).chart
    assert written.isdisjoint({fact.id for fact in chart.facts} | {n.id for n in chart.notes})
    left_out = {one.what for one in chart.manifest.skipped if one.reason == "withheld"}
    assert {name for name in written if name.startswith("DocumentReference/")} <= left_out


def test_it_is_no_new_document_of_the_patient(written):
    for resource in ehr.records.written:
        resource["meta"]["lastUpdated"] = NOW.isoformat()
    request = FindOrdersRequest(
        ehr="sandbox",
        since=NOW - timedelta(days=5),
        until=NOW + timedelta(days=1),
        documents_of=("Patient/pt-lopez",),
    )
    answer = find_orders(request, **world.for_find_orders())
    assert written.isdisjoint({one.document for one in answer.documents})


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"description": "Prior authorization PA-1: denied [PA-1.denied.7.letter]"}, True),
        ({"description": "Prior authorization PA-1: denied [PA-1.denied.7.task-2.0a1b2c3d]"}, True),
        ({"description": "Knee MRI [left]"}, False),
        ({"identifier": [{"system": "urn:other", "value": "PA-1.denied.7.letter"}]}, False),
    ],
)
def test_only_ours_is_taken_for_ours(resource, expected):
    assert ours({"resourceType": "DocumentReference", **resource}) is expected
    assert not ours({"resourceType": "Observation", **resource})
