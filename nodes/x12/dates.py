"""Dates, times and ranges as element 1250 names their formats."""

from datetime import datetime

FORMATS = {
    "CM": ("%Y%m", "CCYYMM"),
    "CY": ("%Y", "CCYY"),
    "D6": ("%y%m%d", "YYMMDD"),
    "D8": ("%Y%m%d", "CCYYMMDD"),
    "DT": ("%Y%m%d%H%M", "CCYYMMDDHHMM"),
    "RTS": ("%Y%m%d%H%M%S", "CCYYMMDDHHMMSS"),
    "TM": ("%H%M", "HHMM"),
    "TS": ("%H%M%S", "HHMMSS"),
}
RANGES = {"RD4": "CY", "RD5": "CM", "RD6": "D6", "RD8": "D8", "RDT": "DT", "DTS": "RTS"}
FIRST_YEAR = 1800


def real(kind: str, text: str) -> str | None:
    """What is wrong with a date, a time or a range in this format; none: nothing, or unknown.

    Years before 1800 are taken for a slip or a stopgap, as pyx12 does.
    """
    if kind in FORMATS:
        shape = FORMATS[kind][1]
        return None if moment(kind, text) else f"this is no real {shape}, as {kind} is written"
    if kind not in RANGES:
        return None
    ends = [moment(RANGES[kind], end) for end in text.split("-")]
    if len(ends) != 2 or not all(ends):
        shape = FORMATS[RANGES[kind]][1]
        return f"this is no real {shape}-{shape}, as {kind} is written"
    first, last = ends
    return "the range runs backwards" if first and last and first > last else None


def moment(kind: str, text: str) -> datetime | None:
    """The moment that a text names in a format without a range."""
    pattern, shape = FORMATS[kind]
    if len(text) != len(shape) or not (text.isascii() and text.isdigit()):
        return None
    try:
        found = datetime.strptime(text, pattern)
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None
