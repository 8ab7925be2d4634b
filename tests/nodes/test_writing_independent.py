"""The independent check is sharp: it sees a sentence in which one thing was changed."""

import re
from random import Random

import pytest

from nodes.summarize import summarize
from tests.independent import Source, unsupported, words_of
from tests.nodes.letters_world import request_of

SEEDS = range(40)
TURNED = {"left": "right", "right": "left"}
LATER = {"mg": "g", "weeks": "months", "months": "weeks", "visits": "weeks"}


def _more(match):
    return f"{float(match[0]) + 3:g}"


CHANGES = {
    "number": (r"(?<![\d./:-])\d+(?:\.\d+)?(?= (?:mg|MG|weeks|visits|months|tablet|%))", _more),
    "ratio": (r"\b\d(?=/5\b|/10\b)", lambda m: str((int(m[0]) + 4) % 10)),
    "unit": (r"(?<=\d )(?:mg|weeks|months|visits)\b", lambda m: LATER[m[0]]),
    "date": (r"\b2026-(\d\d)-", lambda m: f"2026-{int(m[1]) % 12 + 1:02d}-"),
    "written date": (r"\b\d\d/(?=\d\d/2026)", lambda m: f"{int(m[0][:2]) % 12 + 1:02d}/"),
    "drug": (
        r"(?i)\b(?:naproxen|meloxicam|gabapentin|duloxetine|ibuprofen|metformin|methotrexate)\b",
        lambda m: "etanercept",
    ),
    "side": (r"(?i)\b(?:left|right)\b", lambda m: TURNED[m[0].lower()]),
    "code": (r"\b([A-Z]\d\d)\.(\d)", lambda m: f"{m[1]}.{(int(m[2]) + 1) % 10}"),
    "reference": (r"\.$", lambda m: ", as Smith et al. have shown."),
    "guideline": (r"\.$", lambda m: ", in line with NASS guidelines."),
    "verdict": (r"\.$", lambda m: ", so that it is medically necessary."),
    "approval": (r"\.$", lambda m: " and meets all criteria."),
    "name": (r"\.$", lambda m: ", seen by Dr. Hausmann."),
}


def cited_sentences():
    """Chart sentences with what they may say."""
    for seed in SEEDS:
        request = request_of(seed).model_copy(update={"writer": "deterministic"})
        facts = {f.id: f for f in (*request.chart.facts, *request.assessment.facts)}
        notes = {n.id: n for n in request.chart.notes}
        for section in summarize(request).summary.sections:
            for sentence in section.sentences:
                if sentence.basis == "chart":
                    yield sentence, source_of(sentence, facts, notes, request)


def source_of(sentence, facts, notes, request, more=""):
    """The words a sentence may use."""
    cited = [facts[citation.fact] for citation in sentence.citations]
    behind = [notes[fact.source] for fact in cited if fact.source in notes]
    told = [f"{note.written} {note.author} {note.title}" for note in behind]
    quotes = " . ".join(citation.quote for citation in sentence.citations)
    return Source(
        words_of(more, *cited, *told), quotes=quotes, birth=request.case.patient.birth_date
    )


GROUNDED = list(cited_sentences())


def test_a_grounded_sentence_is_not_complained_of():
    assert len(GROUNDED) > 300
    assert [(s.text, w) for s, source in GROUNDED if (w := unsupported(s.text, source))] == []


@pytest.mark.parametrize("kind", CHANGES)
def test_a_changed_sentence_is_seen(kind):
    pattern, other = CHANGES[kind]
    changed = [
        (text, source)
        for sentence, source in GROUNDED
        if (text := re.sub(pattern, other, sentence.text, count=1)) != sentence.text
    ]
    missed = [text for text, source in changed if not unsupported(text, source)]
    assert len(changed) >= 20
    assert len(missed) <= 0.02 * len(changed), missed[:5]


def test_a_turned_negation_is_mostly_seen():
    turned = [
        (s.text.replace("Denies", "Reports").replace("no fracture", "a fracture"), source)
        for s, source in GROUNDED
        if "Denies" in s.text or "no fracture" in s.text
    ]
    missed = [text for text, source in turned if not unsupported(text, source)]
    assert len(turned) >= 20
    assert len(missed) <= 0.02 * len(turned), missed[:5]


def test_an_invention_anywhere_is_seen():
    random = Random(7)
    for sentence, source in GROUNDED[:100]:
        words = sentence.text.split(" ")
        words.insert(random.randrange(len(words)), "4711")
        assert unsupported(" ".join(words), source)
