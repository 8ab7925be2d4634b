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
        "short": int(0 < len(text.split()) < FEW),
    }
