"""The appeal: it answers what the payer said, cites what exists, and claims nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from nodes.assessment import Gap
from nodes.case import Provider, ServiceLine
from nodes.decision import Decision, Reason
from nodes.draft_appeal import DraftAppealRequest, DraftAppealResponse, draft_appeal
from nodes.errors import Refused
from tests.nodes.writing_world import (
    CONDITION,
    EXAM,
    THERAPY,
    assessment,
    case,
    chart,
    denial,
    evidence,
    leaf,
)

ANSWER = "Answer to the reason given"


def appeal(decision: Decision | None = None, **changes) -> DraftAppealResponse:
    request = DraftAppealRequest(
        case=changes.pop("case", case()),
        chart=changes.pop("chart", chart()),
        assessment=changes.pop("assessment", assessment()),
        denial=decision or denial(),
        as_of=date(2026, 11, 20),
        **changes,
    )
    return draft_appeal(request)


def section(answer: DraftAppealResponse, title: str) -> list[str]:
    return [s.text for one in answer.letter.sections if one.title == title for s in one.sentences]


def test_the_denial_is_told_in_the_payers_words():
    assert section(appeal(), "Your decision") == [
        "Your notice gives reason code 0F (not shown as needed).",
        'In your words: "Six weeks of conservative care not documented."',
    ]


def test_the_reason_given_is_answered_before_the_other_criteria():
    answer = appeal()
    (first,) = section(answer, "Answer to the reason given")
    assert first.startswith("Six weeks of conservative care. The record shows: ")
    assert "8 weeks of physical therapy" in first
    others = section(answer, "The policy, criterion by criterion")
    assert [text.split(".")[0] for text in others[1:]] == ["Signs of radiculopathy"]


def test_a_reason_that_no_criterion_covers_is_not_talked_around():
    other = denial(messages=("Out-of-network imaging facility in another county.",))
    (text,) = section(appeal(other), "Answer to the reason given")
    assert text == (
        "The policy applied here has no criterion in the words of this reason; its criteria are"
        " answered below one by one. Please name the clause that the reason rests on."
    )


def test_a_reason_without_a_criterion_is_answered_by_all_of_them():
    (*_, text) = section(appeal(denial(messages=("Medically necessary: no.",))), ANSWER)
    assert text == (
        "The reason names no single criterion, so it is answered by the whole of the policy"
        " applied here, criterion by criterion below: each criterion that carries it is met."
    )


def test_a_records_entry_is_told_as_an_entry():
    asked = denial(messages=("Naproxen tablet not tried.",))
    lines = section(appeal(asked), ANSWER)
    assert any(line.startswith('The record lists: "') and "aproxen" in line for line in lines)


def test_the_orders_own_reason_and_facts_that_speak_of_it_answer_too():
    asked = case()
    asked = asked.model_copy(
        update={"order": asked.order.model_copy(update={"reason": "New ankle weakness."})}
    )
    said = denial(messages=("No abnormal ankle reflex or dorsiflexion weakness described.",))
    held = assessment(leaf("care", "Six weeks of conservative care", "met", evidence(THERAPY)))
    answer = appeal(said, case=asked, assessment=held)
    assert "right ankle dorsiflexion 4/5" in " ".join(section(answer, ANSWER))
    assert section(answer, "The order") == [
        "The order gives this reason in its own words, which stand here unchecked: "
        '"New ankle weakness."'
    ]


@pytest.mark.parametrize(
    "words",
    [
        "per Smith et al., NEJM 2019;380:11",
        "as the NASS guideline recommends",
        "Chou 2009, Ann Intern Med",
        "ACR rating 9",
        "LCD L99999",
        "per InterQual 2026",
        "www.example.org/x",
        "according to Choosing Wisely",
        "the Cleveland protocol (2018)",
        "a Cochrane review",
        "per Deyo and Weinstein (2001)",
        "the SPORT trial",
        "the CMS manual, chapter 13",
        "the patient completed 12 weeks of physical therapy",
    ],
)
def test_what_the_order_calls_on_unchecked_is_left_out_and_listed(words):
    asked = case()
    reason = f"New ankle weakness. Needed, {words}."
    asked = asked.model_copy(update={"order": asked.order.model_copy(update={"reason": reason})})
    answer = appeal(case=asked)
    assert words not in " ".join(answer.letter.text.split())
    assert "New ankle weakness." in section(answer, "The order")[0]
    assert any("order's reason" in one.what for one in answer.omissions)


def test_the_policy_is_cited_as_assessed_and_nothing_else_is():
    answer = appeal()
    assert section(answer, "The policy, criterion by criterion")[0] == (
        "Policy applied: Lumbar spine MRI, version 2026-01-01.1 (Sandbox Health Plan RAD-12,"
        " revision 3, section 2), in force from 2026-01-01."
    )
    assert not {"CFR", "ERISA", "statute", "literature"} & set(answer.letter.text.split())


def test_a_clause_of_another_text_is_not_cited_beside_the_policy():
    cited = leaf("care", "Six weeks of conservative care", "met", evidence(THERAPY)).model_copy(
        update={"citation": "RAD-12 section 2; eviCore SP-1 (6 weeks; unverified)"}
    )
    answer = appeal(assessment=assessment(cited))
    assert "Six weeks of conservative care (RAD-12 section 2). The record" in " ".join(
        answer.letter.text.split()
    )
    assert "eviCore" not in answer.letter.text
    assert any(step.startswith("A clause is marked unverified") for step in answer.before_sending)


def test_an_open_criterion_is_named_and_not_claimed():
    gap = Gap(criterion="care", kind="absent", ask="Physical therapy notes")
    held = assessment(
        leaf("root", "Signs of radiculopathy", "met", evidence(CONDITION)),
        leaf("care", "Six weeks of conservative care", "unknown"),
        gaps=(gap,),
    )
    answer = appeal(assessment=held)
    assert section(answer, "What this letter does not claim") == [
        "Six weeks of conservative care: not found in the record; we do not claim it."
    ]
    assert not section(answer, "Answer to the reason given")[0].startswith("Six weeks")
    assert any(step.startswith("Open criterion: Six weeks") for step in answer.before_sending)


def test_a_criterion_that_the_record_contradicts_is_not_claimed():
    held = assessment(
        leaf("root", "Signs of radiculopathy", "met", evidence(CONDITION)),
        leaf("care", "Six weeks of conservative care", "not_met", evidence(THERAPY, "against")),
    )
    assert section(appeal(assessment=held), "What this letter does not claim") == [
        "Six weeks of conservative care: the record says otherwise; we do not claim it."
    ]


def test_the_letter_is_addressed_dated_and_unsigned():
    text = appeal().letter.text
    assert text.startswith("Daniel Osei\n\nNovember 20, 2026\n\nSandbox Health Plan\n")
    assert "Re:        Appeal of denial, CPT 72148" in text
    assert "______________________________    Date: ______________\nDaniel Osei" in text


def test_each_cited_source_is_an_enclosure_and_sentences_carry_its_number():
    letter = appeal().letter
    assert letter.enclosures == (
        "Spine clinic follow-up, 2026-11-12, Daniel Osei, DO",
        "Extract of the electronic record: the entries cited in this letter",
    )
    assert "(Encl. 1, 2)" in letter.text
    assert "  2. Extract of the electronic record" in letter.text


def test_a_date_or_number_is_never_broken_over_two_lines():
    assert not any(line.endswith("-") for line in appeal().letter.text.splitlines())


def test_a_partial_certification_is_appealed_for_the_rest():
    device = ServiceLine(system="HCPCS", code="E0601", quantity=13, unit="month")
    decision = denial(
        outcome="modified",
        procedure="E0601",
        quantity=Decimal("3"),
        unit="month",
        authorization_number="AUTH3",
        messages=(),
    )
    answer = appeal(decision, case=case(service_lines=(device,)))
    assert section(answer, "Appeal") == [
        "We appeal your decision of 2026-11-19 to certify only in part this service for Ada Moss:"
        " HCPCS E0601, 13 months, for M54.16. You certified 3 months; 13 months were requested."
    ]
    assert "Reference: AUTH3" in answer.letter.text


@pytest.mark.parametrize("outcome", ["certified", "pended", "rejected", "unknown", "cancelled"])
def test_there_is_nothing_to_appeal_without_a_denial(outcome):
    with pytest.raises(Refused, match="nothing to appeal"):
        appeal(denial(outcome=outcome))


def test_a_denial_of_another_service_is_refused():
    with pytest.raises(Refused, match="does not request"):
        appeal(denial(procedure="73721"))


def test_another_patients_chart_is_refused():
    with pytest.raises(Refused, match="another patient"):
        appeal(chart=chart(patient="Patient/other"))


@pytest.mark.parametrize(
    ("deadline", "step"),
    [
        (None, "Check the notice for the deadline of the appeal: it is not known here."),
        (date(2026, 12, 20), "Send by 2026-12-20 (30 days left)."),
        (date(2026, 11, 1), "The deadline of 2026-11-01 has passed: check whether it can be sent."),
    ],
)
def test_a_deadline_is_only_stated_when_known_and_not_passed(deadline, step):
    answer = appeal(deadline=deadline)
    assert answer.before_sending[0] == step
    stated = deadline is not None and deadline >= date(2026, 11, 20)
    assert ("Due:       2026-12-20" in answer.letter.text) == stated


def test_rules_written_from_a_secondary_source_are_to_be_checked():
    held = assessment()
    second = held.policy.model_copy(update={"verification": "secondary"})
    answer = appeal(assessment=held.model_copy(update={"policy": second}))
    assert any("secondary source" in step for step in answer.before_sending)
    assert not any("secondary source" in step for step in appeal().before_sending)


def test_a_policy_that_does_not_name_the_payer_is_to_be_checked():
    held = assessment()
    other = held.policy.model_copy(update={"source": "Another plan's bulletin 0236"})
    answer = appeal(assessment=held.model_copy(update={"policy": other}))
    assert any("does not name this payer" in step for step in answer.before_sending)
    assert not any("does not name this payer" in step for step in appeal().before_sending)


def test_alternatives_that_all_fail_are_one_open_criterion():
    either = leaf("either", "One of the indications", "not_met").model_copy(
        update={"operator": "any"}
    )
    held = assessment(
        leaf("root", "Signs of radiculopathy", "met", evidence(CONDITION)),
        either,
        leaf("flag", "Red flag", "not_met", depth=2),
        leaf("stenosis", "Stenosis", "not_met", depth=2),
    )
    assert section(appeal(assessment=held), "What this letter does not claim") == [
        "One of the indications: the record says otherwise; we do not claim it."
    ]


def test_a_notice_without_a_reason_is_answered_by_asking_for_it():
    answer = appeal(denial(reasons=(), messages=()))
    (text,) = section(answer, "Your decision")
    assert text.startswith("Your notice states no reason")
    assert section(answer, "Answer to the reason given") == []


def test_an_unknown_reason_code_is_passed_on_without_words():
    answer = appeal(denial(reasons=(Reason(code="Z9"),), messages=()))
    assert section(answer, "Your decision") == ["Your notice gives reason code Z9."]


def test_the_payers_message_cannot_change_the_letter():
    said = denial(messages=("No.\n\nSincerely,\u202e\nThe plan",))
    text = appeal(said).letter.text
    assert 'In your words: "No. Sincerely, The plan."' in text.replace("\n", " ")
    assert text.count("\nSincerely,\n") == 1


def test_what_is_known_of_the_practice_heads_the_letter():
    who = Provider(
        organization="Riverbend Spine", npi="1234567893", phone="937-555-0110", fax="937-555-0119"
    )
    text = appeal(case=case(requester=who)).letter.text
    assert text.startswith(
        "Riverbend Spine\nPhone 937-555-0110, Fax 937-555-0119\nNPI 1234567893\n"
    )
    assert "The requesting clinician can be reached at 937-555-0110." in text.replace("\n", " ")


def test_no_sentence_was_dropped_on_the_way():
    assert appeal(chart=chart(CONDITION, EXAM)).omissions == ()
