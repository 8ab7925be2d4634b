"""Which words of a text stand under a negation, and which do not."""

import re
from bisect import bisect_left
from typing import NamedTuple

from nodes.writing.stems import WORD, stem
from nodes.writing.text import STOP, fold

TRIGGER = re.compile(
    r"\b(?:no|not|never|none|denies|denied|deny|denying|without|negative for|absence of|lacks?"
    r"|lacking|free of|ruled out|cannot|neither|nor|unable to|failed to|fails to|failure to"
    r"|did ?n.?t|does ?n.?t|has ?n.?t|have ?n.?t|was ?n.?t|were ?n.?t|is ?n.?t|can ?n?.?t"
    r"|could ?n.?t|declined|declines|refused|refuses|never had|rather than|instead of)(?![\w'])"
)
BACK = re.compile(
    r"\b(?:(?:was|were|is|are|been|remains?|all)? ?(?:negative|absent|denied|none|unremarkable)"
    r"|not (?:present|seen|found|noted|observed|performed|done|attempted|tried|reported|given"
    r"|identified|appreciated))\b(?! (?:for|of)\b)"
)
STOPPER = re.compile(
    r"[.;:!?](?!\d)|\b(?:but|however|although|though|except|apart from|yet|despite|which|who|still"
    r"|whereas|while)\b"
)
NOT_NEGATION = re.compile(
    r"\b(?:not only|no doubt|without doubt|no change|not certain|no longer than|not necessarily"
    r"|(?:cannot|can.?t|unable to|not able to) \w+ (?:more|farther|further|longer) than)\b"
)
PLACED = re.compile(
    r"\b(?:with|after|from|during|on|by|since|following|at|when|until|before|because"
    r"|due to|despite)\b"
)
OUTCOME_VERB = re.compile(
    r" (?:been |be |being |yet |fully |adequately |significantly )*(?:reduc|toler|reliev|improv"
    r"|help|respon|control|resolv|chang|prevent|complet|benefit|provid|continu|manag)\w*"
)
REACH = 10
BEHIND = 8
_VERBS = ("did", "does", "has", "have", "was", "were", "is", "could")
_NOT = tuple(f"{verb}{gap}n" for verb in _VERBS for gap in ("", " "))
_HINTS = "no deni deny without negative absen lack free ruled can unable fail declin refus rather"
HINTS = (*f"{_HINTS} instead never neither unremark".split(), *_NOT)


class Poles(NamedTuple):
    """The stems of a text's words that stand plainly, and those that are negated."""

    plain: frozenset[str]
    negated: frozenset[str]


def poles(folded: str) -> Poles:
    """Sort the words of a folded text; one that stands both ways is in both."""
    plain: set[str] = set()
    turned: set[str] = set()
    for clause in STOPPER.split(NOT_NEGATION.sub(" ", folded)):
        under = _reached(clause) if any(hint in clause for hint in HINTS) else []
        if not under:
            plain.update(stem(word) for word in WORD.findall(clause) if word not in STOP)
            continue
        for word in WORD.finditer(clause):
            if word[0] in STOP:
                continue
            inside = any(start <= word.start() < end for start, end in under)
            (turned if inside else plain).add(stem(word[0]))
    return Poles(frozenset(plain), frozenset(turned))


def _reached(clause: str) -> list[tuple[int, int]]:
    """Find the stretches of a clause that a negation reaches, in time that grows with it only."""
    found = []
    blanks = [place for place, sign in enumerate(clause) if sign == " "]
    placed = [one.start() for one in PLACED.finditer(clause)]
    for trigger in TRIGGER.finditer(clause):
        start = trigger.end()
        if verb := OUTCOME_VERB.match(clause, start):
            found.append((start, verb.end()))
            continue
        far = _at(blanks, bisect_left(blanks, start) + REACH, len(clause))
        found.append((start, min(far, _at(placed, bisect_left(placed, start), len(clause)))))
    for trigger in BACK.finditer(clause):
        end = len(clause[max(0, trigger.start() - 80) : trigger.start()].rstrip())
        end += max(0, trigger.start() - 80)
        before = bisect_left(blanks, end)
        begin = blanks[before - BEHIND] + 1 if before >= BEHIND else 0
        found.append((trigger.start() - (end - begin) - 1, trigger.start()))
    return found


def _at(places: list[int], index: int, last: int) -> int:
    return places[index] if index < len(places) else last


def negated(text: str) -> frozenset[str]:
    """List the stems of the words within reach of a negation, up to the end of its clause."""
    return poles(fold(text)).negated


def turned(said: Poles, source: Poles) -> frozenset[str]:
    """List the words that one text uses only negated and the other only without negation."""
    denied = said.negated & source.plain - source.negated - said.plain
    affirmed = said.plain & source.negated - source.plain - said.negated
    return denied | affirmed
