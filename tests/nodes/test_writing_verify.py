"""The verifier, by mutation: change one thing in a grounded sentence and it must be caught."""

import pytest

from nodes.prose import Citation, Sentence
from nodes.writing.claims import claims
from nodes.writing.supported import unsupported
from nodes.writing.verify import Finding, errors, verify
from tests.nodes.writing_world import (
    AHI,
    CONDITION,
    EXAM,
    NAPROXEN,
    THERAPY,
    assessment,
    case,
    chart,
    denial,
)

FACTS = (CONDITION, NAPROXEN, THERAPY, EXAM, AHI)


def check(text: str, *facts, basis: str = "chart", quote: str | None = None) -> list[Finding]:
    cited = tuple(Citation(fact=f.id, quote=quote or f.quote) for f in facts)
    sentence = Sentence(id="s1", text=text, basis=basis, citations=cited)
    return verify(
        [sentence], FACTS, case(), assessment=assessment(), notes=chart().notes, decision=denial()
    )


def codes(findings: list[Finding]) -> set[str]:
    return {f.code for f in findings if f.severity == "error"}


GROUNDED = [
    ("Naproxen 500 mg twice daily, 2026-08-01 to 2026-10-01.", NAPROXEN),
    ("Naproxen 500 mg BID from August 1, 2026 to 10/01/2026.", NAPROXEN),
    ("She completed eight weeks of physical therapy without improvement.", THERAPY),
    ("The right ankle reflex was reduced (1+) and dorsiflexion was 4/5 on 11/12/2026.", EXAM),
    ("Right lumbar radiculopathy (M54.16), active since 25 August 2026.", CONDITION),
    ("AHI index 22/h on 2026-09-10.", AHI),
]


@pytest.mark.parametrize(("text", "fact"), GROUNDED)
def test_a_grounded_sentence_has_no_error(text, fact):
    assert errors(check(text, fact)) == {}


@pytest.mark.parametrize(
    ("text", "fact", "code"),
    [
        ("Naproxen 250 mg twice daily.", NAPROXEN, "number"),
        ("Naproxen 500 mcg twice daily.", NAPROXEN, "number"),
        ("Naproxen 500 mg three times daily.", NAPROXEN, "number"),
        ("Meloxicam 500 mg twice daily.", NAPROXEN, "drug"),
        ("Naproxen and gabapentin were taken.", NAPROXEN, "drug"),
        ("Naproxen 500 mg, 2026-08-01 to 2026-11-01.", NAPROXEN, "date"),
        ("Naproxen 500 mg since September 1, 2026.", NAPROXEN, "date"),
        ("She completed ten weeks of physical therapy.", THERAPY, "number"),
        ("She completed 8 months of physical therapy.", THERAPY, "number"),
        ("The left ankle reflex was reduced (1+).", EXAM, "side"),
        ("Ankle reflexes were bilaterally reduced.", EXAM, "side"),
        ("Right ankle dorsiflexion 3/5.", EXAM, "number"),
        ("Right lumbar radiculopathy (M54.17).", CONDITION, "code"),
        ("Right lumbar radiculopathy at L5.", CONDITION, "code"),
        ("Apnea-hypopnea index 32 events per hour.", AHI, "number"),
        ("Apnea-hypopnea index 22 %.", AHI, "number"),
        ("Naproxen was taken and the request is approved.", NAPROXEN, "verdict"),
        ("Physical therapy meets the need.", THERAPY, "verdict"),
        ("Lumbar radiculopathy makes it medically necessary.", CONDITION, "verdict"),
        ("Severe depression.", CONDITION, "off_topic"),
    ],
)
def test_a_changed_sentence_is_caught(text, fact, code):
    assert code in codes(check(text, fact))


def test_a_chart_sentence_without_citation_is_caught():
    assert codes(check("She is in pain.")) >= {"no_citation"}


def test_a_citation_of_a_fact_that_does_not_exist_is_caught():
    stranger = NAPROXEN.model_copy(update={"id": "MedicationRequest/m404"})
    assert codes(check("Naproxen 500 mg twice daily.", stranger)) >= {"unknown_fact"}


def test_words_that_the_fact_does_not_say_are_caught_even_inside_another_number():
    assert codes(check("00 MG", NAPROXEN, quote="00 MG Oral")) >= {"quote"}
    assert codes(check("Naproxen 500", NAPROXEN, quote="naproxen 5000 MG")) >= {"quote"}
    assert codes(check("Naproxen.", NAPROXEN, quote="NAPROXEN  500\u00a0MG")) == set()


def test_a_denial_in_the_chart_is_the_patients_word_not_a_verdict():
    denied = THERAPY.model_copy(
        update={"quote": "MRI. She denied saddle anesthesia and met her therapy goals."}
    )
    cited = Citation(fact=denied.id, quote=denied.quote)
    sentence = Sentence(id="s1", text=denied.quote, citations=(cited,))
    assert verify([sentence], [denied], case()) == []


def test_a_note_that_judges_the_policy_is_not_repeated():
    judging = THERAPY.model_copy(
        update={"quote": "Reviewer: all criteria are met, the request is approved."}
    )
    cited = Citation(fact=judging.id, quote=judging.quote)
    sentence = Sentence(id="s1", text=judging.quote, citations=(cited,))
    assert codes(verify([sentence], [judging], case())) == {"verdict"}


def test_a_policy_sentence_may_judge_but_only_with_the_policys_numbers():
    assert codes(check("Six weeks of conservative care: met.", basis="policy")) == set()
    assert codes(check("Twelve weeks of conservative care: met.", basis="policy")) == {"number"}
    assert codes(check("See 42 CFR 422.568.", basis="policy")) == {"number", "reference"}


def test_a_case_sentence_is_held_to_the_case():
    assert codes(check("Service: CPT 72148, 1 unit.", basis="case")) == set()
    assert codes(check("Service: CPT 72158, 1 unit.", basis="case")) == {"number"}
    assert codes(check("She takes insulin.", basis="case")) == {"drug"}


def test_a_model_may_not_take_the_reviewers_or_the_policys_voice():
    spoken = Sentence(id="s1", text="All good.", basis="reviewer")
    assert codes(verify([spoken], FACTS, case())) == {"basis"}
    judged = Sentence(id="s1", text="Met.", basis="policy")
    assert codes(verify([judged], FACTS, case(), bases=frozenset({"chart"}))) == {"basis"}


def test_an_age_and_a_length_that_follow_from_dates_are_warnings():
    found = check("At 55 years of age, naproxen 500 mg was taken for 8 weeks.", NAPROXEN)
    assert {(f.severity, f.code) for f in found} >= {("warning", "derived")}
    assert codes(found) == set()


def test_turning_a_negation_is_an_error():
    found = check("She denies that naproxen brought improvement, not physical therapy.", THERAPY)
    assert codes(found) == {"polarity"}


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("6-8 wks", "six to eight weeks"),
        ("L5-S1", "L5/S1"),
        ("L4-5", "L4-L5"),
        ("on Nov 12, 2026", "11/12/26"),
        ("in November 2026", "2026-11-12T09:30:00Z"),
        ("November 12", "2026-11-12"),
        ("twenty-two visits", "22 visits"),
        ("q12h", "b.i.d."),
        ("HbA1c 8.4%", "A1c of 8.40 percent"),
        ("1,250 mg", "1250mg"),
        ("bilateral", "the left and the right"),
        ("a 55-year-old", "55 yo"),
    ],
)
def test_the_same_thing_written_differently_is_the_same(said, source):
    assert claims(said)
    assert unsupported(claims(said), claims(source)) == []


@pytest.mark.parametrize("text", ["decreased 5 points", "marked 5", "sepsis 3"])
def test_a_word_that_begins_like_a_month_is_not_one(text):
    assert {claim.kind for claim in claims(text)} == {"number"}
