"""Words of a model's own: those that stand neither in what a sentence cites nor in plain reporting.

A model may join and order the record's words; it adds none that could claim something: not that a
drug ordered was taken, nor that one thing came after another. Numbers, dates, codes, sides and
drugs are looked up by the verifier.
"""

import re

from nodes.chart import Fact
from nodes.writing.text import content_words, fold

_REPORTING = (
    "patient record chart note notes say says said state states stated show shows shown report"
    " reports reported reporting document documents documented documentation describe describes"
    " described list lists listed mention mentions mentioned read reads recorded noted dated date"
    " clinician clinicians physician provider author visit was were had has have been did does do"
    " is are that which who whose there their her his she he him from into with and also including"
    " include includes included since until through where history treatment finding findings"
    " result results value values measured measurement examination exam imaging test diagnosis"
    " condition problem medication drug dose dosage ordered order status according well following"
    " presented presents presenting duration lasting between went rated rating score scale total"
    " symptoms complaint clinical evaluation evaluated assessment assessed additionally"
    " day days week weeks month months year years hour hours milligrams"
    " january february march april may june july august september october november december"
    " one two three four five six seven eight nine ten eleven twelve"
)
ENDINGS = re.compile(r"(?:ing|ed|es|s|d|e)$")


def own_words(text: str, quotes: tuple[str, ...], facts: tuple[Fact, ...]) -> list[str]:
    """List the words of a sentence that its citations do not hold and that report nothing."""
    support = " . ".join((*quotes, *map(fields, facts)))
    known = PLAIN | {stemmed(word) for word in content_words(support)}
    said = content_words(_worded(text))
    return sorted(word for word in said if stemmed(word) not in known)


def fields(fact: Fact) -> str:
    """Give the words of a fact's fields."""
    course = fact.course
    taken = [course.event, course.dosage or "", course.stopped or ""] if course else []
    parts = [fact.kind.replace("_", " "), fact.status or "", fact.value_text or "", *taken]
    parts += [fact.author or "", *(coding.display or "" for coding in fact.codes)]
    return " . ".join(parts)


def _worded(text: str) -> str:
    """Drop code system names and units that stand beside figures."""
    return re.sub(r"\bicd-10-cm\b|(?<=\d) ?(?:mg|mcg|ml|g|kg|cm|mm|iu|meq)\b", " ", fold(text))


def stemmed(word: str) -> str:
    """Drop the ending of a folded word."""
    bare = word.rstrip("'")
    return ENDINGS.sub("", bare) if len(bare) > 4 else bare


PLAIN = frozenset(stemmed(word) for word in content_words(_REPORTING))
