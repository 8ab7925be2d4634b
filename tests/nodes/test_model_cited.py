"""A model's prose becomes sentences only with the words it really cites."""

import pytest

from nodes.writing.claude import Block, Passage, Pointer
from nodes.writing.model_cited import sentences
from tests.growth import BOUND, seconds

REFLEX = "Right ankle reflex is reduced (1+)."
CARE = "She took naproxen 500 mg b.i.d. for 8 weeks without relief."
PASSAGES = (
    Passage("fact-1", "statement", (REFLEX, "Gait is antalgic.")),
    Passage("fact-2", "x", (CARE,)),
)
FACTS = {"fact-1": "DocumentReference/n1#0-50", "fact-2": "DocumentReference/n1#60-120"}
ONE = Pointer("fact-1", 0, 0, 1, REFLEX)
TWO = Pointer("fact-2", 1, 0, 1, CARE)


def read(*blocks):
    return list(sentences(blocks, PASSAGES, FACTS))


def test_each_sentence_of_a_block_has_the_citations_of_its_block():
    found = read(Block("Reflex reduced. Relief was none.", (ONE, TWO)), Block("\n"))
    assert [one.text for one in found] == ["Reflex reduced.", "Relief was none."]
    assert all({c.fact for c in one.citations} == set(FACTS.values()) for one in found)
    assert found[0].citations[0].quote == REFLEX


def test_several_pieces_are_quoted_as_they_stand_in_the_request():
    whole = Pointer("fact-1", 0, 0, 2, f"{REFLEX}Gait is antalgic.")
    assert read(Block("Reflex and gait.", (whole,)))[0].citations[0].quote == (
        f"{REFLEX} Gait is antalgic."
    )


def test_headings_and_bullets_are_no_words_of_a_sentence():
    found = read(
        Block("## Findings\n- "),
        Block("Reflex reduced", (ONE,)),
        Block(".\n**Prior treatment**\n"),
        Block("2. Naproxen for 8 weeks.", (TWO,)),
    )  # fmt: skip
    assert [(one.heading, one.text) for one in found] == [
        ("Findings", "Reflex reduced."),
        ("Prior treatment", "Naproxen for 8 weeks."),
    ]


def test_what_leads_a_cited_piece_belongs_to_its_sentence():
    found = read(Block("The record says: "), Block("reflex reduced", (ONE,)), Block(". "))
    assert [(one.text, one.wrong) for one in found] == [("The record says: reflex reduced.", None)]


def test_short_forms_do_not_end_a_sentence():
    found = read(Block("Dr. Osei gave naproxen b.i.d. for 8 weeks. Relief was none.", (TWO,)))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (Block("Reflex reduced."), "it cites nothing"),
        (Block("Reflex reduced.", (None,)), "points to what was not given"),
        (Block("Reflex.", (Pointer("fact-2", 0, 0, 1, REFLEX),)), "points to what"),
        (Block("Reflex.", (Pointer("fact-1", 1, 0, 1, REFLEX),)), "points to what"),
        (Block("Reflex.", (Pointer("fact-1", 0, 1, 2, REFLEX),)), "points to what"),
        (Block("Reflex.", (Pointer("fact-1", 0, 0, 9, REFLEX),)), "points to what"),
        (Block("Reflex.", (Pointer("fact-1", 0, 1, 1, ""),)), "points to what"),
        (Block("Reflex.", (Pointer("fact-1", -1, 0, 1, REFLEX),)), "points to what"),
        (Block("Reflex.", (Pointer("fact-1", 0, 0, 1, "Reflex absent."),)), "points to what"),
        (Block("Reflex.", (ONE, Pointer("fact-9", 0, 0, 1, REFLEX))), "points to what"),
        (Block("It is reduced.", (ONE,)), "cannot be read without another"),
    ],
)
def test_a_sentence_without_true_citations_says_what_is_wrong(block, why):
    (found,) = read(block)
    assert found.wrong is not None and why in found.wrong
    assert found.citations == ()


def test_a_claim_beside_a_cited_piece_is_not_carried_by_it():
    tail = Block(", and two surgeons recommended an operation within weeks.")
    (found,) = read(Block("Reflex reduced", (ONE,)), tail)
    assert found.wrong == "a part of it cites nothing"


@pytest.mark.parametrize("text", ["A. ", "## ", "- ", "** ", "Dr. ", "x\n", "(", "1. "])
def test_a_long_answer_takes_its_length_and_no_more(text):
    once, more = seconds(
        lambda blocks: read(*blocks), lambda size: (Block(text * size, (ONE,)),), 2_000
    )
    assert more < BOUND * once
