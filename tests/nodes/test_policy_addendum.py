"""Statements to be completed leave both answers open, in every form and every shipped policy."""

import re

import pytest

from nodes.policy.addendum import FORMS, addendum
from nodes.policy.leaves import Attested
from nodes.policy.library import shipped
from nodes.policy.wording import Words
from tests.nodes.policy_monitor import HELD

BLANK = "____"
OPEN = re.compile(
    r"____[^_();]*\([^()]*(?:\bor\b|\bnone\b|\bnot?\b)[^()]*\)|\(0 if none\)|or no change"
)
ASIDE = re.compile(r"\([^()]*\)")
COPULA = re.compile(r"\b(?:is|was|are|were) (?=____)|whether it shows [^:]*:")
ASSERTS = re.compile(
    r"\b(?:is|was|are|were|be|been|has|have|had|does|do|did|can|cannot|could|will|shows?|needs?"
    r"|needed|fail\w*|used|takes?|took|taken|wears?|worn|follows?|completed|changed|discussed"
    r"|review\w*|instructed|counselled|suggests?|brought|remains?|makes?|tests?|smoke[sd]?"
    r"|stopped|fitted|diagnosed|occurred|seen|because|there|no|not|this)\b",
    re.IGNORECASE,
)


def leaning(said):
    """The sentences that assert something and leave only its details blank."""
    found = []
    for sentence in re.split(r"(?<=[.?]) (?=[A-Z_])", said):
        bare = COPULA.sub(" ", ASIDE.sub(" ", sentence))
        head = bare.partition(":")[2] if re.match(r"[^_:]+:", bare) else bare
        if not OPEN.search(sentence) and ASSERTS.search(head):
            found.append(sentence)
    return found


def every_leaf():
    return [
        (held.policy.id, leaf, held.compiled.words)
        for held in (*shipped().held, HELD)
        for leaf in held.compiled.leaves.values()
    ]


@pytest.mark.parametrize(
    "said",
    [
        "____ (treatment) brought ____ (no, little) relief.".replace("no, ", ""),
        "On examination of ____ there was dependent oedema (____), which suggests heart failure.",
        "The caregiver ____ cannot push a manual wheelchair because ____.",
        "The patient cannot use a home sleep test because ____.",
        "The patient completed the course on ____.",
        "Since the CT of ____ (date) this is new: ____.",
    ],
)
def test_what_leans_is_seen(said):
    assert leaning(said)


@pytest.mark.parametrize(
    "said",
    [
        "Weight ____ kg and height ____ cm, measured on ____ (date).",
        "On ____ (date) the score of the ____ knee was ____.",
        "The patient ____ (can or cannot) exercise; why: ____.",
    ],
)
def test_what_is_open_is_not(said):
    assert not leaning(said)


def test_no_statement_of_a_shipped_policy_leans():
    leans = {
        (policy, leaf.id): leaning(leaf.addendum)
        for policy, leaf, _ in every_leaf()
        if leaf.addendum and leaning(leaf.addendum)
    }
    assert leans == {}


@pytest.mark.parametrize("kind", ["absent", "contrary", "conflict"])
def test_no_built_statement_leans(kind):
    found, seen = {}, set()
    for policy, leaf, words in every_leaf():
        said = addendum(leaf.model_copy(update={"addendum": None}), kind, words)
        seen.add(leaf.op)
        assert BLANK in said
        if leaning(said):
            found[policy, leaf.id] = said
    assert found == {}
    assert len(seen) >= len(FORMS) - 2


def test_nothing_is_asked_as_a_double_negative():
    for _, leaf, words in every_leaf():
        said = addendum(leaf.model_copy(update={"addendum": None}), "absent", words)
        assert not re.search(
            r"(?:^|; |shows )(?:no|without|never) [^:;]*: ____ \(yes, no", said, re.I
        )


def test_a_result_and_a_paper_are_quoted_from_their_document():
    made = {
        "id": "a",
        "op": "attested",
        "concept": "her2",
        "text": "No HER2",
        "when_absent": "unknown",
    }
    made |= {"cite": [{"source": "s"}], "ask": "Pathology report"}
    words = {"her2": Words("no HER2", re.compile("x"))}
    paper = Attested.model_validate(made, strict=False)
    assert addendum(paper, "absent", words) == (
        "____ (document) of ____ (date), signed by ____; whether it shows HER2: ____ (present,"
        " absent or not stated)."
    )
    result = paper.model_copy(update={"value_set": "receptors"})
    assert addendum(result, "absent", words) == (
        "____ (test) of ____ (date), reported by ____; whether it shows HER2: ____ (present,"
        " absent or not stated)."
    )
    told = paper.model_copy(update={"effort": "addendum"})
    assert addendum(told, "absent", words).startswith("HER2: ____ (present, absent or not known)")
