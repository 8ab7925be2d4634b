"""Where an order's codes stand: after a label, in a column, at a ticked box, beside a service."""

import re
from collections.abc import Iterator

from nodes.reading.ordering.labels import shipped
from nodes.reading.ordering.pairs import Pair

CODED = re.compile(
    r"\b(?P<system>CPT|HCPCS|procedure code|service code|proc(?:edure)? ?code)s?"
    r"(?:/(?:CPT|HCPCS))?\b"
    r"[^\n\w]{0,6}(?:codes?|no\.?|\#)?[^\n\w]{0,6}(?P<codes>[^\n]{0,200})",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"(?:\[\s?\]|\(\s?\)|[\u2610\u25a1\u25fb])"
    r"(?:(?![ ]{2}|\[\s?[xX\u2713\s]?\]|\([xX ]?\)|[\u2610-\u2612])[^\n])*"
)
TICKED = re.compile(r"\[\s?[xX\u2713\u2714]\s?\]|[\u2611\u2612\u2713\u2714]|\([xX]\)")
HEADER = re.compile(r"\b(?:CPT|HCPCS|proc(?:edure)? codes?)\b", re.IGNORECASE)
FIRST = re.compile(r"^[\s|*\d.)-]{0,6}(?:\d{4}[0-9FT]|[A-CEGHJ-V]\d{4})\b")
EQUIPMENT = re.compile(r"^[\s|*-]{0,6}[A-CEGHJ-LQSV]\d{4}\b\s+\D")
OTHERWISE = re.compile(
    r"\b(?:phone|ph|tel|fax|suite|ste|street|st|ave|avenue|road|rd|drive|blvd|box|acct|account|mrn"
    r"|auth|authorization|claim|invoice|ref|dea|tin|room|zip|npi|license)\b\s*(?:\#|no|number|:)?"
    r"|\b[A-Z]{2} \d{5}\b|\$|(?:\#|order no\.?|order number:?) ?\d{5}",
    re.IGNORECASE,
)
CELLS = re.compile(r"\s*\|\s*|\t+|[ ]{2,}")
MANY = re.compile(r"\b(?:qty|quantity|units?|visits?)\b", re.IGNORECASE)
LINE = re.compile(r"[^\n]+")
LONGEST = 300
ROWS = 40


def masked(text: str) -> str:
    """Blank what stands at boxes nobody ticked; every place stays where it was."""
    return OPEN.sub(lambda found: " " * len(found[0]), text)


def spans(text: str, found: list[Pair]) -> Iterator[tuple[int, str, int | None]]:
    """Give the stretches in which a code is a code: the start, the words, a column's quantity."""
    yield from ((one.start("codes"), one["codes"], None) for one in CODED.finditer(text))
    yield from (
        (pair.start, text[pair.start : pair.end], None) for pair in found if pair.field == "service"
    )
    rows, header = 0, ""
    for line in LINE.finditer(text):
        words = line[0][:LONGEST]
        first = bool(FIRST.match(words)) or bool(rows and _row(header, words))
        if first and rows:
            yield line.start(), words, _quantity(header, words)
        elif _codes_stand(words):
            yield line.start(), words, None
        if HEADER.search(words) and not first:
            rows, header = ROWS, words
        else:
            rows = rows - 1 if first and rows else 0


def _row(header: str, words: str) -> bool:
    """Whether a line has a code in the column that the header calls so."""
    names, cells = (CELLS.split(one.strip(" |")) for one in (header, words))
    at = next((n for n, name in enumerate(names) if HEADER.search(name)), 0)
    return len(names) == len(cells) > 1 and bool(FIRST.match(cells[at]))


def _quantity(header: str, row: str) -> int | None:
    """Give the number in a row's column of quantities, where the columns are as many."""
    names, cells = (CELLS.split(one.strip(" |")) for one in (header, row))
    at = next((n for n, name in enumerate(names) if MANY.search(name)), None)
    if at is None or len(names) != len(cells) or not cells[at].strip().isdigit():
        return None
    return int(cells[at]) or None


def _codes_stand(words: str) -> bool:
    low = words.lower()
    marked = bool(EQUIPMENT.match(words) or TICKED.search(words))
    serves = marked or any(re.search(rf"\b{one}\b", low) for one in shipped()[0].serves)
    return serves and not OTHERWISE.search(words)
