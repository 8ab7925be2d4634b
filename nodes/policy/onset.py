"""How old a relative was when a condition began, as written: an age, or what it lies between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_AGE = r"(?P<{0}>\d{{1,3}})(?![\d/.%-])(?:\s*(?:-|to)\s*\d{{1,3}})?"
_OF_CARE = (
    r"(?:diagnos\w*|dx(?:['\u2019]?d|ed)?\.?|onset|detected|found|developed|had|age[ds]?|at|@)"
)
_DIED = re.compile(
    r"\b(?:died|dead|deceased|passed(?: away)?|d\.)\b[^;,.]{0,40}?"
    r"\b(?:at|age[d]?)\s*(?:age\s*)?(?P<age>\d{1,3})\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|currently|current age|alive|living|survivor)\b[^;.\d]{0,20}(?:at |age[d]? )*"
    r"\d{1,3}\b"
    r"|\d{1,3}\s*(?:yo|y/o)?[ ,]*(?:now|alive|living|healthy)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"\b{_OF_CARE}\W{{0,3}}(?:(?:at|age[d]?|was|of|when (?:she|he) was)\W{{1,3}}){{0,3}}"
    rf"{_AGE.format('a')}(?!\s*(?:cm|mm|months?|weeks?|days?)\b)"
    rf"|[(,:]\s*{_AGE.format('b')}\s*(?:yo?|y/o|y\.o\.|yrs?|years?|a)?\b\s*(?:[),;]|$)"
    rf"|(?<![\d/]){_AGE.format('c')}\s*(?:yo|y/o|y\.o\.|years? old|yrs? old|years of age)\b"
    rf"|^\s*[-\u2013,]?\s*{_AGE.format('d')}(?=\s*(?:[,.;)]|and\b|&|$))",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"\b(?P<part>early|mid|late)?[ -]*(?P<ten>[2-9])0['\u2019]?s\b"
    r"|\b(?:in|during) (?:her|his|their|the)? ?(?P<part2>early|mid|late)?[ -]*(?P<word>twenties"
    r"|thirties|forties|fifties|sixties|seventies|eighties)\b",
    re.IGNORECASE,
)
_TENS = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7,
    "eighties": 8,
}  # fmt: skip
_BELOW = re.compile(
    r"(?:\b(?:before|under|younger than|less than|prior to)|<)\s*(?:the )?(?:age )?(?:of )?"
    r"(?P<age>\d{2,3})\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"(?:\b(?:after|over|older than)|>)\s*(?:the )?(?:age )?(?:of )?(?P<age>\d{2,3})\b",
    re.IGNORECASE,
)
_CHILDHOOD = re.compile(r"\b(?:in childhood|as a child|as a teenager)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Onset:
    """The age lies between these two, both included."""

    low: int
    high: int

    def at_most(self, limit: int) -> bool | None:
        """Say whether it was at most so many years; none when the bounds leave it open."""
        if self.high <= limit:
            return True
        return False if self.low > limit else None


def ages(text: str) -> list[Onset]:
    """Read every age of onset that words beside a condition state, the nearest first.

    An age at death is only the most that it can have been; an age now is none.
    """
    text = _NOW.sub(lambda found: " " * len(found.group()), text)
    died = _DIED.search(text)
    if died:
        text = text[: died.start()] + " " * len(died.group()) + text[died.end() :]
    found = [
        *((one.start(), _ten(one)) for one in _DECADE.finditer(text)),
        *((one.start(), Onset(0, int(one["age"]) - 1)) for one in _BELOW.finditer(text)),
        *((one.start(), Onset(int(one["age"]), 130)) for one in _ABOVE.finditer(text)),
        *(pair for one in _STATED.finditer(text) for pair in _exact(one, text)),
        *((one.start(), Onset(0, 17)) for one in _CHILDHOOD.finditer(text)),
    ]
    told = [onset for _, onset in sorted(found, key=lambda pair: pair[0]) if onset.low <= 120]
    if told or not died:
        return told
    return [Onset(0, int(died["age"]))]


_MORE = re.compile(r"(?:\s*(?:,|and|&|, and)\s*(?:at |age )?\d{2}(?![\d/.%]|\s*(?:cm|mm)))+", re.I)


def _exact(match: re.Match[str], text: str) -> Iterator[tuple[int, Onset]]:
    """The age, and those that follow it in a row: "at 44 and 49"."""
    name = next(name for name in "abcd" if match[name])
    more = _MORE.match(text, match.end(name))
    for place, age in enumerate([match[name], *re.findall(r"\d+", more.group() if more else "")]):
        yield match.start() + place, Onset(int(age), int(age))


def _ten(match: re.Match[str]) -> Onset:
    ten = int(match["ten"]) if match["ten"] else _TENS[match["word"].lower()]
    part = (match["part"] or match["part2"] or "").lower()
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return Onset(ten * 10 + low, ten * 10 + high)
