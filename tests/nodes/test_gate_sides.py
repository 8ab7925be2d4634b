"""Left or right: only a clear contradiction stops."""

from datetime import date

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.chart import Coding, Fact, Note
from nodes.fhir import sides

TODAY = date(2026, 11, 20)
RECENT = date(2026, 11, 1)
OLD = date(2026, 1, 10)


def knee(side="left"):
    return [ServiceLine(system="CPT", code="73721", display="MRI knee", laterality=side)]


def fact(quote, kind="condition", **more):
    told = {"status": "active"} if kind == "condition" else {"start": RECENT}
    return Fact(id=f"{kind.title()}/1", kind=kind, quote=quote, why="test", **{**told, **more})


def note(text, written=RECENT):
    return Note(id="DocumentReference/1", title="Visit", written=written, text=text)


def stopped(facts=(), notes=(), lines=None):
    found = list(sides.against_chart(lines or knee(), "knee pain", facts, notes, TODAY))
    assert all(stop.code == "laterality_mismatch" for stop in found)
    return bool(found)


CODED = (Coding(system="ICD-10-CM", code="M25.561"),)


@pytest.mark.parametrize(
    ("facts", "notes"),
    [
        ([fact("Pain in right knee")], []),
        ([fact("Pain in knee", codes=CODED)], []),
        ([fact("Pain in knee", body_site="Right knee")], []),
        ([fact("XR knee right, 3 views: effusion", kind="report")], []),
        ([], [note("Right knee pain for 3 months. Exam: right knee effusion.")]),
        ([], [note("Assessment: internal derangement, knee, right. MRI of the right knee.")]),
    ],
)
def test_a_chart_that_knows_the_other_side_only_stops(facts, notes):
    assert stopped(facts, notes)


@pytest.mark.parametrize(
    ("facts", "notes"),
    [
        ([], []),
        ([fact("Pain in right knee"), fact("Left knee effusion", kind="report")], []),
        ([fact("Pain in right knee")], [note("Left knee pain since the fall.")]),
        ([fact("Pain in both knees"), fact("Right knee effusion", kind="report")], []),
        ([fact("Pain in right knee", status="resolved")], []),
        ([fact("Pain in right hip")], []),
        ([fact("Arthroscopy of right knee", kind="procedure")], []),
        ([fact("XR right knee", kind="report", start=OLD)], []),
        ([], [note("Right knee pain. Right knee swollen.", OLD)]),
        ([], [note("Pain in the knee. Reflexes: right knee reflex 2+, right knee jerk brisk.")]),
        ([], [note("Crepitus of right knee.")]),
        (
            [],
            [note("Past Surgical History:\nright knee scope\nright knee repair\n\nPlan: MRI knee")],
        ),
    ],
)
def test_what_is_no_clear_contradiction_goes_on(facts, notes):
    assert not stopped(facts, notes)


def test_without_a_side_or_a_part_there_is_nothing_to_compare():
    assert not stopped([fact("Pain in right knee")], lines=knee(None))
    spine = [ServiceLine(system="CPT", code="72148", display="MRI spine", laterality="left")]
    found = sides.against_chart(spine, "back pain", [fact("Pain in right knee")], [], TODAY)
    assert not list(found)


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("M25.561", "right"), ("M25562", "left"), ("S83.212A", "left"), ("M17.11", "right"),
        ("M16.12", "left"), ("M17.0", None), ("M54.16", None), ("M51.361", None),
        ("M75.101", "right"), ("S72.141A", "right"), ("E11.621", None), ("M25.569", None),
        ("C50.911", None),
    ],
)  # fmt: skip
def test_sides_of_codes(code, side):
    assert sides.by_code(code) == side


def test_a_stated_service_and_its_diagnosis_agree():
    right = [Diagnosis(code="M25.561")]
    assert not list(sides.against_diagnoses(knee("right"), right))
    assert list(sides.against_diagnoses(knee("left"), right))
    assert not list(sides.against_diagnoses(knee("left"), [*right, Diagnosis(code="M25.562")]))
