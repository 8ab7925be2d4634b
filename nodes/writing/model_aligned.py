"""Each part of a model's sentence tells one clause of what it cites, in its order.

All the words of a sentence may be the record's and it still be false: a drug with the outcome of
another, a relative's disease, a plan told as done, a value with another's day. So a part may leave
words of its clause out, but neither take words of another nor leave out what limits those it has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from nodes.writing.claims import Claim, claims, figured_claims
from nodes.writing.drugs import folded_drugs
from nodes.writing.figures import figured
from nodes.writing.limits import ALWAYS, LIMITS, WITHIN, denied_alike, denies
from nodes.writing.model_order import DAYS, IDLE, SIDES
from nodes.writing.model_words import PLAIN, stemmed
from nodes.writing.supported import unsupported
from nodes.writing.text import STOP, fold

STRONG = re.compile(r"[;!?](?!\d)|\.(?=\s|$)|\b(?:but|while|whereas|however|although|though|yet)\b")
WEAK = re.compile(r",(?=\s)|\band\b")
TOKEN = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?|[a-z]{0,4}\d[\w./^-]*\w%?|[a-z]{0,4}\d[+%]?|[a-z]+(?:n't)?"
)
PERCENT = re.compile(r" ?(?:%|percent|per cent)(?!\w)")
LEAST = 3  # words of a clause that a part set off by a comma needs to stand by itself
AFTER = 3  # words after the last one told that may still turn it
TURNING = frozenset({"denied", "absent", "negative", "none", "not", "unlikely"})
_LINKS = "after before following because due despite then causing caused"
LINKS = frozenset(_LINKS.split())
_BEFORE = "from to until by before after since through over under above below"
BEFORE = frozenset(_BEFORE.split())
TIMES = (
    "january february march april may june july august september october november december now"
    " currently today initially previously formerly before"
)


@dataclass(frozen=True)
class Told:
    """The words of one text that is cited, and the words of its fact's fields beside it."""

    quote: str
    fields: str = ""
    record: bool = False


class Clause:
    """A stretch of words that says one thing, its figures and days in one spelling."""

    def __init__(self, text: str) -> None:
        """Read the tokens; ``text`` is folded and figured."""
        self._text = text
        self.tokens = [token for token in TOKEN.findall(text) if token not in IDLE - BEFORE]
        self.stems = [_stem(token) for token in self.tokens]

    @cached_property
    def claims(self) -> frozenset[Claim]:
        """Numbers with their units, days, codes and sides."""
        return figured_claims(self._text)

    @cached_property
    def drugs(self) -> frozenset[str]:
        """The drugs among the words."""
        return folded_drugs(" ".join(self.tokens))


def astray(text: str, cited: Sequence[Told]) -> bool:
    """Say whether a part of a sentence tells no clause of what is cited, or not all it must."""
    sources = [
        (clause, beside)
        for one in cited
        for beside in [Clause(_plain(one.fields))]
        for clause in _clauses(one)
    ]
    return not all(_part_told(part, sources) for part in STRONG.split(_plain(text)) if part.strip())


Source = tuple[Clause, Clause]


def _part_told(part: str, sources: Sequence[Source]) -> bool:
    """A part is told by a clause, or each of its members, long enough to stand alone, by one."""
    if _is_told(Clause(part), sources):
        return True
    members = [Clause(one) for one in WEAK.split(part) if one.strip()]
    return len(members) > 1 and all(
        len(set(_content(one))) >= LEAST and _is_told(one, sources) for one in members
    )


def _is_told(part: Clause, sources: Sequence[Source]) -> bool:
    return not _content(part) or any(_tells(part, clause, more) for clause, more in sources)


def _tells(part: Clause, clause: Clause, fields: Clause) -> bool:
    wanted = _content(part)
    if any(one not in clause.stems and one not in fields.stems for one in wanted):
        return False
    if any(one in LINKS and one not in clause.tokens for one in part.tokens):
        return False
    if unsupported(part.claims, clause.claims | fields.claims):
        return False
    places = _placed(wanted, clause)
    if places is None:
        return False
    if not places:
        return True
    return _limited(part, clause, places) and _led(part, clause) and _nearest(part, clause)


def _placed(wanted: Sequence[str], clause: Clause) -> list[int] | None:
    """Find the words of a clause that a part tells, one after the other; None: out of order."""
    there = [one for one in wanted if one in clause.stems]
    if there and _lone_day(there[0], clause):
        found = _placed(there[1:], clause)
        return None if found is None else sorted([*found, clause.stems.index(there[0])])
    places: list[int] = []
    for one in there:
        start = places[-1] + 1 if places else 0
        if one not in clause.stems[start:]:
            if one in clause.stems[:start] and there.count(one) > clause.stems.count(one):
                continue
            return None
        places.append(clause.stems.index(one, start))
    return places


def _lone_day(one: str, clause: Clause) -> bool:
    """A day may be said first, where its clause has no other."""
    return _kind(one, clause) == "day" and sum(_kind(w, clause) == "day" for w in clause.stems) == 1


def _limited(part: Clause, clause: Clause, places: Sequence[int]) -> bool:
    """Say whether a part keeps what limits its words, their sides, and denies no more."""
    first, last = min(places), max(places)
    before = clause.tokens[: last + 1]
    after = [one for one in clause.tokens[last + 1 : last + 1 + AFTER] if one in TURNING]
    if any(one in SIDES and one not in part.tokens for one in before):
        return False
    for number, limit in enumerate(LIMITS):
        window = clause.tokens[max(0, first - 2) : last + 2] if number >= WITHIN else before
        has = any(map(limit.match, part.tokens))
        if has != any(map(limit.match, [*window, *after])) and (number < ALWAYS or not has):
            return False
    return not any(map(denies, part.tokens)) or denied_alike(part.tokens, before)


def _led(part: Clause, clause: Clause) -> bool:
    """Say whether figures and days are led by from, to, until and so on as in their clause."""
    leads = {(lead if lead in BEFORE else "", one) for lead, one in _pairs(clause.tokens)}
    there = {one for _, one in leads}
    for lead, one in _pairs(part.tokens):
        said = lead if lead in BEFORE else ""
        if one in there and (said, one) not in leads and (said or ("to", one) not in leads):
            return False
    return True


def _pairs(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    for lead, one in zip(["", *tokens], tokens, strict=False):
        if _figure(one):
            yield lead, one


def _nearest(part: Clause, clause: Clause) -> bool:
    """Say whether figures, days, times and drugs follow each other as in their clause."""
    marks = [one for one in part.stems if _kind(one, clause) and one in clause.stems]
    if marks and _lone_day(marks[0], clause):
        marks = marks[1:]
    return all(_next(one, other, clause) for one, other in pairwise(marks))


def _next(one: str, other: str, clause: Clause) -> bool:
    """Say whether a mark follows another with none of a kind of theirs, but these, between."""
    kinds, on = {_kind(one, clause), _kind(other, clause)}, False
    for word in clause.stems:
        if on and word == other:
            return True
        if word == one:
            on = True
        elif _kind(word, clause) in kinds:
            on = False
    return False


def _kind(word: str, clause: Clause) -> str | None:
    if re.match(r"\d{4}-\d\d", word):
        return "day"
    if _figure(word):
        return "figure"
    if word in TIME_STEMS:
        return "time"
    return "drug" if word in {_stem(drug) for drug in clause.drugs} else None


def _figure(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _content(part: Clause) -> list[str]:
    """Give the stems that must stand in the clause: figures, times and words that tell."""
    return [
        stem
        for word, stem in zip(part.tokens, part.stems, strict=True)
        if _figure(word)
        or stem in TIME_STEMS
        or (stem not in PLAIN and word not in STOP and not denies(word))
    ]


def _clauses(one: Told) -> Iterable[Clause]:
    """Part what is cited into clauses; the words of a record's entry belong together."""
    text = _plain(one.quote)
    return [Clause(part) for part in ([text] if one.record else STRONG.split(text)) if part.strip()]


def _plain(text: str) -> str:
    """Fold a text and write its numbers and days in one way."""
    return PERCENT.sub("%", figured(DAYS.sub(_iso, fold(text))))


def _iso(match: re.Match[str]) -> str:
    days = [claim.value for claim in claims(match[0]) if claim.kind == "date"]
    return days[0] if len(days) == 1 else match[0]


def _stem(word: str) -> str:
    return word.rstrip(".,-/") if _figure(word) else stemmed(word)


TIME_STEMS = frozenset(map(stemmed, TIMES.split()))
