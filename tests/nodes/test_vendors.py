import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from nodes.ehr import vendors
from nodes.errors import NotConfigured, UnknownName
from nodes.settings import Settings
from tests.cases import case

SHIPPED = {
    "advancedmd", "athenahealth", "carecloud", "drchrono", "eclinicalworks", "epic", "generic",
    "oracle-health", "tebra",
}  # fmt: skip
STATEMENTS = {
    "advancedmd": "advancedmd",
    "athenahealth": "athena",
    "eclinicalworks": "ecw",
    "epic": "epic",
    "oracle-health": "cerner",
}
FOLDER = Path(__file__).parents[2] / "nodes" / "vendors"
GENERIC = (FOLDER / "generic.yaml").read_text()


def test_the_vendors_asked_for_are_shipped():
    assert set(vendors.shipped()) == SHIPPED
    for vendor, used in vendors.shipped().values():
        assert (used.kind, used.id, used.version) == ("vendor", vendor.id, vendor.version)
        assert vendor.reviewed <= date(2026, 12, 31) and vendor.unknown
        assert {source.verified for source in vendor.sources.values()}


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_what_is_claimed_stands_in_the_capability_statement(name):
    file = case(f"ehr/vendors/{STATEMENTS[name]}-r4-capability.json")
    stated = {one["type"]: one for one in json.loads(file.read_bytes())["rest"][0]["resource"]}
    fhir = vendors.named(name).fhir

    def offers(kind, *codes):
        return bool(set(codes) & {one["code"] for one in stated[kind].get("interaction", [])})

    for kind, parameters in fhir.searches.items():
        known = {one["name"] for one in stated[kind]["searchParam"]}
        assert offers(kind, "search-type") and {"patient", *parameters} <= known, kind
    assert all(offers(kind, "read") for kind in (*fhir.reads, *fhir.searches))
    assert all(offers(kind, "create") for kind in fhir.creates)
    assert all(offers(kind, "update", "patch") for kind in fhir.updates)
    assert not ("Task" in stated and offers("Task", "create")), "then say so in write_back"
    claims = "fhir" in vendors.named(name).write_back.documents
    assert claims == (offers("DocumentReference", "create") or name == "eclinicalworks")


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_no_clinical_search_of_the_statement_is_forgotten(name):
    file = case(f"ehr/vendors/{STATEMENTS[name]}-r4-capability.json")
    asked = {
        "AllergyIntolerance", "CarePlan", "Condition", "Coverage", "Device", "DeviceRequest",
        "DiagnosticReport", "DocumentReference", "Encounter", "FamilyMemberHistory",
        "Immunization", "MedicationAdministration", "MedicationDispense", "MedicationRequest",
        "MedicationStatement", "Observation", "Procedure", "ServiceRequest", "Task",
    }  # fmt: skip
    offered = {
        one["type"]
        for one in json.loads(file.read_bytes())["rest"][0]["resource"]
        if "patient" in {parameter["name"] for parameter in one.get("searchParam", [])}
    }
    assert asked & offered <= set(vendors.named(name).fhir.resources)


def test_tebras_searches_stand_in_its_guide():
    paths = yaml.safe_load(case("ehr/vendors/tebra-fhir-openapi.yml").read_bytes())["paths"]
    fhir = vendors.named("tebra").fhir
    for kind, parameters in fhir.searches.items():
        known = {one["name"]: one["required"] for one in paths[f"/{kind}"]["get"]["parameters"]}
        assert known["patient"] and set(parameters) <= set(known)
        wanted = {name for name, required in known.items() if required} - {"patient"}
        assert wanted == {said.partition("=")[0] for said in fhir.required.get(kind, ())}
    assert not fhir.creates


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("drchrono", "limits", (500, "hour", "clock", 10)),
        ("eclinicalworks", "limits", (250, "minute", "clock", None)),
    ],
)
def test_published_limits(name, field, value):
    limits = getattr(vendors.named(name), field)
    assert (limits.requests, limits.window, limits.reset, limits.per_second) == value
    assert limits.counts_tokens == (name == "eclinicalworks")


def test_what_reading_asks_of_a_vendor():
    epic, generic = vendors.named("epic").fhir, vendors.named("generic").fhir
    assert epic.takes("DocumentReference", "identifier") is True
    assert vendors.named("oracle-health").fhir.takes("DocumentReference", "identifier") is False
    assert generic.takes("DocumentReference", "identifier") is None
    assert "Coverage" in epic.undated and "Observation" not in epic.undated
    assert generic.resources is None and generic.undated == ()
    assert vendors.named("oracle-health").fhir.closed_dates and not epic.closed_dates
    assert {"4130", "4131", "4134", "4135"} <= set(vendors.named("epic").limits.never_retry)


FAULTS = [
    ("id: generic", "id: other", "id: it must be the file's name"),
    ("id: generic\n", "id: generic\nid: generic\n", "line 3: a key is given twice"),
    ("source: ours}\nnotes", "source: theirs}\nnotes", "the file: limits cites the source"),
    ("{page_size: 500,", "{base_url: 'https://x.example/{a}',", "fhir: placeholders must explain"),
    ("concurrency: 4", "requests: 4", "limits: requests and window belong together"),
    ("documents: [fhir, person]", "documents: [fhir]", "write_back: documents and tasks must end"),
    ("page_size: 500", "page_size: ZEBRA", "fhir/page_size: Input should be"),
    ("unknown:", "unknwon:", "unknwon: Extra inputs"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_a_fault_is_named_by_field_and_without_its_value(old, new, said):
    assert old in GENERIC
    with pytest.raises(NotConfigured) as caught:
        vendors.read(GENERIC.replace(old, new, 1).encode(), "generic.yaml")
    assert f"vendor file generic.yaml: {said}" in str(caught.value)
    assert "ZEBRA" not in str(caught.value) + str(caught.value.complaints)


@pytest.fixture
def own(tmp_path, monkeypatch):
    mine = GENERIC.replace("name: Any FHIR R4 EHR", "name: Ours")
    (tmp_path / "generic.yaml").write_text(mine)
    (tmp_path / "mine.yaml").write_text(mine.replace("id: generic", "id: mine"))
    monkeypatch.setattr(vendors, "settings", lambda: Settings(vendors=str(tmp_path)))
    vendors.in_force.cache_clear()
    yield tmp_path
    vendors.in_force.cache_clear()


def test_an_own_file_goes_before_a_shipped_one(own):
    assert vendors.named("generic").name == vendors.named("mine").name == "Ours"
    assert vendors.named("epic").name == "Epic"


def test_a_folder_that_is_not_there(own, tmp_path):
    with pytest.raises(NotConfigured, match="settings: vendors: the folder"):
        vendors.folder(tmp_path / "none")


def test_a_vendor_that_is_not_there():
    with pytest.raises(NotConfigured, match="settings: ehrs:"):
        vendors.named("nobody")
    with pytest.raises(UnknownName):
        vendors.asked("nobody")
