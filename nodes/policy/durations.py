"""How long and when, as notes word it: "six weeks", "x 8 wks", "09/10/2026 to 11/05/2026"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from nodes.policy.grades import dated

_WORDS = (
    "one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen"
    ",sixteen,seventeen,eighteen,nineteen,twenty"
)
_NUMBERS = {word: place for place, word in enumerate(re.split(",", _WORDS), start=1)} | {
    **{"twenty-four": 24, "thirty": 30, "forty": 40, "fifty-two": 52, "sixty": 60, "ninety": 90},
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "couple of": 2,
}
_NAMES = "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(","), start=1)}
_NUMBER = r"\d{1,3}(?:\.\d)?|" + "|".join(
    rf"{word}\b" for word in sorted(_NUMBERS, key=len, reverse=True)
)
_LENGTH = re.compile(
    rf"(?P<less>\b(?:almost|nearly|less than|under|only about|not quite|<)\s*)?"
    rf"(?<![\d/.\-])(?:\b|(?<=x))(?P<low>{_NUMBER})\s*(?:\+|(?:-|\u2013|to"
    rf"|or)\s*(?:\d{{1,2}}|{_NUMBER}))?"
    r"(?:\s*\(\d{1,3}\))?[\s-]*(?:full |consecutive |continuous )?"
    r"(?P<unit>days?|weeks?|wks?|months?|mos?)\b(?!\s*(?:old|postpartum|pregnan|gestation))",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"
    rf"|\b(?P<m6>\d{{1,2}})/(?P<y6>(?:19|20)\d\d)\b"
    rf"|\b(?P<m2>\d{{1,2}})/(?P<d2>\d{{1,2}})(?:/(?P<y2>(?:20)?\d\d))?(?![/\d])"
    rf"|\b(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y3>(?:19"
    rf"|20)\d\d))?(?!\d)"
    rf"|\b(?P<d4>\d{{1,2}})\s+(?P<m4>{_MONTH})\s+(?P<y4>(?:19|20)\d\d)"
    rf"|\b(?P<m5>{_MONTH})(?:,?\s+(?P<y5>(?:19|20)\d\d))?\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:in|next|within|after|every|another|additional|remaining)\s*$", re.IGNORECASE
)
_AFTER_EVENT = re.compile(
    r"^\s*(?:s/p|status post|post|after|since|following"
    r"|out from)[ -](?:\w+[ -]){0,3}?(?:falls?|fell"
    r"|injur\w+|accident|mv[ac]|surgery|op(?:erative(?:ly)?)?|onset|trauma|lifting|delivery)\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"^\s*(?:ago|prior|earlier|before)\b", re.IGNORECASE)
_SYMPTOM = (
    r"(?:pain|symptoms?|sciatica|radiculopathy|weakness|numbness|tingling|complaints?"
    r"|ache|lbp|work)"
)
_NOT_CARE = r"(?!therap|physical|pt\b|treat|care\b|exerc|nsaid|chiro|conserv)"
_OF_SYMPTOM = re.compile(
    rf"^\s*(?:history |h/o )?(?:of|with) (?:{_NOT_CARE}\w+[ -]){{0,4}}?{_SYMPTOM}\b(?! (?:medic"
    rf"|relief"
    rf"|manag))",
    re.IGNORECASE,
)
_SYMPTOM_FOR = re.compile(
    rf"\b{_SYMPTOM}(?:\s+\w+){{0,3}}?[ ,]+(?:x|for|over|of|since)(?: the)?(?: (?:past|last))?\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|beginning|started|starting|began|start(?:ed)? on|from|initiated"
    r"|first session)\W*(?:\w+ ){0,5}?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:through|until|till|ended|ending|completed|finished|discharged|last session|to"
    r"|concluded|stopped|discontinued)\W*(?:\w+ ){0,3}?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\bsince (?:early |late |about )?(?P<year>(?:19|20)\d\d)\b(?![-/])", re.I)
_JOIN = re.compile(r"^\s*(?:to|through|until|till|thru|-|\u2013|and)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """So many days, said at this place of a sentence."""

    days: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day to a day, said in a sentence; one of the two may be open."""

    first: date | None
    last: date | None


_PART = re.compile(
    rf"\b(?P<low>{_NUMBER})\s*(?P<unit>days?|weeks?|wks?|months?|mos?)?\s*(?:\w+ )?"
    r"(?:of|out of|/|into)\s*(?:(?:an?|the|her|his|their|planned|prescribed|recommended|total"
    r"|ordered|scheduled)[ -]+){0,3}$",
    re.IGNORECASE,
)
_VISITS = re.compile(r"\b(?:visits?|sessions?|appointments?)\W*$", re.IGNORECASE)
_UNIT_OF = re.compile(r"(?:half|part|most|some|portion) of (?:\w+ ){0,2}$", re.IGNORECASE)
_TO_DO = re.compile(
    r"\b(?<!as )(?:prescri\w+|recommend\w*|order(?:ed|s)?|plan(?:s|ned)?|authoriz\w+|approved"
    r"|referred|referral|scheduled|advised|rx)\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\b(?:complet\w+|finish\w*|attend\w*|did|done|doing|underwent|undergone|participat\w*|went"
    r"|has been|have been|had|took|taken|taking|tried|trial\w*|fail\w*|despite|after|without|w/o"
    r"|no \w* ?(?:relief|improvement|benefit)|not|since|received|performed|treated|continu\w+)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[;,.]|\band\b|\bbut\b|\bthen\b", re.IGNORECASE)


def lengths(sentence: str) -> list[Length]:
    """List how long treatment lasted; symptoms' durations, ages and future times are left out.

    "2 of 8 weeks" is two weeks, and what was only prescribed is none.
    A range counts by its lower end, "nearly six weeks" as a day less; a month is 30 days.
    """
    found = []
    for match in _LENGTH.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if _FUTURE.search(before) and not _follows_care(before):
            continue
        if _SYMPTOM_FOR.search(before) or any(
            one.search(after) for one in (_AGO, _AFTER_EVENT, _OF_SYMPTOM)
        ):
            continue
        if _UNIT_OF.search(before) or _only_prescribed(sentence, match):
            continue
        done = _days_done(before, match)
        if done:
            found.append(Length(done, match.start(), match.end()))
    return found


def _days_done(before: str, match: re.Match[str]) -> int:
    """The days of a length, or of the part of it that was done; none when that stands alone."""
    part = _PART.search(before)
    if not part:
        return _days(match)
    if part["unit"] or re.search(r"(?:visit|session|appointment)s?\W", part.group(), re.I):
        return 0
    share = _days_of(part["low"], match["unit"])
    return 0 if _VISITS.search(before[: part.start()]) else min(share, _days(match))


def _only_prescribed(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words that rule a length say that it was to be done, not that it was."""
    edges = [edge.span() for edge in _PIECE.finditer(sentence)]
    low = max((end for _, end in edges if end <= match.start()), default=0)
    high = min((start for start, _ in edges if start >= match.end()), default=len(sentence))
    piece = sentence[low:high]
    if _DOING.search(piece):
        return False
    if _TO_DO.search(piece):
        return True
    ahead = list(_TO_DO.finditer(sentence, 0, low))
    return bool(ahead) and not _DOING.search(sentence[ahead[-1].end() : low])


def _follows_care(before: str) -> bool:
    return bool(re.search(r"\bafter\s*$", before, re.IGNORECASE))


def _days(match: re.Match[str]) -> int:
    return _days_of(match["low"], match["unit"]) - bool(match["less"])


def _days_of(low: str, unit: str) -> int:
    word, first = low.lower(), unit[0].lower()
    number = float(_NUMBERS[word]) if word in _NUMBERS else float(word)
    return int(number * (1 if first == "d" else 7 if first == "w" else 30))


def stretch(sentence: str, written: date) -> Stretch:
    """Find from when to when; a month alone counts from its last day, or to its first.

    A day without a year is the latest such day not after the note; a year alone is its last day.
    """
    first: date | None = None
    last: date | None = None
    spots = dated(_DATE, sentence) if _may_date(sentence) else []
    for place, match in enumerate(spots):
        if place and _JOIN.match(sentence[spots[place - 1].end() : match.start()]):
            start, end = _day(spots[place - 1], written, late=True), _day(match, written)
            if start and end and start <= end:
                return Stretch(start, end)
        before = sentence[: match.start()]
        if _SINCE.search(before):
            first = _day(match, written, late=True) or first
        elif _UNTIL.search(before):
            last = _day(match, written) or last
    first = first or _since_year(sentence, written)
    return Stretch(first, last)


def _may_date(sentence: str) -> bool:
    return any(map(sentence.casefold().__contains__, ("/", "-", *_MONTHS)))


def _since_year(sentence: str, written: date) -> date | None:
    found = _YEAR.search(sentence)
    symptom = found and _SYMPTOM_FOR.search(sentence[: found.start("year")])
    end = date(int(found["year"]), 12, 31) if found and not symptom else date.max
    return end if end <= written else None


def dates_in(sentence: str, written: date) -> list[date]:
    """List the days a sentence names; a month needs its year, and counts from its first day."""
    spots = (m for m in dated(_DATE, sentence) if m["m5"] is None or m["y5"])
    return [found for match in spots if (found := _day(match, written))]


def _day(match: re.Match[str], written: date, late: bool = False) -> date | None:
    parts = {key[0]: value for key, value in match.groupdict().items() if value}
    month = int(parts["m"]) if parts["m"].isdigit() else _MONTHS[parts["m"][:3].lower()]
    year = int(parts["y"]) if "y" in parts else written.year
    year += 2000 * (year < 100)
    if not 1 <= month <= 12 or not 1900 <= year <= 2200:
        return None
    day = int(parts["d"]) if "d" in parts else monthrange(year, month)[1] if late else 1
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    found = date(year, month, day)
    if "y" not in parts and found > written:
        found = date(year - 1, month, min(day, monthrange(year - 1, month)[1]))
    return found


_AGO_START = re.compile(
    rf"\b(?:started|began|initiated|since)\b[^.;]{{0,60}}?\b(?P<low>{_NUMBER})\s*(?P<unit>days?"
    rf"|weeks?|wks?|months?|mos?)\s+ago\b",
    re.IGNORECASE,
)


def started_ago(sentence: str, written: date) -> date | None:
    """Find the day of "started six weeks ago"."""
    match = _AGO_START.search(sentence)
    return written - timedelta(days=_days_of(match["low"], match["unit"])) if match else None
