"""The order's side against its own words and its clinician's plan, and what must not stop."""

from datetime import date

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.chart import Note
from nodes.fhir import lateral, orders, plans, sides

TODAY = date(2026, 11, 20)
SNOMED, ICD = "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"


def concept(code=None, system=SNOMED, text=None):
    coded = {"coding": [{"system": system, "code": code}]} if code else {}
    return {**coded, **({"text": text} if text else {})}


def order(**more):
    return {
        "resourceType": "ServiceRequest",
        "code": {"text": "Total knee arthroplasty"},
        "bodySite": [{"text": "Right knee"}],
        **more,
    }


def stops(said):
    return [stop.code for stop in sides.against_reasons(said, [])]


@pytest.mark.parametrize(
    "more",
    [
        {"note": [{"text": "LEFT knee replacement"}]},
        {"note": [{"text": "Left TKA, please call her"}]},
        {"note": [{"text": "left side only"}]},
        {"orderDetail": [{"text": "Left"}]},
        {"orderDetail": [concept("7771000")]},
        {"orderDetail": [concept("LT", HCPCS)]},
        {"code": {"text": "Total arthroplasty of left knee"}},
        {"bodySite": [concept("6757004")], "orderDetail": [concept("7771000")]},
        {"bodySite": [concept("6757004")], "reasonCode": [concept("M17.12", ICD)]},
        {"bodySite": [concept("72696002:272741003=24028007")], "note": [{"text": "left knee"}]},
        {"bodySite": [{"text": "Knee"}, concept("24028007")], "note": [{"text": "left knee"}]},
    ],
)
def test_an_order_that_contradicts_itself(more):
    assert "laterality_mismatch" in stops(order(**more))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"note": [{"text": "s/p left TKA 2019, now right knee"}]},
        {"note": [{"text": "Had left TKA in 2019."}]},
        {"note": [{"text": "Left knee normal. Weakness of left leg, cane in left hand."}]},
        {"note": [{"text": "Patient is left handed"}]},
        {"note": [{"text": "Left knee will be done next year"}]},
        {"note": [{"text": "Compare with left knee"}]},
        {"note": [{"text": "both knees"}]},
        {"orderDetail": [{"text": "Left hip precautions"}]},
        {"bodySite": [{"text": "Both knees"}], "reasonCode": [concept(text="Knee pain")]},
        {"orderDetail": [concept("RT", HCPCS)]},
        {"bodySite": [concept("6757004")], "reasonCode": [concept("M17.11", ICD)]},
        {"bodySite": [concept("6757004")], "reasonCode": [concept("M17.0", ICD)]},
        {"bodySite": [concept("99999999")], "reasonCode": [concept("M17.12", ICD)]},
        {"code": {"text": "Left heart catheterization"}, "bodySite": [{"text": "Right wrist"}]},
        {
            "bodySite": [{"text": "Left knee"}, {"text": "Right knee"}],
            "note": [{"text": "left knee"}],
        },
    ],
)
def test_an_order_that_does_not(more):
    assert stops(order(**more)) == []


@pytest.mark.parametrize(
    ("site", "side"),
    [
        (concept("82169009"), "left"),
        (concept("51440002"), "bilateral"),
        (concept("72696002 |Knee| : 272741003 |Laterality| = 7771000 |Left|"), "left"),
        (concept("82169009", "http://example.org/local"), None),
        ([concept("82169009"), concept("6757004")], "bilateral"),
        (concept(text="Knee"), None),
    ],
)
def test_the_side_of_a_body_site(site, side):
    assert lateral.of(site) == side
    assert orders.laterality({"bodySite": site}) == side


def note(text, written=date(2026, 11, 10), author=None, name="1"):
    id_ = f"DocumentReference/{name}"
    return Note(id=id_, title="Visit", written=written, text=text, author=author)


def planned(*notes, side="right", display="Total knee arthroplasty", about="Knee osteoarthritis"):
    line = ServiceLine(system="CPT", code="27447", display=display, laterality=side)
    return [stop.code for stop in plans.against_plan([line], about, notes, "Osei", TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "Right knee pain.\nPlan: left total knee arthroplasty",
        "PLAN\nLeft TKA. Return in two weeks.",
        "Assessment and Plan:\n1. Proceed with knee replacement, left",
        "We will schedule left total knee replacement. Right knee stable.",
        "Requesting prior authorization for left TKA.",
    ],
)
def test_a_plan_for_the_other_side_stops(text):
    assert planned(note(text)) == ["laterality_mismatch"]
    assert planned(note(text, author="Dan Osei, MD")) == ["laterality_mismatch"]
    assert planned(note(text), side="left") == []


@pytest.mark.parametrize(
    "notes",
    [
        [note("Plan: right total knee arthroplasty")],
        [note("Plan: s/p left TKA 2019, now right knee arthroplasty")],
        [note("Plan: s/p left TKA 2019. Knee arthroplasty now.")],
        [note("Plan: left and right TKA, staged")],
        [note("Plan: left TKA, then right TKA")],
        [note("Plan: left knee injection today. MRI of the left knee.")],
        [note("Plan: no left TKA for now")],
        [note("Plan: consider left TKA")],
        [note("Plan: left total hip arthroplasty")],
        [note("Plan: total knee arthroplasty")],
        [note("HPI: left knee replacement went well.")],
        [note("Past Surgical History: left total knee arthroplasty")],
        [note("Plan: left TKA", date(2026, 5, 1))],
        [note("Plan: left TKA", author="Ann Smith")],
        [
            note("Plan: left TKA", date(2026, 9, 1), name="old"),
            note("Plan: right TKA", date(2026, 11, 1), name="new"),
        ],
        [
            note("Plan: left TKA", date(2026, 9, 1), name="old"),
            note("Plan: TKA", date(2026, 11, 1), name="new"),
        ],
    ],
)
def test_a_plan_that_does_not(notes):
    assert planned(*notes) == []


def test_without_side_part_or_kind_there_is_nothing_to_compare():
    left = note("Plan: left total knee arthroplasty")
    assert planned(left, side=None) == []
    assert planned(left, display="Surgery", about="Pain") == []
    mri = ServiceLine(system="CPT", code="73721", display="MRI knee", laterality="right")
    assert not list(plans.against_plan([mri], "Knee pain", [left], None, TODAY))


@pytest.mark.parametrize(
    ("codes", "stated", "side"),
    [
        (["M17.11"], None, "right"),
        (["M17.11", "E11.9"], None, "right"),
        (["M17.11", "M17.12"], None, None),
        (["M17.9"], None, None),
        (["M17.11"], "left", "left"),
    ],
)
def test_a_service_without_a_side_has_its_diagnoses(codes, stated, side):
    line = ServiceLine(system="CPT", code="27447", laterality=stated)
    found = sides.by_diagnosis([line], [Diagnosis(code=code) for code in codes])
    assert [one.laterality for one in found] == [side]
