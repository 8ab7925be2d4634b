"""A letter that contradicts itself, or says a time that could not be read: a person looks.

Whoever can add a line to a letter on its way could otherwise turn a denial or divert an appeal.
"""

import re
from collections import Counter
from collections.abc import Iterable

from nodes.denial.acting import THEIRS
from nodes.denial.outcome import Verdict
from nodes.denial.reading import Letter
from nodes.notice import Step, WhereTo

FAVOURABLE = {"certified", "no_action_required"}
DENIES_NOW = re.compile(
    r"\b(?:(?:cannot|can not|can't|unable to|not able to|will not|do not|are not going to)"
    r" (?:be )?(?:approve|authorize|certify|cover)(?:d)?\b"
    r"|(?:is|are) (?:hereby )?(?:being )?denied\b"
    r"|(?:is|are)(?: therefore)? not (?:medically necessary|approved|authorized))"
)
APPEAL = re.compile(r"\b(?:appeal|reconsider|grievance|redetermin|dispute)")
TIME = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th)?[ -]?(?:calendar |business |working )?(?:days?|d|months?)\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
    r" \d{1,2}(?:st|nd|rd|th)?\b"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b20\d\d-\d\d-\d\d\b"
)
UNREAD = (
    "deadline: the letter says a time beside its words on appeals that was not read; the day given"
    " is the rule's, and the letter's may be earlier"
)
TORN = "outcome: the letter denies and approves the same request; a person must read it"


def held_to_itself(letter: Letter, told: Verdict) -> tuple[Verdict, tuple[str, ...]]:
    """Take no approval from a letter that also denies, in the present, what was asked for."""
    if told.outcome not in FAVOURABLE:
        return told, ()
    denying = any(one.counts and DENIES_NOW.search(one.text) for one in letter.sentences)
    return (told._replace(outcome="unknown"), (TORN,)) if denying else (told, ())


def twice(places: Iterable[WhereTo]) -> tuple[str, ...]:
    """Warn of a purpose for which a letter gives more than one address or number."""
    count = Counter(one.purpose for one in places)
    return tuple(
        f"contact: more than one address or number for {purpose.replace('_', ' ')}; look before use"
        for purpose, number in count.items()
        if number > 1
    )


def unread_time(letter: Letter, ways: Iterable[Step]) -> tuple[str, ...]:
    """Warn where a day comes from a rule and the letter itself says some time for an appeal."""
    by_rule = [one for one in ways if one.due and not one.stated and one.level != "peer_to_peer"]
    told = [
        one
        for one in letter.sentences
        if APPEAL.search(one.text) and TIME.search(one.text) and not THEIRS.search(one.text)
    ]
    return (UNREAD,) if by_rule and told else ()
