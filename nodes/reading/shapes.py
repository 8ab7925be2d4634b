"""What lines look like, whatever they say: results with their range, blanks, boxes, amounts."""

import re

FEW = 110
LINE = 400
RANGE = re.compile(
    r"(?<![\d/.-])\d{1,4}(?:\.\d{1,3})?\s?[-\u2013]\s?\d{1,4}(?:\.\d{1,3})?(?![\d/-])"
    r"|[(\s][<>]=?\s?\d{1,4}(?:\.\d{1,3})?"
)
UNIT = re.compile(
    r"\b(?:[munpf]?g|[mu]?mol|m?eq|[mk]?iu|m?u|k|cells?|cfu|sec|fl|mm)\s?/\s?(?:[dmu]?l|hr?|hpf|kg)\b"
    r"|\b(?:fl|pg|sec(?:onds)?|mm/h|mm/hr|ratio)\b|\d\s?%|x\s?10",
    re.IGNORECASE,
)
VALUE = re.compile(r"^\D{2,60}?\s[<>]?\d")
BLANK = re.compile(r"_{3,}|\.{6,}|_\s?/\s?_")
BOX = re.compile(r"\[\s?[xX\u2713]?\s?\]|[\u2610\u2611\u2612\u25a1\u25a0\u25fb]|\(\s\)")
ASKED = re.compile(r"\?\s*(?:\S{1,4}\s)?\s*(?:\[?.?\]?)\s?yes\b", re.IGNORECASE)
EITHER = re.compile(
    r"\bY\s?/\s?N\b|\b[Yy](?:es|ES)\b[^\w\n]{1,8}\b[Nn][oO]\b|\(\s?\)\s?Y\s{0,3}\(\s?\)\s?N\b"
)
EMPTY = re.compile(r"[A-Za-z)][?:]\s*(?:$|(?=\s{2,}[A-Z]))")
OFTEN = re.compile(
    r"\b\d(?:\s?-\s?\d)?\s?(?:x|times)?\s?(?:/|per|a|each|x)?\s?(?:wk|week)\b"
    r"|\bq\s?\d{1,2}\s?-?(?:h|hr|d|wks?|weeks?|days?|mo|months?)\b|\bevery\s(?:\d{1,2}|other)\s"
    r"|\b(?:x|for)\s?\d{1,2}\s?(?:wks?|weeks?|mo|months?)\b",
    re.IGNORECASE,
)
SOAP = re.compile(r"(?:^|\.\s)([SOAP])\s?:\s", re.MULTILINE)
FLAGGED = re.compile(
    r"^\D{2,40}\s(?:non-?reactive|reactive|not detected|detected|positive|negative|resistant"
    r"|susceptible|[RSI])\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[A-Z0-9]{2,14}[ -]?[0-9]{2,12}[ -]?[0-9]{2,12}")
CARD_WORDS, CARD_LINE = 50, 9
DOLLAR = re.compile(r"\$\s?\d{1,4}(?![\d,])")


def counted(text: str) -> dict[str, int]:
    """Count the lines or signs of each shape in a page's text."""
    lines = [line[:LINE] for line in text.split("\n")]
    results = sum(
        1
        for line in lines
        if VALUE.search(line) and (UNIT.search(line) is not None) + bool(RANGE.search(line)) > 1
    )
    return {
        "result_row": results,
        "blank": sum(len(BLANK.findall(line)) for line in lines),
        "box": sum(len(BOX.findall(line)) for line in lines),
        "asked": sum(1 for line in lines if ASKED.search(line)),
        "dollar": sum(len(DOLLAR.findall(line)) for line in lines),
        "either": sum(len(EITHER.findall(line)) for line in lines),
        "empty": sum(len(EMPTY.findall(line)) for line in lines),
        "often": sum(1 for line in lines if OFTEN.search(line)),
        "soap": len(set(SOAP.findall(text[:20_000]))) // 2,
        "flagged": sum(1 for line in lines if FLAGGED.search(line)),
        "card": int(_card(text, lines)),
        "short": int(0 < len(text.split()) < FEW),
    }


def _card(text: str, lines: list[str]) -> bool:
    """Whether a text is as small as a card's: short lines, few words, a number among them."""
    said = [line for line in lines if line.strip()]
    small = all(len(line.split()) <= CARD_LINE for line in said)
    few = 5 < len(text.split()) <= CARD_WORDS and len(said) > 2
    return few and small and bool(NUMBER.search(text))
