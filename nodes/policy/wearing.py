"""Use of a device at night: the share of nights with four hours or more, best 30 days in a row."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from nodes.policy.figure import FINAL, Figures, Reckoned
from nodes.policy.finding import Refused, Voice, day
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaves import Derived
from nodes.policy.refusing import refused, why_refused
from nodes.policy.units import convert

HOURS, SPAN = 4, 30
_FOUR = re.compile(
    r"(?:>=?|\u2265|at least|more than|over|greater than|minimum of)\s*(?:or equal to )?"
    r"(?:4|four)(?:\.0)?\s*\+?\s*-?h(?:ou)?rs?\b|\b(?:4|four)\s*(?:\+|or more|plus)\s*h(?:ou)?rs?\b"
    r"|\b(?:4|four)\s*h(?:ou)?rs?\s*(?:or more|plus|\+)|\u2265\s*4\s*h\b|>=?\s*4\s*h\b|\b4\+\s*h\b"
    r"|\b(?:4|four)\s*h(?:ou)?rs?\s*(?:per|a|each|/)\s*night",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:goals?|targets?|must|should|needs? to|require\w*|aim\w*|expected|minimum of"
    r"|encourag\w*|in order to|criteri\w+)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s*(?:%|percent)", re.IGNORECASE)
_OF = re.compile(
    r"\b(\d{1,3})\s*(?:of|out of|/)\s*(?:the )?(?:last |past )?(\d{1,3})\s*(?:consecutive )?"
    r"(?:nights|days)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:over|in|during|for|past|last|of) (?:the |a )?(?:last |past |previous )?"
    r"(?:consecutive )?(\d{1,3})[ -](?:consecutive )?(?:day|night)s?\b",
    re.IGNORECASE,
)
"""A stated period that is shorter than 30 days shows no 30 days in a row."""


def nights(leaf: Derived, question: Question, since: date) -> Figures:
    """Compute it from hours of each night, and take what reports and notes state."""
    known = [*_nightly(leaf, question, since), *_reported(question)]
    told, no = _told(question)
    lacking = "No share of nights with 4 hours of use over 30 days is recorded."
    return Figures((*known, *told), lacking, refused=tuple(no))


def _nightly(leaf: Derived, question: Question, since: date) -> list[Reckoned]:
    """The best 30 days in a row; a night without a value was not used."""
    if leaf.value_set is None:
        return []
    used: dict[date, tuple[Decimal, Voice]] = {}
    for fact in question.coded(leaf.value_set, ("observation",)):
        hours = convert(fact.value, "h") if fact.value and fact.status in FINAL else None
        if hours is not None and fact.start and fact.start >= since:
            used[fact.start] = (hours, Voice(fact, "for", fact.start))
    if not used or (max(used) - min(used)).days < SPAN - 1:
        return []
    best, start = _best(used)
    inside = [voice for on, (_, voice) in sorted(used.items()) if start <= on < start + SPAN * _DAY]
    percent = round(Decimal(best * 100) / SPAN, 1)
    said = f"4 hours or more on {best} of {SPAN} nights from {day(start)}"
    return [Reckoned(max(used), percent, percent, said, tuple(inside))]


_DAY = timedelta(days=1)


def _best(used: dict[date, tuple[Decimal, Voice]]) -> tuple[int, date]:
    full = sorted(on for on, (hours, _) in used.items() if hours >= HOURS)
    last = max(used) - (SPAN - 1) * _DAY
    starts = [on for on in used if on <= last] or [min(used)]
    return max((sum(s <= on < s + SPAN * _DAY for on in full), s) for s in sorted(starts))


def _reported(question: Question) -> Iterable[Reckoned]:
    by_kind = question.index.by_kind
    for fact in (*by_kind["observation"], *by_kind["report"], *by_kind["device"]):
        percent = _share(fact.quote) if _FOUR.search(fact.quote) else None
        if percent is not None and fact.status in FINAL | {"active", "completed"}:
            on = fact.end or fact.start
            said = f"{percent} % of nights with 4 hours or more, {day(on)}"
            yield Reckoned(on, percent, percent, said, (Voice(fact, "for", on),))


def _told(question: Question) -> tuple[list[Reckoned], list[Refused]]:
    found: list[Reckoned] = []
    no: list[tuple[Mention, str]] = []
    for one in question.index.mentions("figure.use"):
        text = one.sentence.text
        percent = _share(text) if _FOUR.search(text) else None
        why = why_refused(one, ever=True)
        if why is None and _WANTED.search(text):
            why = "It says what is wanted, not what was used."
        elif why is None and not _FOUR.search(text):
            why = "It does not say that it counts nights with 4 hours of use or more."
        elif why is None and percent is None:
            why = "The period is shorter than 30 days, or the share is not clear."
        if why or percent is None:
            no.append((one, why or "The share is not clear."))
            continue
        voice = Voice(quoted(one), "for", one.written, own=True)
        said = f"{percent} % of nights with 4 hours or more, note of {day(one.written)}"
        found.append(Reckoned(one.written, percent, percent, said, (voice,)))
    return found, refused(no)


def _share(text: str) -> Decimal | None:
    """The one share that a text states, of 30 days or more."""
    parts = _OF.search(text)
    if parts:
        used, total = int(parts[1]), int(parts[2])
        return round(Decimal(used * 100) / total, 1) if total >= SPAN and used <= total else None
    period = _PERIOD.search(text)
    if period and int(period[1]) < SPAN:
        return None
    stated = {Decimal(found) for found in _PERCENT.findall(text)}
    return stated.pop() if len(stated) == 1 and max(stated) <= 100 else None
