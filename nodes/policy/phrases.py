"""A policy file's own words: plain phrases, never patterns, made into a concept."""

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.case import Text
from nodes.policy.parts_of_body import Part
from nodes.policy.wording import Words

Phrase = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 '/.+*%<>=&-]{1,79}$", max_length=80)
]
NUMBER = r"(\d{1,4}(?:\.\d{1,3})?)(?![\d/])"
BEFORE = rf"(?<![\d/.]){NUMBER}\+?[\s-]*"
AFTER = rf"(?:\s+(?:is|was|of|at|now|score|index|equals|measured)){{0,2}}[\s:=]{{0,3}}{NUMBER}"

_NO_NOT = r"(?!(?:not|no|never|nor|without|denie[sd]|declined|\w+n['\u2019]t)\b)"


class Phrases(Model):
    """What notes say for one thing a policy asks about.

    ``*`` at a word's end stands for any ending, ``...`` for up to four words between, none of
    which denies. Letters are compared without case, white space and hyphens alike.
    """

    label: Text
    words: tuple[Phrase, ...] = Field(min_length=1, max_length=60)
    denied_by: tuple[Phrase, ...] = Field(
        default=(), max_length=60, description="Says the opposite"
    )
    number: Literal["before", "after"] | None = Field(
        default=None, description="Where a number stands that goes with the words"
    )
    composite: bool = Field(
        default=False, description="Shown by any of several signs: denying one denies not the rest"
    )
    home: tuple[Part, ...] = Field(
        default=(), description="Parts of the body it is of: words on another one do not count"
    )
    sided: bool = Field(default=False, description="Counts only of the side that was ordered")


def words(told: Phrases) -> Words:
    """Make the concept."""
    found = "|".join(map(_phrase, told.words))
    if told.number == "before":
        found = rf"{BEFORE}(?:{found})"
    elif told.number == "after":
        found = rf"(?:{found}){AFTER}"
    denied = "|".join(map(_phrase, told.denied_by))
    return Words(
        told.label,
        re.compile(found, re.IGNORECASE),
        re.compile(denied, re.IGNORECASE) if denied else None,
        told.composite,
        home=told.home,
        sided=told.sided,
    )


def _phrase(phrase: str) -> str:
    """Turn a phrase into a pattern whose length of search is bounded."""
    parts = [" ".join(part.split()) for part in phrase.split("...")]
    body = rf"(?:\W+{_NO_NOT}\w+){{0,4}}?\W+".join(
        " ".join(map(_word, part.split())) for part in parts
    )
    body = body.replace(" ", r"[\s-]+")
    return rf"(?<!\w){body}(?!\w)"


def _word(word: str) -> str:
    stem = re.escape(word.rstrip("*"))
    return rf"{stem}\w*" if word.endswith("*") else stem
