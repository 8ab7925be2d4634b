"""Letters that gate a pattern: nothing that the pattern finds stands without one of them."""

import re
from importlib import import_module

import pytest

from nodes.policy.cue import Cue, Heard
from tests.letters import gaps

ROOMS = (
    "scope",
    "denying",
    "denied_before",
    "denied_after",
    "teaching",
    "whose",
    "declining",
    "answers",
)
CUES = [
    pytest.param(cue, id=f"{room}.{name}")
    for room in ROOMS
    for name, cue in vars(import_module(f"nodes.policy.{room}")).items()
    if isinstance(cue, Cue)
]


@pytest.mark.parametrize("cue", CUES)
def test_no_sentence_is_passed_over_that_the_pattern_would_find(cue):
    assert gaps(cue.pattern, cue.letters) == []


@pytest.mark.parametrize(
    ("pattern", "letters", "missing"),
    [
        (r"\bno\b|\bnever\b", ("no", "nev"), []),
        (r"\bno\b|\bwithout\b", ("no",), ["without"]),
        (r"\bden(?:ies|ied|y)\b", ("den",), []),
        (r"\b(?:the )?mass\b", ("mass",), []),
        (r"\b(?:the )?mass\b", ("the",), ["mass"]),
        (r"\w+ing", ("ing",), []),
        (r"f/?u", ("f/u",), ["u"]),
    ],
)
def test_the_proof_sees_a_missing_letter(pattern, letters, missing):
    assert gaps(re.compile(pattern), letters) == missing


def test_a_sentence_is_asked_for_letters_whatever_their_case():
    heard = Heard("NEVER smoked, though asked")
    never = Cue(r"\bnever\b", "never")
    again = Cue(r"\basked\b", "asked")
    assert heard.search(never, "NEVER smoked")
    assert not heard.search(again, "NEVER smoked")
    assert not Heard("always").may(never)


def test_the_last_place_counts():
    heard = Heard("no pain, no fever")
    found = heard.last(Cue(r"\bno\b", "no"), "no pain, no fever")
    assert found is not None
    assert found.start() == 9
