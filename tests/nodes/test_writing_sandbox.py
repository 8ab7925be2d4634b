"""The sandbox patients, from chart to verdict to prose: what a clinician would look for."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.decision import Decision
from nodes.draft_appeal import DraftAppealRequest, DraftAppealResponse, draft_appeal
from nodes.prose import Summary
from nodes.summarize import SummarizeRequest, summarize
from nodes.writing.claims import claims
from nodes.writing.text import clean, tidied
from tests.ehr import case_and_chart

AS_OF = date(2026, 11, 20)
EXAMPLES = Path(__file__).parents[2] / "nodes" / "examples"


@cache
def request_for(patient: str) -> SummarizeRequest:
    case, chart = case_and_chart(patient)
    held = check_policy(CheckPolicyRequest(case=case, chart=chart, as_of=AS_OF)).assessment
    return SummarizeRequest(case=case, chart=chart, assessment=held)


@cache
def summary_of(patient: str) -> Summary:
    return summarize(request_for(patient)).summary


def section(patient: str, title: str) -> str:
    sections = summary_of(patient).sections
    return " ".join(s.text for one in sections if one.title == title for s in one.sentences)


@cache
def appeal_of(patient: str) -> DraftAppealResponse:
    request = request_for(patient)
    answer = json.loads((EXAMPLES / "parse_278.response.json").read_text())
    return draft_appeal(
        DraftAppealRequest(
            case=request.case,
            chart=request.chart,
            assessment=request.assessment,
            denial=Decision.model_validate_json(json.dumps(answer["decision"])),
            as_of=AS_OF,
        )
    )


@pytest.mark.parametrize(
    "patient", ["lopez", "okafor", "nguyen", "berg", "hale", "costa", "reid", "dumas"]
)
def test_every_sentence_of_every_patient_holds(patient):
    request, text = request_for(patient), summary_of(patient)
    facts = {f.id: f.quote for f in (*request.chart.facts, *request.assessment.facts)}
    assert not [o for o in text.omissions if o.what.startswith("Sentence ")]
    for sentence in (s for one in text.sections for s in one.sentences):
        assert all(c.quote in facts[c.fact] for c in sentence.citations)
        assert sentence.citations or sentence.basis != "chart"
        assert sentence.text == clean(sentence.text)


@pytest.mark.parametrize(
    ("patient", "title", "words"),
    [
        ("lopez", "Prior treatment", "She completed 8 weeks of physical therapy (09/10/2026 to"),
        ("lopez", "Prior treatment", "Naproxen 500 MG Oral Tablet; Take 1 tablet by mouth twice"),
        ("lopez", "Findings", "right ankle reflex reduced (1+)"),
        ("lopez", "Medical necessity", "the policy's criteria are met"),
        ("okafor", "Prior treatment", "Inject 28 units under the skin at bedtime; active"),
        ("okafor", "Request", "HCPCS A4239"),
        ("okafor", "Request", "Not stated in this request: place of service."),
        ("nguyen", "Request", "13 months, from 2026-12-01 to 2027-12-31"),
        ("nguyen", "Findings", "22 events per hour, with 140 apneas and hypopneas"),
        ("hale", "Prior treatment", "Ordered: Physical therapy"),
        ("hale", "What is missing", "At least 6 weeks of conservative care"),
        ("costa", "Request", "initial, urgent"),
        ("costa", "Findings", "new urinary retention"),
        ("costa", "Medical necessity", "Signs of cauda equina compression: met."),
        ("dumas", "Findings", "Left ankle reflex absent"),
    ],
)
def test_what_decides_the_case_is_said_where_a_payer_looks(patient, title, words):
    assert words in section(patient, title)


def test_what_was_only_ordered_is_not_said_to_be_done():
    assert "completed" not in section("hale", "Prior treatment")
    assert "the policy's criteria are met" not in summary_of("hale").text


@pytest.mark.parametrize(
    ("patient", "words"),
    [("lopez", "nevus"), ("lopez", "Hyperlipidemia"), ("berg", "Migraine"), ("lopez", "track(")],
)
def test_what_the_request_does_not_need_is_not_told(patient, words):
    assert words not in summary_of(patient).text


def test_the_berg_appeal_answers_the_repeat_with_what_is_new():
    answer = appeal_of("berg")
    text = " ".join(answer.letter.text.split())
    reason, _, rest = text.partition("The policy, criterion by criterion")
    assert "A LUMBAR MRI WITHIN SIX MONTHS IS ON FILE AND NO NEW FINDING WAS SENT" in reason
    assert "The last one was on 2026-06-18" in reason
    assert "Left great toe extension 4+/5, new" in reason
    assert "because weakness is new since the June study" in reason
    assert "7 weeks of physical therapy from 09/17/2026 to 11/05/2026 (13 visits)" in rest
    assert answer.omissions == ()


def test_the_berg_appeal_cites_no_text_but_the_policy():
    answer = appeal_of("berg")
    assert "eviCore" not in answer.letter.text
    assert any("does not name this payer" in step for step in answer.before_sending)


def test_a_limit_and_the_value_after_it_are_no_ratio():
    said = tidied("The latest value is >= 30 {events}: 140 {events} on 2026-09-10.")
    assert said == "The latest value is >= 30, namely 140 on 2026-09-10."
    assert {claim.value for claim in claims(said)} == {"30", "140", "2026-09-10"}
