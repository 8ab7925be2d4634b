"""Whether a statement about one of a pair, such as a knee, is about the side that was ordered."""

import re
from collections.abc import Sequence

from nodes.case import Case
from nodes.policy.index import Mention, Question

OTHER = {"left": "right", "right": "left"}
_SIDE = re.compile(
    r"\b(?:(?P<left>left|lt)|(?P<right>right|rt)|bilateral\w*|both)\b", re.IGNORECASE
)


def of_the_ordered_side(question: Question, concept: str) -> Sequence[Mention]:
    """List a concept's mentions; of a sided one without those of the side not ordered."""
    found = question.index.mentions(concept)
    side = _ordered(question.case) if question.words[concept].sided else None
    return [one for one in found if not _other(one, side)] if side else found


def _ordered(case: Case) -> str | None:
    """Give the one side that all service lines are for; none when they name none or both."""
    sides = {line.laterality for line in case.service_lines}
    side = sides.pop() if len(sides) == 1 else None
    return side if side in OTHER else None


def _other(mention: Mention, side: str) -> bool:
    """Say whether the words stand with the other side.

    The side named last before them counts, else the first after them, else the heading's.
    """
    text, start = mention.sentence.text, mention.start - mention.sentence.start
    named = list(_SIDE.finditer(text))
    ahead = [one for one in named if one.start() <= start]
    found = ahead[-1] if ahead else named[0] if named else _SIDE.search(mention.sentence.heading)
    return found is not None and found[OTHER[side]] is not None
