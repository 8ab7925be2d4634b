"""A part asked again at a second place: one answer, one ask, and words of its own."""

from datetime import date

from nodes.policy.library import read
from nodes.writing.tree import carrying
from tests.nodes.policy_monitor import DIABETES, FILE, answer, glucose, visit
from tests.nodes.policy_world import criterion, note

TWICE = FILE[: FILE.index("criteria:")] + """
criteria:
  id: either
  text: One way or the other
  any:
    - id: strict
      text: The strict way
      all:
        - id: known
          text: Diabetes that is looked after
          all:
            - {id: diabetes, op: code_present, value_set: diabetes, concept: diabetes,
               when_absent: unknown, text: Has diabetes, ask: Problem list,
               cite: [{source: LCD L33822}]}
            - {id: visit, op: encounter_within, window: P6M, about: diabetes,
               value_set: diabetes, when_absent: unknown, text: Seen in six months,
               ask: A visit note, effort: visit, cite: [{source: LCD L33822}]}
        - {id: adult, op: age, at_least: 99, when_absent: unknown, text: Is very old,
           cite: [{source: LCD L33822}]}
    - id: usual
      text: The usual way
      all:
        - {id: known_too, text: Looked after, same_as: known}
        - {id: diabetes_too, text: Diabetes again, same_as: diabetes}
        - {id: low, op: observation_latest, value_set: glucose, cmp: "<", value: "54",
           unit: mg/dL, window: P6M, when_absent: unknown, text: Glucose below 54 mg/dL,
           ask: Glucose values, effort: test, cite: [{source: LCD L33822}]}
"""  # fmt: skip
HELD = read(TWICE)
SHOWN = (DIABETES, glucose(50, date(2026, 11, 1)), visit(date(2026, 10, 1)))


def test_it_has_the_evidence_of_the_first_place():
    found = answer(*SHOWN, held=HELD).assessment
    assert found.status == "met"
    first, again = criterion(found, "diabetes"), criterion(found, "diabetes_too")
    assert (again.evidence, again.reason) == (first.evidence, first.reason)
    whole = criterion(found, "known_too")
    assert {one.fact for one in whole.evidence} == {"Condition/1", "Encounter/1"}
    assert first.reason in whole.reason


def test_it_is_asked_for_once_and_counted_once():
    found = answer(held=HELD).assessment
    assert found.missing_sets == (("diabetes", "visit", "low"),)
    assert [gap.criterion for gap in found.gaps] == ["diabetes", "low", "visit"]
    assert (found.readiness.met, found.readiness.required) == (0, 3)
    found = answer(*SHOWN, held=HELD).assessment
    assert [flip.changes for flip in found.flips] == [("diabetes",), ("visit",), ("low",)]


def test_a_letter_says_it_once():
    listed = [one.id for one in carrying(answer(*SHOWN, held=HELD).assessment.criteria)]
    assert listed == ["known_too", "diabetes_too", "low"]
    strict = TWICE.replace("at_least: 99", "at_least: 18")
    both = answer(*SHOWN, held=read(strict)).assessment
    assert [one.id for one in carrying(both.criteria)] == [
        "diabetes", "visit", "adult", "known_too", "low",
    ]  # fmt: skip


def test_a_conflict_stands_at_both_places():
    texts = note("Type 2 diabetes.", name="a"), note("No diabetes.", name="b")
    found = answer(*texts, held=HELD).assessment
    marked = {one.id for one in found.criteria if one.conflict}
    assert marked == {
        "either", "strict", "known", "diabetes", "usual", "known_too", "diabetes_too",
    }  # fmt: skip
