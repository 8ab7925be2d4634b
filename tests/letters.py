"""Whether a pattern can match without any of some letters, from how Python itself parses it."""

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any


def gaps(pattern: re.Pattern[str], letters: tuple[str, ...]) -> list[str]:
    """List what of the pattern may match without any of the letters; empty when nothing may."""
    told = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return _of_sequence(list(told), letters, "")


def _of_sequence(items: list[Any], letters: tuple[str, ...], run: str) -> list[str]:
    """One part that cannot do without the letters is enough for the whole sequence."""
    missing: list[str] = []
    for number, (kind, value) in enumerate(items):
        if kind is op.LITERAL:
            run += chr(value).lower()
        if any(letter in run for letter in letters):
            return []
        if kind in (op.LITERAL, op.AT, op.ASSERT_NOT, op.ASSERT):
            continue
        inside = _of_item(kind, value, letters, run, items[number + 1 :])
        if inside == []:
            return []
        missing += inside or []
        run = ""
    return [*missing, run] if run or not missing else missing


def _of_item(
    kind: Any, value: Any, letters: tuple[str, ...], run: str, rest: list[Any]
) -> list[str] | None:
    """None: it need not be there, or matches any letter."""
    if kind is op.BRANCH:
        return [gap for one in value[1] for gap in _of_sequence([*one, *rest], letters, run)]
    if kind is op.SUBPATTERN:
        return _of_sequence([*value[3], *rest], letters, run)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0]:
        return _of_sequence(list(value[2]), letters, run)
    if kind is op.IN and all(one is op.LITERAL for one, _ in value):
        rows = [[(op.LITERAL, letter)] for _, letter in value]
        return [gap for row in rows for gap in _of_sequence(row, letters, run)]
    return None
