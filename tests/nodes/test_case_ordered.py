"""What an order asks for: drugs and devices it only points at, codes of every spelling."""

import pytest

from nodes.case import ServiceLine
from nodes.errors import IncompleteCase
from nodes.fetch_chart import FetchChartRequest, fetch_chart
from nodes.fhir import codes
from nodes.fhir.expected import StatedOrder
from server.sandbox import ehr as sandbox
from tests.ehr import AS_OF, for_fetch_chart

NDC, RX = "http://hl7.org/fhir/sid/ndc", "http://www.nlm.nih.gov/research/umls/rxnorm"
CPT, HCPCS = "http://www.ama-assn.org/go/cpt", codes.HCPCS
ADALIMUMAB = {"system": RX, "code": "727703", "display": "adalimumab 40 MG/0.8ML"}


@pytest.fixture
def records():
    """The sandbox's records, to be changed at will; put back afterwards."""
    yield sandbox.records
    sandbox.reset()


def concept(*found):
    return {"coding": [{"system": s, "code": c} if s else {"code": c} for s, c in found]}


def ordered(records, kind, **said):
    lumbar = records.read("ServiceRequest", "sr-lopez-mri")
    kept = ("status", "intent", "subject", "requester", "authoredOn", "reasonCode", "insurance")
    order = {name: lumbar[name] for name in kept if name in lumbar}
    records.put({"resourceType": kind, "id": "o1", **order, **said})
    return fetch(kind)


def fetch(kind, **asked):
    request = FetchChartRequest(
        ehr="sandbox", order=f"{kind}/o1", case_id="C1", as_of=AS_OF, **asked
    )
    return fetch_chart(request, **for_fetch_chart())


def line(records, kind, **said):
    (found,) = ordered(records, kind, **said).case.service_lines
    return found.system, found.code


def refused(records, kind, **said):
    with pytest.raises(IncompleteCase) as caught:
        ordered(records, kind, **said)
    (found,) = caught.value.complaints
    assert found.pointer == "/service_lines/0/code"
    assert "stated.services" in found.detail
    return found.detail


@pytest.mark.parametrize(
    ("coding", "wanted"),
    [
        ((NDC, "00074433902"), ("NDC", "00074433902")),
        ((NDC, "0074-4339-02"), ("NDC", "00074433902")),
        ((NDC, "0074-4339-2"), None),
        ((NDC, "50242-040-62"), ("NDC", "50242004062")),
        ((HCPCS, "J0139"), ("HCPCS", "J0139")),
    ],
)
@pytest.mark.parametrize("contained", [True, False])
def test_a_drug_that_is_its_own_resource_is_read(records, coding, wanted, contained):
    drug = {"resourceType": "Medication", "id": "mm", "code": concept(coding)}
    said = {"medicationReference": {"reference": "#mm" if contained else "Medication/mm"}}
    if contained:
        said["contained"] = [drug]
    else:
        records.put(drug)
    if wanted is None:
        assert "NDC" in refused(records, "MedicationRequest", **said)
    else:
        assert line(records, "MedicationRequest", **said) == wanted


def test_a_drug_known_by_its_one_ingredient_only(records):
    parts = [
        {"itemCodeableConcept": concept((NDC, "00074433902")), "isActive": True},
        {"itemCodeableConcept": concept((RX, "11295")), "isActive": False},
    ]
    records.put({"resourceType": "Medication", "id": "mm", "ingredient": parts})
    said = {"medicationReference": {"reference": "Medication/mm"}}
    assert line(records, "MedicationRequest", **said) == ("NDC", "00074433902")
    parts[1]["isActive"] = True
    records.put({"resourceType": "Medication", "id": "mm", "ingredient": parts})
    assert "no code" in refused(records, "MedicationRequest", **said)


def test_a_drug_in_rxnorm_only_says_where_to_state_the_billed_code(records):
    said = {"medicationCodeableConcept": {"coding": [ADALIMUMAB]}}
    assert "RxNorm only" in refused(records, "MedicationRequest", **said)
    stated = StatedOrder(services=(ServiceLine(system="HCPCS", code="J0139", quantity=40),))
    answer = fetch("MedicationRequest", stated=stated)
    assert [one.code for one in answer.case.service_lines] == ["J0139"]
    assert answer.hard_stops == ()


def test_a_ten_digit_ndc_is_not_guessed(records):
    said = {"medicationCodeableConcept": concept((NDC, "0074433902"))}
    assert "hyphens" in refused(records, "MedicationRequest", **said)


def test_a_device_the_order_points_at_is_read(records):
    device = {"resourceType": "Device", "id": "dv", "type": concept((HCPCS, "E0601"))}
    records.put(device)
    said = {"codeReference": {"reference": "Device/dv"}}
    assert line(records, "DeviceRequest", **said) == ("HCPCS", "E0601")
    records.put({**device, "patient": {"reference": "Patient/pt-okafor"}})
    assert "no code" in refused(records, "DeviceRequest", **said)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("E0601", ("HCPCS", "E0601")), ("e0601", ("HCPCS", "E0601")), ("0042T", ("CPT", "0042T"))],
)
def test_a_code_without_a_system_counts_where_its_shape_is_unmistakable(records, code, wanted):
    answer = ordered(records, "DeviceRequest", codeCodeableConcept=concept((None, code)))
    (found,) = answer.case.service_lines
    assert (found.system, found.code) == wanted
    assert "DeviceRequest/o1: its code has no system; it is read by its shape: check it" in (
        answer.chart.manifest.warnings
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (concept((None, "72148")), "five digits can be anything"),
        (concept(("http://hospital.example/orders", "72148")), "five digits can be anything"),
        (concept(("http://hospital.example/orders", "E0601")), "no CPT, HCPCS or NDC code"),
        ({"text": "E0601 CPAP"}, "what it says in words is no code"),
    ],
)
def test_what_could_be_anything_is_no_code(records, said, why):
    assert why in refused(records, "DeviceRequest", codeCodeableConcept=said)


@pytest.mark.parametrize(
    ("system", "code", "wanted"),
    [
        (HCPCS, "72148", ("CPT", "72148")),
        (CPT, "E0601", ("HCPCS", "E0601")),
        ("https://bluebutton.cms.gov/resources/codesystem/hcpcs", "E0601", ("HCPCS", "E0601")),
        ("http://hl7.org/fhir/sid/hcpcs", "E0601", ("HCPCS", "E0601")),
        ("2.16.840.1.113883.6.12", "72148", ("CPT", "72148")),
    ],
)
def test_cpt_and_hcpcs_are_told_apart_by_shape(records, system, code, wanted):
    said = {"codeCodeableConcept": concept((system, code))}
    assert line(records, "DeviceRequest", **said) == wanted


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("urn:oid:2.16.840.1.113883.6.14", "HCPCS"),
        ("http://terminology.hl7.org/CodeSystem/hcpcs-Level-II", "HCPCS"),
        ("https://www.cms.gov/Medicare/Coding/MedHCPCSGenInfo/index.html", "HCPCS"),
        ("http://ama-assn.org/go/cpt/", "CPT"),
        ("CPT", "CPT"),
        ("ICD-10-CM", "ICD-10-CM"),
        ("2.16.840.1.113883.6.90", "ICD-10-CM"),
        ("http://hl7.org/fhir/sid/icd-10-cm|2026", "ICD-10-CM"),
        ("SNOMED CT", "SNOMED"),
        ("http://hospital.example/cpt", "OTHER"),
    ],
)
def test_a_code_system_in_every_usual_spelling(url, name):
    assert codes.system(url) == name


def test_two_codes_for_one_service_are_a_warning_and_the_chosen_one_goes_first(records):
    said = concept((CPT, "72148"), (CPT, "72158"))
    answer = ordered(records, "ServiceRequest", code=said)
    warned = "ServiceRequest/o1: it has several codes a payer takes; the first is used: check it"
    assert warned in answer.chart.manifest.warnings
    assert answer.case.service_lines[0].code == "72148"
    said["coding"][1]["userSelected"] = True
    assert line(records, "ServiceRequest", code=said) == ("CPT", "72158")


def test_a_drugs_ndc_beside_its_hcpcs_code_is_no_second_service(records):
    said = concept((NDC, "00074433902"), (HCPCS, "J0139"))
    answer = ordered(records, "MedicationRequest", medicationCodeableConcept=said)
    assert answer.case.service_lines[0].code == "J0139"
    assert not [one for one in answer.chart.manifest.warnings if "several" in one]


def test_a_drugs_dates_are_those_its_prescription_is_valid_for(records):
    valid = {"validityPeriod": {"start": "2026-12-01", "end": "2027-11-30"}}
    said = {"medicationCodeableConcept": concept((HCPCS, "J0139")), "dispenseRequest": valid}
    (found,) = ordered(records, "MedicationRequest", **said).case.service_lines
    assert (str(found.start), str(found.end)) == ("2026-12-01", "2027-11-30")


def test_drugs_signed_together_are_found_without_a_search_r4_does_not_have(records):
    group = {"groupIdentifier": {"system": "urn:g", "value": "G1"}}
    first = {"medicationCodeableConcept": concept((HCPCS, "J0139")), **group}
    ordered(records, "MedicationRequest", **first)
    one = records.read("MedicationRequest", "o1")
    second = {"medicationReference": {"reference": "Medication/mm"}}
    other = {key: value for key, value in one.items() if not key.startswith("medication")}
    records.put({**other, "id": "o2", **second})
    records.put({"resourceType": "Medication", "id": "mm", "code": concept((HCPCS, "J1745"))})
    answer = fetch("MedicationRequest")
    assert [found.code for found in answer.case.service_lines] == ["J0139", "J1745"]
    assert not [s for s in answer.chart.manifest.searches if "group-identifier" in s.query]
