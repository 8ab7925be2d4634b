"""Days and months as they are said on the command line."""

import re
from argparse import ArgumentTypeError
from datetime import date


def calendar_day(given: str) -> date:
    """Read a day as ``2026-11-20``."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ArgumentTypeError("give a day of the calendar as 2026-11-20") from None


def months(given: str) -> int:
    """Read a half-life, with the bounds that predict-denial has."""
    if not re.fullmatch(r"[0-9]{1,3}", given) or not 1 <= int(given) <= 240:
        raise ArgumentTypeError("give whole months from 1 to 240")
    return int(given)
