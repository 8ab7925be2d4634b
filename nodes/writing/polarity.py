"""Which content words of a text stand under a negation."""

import re

from nodes.writing.text import content_words, fold

TRIGGER = re.compile(
    r"\b(?:no|not|never|none|denies|denied|deny|without|negative for|absence of|absent|lacks?"
    r"|free of|ruled out|cannot|neither|nor|unable to|n't)\b"
)
STOPPER = re.compile(
    r"[.;:!?]|\b(?:but|however|although|though|except|apart from|yet|despite|which|who|still)\b"
)
NOT_NEGATION = re.compile(r"\b(?:not only|no doubt|without doubt|no change|not certain)\b")
REACH = 8


def negated(text: str) -> frozenset[str]:
    """List the content words within reach of a negation, up to the end of its clause."""
    found: set[str] = set()
    for clause in STOPPER.split(NOT_NEGATION.sub(" ", fold(text))):
        for trigger in TRIGGER.finditer(clause):
            after = clause[trigger.end() :].split()[:REACH]
            found |= content_words(" ".join(after))
    return frozenset(found)


def contradicted(said: str, source: str) -> frozenset[str]:
    """List the words that one text negates and the other uses without negation."""
    shared = content_words(said) & content_words(source)
    return shared & (negated(said) ^ negated(source))
