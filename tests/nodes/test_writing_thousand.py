"""A thousand summaries and appeals say nothing unsupported, whoever wrote them, liars too.

Checked by ``tests.independent``, which knows nothing of the verifier. So that silence is no way to
pass, what is true must survive and what a payer asks for must be there.
"""

from functools import cache

from nodes.draft_appeal import draft_appeal
from nodes.summarize import summarize
from nodes.writing.references import library
from tests.claude import author
from tests.independent import Source, unsupported, words_of
from tests.nodes.letters_world import appeal_of, request_of

TEXTS = 1000
HONEST = 30
ALLOWED = words_of(*library())


def wrong_in(sections, request, more=""):
    """What the sentences say beyond what they may, by the independent check."""
    facts = {f.id: f for f in (*request.chart.facts, *request.assessment.facts)}
    notes = {n.id: n for n in request.chart.notes}
    case, held = words_of(request.case), words_of(request.case, request.assessment)
    basis = {"chart": "", "case": case, "policy": held, "decision": f"{held} ; {more}"}
    wrong = []
    for sentence in (s for section in sections for s in section.sentences):
        cited = [facts[citation.fact] for citation in sentence.citations]
        behind = [notes[fact.source] for fact in cited if fact.source in notes]
        told = [f"{note.written} {note.author} {note.title}" for note in behind]
        quotes = " . ".join(citation.quote for citation in sentence.citations)
        may = (basis[sentence.basis], words_of(*cited, *told))
        source = Source(*may, quotes=quotes, birth=request.case.patient.birth_date)
        chart = sentence.basis == "chart"
        wrong += [(sentence.text, w) for w in unsupported(sentence.text, source, chart=chart)]
        if chart and not sentence.citations:
            wrong.append((sentence.text, "cites nothing"))
        wrong += [
            (sentence.text, "quote")
            for citation in sentence.citations
            if " ".join(citation.quote.split()) not in " ".join(facts[citation.fact].quote.split())
        ]
    return wrong


def asked(mode, seed):
    return {"ask": author(mode, seed)} if mode else {}


@cache
def patient(seed):
    return request_of(seed)


@cache
def summary(seed, mode=None):
    request = patient(seed).model_copy(update={"writer": "model" if mode else "deterministic"})
    return request, summarize(request, **asked(mode, seed))


def appeal(seed, mode=None):
    request = appeal_of(seed).model_copy(update={"writer": "model" if mode else "deterministic"})
    return request, draft_appeal(request, **asked(mode, seed))


def unsupported_in(seed, mode=None):
    """What is wrong in one summary and one appeal, and which parts of the rules' are missing."""
    request, told = summary(seed, mode)
    wrong = wrong_in(told.summary.sections, request)
    wrong += [(seed, f"{title} is missing") for title in _titles(summary(seed)[1]) - _titles(told)]
    request, answer = appeal(seed, mode)
    wrong += wrong_in(answer.letter.sections, request, words_of(request.denial, ALLOWED))
    cited = {c.fact for s in answer.letter.sections for one in s.sentences for c in one.citations}
    return wrong if cited else [*wrong, (seed, "an appeal without a fact")]


def test_half_a_thousand_texts_by_rule_say_nothing_unsupported():
    assert [w for seed in range(TEXTS // 4) for w in unsupported_in(seed)] == []
    assert {"Request", "Medical necessity"} <= set.intersection(
        *(_titles(summary(seed)[1]) for seed in range(TEXTS // 4))
    )


def test_half_a_thousand_texts_by_a_lying_model_say_nothing_unsupported():
    assert [w for seed in range(TEXTS // 4) for w in unsupported_in(seed, "liar")] == []


def test_the_liar_lies_and_is_caught():
    dropped = [len(_dropped(summary(seed, "liar")[1])) for seed in range(10)]
    assert min(dropped) >= 2


def test_what_an_honest_model_says_survives():
    kept = dropped = 0
    for seed in range(HONEST):
        _, told = summary(seed, "honest")
        assert told.writing.writer == "model"
        dropped += told.writing.dropped
        kept += sum(
            sentence.basis == "chart" for s in told.summary.sections for sentence in s.sentences
        )
    assert kept > 200
    assert kept >= 0.8 * (kept + dropped)


def test_no_fact_that_a_criterion_cites_is_lost_to_the_liar():
    for seed in range(20):
        request, told = summary(seed, "liar")
        wanted = {e.fact for c in request.assessment.criteria for e in c.evidence}
        by_rule = _cited(summary(seed)[1])
        assert wanted & by_rule <= _cited(told)


def test_every_summary_by_rule_has_the_parts_a_payer_reads():
    titles = [_titles(summary(seed)[1]) for seed in range(50)]
    assert all({"Request", "Medical necessity", "Prior treatment"} <= one for one in titles)


def _titles(told):
    return {section.title for section in told.summary.sections}


def _dropped(told):
    return [o for o in told.summary.omissions if o.what.startswith("Sentence ")]


def _cited(told):
    return {c.fact for s in told.summary.sections for one in s.sentences for c in one.citations}
