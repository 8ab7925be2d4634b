"""Results told in words ("Negative", "Never smoked tobacco"), weighed with what notes state."""

import re
from datetime import date

from nodes.chart import Fact, FactKind
from nodes.policy.finding import Finding, Voice, against, conflicting, day, met, stale
from nodes.policy.index import Question
from nodes.policy.leaf import before
from nodes.policy.leaves import Attested
from nodes.policy.values import FINAL

KINDS: tuple[FactKind, ...] = ("observation", "report")
_UNDECIDED = re.compile(
    r"\b(?:indeterminate|invalid|inconclusive|equivocal|borderline|uninterpretable"
    r"|not interpretable|repeat (?:test|recommended)"
    r"|mitogen|negative control|positive control|hemoly[sz]ed"
    r"|rejected|insufficient (?:sample|specimen|quantity))\b",
    re.IGNORECASE,
)


def with_results(leaf: Attested, question: Question, told: Finding) -> Finding:
    """Let the latest result of the named tests speak; of result and note the later one counts.

    A result speaks when its own words fit the concept or its opposite. On the same day the two
    must agree, else it is a conflict.
    """
    since = before(question.ordered, leaf.window) if leaf.window else date.min
    spoken = [one for fact in _facts(leaf, question) if (one := _voice(leaf, question, fact))]
    fresh = [one for one in spoken if (one.on or date.min) >= since or leaf.ever]
    if not fresh:
        undecided = told.status == "unknown" and not told.voices
        return (
            stale("The latest result is too long ago.", spoken[-1:])
            if (spoken and undecided)
            else told
        )
    newest = fresh[-1]
    noted = max((one.on or date.min for one in told.voices), default=date.min)
    if told.status != "unknown" or told.conflict:
        if noted > (newest.on or date.min):
            return told
        if noted == newest.on and (told.conflict or (told.status == "met") != (_for(newest))):
            reason = f"A result and a note of {day(newest.on)} contradict each other."
            return conflicting(reason, [newest, *told.voices])
    reason = f"Result of {day(newest.on)}: {newest.fact.quote[:200]}."
    return met(reason, [newest]) if _for(newest) else against(reason, [newest])


def _for(voice: Voice) -> bool:
    return voice.speaks == "for"


def _facts(leaf: Attested, question: Question) -> list[Fact]:
    found = question.coded(leaf.value_set, KINDS) if leaf.value_set else []
    return [fact for fact in found if fact.status in FINAL]


def _voice(leaf: Attested, question: Question, fact: Fact) -> Voice | None:
    words = question.words[leaf.concept]
    if _UNDECIDED.search(fact.quote):
        return None
    if words.denied_by and words.denied_by.search(fact.quote):
        return Voice(fact, "against", fact.start)
    if words.pattern.search(fact.quote):
        return Voice(fact, "for", fact.start)
    return None
