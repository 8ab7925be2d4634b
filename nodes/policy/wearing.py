"""Use of a device at night: the share of nights with four hours or more, best 30 days in a row."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from nodes.policy.durations import stretch
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
_LONG = re.compile(
    r"\b(?:(?P<days>\d{2,3})[ -]?(?:consecutive )?(?:days?|nights?)|(?P<weeks>\d{1,2})[ -]?weeks?"
    r"|(?P<months>\d|one|two|three|a)[ -]?months?|(?P<word>monthly|last month|past month))\b"
    r"(?! (?:ago|after|since|post|into))",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\b(?:month (?:#)?(?:[4-9]|\d\d)|(?:[4-9]|\d\d|four|five|six|seven|eight|nine|ten) months?"
    r" (?:after|since|into|post)|years? (?:after|since|into)|second year)\b",
    re.IGNORECASE,
)
TRIAL = timedelta(days=92)
_PAP = re.compile(r"\b(?:c-?pap|bi-?pap|apap|auto-?pap|pap|positive airway)\b", re.IGNORECASE)


def nights(leaf: Derived, question: Question, since: date) -> Figures:
    """Compute it from hours of each night, and take what reports and notes state."""
    begun = _begun(question)
    known = [*_nightly(leaf, question, since, begun), *_reported(question, begun)]
    told, no = _told(question, begun)
    lacking = "No share of nights with 4 hours of use over 30 days is recorded."
    return Figures((*known, *told), lacking, refused=tuple(no))


def _begun(question: Question) -> date | None:
    """The first day of the device, when the record tells it."""
    index = question.index
    days = [one.start for one in (*index.by_kind["device"], *index.by_kind["procedure"])
            if one.start and _PAP.search(one.quote)]  # fmt: skip
    return min(days, default=None)


def _late(text: str, on: date | None, begun: date | None) -> bool:
    """Whether a report ends after the first three months, as it says or by the first day."""
    if _LATE.search(text):
        return True
    return begun is not None and on is not None and on > begun + TRIAL


def _nightly(leaf: Derived, question: Question, since: date, begun: date | None) -> list[Reckoned]:
    """The best 30 days in a row; a night without a value was not used."""
    if leaf.value_set is None:
        return []
    used: dict[date, tuple[Decimal, Voice]] = {}
    for fact in question.coded(leaf.value_set, ("observation",)):
        hours = convert(fact.value, "h") if fact.value and fact.status in FINAL else None
        if hours is not None and fact.start and fact.start >= since:
            if begun and fact.start > begun + TRIAL:
                continue
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


def _reported(question: Question, begun: date | None) -> Iterable[Reckoned]:
    by_kind = question.index.by_kind
    for fact in (*by_kind["observation"], *by_kind["report"], *by_kind["device"]):
        spanned = (fact.end - fact.start).days + 1 if fact.end and fact.start else None
        on = fact.end or fact.start
        percent = None
        if _FOUR.search(fact.quote) and not _late(fact.quote, on, begun):
            percent = _share(fact.quote, on or date.min, spanned)
        if percent is not None and fact.status in FINAL | {"active", "completed"}:
            said = f"{percent} % of nights with 4 hours or more, {day(on)}"
            yield Reckoned(on, percent, percent, said, (Voice(fact, "for", on),))


def _told(question: Question, begun: date | None) -> tuple[list[Reckoned], list[Refused]]:
    found: list[Reckoned] = []
    no: list[tuple[Mention, str]] = []
    for one in question.index.mentions("figure.use"):
        text = one.sentence.text
        percent = _share(text, one.written) if _FOUR.search(text) else None
        why = why_refused(one, ever=True)
        if why is None and _WANTED.search(text):
            why = "It says what is wanted, not what was used."
        elif why is None and not _FOUR.search(text):
            why = "It does not say that it counts nights with 4 hours of use or more."
        elif why is None and _late(text, one.written, begun):
            why = "It is not of the first three months."
        elif why is None and percent is None:
            why = "The period is not said to be of 30 days or more, or the share is not clear."
        if why or percent is None:
            no.append((one, why or "The share is not clear."))
            continue
        voice = Voice(quoted(one), "for", one.written, own=True)
        said = f"{percent} % of nights with 4 hours or more, note of {day(one.written)}"
        found.append(Reckoned(one.written, percent, percent, said, (voice,)))
    return found, refused(no)


def _share(text: str, written: date, spanned: int | None = None) -> Decimal | None:
    """The one share that a text states, of a period known to be of 30 days or more."""
    parts = _OF.search(text)
    if parts:
        used, total = int(parts[1]), int(parts[2])
        return round(Decimal(used * 100) / total, 1) if total >= SPAN and used <= total else None
    period = _PERIOD.search(text)
    days = spanned if spanned else int(period[1]) if period else _length(text, written)
    if days is None or days < SPAN:
        return None
    stated = {Decimal(found) for found in _PERCENT.findall(text)}
    return stated.pop() if len(stated) == 1 and max(stated) <= 100 else None


def _length(text: str, written: date) -> int | None:
    """How many days the stated period has: from a day to a day, or so many weeks or months."""
    when = stretch(text, written)
    if when.first and when.last:
        return (when.last - when.first).days + 1
    found = [_days(one) for one in _LONG.finditer(text)]
    return min(found) if found else None


def _days(match: re.Match[str]) -> int:
    if match["days"]:
        return int(match["days"])
    if match["weeks"]:
        return int(match["weeks"]) * 7
    return SPAN
