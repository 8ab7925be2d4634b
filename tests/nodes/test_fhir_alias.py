"""An EHR that calls itself by another address, and what to say when it may be one."""

from contextlib import contextmanager
from datetime import date

import pytest

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import IncompleteCase
from nodes.fetch_chart import FetchChartRequest, fetch_chart
from nodes.fhir import alias, belonging
from nodes.fhir.client import Client
from tests.loopback import Scripted, serving
from tests.nodes.test_fhir_client import PATIENT, answer, page, resource

INNER = "http://fhir-inner.test:8080/R4"


@contextmanager
def named(answers, *aliases):
    app = Scripted(answers)
    with serving(app) as base:
        settings = Ehr(base_url=f"{base}/fhir", aliases=aliases)
        yield Client(Connection(settings)), app


def search(answers, *aliases):
    with named(answers, *aliases) as (client, app):
        return client.search("Observation", [], PATIENT), app


def inner(id_, patient="p1"):
    return resource(id_, f"{INNER}/Patient/{patient}")


@pytest.mark.parametrize("said", [INNER, INNER + "/", INNER.upper().replace("HTTP", "http")])
def test_references_and_next_links_under_an_alias_are_the_ehrs_own(said):
    found, app = search(
        {
            "/fhir/Observation": page(inner("a"), following=f"{INNER}/next?page=2"),
            "/fhir/next": page(inner("b"), following=f"{INNER}?_getpages=1"),
            "/fhir": page(inner("c"), inner("d", "p2")),
        },
        said,
    )
    assert list(found.resources) == ["Observation/a", "Observation/b", "Observation/c"]
    assert (found.lost, [one.what for one in found.skipped]) == (None, ["Observation/d"])
    assert len(app.asked) == 3


def test_a_resource_read_names_its_patient_by_an_alias():
    with named({"/fhir/Observation/a": answer(inner("a"))}, INNER) as (client, _):
        found = client.read("Observation/a", PATIENT)
    assert found is not None and found["subject"]["reference"] == PATIENT


@pytest.mark.parametrize("said", ["http://fhir-inner.test:8080/R4x/Patient/p1", INNER + "evil"])
def test_what_only_begins_like_an_alias_is_elsewhere(said):
    found = {"subject": {"reference": said}}
    alias.own(found, [INNER], "https://ehr.test/fhir")
    assert found == {"subject": {"reference": said}}
    assert belonging.abroad(found, "https://ehr.test/fhir")


def test_words_identifiers_and_extensions_stay_as_written():
    written = {
        "text": f"{INNER}/Patient/p1",
        "identifier": [{"system": f"{INNER}/mrn", "value": "1"}],
        "extension": [{"url": f"{INNER}/StructureDefinition/x", "valueString": "y"}],
    }
    found = {**written}
    alias.own(found, [INNER], "https://ehr.test/fhir")
    assert found == written


def test_a_search_of_which_nothing_counts_is_a_loss_with_a_hint():
    found, _ = search({"/fhir/Observation": page(inner("a"), inner("b"))})
    assert found.truncated
    assert "2 of 2 that came do not name the patient at this EHR" in found.lost
    assert "add it to `aliases`" in found.lost
    assert {one.detail for one in found.skipped} == {
        "it names its patient at another address than this EHR's"
    }


@pytest.mark.parametrize(
    "other", [resource("a", "Patient/p2"), resource("a", subject={}), resource("a", "urn:uuid:1")]
)
def test_a_search_of_which_nothing_is_the_patients_is_a_loss(other):
    found, _ = search({"/fhir/Observation": page(other)})
    assert "1 of 1 that came" in found.lost
    assert "aliases" not in found.lost


def test_most_at_another_address_is_a_loss_and_little_is_said():
    mine = resource("m")
    found, _ = search({"/fhir/Observation": page(mine, inner("a"), inner("b"))})
    assert "2 of 3" in found.lost
    found, _ = search({"/fhir/Observation": page(mine, resource("n"), inner("a"))})
    assert found.lost is None
    assert "1 of 3" in found.warnings[0] and "aliases" in found.warnings[0]


def test_nearly_all_of_other_patients_is_said():
    others = [resource(f"o{place}", "Patient/p2") for place in range(20)]
    found, _ = search({"/fhir/Observation": page(resource("m"), *others)})
    assert found.lost is None
    assert "20 of 21" in found.warnings[0]


def test_an_order_whose_patient_is_at_another_address_says_how_to_mend_it():
    order = {
        "resourceType": "ServiceRequest",
        "id": "o1",
        "subject": {"reference": f"{INNER}/Patient/p1"},
    }
    app = Scripted({"/fhir/ServiceRequest/o1": answer(order)})
    request = FetchChartRequest(
        ehr="x", order="ServiceRequest/o1", case_id="C1", as_of=date(2026, 11, 20)
    )
    with serving(app) as base, pytest.raises(IncompleteCase) as caught:
        fetch_chart(request, ehrs={"x": Ehr(base_url=f"{base}/fhir")})
    (complaint,) = caught.value.complaints
    assert complaint.pointer == "/patient"
    assert "at another address" in complaint.detail and "`aliases`" in complaint.detail
    assert "inner" not in complaint.detail
