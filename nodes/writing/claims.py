"""What a sentence claims that can be looked up: numbers with units, dates, codes and sides."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from nodes.chart import Fact
from nodes.writing.figures import figured
from nodes.writing.sides import BODY, EYES, SIDES
from nodes.writing.text import fold
from nodes.writing.units import UNIT, canonical_unit

Kind = Literal["number", "date", "code", "side"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust"
    r"|(?<=sep)t(?:ember)?|(?<=oct)ober|(?<=nov)ember|(?<=dec)ember)?\b\.?"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"


class Claim(NamedTuple):
    """One thing that can be looked up; ``value`` is canonical, such as ``2026-08-01``."""

    kind: Kind
    value: str
    unit: str | None = None

    def __str__(self) -> str:
        """Write it as a person would say it."""
        return f"{self.kind} {self.value}{' ' + self.unit if self.unit else ''}"


def claims(text: str) -> frozenset[Claim]:
    """List all that can be looked up in a text."""
    return figured_claims(figured(fold(text)))


def figured_claims(rest: str) -> frozenset[Claim]:
    """List the same in a folded text whose numbers are figures already."""
    found: set[Claim] = set()
    lacking = _lacking(rest)
    for needs, pattern, read in _READERS:
        if needs not in lacking:
            rest = _take(pattern, read, rest, found)
    return frozenset(found)


def _lacking(text: str) -> frozenset[str]:
    """List what readers need and a text does not have: a figure, a month, a word."""
    lacking = {word for word in _WORDS if word not in text}
    if not any(share in text for share in _SHARED):
        lacking.add("half")
    if not _MONTH_NAMED.search(text):
        lacking |= {"month", "digit month"}
    if not _DIGIT.search(text):
        return frozenset(lacking | _OF_FIGURES)
    return frozenset(lacking.union(need for need, near in _NEAR if not near.search(text)))


def fact_claims(fact: Fact, read: Callable[[str], frozenset[Claim]] = claims) -> frozenset[Claim]:
    """List what a fact's structured fields say; ``read`` may keep what it has read before."""
    found = {Claim("date", day.isoformat()) for day in (fact.start, fact.end) if day}
    found |= {Claim("code", _code(coding.code)) for coding in fact.codes}
    if fact.value:
        found.add(Claim("number", _number(str(fact.value.value)), canonical_unit(fact.value.unit)))
    texts = [fact.value_text, fact.status, fact.author]
    texts += [text for coding in fact.codes for text in (coding.code, coding.display)]
    return frozenset(found).union(*(read(text) for text in texts if text))


def dates(known: Iterable[Claim]) -> list[date]:
    """Give the full dates among claims."""
    full = (c.value for c in known if c.kind == "date" and re.match(r"\d{4}-\d\d-\d\d", c.value))
    return sorted(date.fromisoformat(value) for value in full)


def _take(
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str]], Iterable[Claim]],
    text: str,
    found: set[Claim],
) -> str:
    def keep(match: re.Match[str]) -> str:
        claimed = list(read(match))
        found.update(claimed)
        return " ; " if claimed else match[0]

    return pattern.sub(keep, text)


def _day(year: str | None, month: str, day: str | None) -> Iterator[Claim]:
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    full = int(year) + (2000 if len(year) == 2 else 0) if year else 2024
    try:
        checked = date(full, number, int(day or 1)).isoformat()
    except ValueError:
        return
    yield Claim("date", checked if year and day else checked[:7] if year else "-" + checked[4:])


def _measure(match: re.Match[str]) -> Iterator[Claim]:
    unit, low, high = canonical_unit(match["unit"]), _number(match["low"]), match["high"]
    falling = bool(high) and Decimal(_number(high)) < Decimal(low)
    yield Claim("number", match["sign"] + low, None if falling else unit)
    if high:
        yield Claim("number", _number(high), unit)


def _number(figures: str) -> str:
    value = Decimal(figures.replace(",", ""))
    return format(value.normalize(), "f")


def _code(text: str) -> str:
    return fold(text).replace(".", "").removeprefix("hb")


def _levels(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim("code", match[1] + match[2])
    yield Claim("code", (match[3] or match[1]) + match[4])


def _side(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim("side", SIDES.get(match[0].strip(" ."), "bilateral"))


def _eye(match: re.Match[str]) -> Iterator[Claim]:
    """Read OD, OS and OU as eyes only where eyes are spoken of: od is also once daily."""
    if EYES.search(match.string):
        yield Claim("side", {"od": "right", "os": "left", "ou": "bilateral"}[match[0]])


def _literal(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim("number", match[0].replace(" ", ""))


def _coded(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim("code", _code(match[0]))


_WORDS = ("day", "-", "left", "right", "both")
_DIGIT = re.compile(r"\d")
_OF_FIGURES = frozenset({"digit", "digit month", "-", "a1", "1a", "1/1"})
_NEAR = (
    ("a1", re.compile(r"[a-z]\d")),
    ("1a", re.compile(r"[\d.,][a-z_^]")),
    ("1/1", re.compile(r"[/:^]")),
)
_SHARED = ("hal", "doubl", "tripl", "quad", "fold", "dozens", "reds", "ands", "major", "quarter")
_MONTH_NAMED = re.compile("|".join(MONTHS))
_SHARES = (
    r"\b(?:half|halved|halving|doubl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupl(?:e|ed|ing)|\w+fold"
    r"|dozens|hundreds|thousands|majority|quarter)\b"
)
_ATTACHED = rf"(?:{UNIT}|st|nd|rd|th|x|s)(?![a-z0-9])"

_READERS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Iterable[Claim]]], ...] = (
    tuple(
        (needs, re.compile(pattern), read)
        for needs, pattern, read in (
            (
                "-",
                r"(\d(?<!\d\d)\d{3})-(\d\d)-(\d\d)(?:t[\d:.+z-]*)?(?!\d)",
                lambda m: _day(m[1], m[2], m[3]),
            ),
            (
                "digit",
                r"(\d(?<![\d/]\d)(?<!(?<![/.]\d{4})-\d)\d?)([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|\.\d)",
                lambda m: _day(m[4], m[1], m[3]),
            ),
            ("digit month", rf"\b{MONTH} {DAY},? (\d{{4}})\b", lambda m: _day(m[3], m[1], m[2])),
            (
                "digit month",
                rf"\b{DAY}[ -](?:of )?{MONTH},?[ -](\d{{4}})\b",
                lambda m: _day(m[3], m[2], m[1]),
            ),
            ("digit month", rf"\b{MONTH},?[ -](\d{{4}})\b", lambda m: _day(m[2], m[1], None)),
            (
                "digit month",
                rf"\b{MONTH} {DAY}\b(?! ?(?:{UNIT})\b)",
                lambda m: _day(None, m[1], m[2]),
            ),
            (
                "month",
                rf"\b(?:in|since|until|by|last|early|late|mid|during|through)[ -]{MONTH}(?! \d)",
                lambda m: [Claim("date", f"--{MONTHS.index(m[1]) + 1:02d}")],
            ),
            ("day", rf"\b(?:{'|'.join(WEEKDAYS)})(?=s?\b)", lambda m: [Claim("date", m[0])]),
            ("-", r"(\d(?<!\d\d)\d{3})-(\d\d)(?![\d-])", lambda m: _day(m[1], m[2], None)),
            ("a1", r"([ctls])(?<!\w[ctls])(\d{1,2}) ?(?:[-/]|to) ?([ctls]?)(\d{1,2})\b", _levels),
            ("a1", r"[a-z](?<![\w.][a-z])[a-z]{0,3}\d\w*(?:\.\w+)?", _coded),
            ("-", r"\d(?<![\w.-]\d)\d*(?:-\d+){2,}(?!\w)", _coded),
            ("1a", rf"\d(?<![\w.]\d)[\d.,]*(?!{_ATTACHED})[a-z_^]\w*(?:[.,]\w+)*", _literal),
            ("1/1", r"\d(?<![\w.]\d)\d*(?:\.\d+)?(?: ?[/:^] ?\d+(?:\.\d+)?)+", _literal),
            (
                "digit",
                rf"(?<![\w.])(?P<sign>(?:(?<=[ (=:])-)?)(?P<low>{NUMBER})"
                rf"(?: ?(?:-|to) ?(?P<high>{NUMBER}))?"
                rf"(?:(?: ?-? ?)(?P<unit>{UNIT})(?![a-z0-9])|(?:st|nd|rd|th)?)",
                _measure,
            ),
            ("half", _SHARES, _literal),
            ("left", r"\bleft(?! (?:the|work|her|his|untreated|without|against|school)\b)", _side),
            ("right", r"\bright(?! (?:away|now)\b)", _side),
            ("", rf"[lr](?<!\w[lr])(?:t\b\.?|(?= {BODY}\b)|[lu]e\b)", _side),
            ("", r"b(?<!\wb)(?:ilateral(?:ly)?\b|/l\b|[lu]e\b)", _side),
            ("", r"o(?<!\wo)[dsu]\b", _eye),
            (
                "both",
                r"\bboth(?= (?:sides|legs|knees|arms|hands|feet|hips|shoulders|eyes|ears|lower"
                r"|upper))",
                _side,
            ),
        )
    )
)
