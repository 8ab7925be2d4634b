"""What a sentence claims that can be looked up: numbers with units, dates, codes and sides."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from nodes.chart import Fact
from nodes.writing.text import fold
from nodes.writing.units import NUMBER_WORDS, UNIT, canonical_unit

Kind = Literal["number", "date", "code", "side"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust"
    r"|(?<=sep)t(?:ember)?|(?<=oct)ober|(?<=nov)ember|(?<=dec)ember)?\b\.?"
)
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
    rest = _figures(fold(text))
    found: set[Claim] = set()
    for pattern, read in _READERS:
        rest = _take(pattern, read, rest, found)
    return frozenset(found)


def fact_claims(fact: Fact) -> frozenset[Claim]:
    """List what a fact's structured fields say."""
    found = {Claim("date", day.isoformat()) for day in (fact.start, fact.end) if day}
    found |= {Claim("code", _code(coding.code)) for coding in fact.codes}
    if fact.value:
        found.add(Claim("number", _number(str(fact.value.value)), canonical_unit(fact.value.unit)))
    texts = [fact.value_text, fact.status, fact.author]
    texts += [text for coding in fact.codes for text in (coding.code, coding.display)]
    return frozenset(found).union(*(claims(text) for text in texts if text))


def unsupported(wanted: Iterable[Claim], known: Iterable[Claim]) -> list[Claim]:
    """List the claims that nothing known supports, in a stable order."""
    known = frozenset(known)
    return sorted((c for c in wanted if not _supported(c, known)), key=str)


def dates(known: Iterable[Claim]) -> list[date]:
    """Give the full dates among claims."""
    full = (c.value for c in known if c.kind == "date" and re.match(r"\d{4}-\d\d-\d\d", c.value))
    return sorted(date.fromisoformat(value) for value in full)


def _supported(claim: Claim, known: frozenset[Claim]) -> bool:
    if claim in known:
        return True
    if claim.kind == "number" and claim.unit is None:
        return any(c.kind == "number" and c.value == claim.value for c in known)
    if claim.kind == "date":
        return any(_same_day(claim.value, c.value) for c in known if c.kind == "date")
    both = {Claim("side", "left"), Claim("side", "right")}
    return claim == Claim("side", "bilateral") and both <= known


def _same_day(said: str, known: str) -> bool:
    return known.startswith(said) or (said.startswith("--") and known.endswith(said[1:]))


_IN_WORDS = re.compile(
    rf"\b(?:one(?=[- ](?:{UNIT})\b)|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})\b"
)


def _figures(text: str) -> str:
    """Write frequencies and number words as figures."""
    for pattern, figures in _FREQUENCIES:
        text = re.sub(pattern, figures, text)
    return _IN_WORDS.sub(lambda m: str(NUMBER_WORDS.get(m[0], 1)), text)


def _take(
    pattern: str,
    read: Callable[[re.Match[str]], Iterable[Claim]],
    text: str,
    found: set[Claim],
) -> str:
    def keep(match: re.Match[str]) -> str:
        claimed = list(read(match))
        found.update(claimed)
        return " ; " if claimed else match[0]

    return re.sub(pattern, keep, text)


def _day(year: str | None, month: str, day: str | None) -> Iterator[Claim]:
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    full = int(year) + (2000 if len(year) == 2 else 0) if year else 2024
    try:
        checked = date(full, number, int(day or 1)).isoformat()
    except ValueError:
        return
    yield Claim("date", checked if year and day else checked[:7] if year else "-" + checked[4:])


def _measure(match: re.Match[str]) -> Iterator[Claim]:
    unit = canonical_unit(match["unit"])
    yield Claim("number", _number(match["low"]), unit)
    if match["high"]:
        yield Claim("number", _number(match["high"]), unit)


def _number(figures: str) -> str:
    value = Decimal(figures.replace(",", ""))
    return format(value.normalize(), "f")


def _code(text: str) -> str:
    return fold(text).replace(".", "").removeprefix("hb")


def _levels(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim("code", match[1] + match[2])
    yield Claim("code", (match[3] or match[1]) + match[4])


def _side(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim("side", match[0] if match[0] in {"left", "right"} else "bilateral")


_FREQUENCIES = (
    (r"\b(?:twice|two times|2 times|2x|x2) ?(?:a |per |/ ?|-)?(?:day|daily)\b", "2/d"),
    (r"\b(?:three times|3 times|3x|thrice) ?(?:a |per |/ ?|-)?(?:day|daily)\b", "3/d"),
    (r"\b(?:four times|4 times|4x) ?(?:a |per |/ ?|-)?(?:day|daily)\b", "4/d"),
    (r"\b(?:once|one time|1 time|1x) ?(?:a |per |/ ?|-)?(?:day|daily)\b|\bq\.?d\b|\bqday\b", "1/d"),
    (r"\bb\.?i\.?d\b\.?|\bq ?12 ?h(?:r|ours?)?\b|\bevery 12 hours\b", "2/d"),
    (r"\bt\.?i\.?d\b\.?|\bq ?8 ?h(?:r|ours?)?\b|\bevery (?:8|eight) hours\b", "3/d"),
    (r"\bq\.?i\.?d\b\.?|\bq ?6 ?h(?:r|ours?)?\b|\bevery (?:6|six) hours\b", "4/d"),
    (r"\b(?:twice|two times|2 times|2x|2 x) ?(?:a |per |/ ?|-)?(?:week|weekly|wk)\b", "2/wk"),
    (r"\b(?:three times|3 times|3x|3 x) ?(?:a |per |/ ?|-)?(?:week|weekly|wk)\b", "3/wk"),
    (r"\btwice\b", "2 times"),
)

_READERS: tuple[tuple[str, Callable[[re.Match[str]], Iterable[Claim]]], ...] = (
    (r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:t[\d:.+z-]*)?(?!\d)", lambda m: _day(m[1], m[2], m[3])),
    (
        r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])",
        lambda m: _day(m[4], m[1], m[3]),
    ),
    (rf"\b{MONTH} {DAY},? (\d{{4}})\b", lambda m: _day(m[3], m[1], m[2])),
    (rf"\b{DAY} (?:of )?{MONTH},? (\d{{4}})\b", lambda m: _day(m[3], m[2], m[1])),
    (rf"\b{MONTH},? (\d{{4}})\b", lambda m: _day(m[2], m[1], None)),
    (rf"\b{MONTH} {DAY}\b(?! ?(?:{UNIT})\b)", lambda m: _day(None, m[1], m[2])),
    (r"(?<!\d)(\d{4})-(\d\d)(?![\d-])", lambda m: _day(m[1], m[2], None)),
    (r"\b([ctls])(\d{1,2}) ?[-/] ?([ctls]?)(\d{1,2})\b", _levels),
    (
        r"(?<![\w.])[a-z]{1,4}\d\w*(?:\.\w+)?",
        lambda m: [Claim("code", _code(m[0]))],
    ),
    (
        r"(?<![\w.])\d+(?:\.\d+)?(?: ?[/:] ?\d+(?:\.\d+)?)+",
        lambda m: [Claim("number", m[0].replace(" ", ""))],
    ),
    (
        rf"(?<![\w.])(?P<low>{NUMBER})(?: ?(?:-|to) ?(?P<high>{NUMBER}))?"
        rf"(?:(?: ?-? ?)(?P<unit>{UNIT})(?![a-z0-9])|(?:st|nd|rd|th)?)",
        _measure,
    ),
    (r"\bleft\b|\bright\b|\bbilateral(?:ly)?\b", _side),
    (
        r"\bboth(?= (?:sides|legs|knees|arms|hands|feet|hips|shoulders|eyes|ears|lower|upper))",
        _side,
    ),
)
