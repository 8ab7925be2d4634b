"""Pack-years smoked, and years since the last cigarette, as recorded and as notes tell them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from nodes.chart import Fact
from nodes.policy.figure import FINAL, Figures, Reckoned
from nodes.policy.finding import Voice, day
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaves import Derived
from nodes.policy.refusing import refused, why_refused

PACK_YEARS, QUIT_ON = "8664-5", "74010-9"
MOST = Decimal(400)
_YEAR_DAYS = Decimal("365.25")
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_TOTAL = re.compile(
    rf"(?P<under><=?|less than|fewer than|under|below)?\s*"
    rf"(?P<bound>>=?|≥|over|more than|at least|greater than)?\s*(?P<low>{_NUMBER})\s*"
    rf"(?:(?:-|to)\s*(?P<high>{_NUMBER}))?\s*(?P<plus>\+)?[\s-]*(?:pack[\s/-]*(?:years?|yrs?)|pk[\s-]*y(?:ea)?rs?|p-?y\b)"
    rf"|pack[\s-]*(?:years?|yrs?)\D{{0,24}}(?P<after>{_NUMBER})",
    re.IGNORECASE,
)
_DAILY = re.compile(
    rf"(?P<packs>1/2|{_NUMBER}|half|one|two|three|an?)\s*(?:an?\s+)?(?:-\s*)?(?:ppd|packs?)\b.*?"
    rf"(?P<years>{_NUMBER})\s*\+?\s*-?(?:years?|yrs?|y\b)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = {"half": "0.5", "1/2": "0.5", "a": "1", "an": "1", "one": "1", "two": "2", "three": "3"}
_AGO = re.compile(r"(?P<years>\d{1,2})\s*\+?\s*(?P<unit>years?|yrs?|months?|mos?)", re.IGNORECASE)
_DATED = re.compile(
    r"(?:(?P<m>\d{1,2})/(?:(?P<d>\d{1,2})/)?|(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?|(?P<dash>(?:19|20)\d\d)-(?P<dm>\d\d)(?:-\d\d)?)?"
    r"(?P<y>(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT = re.compile(r"smok|tobacco|cigar|pack|ppd|nicotine", re.IGNORECASE)
_OTHER = re.compile(r"alcohol|drink|etoh|opioid|cannabis|marijuana", re.IGNORECASE)


def pack_years(leaf: Derived, question: Question, since: date) -> Figures:
    """Take the total as recorded or told; else packs a day times years when a note gives both."""
    known = list(_recorded(question))
    no: list[tuple[Mention, str]] = []
    for one in question.index.mentions("pack_years"):
        why = why_refused(one)
        if why:
            no.append((one, why))
            continue
        amount = _amount(one.words)
        if amount:
            low, high = amount
            said = f"{_shown(low, high)} pack-years, note of {day(one.written)}"
            known.append(Reckoned(one.written, low, high, said, (_voice(one),)))
    return Figures(
        tuple(known), "Nothing recorded gives the pack-years.", refused=tuple(refused(no))
    )


def years_since_quit(leaf: Derived, question: Question, since: date) -> Figures:
    """Count the years from the last quitting that a note tells to the day of the order."""
    found: dict[str, Reckoned] = {}
    no: list[tuple[Mention, str]] = []
    for one in question.index.mentions("quit_smoking"):
        why = why_refused(one)
        if why or not _of_smoking(one):
            no.append((one, why or "Not about smoking"))
            continue
        told = _since(one, question.ordered)
        if told and (one.note.note.id not in found or told.high < found[one.note.note.id].high):
            found[one.note.note.id] = told
    known = (*_quit_recorded(question), *found.values())
    return Figures(
        known, "Nothing recorded says when smoking was stopped.", refused=tuple(refused(no))
    )


def _recorded(question: Question) -> Iterator[Reckoned]:
    for fact in question.index.by_code.get("LOINC", {}).get(PACK_YEARS, ()):
        if fact.value and not fact.value.comparator and fact.status in FINAL:
            number = fact.value.value
            said = f"{number} pack-years on {day(fact.start)}"
            yield Reckoned(fact.start, number, number, said, (Voice(fact, "for", fact.start),))


def _quit_recorded(question: Question) -> tuple[Reckoned, ...]:
    facts = question.index.by_code.get("LOINC", {}).get(QUIT_ON, ())
    return tuple(
        one
        for fact in facts
        if fact.status in FINAL and fact.value_text
        for one in [_dated(fact.value_text, question.ordered, fact, fact.start)]
        if one
    )


def _amount(words: str) -> tuple[Decimal, Decimal] | None:
    total = _TOTAL.search(words)
    if total:
        low = Decimal(total["low"] or total["after"])
        if total["under"]:
            return Decimal(0), low - Decimal("0.1")
        if total["high"]:
            return low, max(low, Decimal(total["high"]))
        return low, MOST if total["bound"] or total["plus"] else low
    daily = _DAILY.search(words)
    if not daily:
        return None
    packs = Decimal(_WORDS.get(daily["packs"].lower(), daily["packs"]))
    number = packs * Decimal(daily["years"])
    return number, number


def _of_smoking(mention: Mention) -> bool:
    sentence = mention.sentence
    told = f"{sentence.heading} {sentence.text}"
    if _ABOUT.search(mention.words):
        return True
    return bool(_ABOUT.search(told)) and not _OTHER.search(sentence.text)


def _since(mention: Mention, on: date) -> Reckoned | None:
    ago = _AGO.search(mention.words)
    if not ago:
        return _dated(mention.words, on, None, mention.written, mention)
    years = Decimal(ago["years"])
    if ago["unit"].lower().startswith("m"):
        years = years / 12
    years += Decimal(max((on - mention.written).days, 0) // 365)
    years = years.quantize(Decimal("0.1")).normalize()
    said = f"{years:f} years since smoking was stopped, note of {day(mention.written)}"
    return Reckoned(mention.written, years, years, said, (_voice(mention),))


def _dated(
    words: str, on: date, fact: Fact | None, said_on: date | None, mention: Mention | None = None
) -> Reckoned | None:
    """Reckon from a year, or a month of a year; a year alone gives a range."""
    found = next((m for m in _DATED.finditer(words) if m["y"] or m["dash"]), None)
    if not found:
        return None
    year = int(found["dash"] or found["y"])
    month = _month(found)
    first, last = date(year, month or 1, 1), date(year, month or 12, 28)
    if first > on:
        return None
    low = Decimal(max((on - last).days, 0)) / _YEAR_DAYS
    high = Decimal((on - first).days) / _YEAR_DAYS
    low, high = (one.quantize(Decimal("0.1")) for one in (low, high))
    said = f"{_shown(low, high)} years since smoking was stopped, as of {day(said_on)}"
    voice = Voice(fact, "for", said_on) if fact else _voice(mention) if mention else None
    return Reckoned(said_on, low, high, said, (voice,) if voice else ())


def _month(found: re.Match[str]) -> int | None:
    if found["name"]:
        return _MONTHS.index(found["name"].lower()) + 1
    told = found["m"] or found["dm"]
    return int(told) if told and 1 <= int(told) <= 12 else None


def _shown(low: Decimal, high: Decimal) -> str:
    if not low:
        return f"at most {high}"
    if high == MOST:
        return f"{low} or more"
    return f"{low}" if low == high else f"{low} to {high}"


def _voice(mention: Mention) -> Voice:
    return Voice(quoted(mention), "for", mention.written, own=True)
