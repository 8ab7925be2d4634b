"""What a letter cites: the policy and the library, nothing else, in hundreds of letters."""

import random
from dataclasses import replace
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nodes.draft_appeal import DraftAppealRequest, draft_appeal
from nodes.errors import NotConfigured
from nodes.writing.dispute import OURS, Dispute
from nodes.writing.reference_marks import marks
from nodes.writing.references import FORMS, applicable, library
from tests.growth import BOUND, seconds
from tests.nodes.notices import notice
from tests.nodes.writing_world import NOTE, assessment, case, chart, denial

FALSE = (
    "See Smith et al. for support.",
    "As in N Engl J Med 2019, relief was good.",
    "PMID 31234567 shows benefit.",
    "doi:10.1000/xyz123 is clear.",
    "LCD L99999 covers it.",
    "Article A52464 applies.",
    "42 CFR 999.123 demands it.",
    "https://example.org/guideline says so.",
    "The 2021 ABC Society guideline supports imaging.",
    "NCD 999.9 covers it.",
    "29 U.S.C. 1133 requires it.",
)
LINES = ("medicare_advantage", "medicaid", "commercial", "exchange", "medicare", "unknown")
STAGES = ("first", "second", "external")
CATEGORIES = sorted({*OURS.values(), "step_therapy", "unknown", "other"})


def letters(count: int):
    """Letters of every line, stage and kind of reason, from notes with made-up references."""
    dice = random.Random(6)
    for _ in range(count):
        words = dice.choice(FALSE)
        base = chart()
        note = base.notes[0].model_copy(update={"text": f"{NOTE} {words}"})
        about = case()
        line = dice.choice(LINES)
        about = about.model_copy(
            update={"coverage": about.coverage.model_copy(update={"line_of_business": line})}
        )
        request = DraftAppealRequest(
            case=about,
            chart=base.model_copy(update={"notes": (note,)}),
            assessment=assessment(),
            denial=denial(),
            notice=notice((dice.choice(CATEGORIES), "Six weeks of care and MRI not shown.")),
            level=dice.choice(STAGES),
            as_of=date(2026, 11, 20),
            writer="deterministic",
        )
        yield request, draft_appeal(request)


@pytest.mark.slow
def test_every_reference_of_500_letters_is_in_the_library_the_policy_or_the_notice():
    found = 0
    for request, answer in letters(500):
        cited = [text for text in library() if text.cite in answer.references]
        policy = request.assessment.policy
        known = " ".join(
            [text.line.text for text in cited]
            + [policy.title, policy.source, *(step.rule for step in request.notice.steps)]
        ).casefold()
        for mark in marks(answer.letter.text.replace("\n", " ")):
            found += 1
            assert " ".join(mark.split()).casefold() in known, mark
    assert found > 200


@pytest.mark.parametrize("words", FALSE)
def test_what_looks_like_a_reference_is_seen(words):
    assert marks(words)


@pytest.mark.parametrize(
    "words",
    [
        "Naproxen 500 mg twice daily from 2026-08-01, 16 Fr catheter, L4-L5, E0601, M54.16.",
        "HCPCS L1833 and A4239; phone 937-555-0110; 2026-11-12; guidelines of 2026-01-02 visit.",
        "L89.154 and L89154? no: pressure ulcer stage 4.",
    ][:2],
)
def test_codes_dates_and_doses_are_no_references(words):
    assert marks(words) == []


def test_each_text_of_the_library_can_be_found_by_its_number():
    every = library()
    assert len({text.id for text in every}) == len(every)
    for text in every:
        assert FORMS[text.kind].fullmatch(text.cite)
        assert text.reviewed < text.review_by
    assert {text.kind for text in every} >= {"regulation", "ncd", "lcd", "guideline"}


def test_a_text_is_cited_only_where_it_applies():
    about = case()
    dispute = Dispute(denial(), notice(), "external")
    assert applicable(library(), about, dispute) == ()
    held = about.coverage.model_copy(update={"line_of_business": "commercial"})
    mine = about.model_copy(update={"coverage": held})
    assert [t.id for t in applicable(library(), mine, dispute)] == ["internal-appeals"]
    assert [t.id for t in applicable(library(), mine, replace(dispute, stage="first"))] == [
        "claims-procedure"
    ]


def own(tmp_path, **changes) -> str:
    text = {
        "id": "ours",
        "kind": "lcd",
        "cite": "LCD L12345",
        "title": "A text of ours",
        "says": "it deals with this",
        "source": "our library",
        "mark": "verified",
        "reviewed": "2026-11-01",
        "review_by": "2027-11-01",
    } | changes
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump({"id": "own", "version": "1", "texts": [text]}))
    return str(file)


def test_an_installation_adds_its_own_texts(tmp_path):
    assert library(own(tmp_path))[-1].cite == "LCD L12345"


@pytest.mark.parametrize(
    "changes",
    [{"cite": "LCD L1"}, {"kind": "guideline"}, {"cite": "Smith et al."}, {"id": "cpap"}],
)
def test_its_own_texts_pass_the_same_checks(tmp_path, changes):
    with pytest.raises(NotConfigured):
        library(own(tmp_path, **changes))


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text):
    assert all(isinstance(mark, str) for mark in marks(text))


@pytest.mark.parametrize("part", ["Smith and Jones ", "guideline ", "42 CFR ", "2021 x ", "A1234"])
def test_searching_takes_linear_time(part):
    once, more = seconds(marks, lambda size: part * size, 2000)
    assert more < BOUND * once
