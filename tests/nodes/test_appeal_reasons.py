"""Each kind of reason has its own answer, at each level: what can be said, and what cannot."""

from datetime import date

import pytest

from nodes.chart import Fact
from nodes.draft_appeal import DraftAppealRequest, DraftAppealResponse, draft_appeal
from nodes.notice import Earlier, Step, WhereTo
from nodes.writing.appeal import required
from nodes.writing.record_sentences import of_record
from tests.nodes.notices import notice, said
from tests.nodes.writing_world import (
    CONDITION,
    EXAM,
    LIPIDS,
    NAPROXEN,
    assessment,
    case,
    chart,
    denial,
    evidence,
    leaf,
)

EARLIER = (
    Earlier(
        level="request", decided=date(2026, 11, 1), who="the plan", words=("No therapy notes.",)
    ),
    Earlier(level="first", decided=date(2026, 11, 15), reference="APL-9", words=("Upheld.",)),
)


def appeal(*causes, stage: str = "first", **changes) -> DraftAppealResponse:
    known = {"case": case(), "chart": chart(), "assessment": assessment(), "denial": denial()}
    read = changes.pop("notice", notice(*causes))
    return draft_appeal(
        DraftAppealRequest(**known | changes, notice=read, level=stage, as_of=date(2026, 11, 20))
    )


def section(answer: DraftAppealResponse, title: str) -> list[str]:
    return [s.text for one in answer.letter.sections if one.title == title for s in one.sentences]


ANSWER = "Answer to the reason given"


def test_what_is_missing_is_answered_item_by_item_with_its_enclosure():
    answer = appeal(("missing_information", "Physical therapy notes and an x-ray report."))
    told = section(answer, ANSWER)
    lead = (
        'You asked for "Physical therapy notes": the therapist\'s own notes are not in the record'
    )
    assert told[0].startswith(lead)
    assert "She completed 8 weeks" in told[0]
    assert told[1] == (
        'You asked for "an x-ray report": not found in the record read for this answer; it is not'
        " claimed."
    )
    assert "(Encl. 1)" in answer.letter.text


def test_a_step_is_answered_drug_by_drug_and_no_trial_is_made_up():
    answer = appeal(("step_therapy", "Trial of naproxen and methotrexate is required first."))
    told = section(answer, ANSWER)
    assert told[0].startswith("Methotrexate: the record read for this letter shows no trial")
    assert any("500 MG" in text and "2026-08-01 to 2026-10-01" in text for text in told)
    assert any("without improvement" in text for text in told)


@pytest.mark.parametrize(
    ("category", "words", "told"),
    [
        ("experimental", "The service is investigational.", "This letter cites no study"),
        ("not_covered", "Excluded by the plan.", "stands in the plan's own contract"),
        ("benefit_limit", "The benefit maximum is reached.", "send the provision applied"),
        ("level_of_care", "Inpatient level not needed.", "we do not claim it"),
        ("site_of_service", "Hospital setting not needed.", "says nothing of why another setting"),
        ("out_of_network", "The facility is out of network.", "name one who can, and by when"),
        ("timeliness", "The request was late.", "The order was written on 2026-11-16"),
        ("coding", "The code does not fit.", "Diagnoses of the request: M54.16"),
        ("duplicate", "Duplicate of a request.", "Our number of this request is PA-1."),
        ("eligibility", "Not eligible on the day.", "name the entry in your files"),
    ],
)
def test_each_kind_says_what_can_be_said_and_what_cannot(category, words, told):
    answer = appeal((category, words))
    assert told in " ".join(section(answer, ANSWER))
    assert f'In your words: "{words}"' in section(answer, "Your decision")
    assert answer.omissions == ()


def test_two_reasons_are_both_answered():
    answer = appeal(
        ("medical_necessity", "Six weeks of conservative care not documented."),
        ("coding", "The diagnosis does not fit."),
    )
    told = " ".join(section(answer, ANSWER))
    assert "8 weeks of physical therapy" in told and "Diagnoses of the request" in told


def test_the_letter_goes_where_the_notice_says_and_until_when():
    answer = appeal()
    text = " ".join(answer.letter.text.split())
    assert "Sandbox Health Plan Appeals P.O. Box 410, Dayton, OH 45401" in text
    assert "Sent: by fax to 937-555-0188, by mail to the address above" in text
    assert "Due: 2027-05-18 (within 180 days of the notice (29 CFR 2560.503-1(h)(3)(i)))" in text
    assert "[Address or fax" not in text
    assert any(s.startswith("Check the deadline in the notice") for s in answer.before_sending)


def test_a_second_level_tells_the_history_and_what_is_new_since():
    answer = appeal(stage="second", earlier=EARLIER)
    assert section(answer, "Appeal")[0].startswith("This is an appeal at the second level")
    assert section(answer, "History of decisions") == [
        'The request was decided on 2026-11-01 by the plan. The reason in its words: "No therapy'
        ' notes."',
        "The first-level appeal was decided on 2026-11-15, reference APL-9. The reason in its"
        ' words: "Upheld."',
    ]
    new = section(answer, "What is new since then")
    assert new and all("2026-11-12" in text for text in new)


def test_a_later_level_says_so_when_nothing_is_new():
    answer = appeal(stage="second", earlier=(EARLIER[1],))
    assert section(answer, "What is new since then") == [
        "The record cited here has nothing dated after 2026-11-15."
    ]
    assert any(
        step.startswith("Add what was decided before")
        for step in appeal(stage="second").before_sending
    )


def test_an_external_review_speaks_to_the_reviewer_and_not_to_the_plan():
    read = notice(
        steps=(
            Step(level="external", who="Independent Review Org", due=date(2027, 3, 19), rule="r"),
        ),
        contacts=(
            WhereTo(purpose="external_review", lines=("Review Office",), said=said("Review")),
        ),
    )
    answer = appeal(stage="external", earlier=EARLIER, notice=read)
    text = answer.letter.text
    assert answer.letter.to == ("Review Office",)
    assert "To the independent reviewer:" in text
    assert "decision of Sandbox Health Plan" in text
    assert "Please reverse the plan's decision on CPT 72148" in text
    asks = " ".join(section(answer, "What we ask"))
    assert (
        "independently of the plan's decisions" in asks and "authorization of the patient" in asks
    )
    for title in ("Your decision",):
        assert not section(answer, title)


def test_a_fact_that_no_reason_and_no_diagnosis_asks_for_is_not_sent():
    answer = appeal(chart=chart(CONDITION, NAPROXEN, LIPIDS))
    assert "Hyperlipidemia" not in answer.letter.text


def test_a_letter_that_lost_its_opening_or_its_request_gets_the_plainest_one():
    whole = appeal().letter.sections
    assert required(whole) == whole
    opening, asked = required(())
    assert opening.text == "We appeal the decision on the request named above."
    assert asked.text == "Please reverse the decision."
    mended = required(whole[1:-1])
    assert [part.title for part in mended] == [part.title for part in whole]


@pytest.mark.parametrize(
    "category",
    [
        "eligibility",
        "duplicate",
        "coordination_of_benefits",
        "provider",
        "timeliness",
        "coding",
        "authorization_missing",
    ],
)
def test_a_reason_that_is_not_clinical_sends_nothing_clinical(category):
    answer = appeal((category, "Not on file."))
    titles = {one.title for one in answer.letter.sections}
    assert not titles & {
        "The policy, criterion by criterion",
        "Further clinical record",
        "What this letter does not claim",
        "The order",
    }
    text = " ".join(answer.letter.text.split())
    assert "physician of the ordering specialty" not in text
    assert "physical therapy" not in text
    assert answer.omissions == ()


@pytest.mark.parametrize(
    "words", ["Not medically necessary.", "The request does not meet our criteria."]
)
def test_a_reason_without_detail_is_answered_by_the_whole_policy(words):
    (first, *_) = section(appeal(("medical_necessity", words)), ANSWER)
    assert "answered by the whole of the policy" in first


def test_a_deficit_by_another_name_finds_its_criterion():
    sign = leaf("sign", "Weakness or a changed reflex found on examination", "met", evidence(EXAM))
    answer = appeal(
        ("medical_necessity", "No documentation of a focal neurological deficit."),
        assessment=assessment(sign),
    )
    assert section(answer, ANSWER)[0].startswith("Weakness or a changed reflex")


def test_another_text_and_interval_are_said_openly():
    told = notice(
        ("medical_necessity", "Six months of conservative care not documented."),
        criterion="Imaging Policy SBX-IMG-12",
    )
    answer = appeal(notice=told)
    lines = " ".join(section(answer, ANSWER))
    assert 'cites "Imaging Policy SBX-IMG-12", which was not at hand here' in lines
    assert 'speaks of "six months"' in lines
    assert any("SBX-IMG-12" in step for step in answer.before_sending)


def test_of_two_addresses_none_is_chosen():
    told = notice()
    first = next(one for one in told.contacts if one.purpose == "appeal")
    other = first.model_copy(update={"lines": ("Another Unit", "P.O. Box 9, Elsewhere, OH 45000")})
    answer = appeal(notice=told.model_copy(update={"contacts": (*told.contacts, other)}))
    assert "[Address or fax for appeals" in answer.letter.text
    assert "Elsewhere" not in answer.letter.text
    assert any("more than one address" in step for step in answer.before_sending)


def test_a_count_from_receipt_is_said():
    told = notice()
    late = tuple(
        one.model_copy(
            update={"counted_from": date(2026, 11, 21), "rule": "180 days from denial (rule)"}
        )
        if one.level == "first"
        else one
        for one in told.steps
    )
    answer = appeal(notice=told.model_copy(update={"steps": late}))
    assert "180 days from receipt on 2026-11-21" in " ".join(answer.letter.text.split())


def test_a_step_by_class_says_which_was_tried_and_what_is_lacking():
    answer = appeal(
        ("step_therapy", "Trial of two formulary NSAIDs is required."),
        chart=chart(CONDITION, NAPROXEN),
    )
    lines = section(answer, ANSWER)
    assert any("aproxen" in line for line in lines)
    assert (
        "The reason asks for two NSAIDs: the record read for this letter has naproxen; no further"
        " drug of this class is in it, and we do not claim one."
    ) in lines


def test_an_entry_of_the_record_is_a_sentence():
    told = of_record(
        Fact(
            id="Procedure/p",
            kind="procedure",
            quote="MRI of the brain; completed; 2026-06-18; for Headache",
            status="completed",
            start=date(2026, 6, 18),
            why="asked",
        )
    )
    assert told == "MRI of the brain was done on 2026-06-18, for Headache."


def test_an_entry_that_was_not_completed_stays_as_it_is():
    left = Fact(
        id="Procedure/p",
        kind="procedure",
        quote="MRI of the brain; not-done; 2026-06-18",
        status="not-done",
        start=date(2026, 6, 18),
        why="asked",
    )
    assert of_record(left) is None


def test_an_external_review_is_never_sent_to_the_plans_own_appeals_desk():
    answer = appeal(stage="external", earlier=EARLIER, notice=notice())
    assert "P.O. Box 410" not in " ".join(answer.letter.to)
    assert "937-555-0188" not in answer.letter.text
    assert any("the reviewing body's address" in step for step in answer.before_sending)
