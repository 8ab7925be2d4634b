"""The verifier's time: it grows with what is cited, not with the chart, and in proportion."""

import pytest

from nodes.prose import Citation, Sentence
from nodes.writing.verify import verify
from tests.bench.verifier import facts, milliseconds, sentences
from tests.growth import BOUND, seconds
from tests.nodes.letters_world import request_of
from tests.nodes.writing_world import NAPROXEN, case

WORDS = (
    "naproxen 500 mg twice daily ",
    "one hundred and ",
    "no not without ",
    "9-9/9.9",
    "x x x ",
    "L4-L5 left right ",
    "ii iv xx ",
    "Dr. Smith Jones, MD ",
    "2 weeks of home ",
    "jan 1 feb ",
)


def test_a_long_chart_costs_no_sentence_more_than_its_share():
    assert len(sentences()) == 40
    assert milliseconds(4800) < milliseconds(10) + 1


def test_facts_that_nothing_cites_are_not_read_more_than_their_names():
    request, said = request_of(1), sentences()[:1]
    once, often = seconds(lambda held: verify(said, held, request.case), facts, 1000)
    assert often < BOUND * once


@pytest.mark.parametrize("words", WORDS)
def test_a_long_sentence_takes_its_share_of_time(words):
    def check(text):
        fact = NAPROXEN.model_copy(update={"quote": text})
        said = Sentence.model_construct(
            id="s1",
            text=f"Reports {text}",
            basis="chart",
            citations=(Citation.model_construct(fact=fact.id, quote=text),),
        )
        return verify([said], [fact], case())

    once, often = seconds(check, lambda size: words * size, 20)
    assert often < BOUND * once
