"""A letter that contradicts itself: it denies and approves, or gives two places for one purpose.

Whoever can add a line to a letter on its way could otherwise turn a denial or divert an appeal.
"""

import re
from collections import Counter
from collections.abc import Iterable

from nodes.denial.outcome import Verdict
from nodes.denial.reading import Letter
from nodes.notice import WhereTo

FAVOURABLE = {"certified", "no_action_required"}
DENIES_NOW = re.compile(
    r"\b(?:(?:cannot|can not|can't|unable to|not able to|will not|do not|are not going to)"
    r" (?:be )?(?:approve|authorize|certify|cover)(?:d)?\b"
    r"|(?:is|are) (?:hereby )?(?:being )?denied\b"
    r"|(?:is|are)(?: therefore)? not (?:medically necessary|approved|authorized))"
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
