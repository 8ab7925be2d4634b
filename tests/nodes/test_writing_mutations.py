"""Every grounded sentence about the sandbox patients, with one thing changed, is caught."""

import re

import pytest

from nodes.writing.verify import errors, verify
from tests.nodes.test_writing_sandbox import request_for, summary_of

PATIENTS = ["lopez", "okafor", "nguyen", "berg", "hale", "costa", "reid", "dumas"]
OTHER_UNIT = {"mg": "mcg", "MG": "g", "weeks": "months", "units": "mg", "minutes": "hours"}
TURNED = {"left": "right", "right": "left"}
CHANGES = {
    "number": (r"\b(\d+)(?= (?:mg|weeks|visits|units|events|minutes)\b)", lambda m: m[1] + "5"),
    "unit": (r"(?<=\d )(mg|MG|weeks|units|minutes)\b", lambda m: OTHER_UNIT[m[1]]),
    "date": (r"2026-(\d\d)-", lambda m: f"2026-{int(m[1]) % 12 + 1:02d}-"),
    "written date": (r"(\d\d)/(?=\d\d/2026)", lambda m: f"{int(m[1]) % 12 + 1:02d}/"),
    "drug": (r"(?i)naproxen|meloxicam|glargine|metformin|glipizide|ibuprofen", "celecoxib"),
    "side": (r"(?i)\b(left|right)\b", lambda m: TURNED[m[1].lower()]),
    "code": (r"\b([A-Z]\d\d)\.(\d)", lambda m: f"{m[1]}.{(int(m[2]) + 1) % 10}"),
}


def changed(kind):
    """Every chart sentence in which the change finds something to change."""
    pattern, other = CHANGES[kind]
    for patient in PATIENTS:
        for sentence in (s for one in summary_of(patient).sections for s in one.sentences):
            text = re.sub(pattern, other, sentence.text, count=1)
            if sentence.basis == "chart" and text != sentence.text:
                yield request_for(patient), sentence.model_copy(update={"text": text})


def caught(request, sentence):
    facts = [*request.chart.facts, *request.assessment.facts]
    return bool(errors(verify([sentence], facts, request.case, notes=request.chart.notes)))


@pytest.mark.parametrize("kind", [kind for kind in CHANGES if kind != "side"])
def test_a_changed_sentence_is_caught(kind):
    missed = [s.text for request, s in changed(kind) if not caught(request, s)]
    assert len(list(changed(kind))) >= 5
    assert missed == []


def test_a_turned_side_is_caught_unless_the_words_cited_name_both():
    missed = [s for request, s in changed("side") if not caught(request, s)]
    assert len(list(changed("side"))) >= 15
    assert all(
        {"left", "right"} <= set(re.findall(r"\w+", s.citations[0].quote.lower())) for s in missed
    )
