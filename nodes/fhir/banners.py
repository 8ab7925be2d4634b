"""Where a document says whose it is: the banners it prints of its patient, wherever they stand.

A banner is a line that names the patient by a label (``Patient: ...``, ``Pt Name: ...``), or by a
weaker one beside a birth date or record number (``RE:``, ``Name:``, ``Patient John Smith (DOB``),
or a line of birth date and number alone. With it count the lines up to the next banner or the end
of its block. People who are not the patient have labels of their own: relatives, contacts,
subscribers, clinicians, newborns. What stands below or beside such a label is no banner.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nodes.fhir import names

HEAD = 1500
BLOCK = 8
BEFORE = 5
WIDEST = 400
MOST = 2000
EDGE = r"^[ \t#*|>]*"
DATE = (
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}"
    r"|\d{1,2}[- ][A-Z][a-z]{2,8}\.?[- ,]{1,2}\d{4}"
)
BIRTH_LABEL = r"(?:DOB|D\.O\.B\.?|date of birth|birth ?date)\b(?:[ \t]*\([MDYmdy/\-]{6,12}\))?"
BIRTH = re.compile(rf"\b(?:{BIRTH_LABEL}|born\b)[ \t*:|#=]{{1,6}}(?P<date>{DATE})", re.IGNORECASE)
NUMBER = re.compile(
    r"\b(?:MRN|M\.R\.N\.?|MR ?#|(?:medical )?record (?:number|no\.?|#)|patient id|pt id)"
    r"[ \t*:|#=.]{1,6}(?P<number>[A-Z]{0,6}[\-]?[0-9][A-Z0-9\-]{1,18})\b",
    re.IGNORECASE,
)
LINE = re.compile(
    EDGE
    + r"(?:(?P<own>(?:patient(?:'s)?(?P<named>[ \t]+name)?|pt(?:\.|[ \t]+name)?|name[ \t]+of[ \t]+"
    r"(?P<whose>patient))[ \t*]*[:|])|(?P<weak>(?:re|regarding|name)[ \t*]*[:|])"
    r"|(?P<loose>(?:patient|pt\.?)(?:[ \t]+name)?[ \t]+(?=[A-Z]))"
    rf"|(?P<bare>(?=(?:{BIRTH_LABEL}|MRN|M\.R\.N|MR ?#|age|sex)[ \t*:|#=])))"
    r"[ \t*]*(?P<rest>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
ENDS = re.compile(
    r"[\s(]+(?:DOB|D\.O\.B|MRN|sex|age|gender|date|birth|born|acct|account|visit|id|is|was|has|who"
    r"|presents?|reports?|seen|denies|states|complains|returns?|today|here|with|and"
    r"|(?-i:an?|on|in|for|to|the|of))\b.*|[:|;(\n].*|\s{3,}.*|\d.*",
    re.IGNORECASE | re.DOTALL,
)
WORD = re.compile(r"[A-ZÀ-Þ][A-Za-z'\-À-ž]*\.?")
KIN = (
    r"mother|father|mom|dad|parents?|spouse|husband|wife|partner|guardian|son|daughter"
    r"|child(?:ren)?(?!'s)|brother|sister|sibling|grand\w+|aunt|uncle|cousin|relati\w+|kin"
    r"|family (?:member|history|contact)|caregiver|proxy|contacts?|in case of emergency|subscriber"
    r"|policy|insured|insurance|guarantor|responsible|member|newborn|baby|infant|neonat\w+|donor"
    r"|recipient|employer|witness|interpreter"
)
RELATED = re.compile(rf"\b(?:{KIN})\b", re.IGNORECASE)
OTHERS = re.compile(
    rf"\b(?:{KIN}|referr\w+|provider|physician|clinician|attending|ordering|surgeon|doctor|dr|author"
    r"|signed|pharmac\w+|facility)\b",
    re.IGNORECASE,
)
BORN = re.compile(
    r"\b(?:relationship|newborn|baby|infant|neonat\w+|apgars?|gestation\w*|birth ?weight|tob"
    r"|time of birth|delivery|delivered)\b",
    re.IGNORECASE,
)
MATTERS = frozenset(
    [
        "prior",
        "authorization",
        "auth",
        "request",
        "letter",
        "medical",
        "necessity",
        "appeal",
        "denial",
        "claim",
        "review",
        "note",
        "report",
        "history",
        "imaging",
        "mri",
        "ct",
        "exam",
        "results",
        "education",
        "instructions",
        "information",
        "unknown",
        "file",
        "referral",
        "consult",
        "followup",
        "follow",
        "up",
        "visit",
        "procedure",
        "tolerated",
        "alert",
        "status",
        "summary",
        "name",
        "none",
        "deceased",
        "confidential",
        "lumbar",
        "cervical",
        "knee",
        "shoulder",
        "hip",
        "spine",
        "pain",
        "plan",
        "care",
        "discharge",
    ]
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Banner:
    """What one banner says; ``sure`` where its label says that the name is the patient's."""

    name: tuple[str, ...]
    born: frozenset[date]
    numbers: frozenset[str]
    sure: bool


def banners(text: str) -> Iterator[Banner]:
    """Find a text's banners; one that is repeated on every page once."""
    seen: set[tuple[str, ...]] = set()
    starts = list(LINE.finditer(text))
    ends = [one.start() for one in starts if one["bare"] is None]
    for found in starts[:MOST]:
        after = bisect_right(ends, found.start())
        block = _block(text, found.start("rest"), ends[after] if after < len(ends) else len(text))
        before = text[max(0, found.start() - WIDEST) : found.start()].split("\n")[-BEFORE - 1 : -1]
        key = (text[found.start() : found.start("rest")], block, *before)
        if key not in seen and (said := _banner(found, block, before)):
            yield said
        seen.add(key)


def _banner(found: re.Match[str], block: str, before: list[str]) -> Banner | None:
    line, _, below = block.partition("\n")
    name = _name(line or below.partition("\n")[0])
    if found["loose"]:
        told = name and (_birth(line) or NUMBER.search(line))
        return _said(name, line, sure=True) if told else None
    if found["own"]:
        said = _said(name, block, sure=True)
        named = found["named"] or found["whose"] or found.start() < HEAD
        return said if said.born or said.numbers or named else None
    if BORN.search(block) or _of_others(before, alone=found["bare"] is not None):
        return None
    if found["bare"] is not None:
        said = _said((), line, sure=False)
        return said if said.born and (said.numbers or found.start() < HEAD) else None
    said = _said(name, block, sure=False)
    numbered = said.numbers and found["weak"][:1] in "Nn"
    return said if name and (said.born or numbered) else None


def _said(name: tuple[str, ...], words: str, *, sure: bool) -> Banner:
    numbers = frozenset(one["number"] for one in NUMBER.finditer(words))
    return Banner(name, _birth(words), numbers, sure)


def _block(text: str, start: int, end: int) -> str:
    """Give the lines of a banner: at most eight, to the next one, or to the end of its block."""
    lines = text[start : min(end, start + WIDEST)].split("\n")[: BLOCK + 1]
    gap = next((n for n, line in enumerate(lines) if n and not line.strip()), len(lines))
    return "\n".join(lines[:gap])


def _birth(block: str) -> frozenset[date]:
    """Read the first birth date in a block, unless a label of another person stands before it."""
    found = BIRTH.search(block)
    related = RELATED.search(block, 0, found.start()) if found else None
    return read_date(found["date"]) if found and not related else frozenset()


def _of_others(before: list[str], *, alone: bool) -> bool:
    """Whether the lines before a weak label are about somebody else: a heading, or their name."""
    gap = next((n for n, line in enumerate(reversed(before)) if not line.strip()), len(before))
    if alone and any(RELATED.search(line) for line in before[len(before) - gap :]):
        return True
    return any(
        OTHERS.search(line) and not line.rstrip(" \t*").partition(":")[2].strip(" \t*")
        for line in before
    )


def _name(words: str) -> tuple[str, ...]:
    """Take the words of a name; none where what follows is a sentence or a matter."""
    said = re.split(r"[\s,]+", ENDS.sub("", f" {words[:WIDEST]}").strip(" *|"))
    said = [word for word in said if names.plain(word) not in names.SUFFIXES and names.plain(word)]
    whole = 2 <= len(said) <= 5 and all(WORD.fullmatch(word) for word in said)
    if not whole or any(names.plain(word) in MATTERS for word in said):
        return ()
    return () if OTHERS.search(" ".join(said)) else tuple(said)


def read_date(words: str) -> frozenset[date]:
    """Read a date as written: month first, as here; day first counts as possible too."""
    numbers = [int(part) for part in re.findall(r"\d+", words)]
    spelled = re.search(r"[a-z]{3}", words.lower())
    if spelled:
        month = MONTHS.index(spelled[0]) + 1 if spelled[0] in MONTHS else 0
        return _days((numbers[1], month, numbers[0])) if len(numbers) == 2 else frozenset()
    if len(numbers) != 3:
        return frozenset()
    if numbers[0] > 31:
        return _days((numbers[0], numbers[1], numbers[2]))
    years = [numbers[2]] if numbers[2] > 99 else [1900 + numbers[2], 2000 + numbers[2]]
    first, second = numbers[:2]
    return _days(*((y, m, d) for y in years for m, d in ((first, second), (second, first))))


def _days(*told: tuple[int, int, int]) -> frozenset[date]:
    found = set()
    for year, month, day in told:
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return frozenset(found)
