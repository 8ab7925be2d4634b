"""Which notes are kept: as clinicians write them, none as a repeat of another, little else."""

import base64
from datetime import date, timedelta

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.fhir import asked, shelf
from nodes.fhir.found import Found
from nodes.fhir.keeping import Keeping
from nodes.fhir.need import Need
from nodes.fhir.relevance import shipped

TABLE, _ = shipped()
TODAY = date(2026, 11, 20)
ORDERS = {
    "spine": ("CPT", "72148", "M54.16"),
    "oxygen": ("HCPCS", "E1390", "J44.9"),
    "glucose": ("HCPCS", "E2103", "E11.65"),
    "sleep": ("HCPCS", "E0601", "G47.33"),
    "knee": ("CPT", "27447", "M17.11"),
    "chair": ("HCPCS", "K0823", "G35"),
    "genes": ("CPT", "81162", "Z80.3"),
    "biologic": ("HCPCS", "J0139", "M05.79"),
}


class Nowhere:
    """An EHR that holds nothing but what is handed over."""

    base_url = "https://ehr.test/fhir"

    def read(self, reference):
        return None


def note(id_, text, day=TODAY - timedelta(days=30), **more):
    data = base64.b64encode(text.encode()).decode()
    attachment = {"contentType": "text/plain", "data": data}
    return {
        "resourceType": "DocumentReference",
        "id": id_,
        "status": "current",
        "type": {"text": "Progress note"},
        "date": f"{day.isoformat()}T09:00:00Z",
        "content": [{"attachment": attachment}],
        **more,
    }


def need(order="spine", **more):
    system, code, diagnosis = ORDERS[order]
    line = ServiceLine(system=system, code=code)
    return Need(TABLE, asked.family(TABLE, [line], [Diagnosis(code=diagnosis)]), TODAY, **more)


def kept(wanted, *notes, needed=()):
    keeping, found = Keeping(wanted, dict.fromkeys(needed, "needed"), Nowhere()), Found("x")
    for one in notes:
        keeping.consider(found, f"DocumentReference/{one['id']}", one)
    keeping.settle()
    return set(keeping.notes), found


def filler(count):
    """Notes of another year's half that make the chart large."""
    long = "Back pain follow-up. " + "Stable. " * 900
    return [note(f"f{i}", f"{long}{i}", TODAY - timedelta(days=60 + i)) for i in range(count)]


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("spine", "CC: LBP radiating to R leg x 3 months. Weakness 4/5 EHL."),
        ("spine", "PT visit 12/12. Pt reports 7/10 pain. SLR + L. ODI 46."),
        ("spine", "Urinary retention and saddle numbness since yesterday."),
        ("spine", "HEP done daily for seven weeks"),
        ("oxygen", "RA sat at rest 86%. Ambulated: desat to 82%."),
        ("oxygen", "ABG: pH 7.38 pCO2 48 pO2 54."),
        ("oxygen", "ECHO: RVSP 60 mmHg"),
        ("glucose", "EMS called: found unresponsive, FSBG 31, D50 given."),
        ("glucose", "takes Tresiba and Fiasp"),
        ("sleep", "Download: usage 92% days >=4h."),
        ("sleep", "HSAT: AHI 22."),
        ("knee", "Bone on bone medial compartment."),
        ("knee", "Orthovisc x3 no relief."),
        ("chair", "OT eval: needs PWC for toileting in home."),
        ("genes", "Family hx: father pancreatic cancer, brother prostate ca."),
        ("biologic", "Enbrel x 6 mo secondary failure."),
        ("biologic", "Morning stiffness 2h, synovitis MCPs."),
    ],
)
def test_a_note_in_the_clinicians_own_words_is_kept_however_many_there_are(order, text):
    found = need(order).why(reading(note("n", text)), text)
    assert found


def reading(resource):
    from nodes.fhir import facts

    (one,) = facts.readings(resource)
    return one


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("spine", "Seborrheic keratosis on the back. Benign."),
        ("spine", "Fall from ladder, contusion of forearm."),
        ("oxygen", "PAP smear normal. Contraception discussed."),
        ("knee", "Sertraline increased for depression."),
        ("chair", "No complaints. Routine visit."),
    ],
)
def test_a_note_about_something_else_is_left_out_and_named(order, text):
    notes, found = kept(need(order), note("n", text))
    assert notes == set()
    assert [(s.what, s.reason) for s in found.skipped] == [
        ("DocumentReference/n", "not_about_service")
    ]


def test_notes_of_one_title_are_no_repeats_of_one_another():
    texts = [f"PT visit {i}/24. Back pain {9 - i // 3}/10." for i in range(24)]
    notes = [note(f"n{i}", t, TODAY - timedelta(days=7 * i)) for i, t in enumerate(texts)]
    assert len(kept(need(), *notes)[0]) == 24


def test_the_same_text_of_another_day_is_another_visit():
    notes = [note(f"n{i}", "PT visit. Back pain.", TODAY - timedelta(days=i)) for i in range(12)]
    assert len(kept(need(), *notes)[0]) == 12


def test_a_text_filed_twice_on_a_day_is_kept_once_and_told():
    notes, found = kept(need(), note("a", "Back pain."), note("b", "Back  pain.\n"))
    assert notes == {"DocumentReference/a"}
    assert [(s.what, s.reason) for s in found.skipped] == [("DocumentReference/b", "same_text")]


def test_what_is_more_than_a_chart_holds_is_lost_and_named():
    size = shelf.MOST // 3
    days = [TODAY - timedelta(days=i) for i in range(4)]
    notes = [note(f"n{i}", f"Back pain {i} " + "x" * size, day) for i, day in enumerate(days)]
    names, found = kept(need(), *notes)
    assert names == {"DocumentReference/n0", "DocumentReference/n1"}
    assert {s.what for s in found.skipped if s.reason == "too_much"} == {
        "DocumentReference/n2",
        "DocumentReference/n3",
    }
    assert found.lost


def test_a_note_no_rule_knows_is_kept_only_where_notes_are_few():
    unknown = note("n", "Seen again; no better. Wants the scan.")
    assert kept(need(), unknown)[0] == {"DocumentReference/n"}
    names, found = kept(need(), unknown, *filler(6))
    assert "DocumentReference/n" not in names
    assert ("DocumentReference/n", "not_about_service") in {
        (s.what, s.reason) for s in found.skipped
    }


@pytest.mark.parametrize(
    "more",
    [
        {"context": {"encounter": [{"reference": "Encounter/e1"}]}},
        {"author": [{"reference": "Practitioner/d1"}]},
        {"context": {"practiceSetting": {"text": "Neurosurgery"}}},
    ],
)
def test_a_note_of_the_visit_the_clinician_or_the_specialty_is_kept_among_many(more):
    wanted = need(clinicians=frozenset({"Practitioner/d1"}))
    unknown = note("n", "Seen again; no better. Wants the scan.", **more)
    names, _ = kept(wanted, unknown, *filler(6), needed=["Encounter/e1"])
    assert "DocumentReference/n" in names


@pytest.mark.parametrize("text", ["Hearing aids fitted.", "He has no pain", "a mad dash", "Ca 9.2"])
def test_words_that_look_like_abbreviations_are_none(text):
    said = {name for name, matter in TABLE.matters.items() if matter.found_in(text)}
    assert said <= {"throat"}


def test_a_practices_name_in_the_letterhead_is_not_what_a_note_is_about():
    text = "RIVER SPINE CENTER\nPatient: A B   DOB: 01/01/1970\n\nHPI: Hay fever as every spring."
    assert need("chair").elsewhere(text)
    assert not need("chair").elsewhere(text.replace("Hay fever as every spring", "Uses a cane"))
