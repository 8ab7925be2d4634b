"""A sentence about several drugs, cut into what is said of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nodes.policy.index import Mention

_LISTED = re.compile(
    r"^(?:[\s,/&+]|\band\b|\bor\b|\bplus\b|\bas well as\b|\bboth\b|\bnor\b|\([^)\d]{0,25}\))*$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r";|,|\band\b|\bor\b|\bthen\b|\bbut\b|\bwhile\b|\bhowever\b|\bwhereas\b|\bfollowed by\b"
    r"|\bprior to\b|\bbefore\b|\bafter which\b|\bplus\b",
    re.IGNORECASE,
)
_HARD = re.compile(
    r";|\bthen\b|\bbut\b|\bwhile\b|\bhowever\b|\bwhereas\b|\bfollowed by\b|\bcurrently\b|\bnow\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r";|\bbut\b|\bhowever\b|\bwhile\b|\bwhereas\b", re.IGNORECASE)
CONTINUES = re.compile(
    r"^(?:it|this|these|that|she|he|they|patient|pt|the patient|stopp\w*|discontinu\w*|d/c|no\b"
    r"|not\b|without|with\b|despite|after|symptoms|disease|joint|pain|ineffective|failed|never|had\b|has\b"
    r"|did|could|can|inadequate|partial|response|outcome|reason|took|taken|completed|tolerated"
    r"|unable|still|persistent|continu\w*|only|little|minimal|due|because|developed|caused|remains|remained"
    r"|there was|was\b|were\b|is\b|rash|nausea|then stopped|cdai|das28|flare\w*|active|worse\w*)",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\b(?:and|or|then|the|with|mg|both)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:both|all|each|either|neither)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What a sentence says of one drug: the words before its name and those after it."""

    name: str
    before: str
    after: str
    mention: Mention

    @property
    def text(self) -> str:
        """All of it, the name left out as a blank of its length."""
        return f"{self.before}{' ' * len(self.name)}{self.after}"


def parts(mentions: Sequence[Mention]) -> Iterator[Part]:
    """Cut one sentence by the drugs it names; names in a list share what is said of the list.

    A drug of which nothing else is said takes over what is said before the first of a row, or of
    all together after the last.
    """
    sentence = mentions[0].sentence
    text, offset = sentence.text, sentence.start
    groups = _groups(text, mentions)
    spans = [(one[0].start - offset, one[-1].end - offset) for one in groups]
    edges = [0]
    soft = []
    for (_, end), (start, _) in pairwise(spans):
        cut, hard = _cut(text, end, start)
        edges.append(cut)
        soft.append(not hard)
    edges.append(len(text))
    heads = [text[edges[i] : spans[i][0]] for i in range(len(groups))]
    tails = [text[spans[i][1] : edges[i + 1]] for i in range(len(groups))]
    for i, group in enumerate(groups):
        before = _own_before(_before(heads, soft, i))
        after = _own_after(_after(tails, soft, i))
        for one in group:
            yield Part(one.words, before, after, one)


def _groups(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    offset = mentions[0].sentence.start
    for one in sorted(mentions, key=lambda mention: mention.start):
        if groups and one.start < groups[-1][-1].end:
            continue
        if groups and _LISTED.match(text[groups[-1][-1].end - offset : one.start - offset]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _cut(text: str, end: int, start: int) -> tuple[int, bool]:
    """Where the words between two drugs change sides, and whether they end what was said."""
    between = text[end:start]
    hard = list(_HARD.finditer(between))
    if hard:
        return end + hard[-1].start(), True
    found = list(_CUT.finditer(between))
    return (end + found[-1].start(), False) if found else (start, False)


def _before(heads: list[str], soft: list[bool], place: int) -> str:
    """The words before; those of the first in the row when there are none of its own."""
    first = place
    while first and soft[first - 1] and not _says(heads[first]):
        first -= 1
    return heads[place] if first == place else f"{heads[first]} {heads[place]}"


def _after(tails: list[str], soft: list[bool], place: int) -> str:
    """The words after, with those after the last of the row that are said of all."""
    if place < len(soft) and _ALL.search(tails[-1]):
        return f"{tails[place]} {tails[-1]}"
    last = place
    while last < len(soft) and soft[last]:
        last += 1
    if last != place and not _says(tails[place]):
        return f"{tails[place]} {tails[last]}"
    return tails[place]


def _own_before(words: str) -> str:
    """Without what an earlier clause says of something else."""
    cuts = list(_CLAUSE.finditer(words))
    return words[cuts[-1].end() :] if cuts else words


def _own_after(words: str) -> str:
    """Without later clauses that do not go on about the drug."""
    for cut in _CLAUSE.finditer(words):
        if not CONTINUES.match(words[cut.end() :].lstrip(" ,")):
            return words[: cut.start()]
    return words


def _says(words: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3,}", _SMALL.sub("", words)))
