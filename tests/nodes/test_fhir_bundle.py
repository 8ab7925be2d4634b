"""Pages whose links, counts, types or entries are not as FHIR has them: nothing is lost unsaid."""

from datetime import date

import pytest

from nodes.ehr import vendors
from nodes.fhir import questions, relevance
from nodes.fhir.need import Need
from tests.nodes.test_fhir_client import answer, resource, search, skipped

NEXT = "/fhir/next"


def bundle(*resources, entry=None, **more):
    entries = [{"resource": one} for one in resources] if entry is None else entry
    return answer({"resourceType": "Bundle", "type": "searchset", "entry": entries, **more})


def only(**more):
    found, _ = search({"/fhir/Observation": bundle(resource("a"), **more)})
    return found


@pytest.mark.parametrize(
    "link",
    [
        {"relation": "next"},
        {"relation": "next", "url": ""},
        {"relation": "next", "url": 5},
        {"relation": "next", "url": None},
        {"rel": "NEXT"},
    ],
)
def test_a_next_link_without_a_place_is_a_loss(link):
    found = only(link=[{"relation": "self", "url": "/fhir/Observation?patient=p1"}, link])
    assert found.truncated
    assert found.lost == "there is a next page, and its link does not say where"


@pytest.mark.parametrize("link", ["/fhir/next", ["/fhir/next"], [{"next": NEXT}], 5])
def test_links_nobody_can_read_are_a_loss(link):
    assert "links are not readable" in only(link=link).lost


@pytest.mark.parametrize("link", [None, [], [None], [{"relation": "self", "url": "/x"}]])
def test_no_links_are_no_loss(link):
    assert only(link=link).lost is None


def test_unreadable_links_cost_nothing_where_all_that_is_counted_came():
    assert only(link="/fhir/next", total=1).lost is None


@pytest.mark.parametrize(
    "link",
    [
        [{"relation": "Next", "url": NEXT}],
        [{"relation": " NEXT ", "url": NEXT}],
        [{"rel": "next", "href": NEXT}],
        [{"relation": "next", "href": NEXT}],
        {"relation": "next", "url": NEXT},
        [{"relation": "next"}, {"relation": "next", "url": NEXT}],
    ],
)
def test_a_next_link_that_can_only_mean_one_thing_is_followed(link):
    found, _ = search(
        {"/fhir/Observation": bundle(resource("a"), link=link), NEXT: bundle(resource("b"))}
    )
    assert (list(found.resources), found.lost) == (["Observation/a", "Observation/b"], None)


@pytest.mark.parametrize(
    "link",
    ["{base}/fhir/../../admin", "{base}/fhir/%2e%2E/admin", "{base}/fhir/..\\admin", "//[x"],
)
def test_a_next_page_up_the_path_is_not_asked(link):
    def first(request):
        url = link.replace("{base}", request.host_url.rstrip("/"))
        return bundle(resource("a"), link=[{"relation": "next", "url": url}])

    found, app = search({"/fhir/Observation": first})
    assert found.lost == "the next page is at another address: the rest was not read"
    assert len(app.asked) == 1


def test_a_count_beyond_what_came_is_a_loss():
    assert only(total=900).lost == "the EHR counts 900 and gave 1, without more pages"


def test_the_count_is_held_against_all_pages():
    found, _ = search(
        {
            "/fhir/Observation": bundle(
                resource("a"), total=3, link=[{"relation": "next", "url": NEXT}]
            ),
            NEXT: bundle(resource("b"), total=3),
        }
    )
    assert found.lost == "the EHR counts 3 and gave 2, without more pages"


@pytest.mark.parametrize("total", [0, 1, "1", None, True, -4, "many", [1]])
def test_a_count_that_claims_no_more_than_came_is_no_loss(total):
    assert only(total=total).lost is None


def test_what_is_left_out_came_all_the_same():
    found, _ = search(
        {"/fhir/Observation": bundle(resource("a"), resource("b", "Patient/p2"), {}, total=3)}
    )
    assert (found.lost, len(skipped(found))) == (None, 2)


def test_a_count_without_end_is_a_loss():
    body = b'{"resourceType":"Bundle","type":"searchset","total":1e999999}'
    whole = answer({})
    whole.set_data(body)
    found, _ = search({"/fhir/Observation": whole})
    assert "the EHR counts 1000000000 and gave 0" in found.lost


@pytest.mark.parametrize("kind", ["collection", "batch-response", "history", 5])
def test_a_bundle_of_another_type_is_a_loss(kind):
    found = only(type=kind)
    assert "a Bundle of another type" in found.lost
    assert not found.resources


@pytest.mark.parametrize("entry", [{"a": 1}, "x", 5, {}])
def test_entries_that_are_no_list_are_a_lost_page(entry):
    found = only(entry=entry)
    assert "no readable list of entries" in found.lost
    assert (found.received, skipped(found)) == (0, [])


def test_one_entry_outside_a_list_counts():
    assert list(only(entry={"resource": resource("b")}).resources) == ["Observation/b"]


@pytest.mark.parametrize(
    "kind", ["MedicationDispense", "CarePlan", "ServiceRequest", "DeviceRequest"]
)
def test_what_often_has_no_date_is_not_asked_for_by_it(kind):
    table, _ = relevance.shipped()
    need = Need(table, table.default, date(2026, 11, 20))
    (question,) = (one for one in questions.QUESTIONS if one.type == kind)
    assert questions.parameters(question, vendors.named("generic").fhir, need) == []
