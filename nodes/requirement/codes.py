"""Codes as a rule names them: one code, a range or a prefix."""

import re
from typing import Annotated

from pydantic import AfterValidator

SHAPE = re.compile(r"([0-9A-Z]{1,11})(?:-([0-9A-Z]{3,11})|(\*))?")


def _pattern(text: str) -> str:
    """Refuse what is neither ``15820`` nor ``15820-15823`` nor ``E10*``."""
    parts = SHAPE.fullmatch(text)
    if not parts:
        raise ValueError("give a code, a range such as 15820-15823, or a prefix such as E10*")
    first, last, star = parts.groups()
    if last and (len(first) != len(last) or last < first or _letter(first) != _letter(last)):
        raise ValueError("a range goes from a lower to a higher code of the same letter")
    if not last and not star and len(first) < 3:
        raise ValueError("a code has three characters or more")
    return text


def _letter(code: str) -> str:
    return "digit" if code[0].isdigit() else code[0]


CodePattern = Annotated[str, AfterValidator(_pattern)]


def ends(pattern: str) -> tuple[str, str]:
    """The lowest and the highest text a pattern holds."""
    first, _, last = pattern.partition("-")
    if pattern.endswith("*"):
        return pattern[:-1], pattern[:-1] + "~"
    return first, last or first


def holds(pattern: str, code: str) -> bool:
    """Say whether a pattern holds a code; a range only codes with digits where its own has them."""
    low, high = ends(pattern)
    return low <= code <= high and ("-" not in pattern or _shape(code) == _shape(low))


def _shape(code: str) -> list[bool]:
    return [letter.isdigit() for letter in code]


def meet(one: str, other: str) -> bool:
    """Say whether some code could be of both patterns."""
    low, high = ends(one)
    other_low, other_high = ends(other)
    return low <= other_high and other_low <= high


def exactness(pattern: str) -> int:
    """A code is more specific than a range, a range than a prefix."""
    return 0 if pattern.endswith("*") else 1 if "-" in pattern else 2


def level(system: str, code: str) -> str:
    """CPT is HCPCS level I and named either way: tell the two by the code's first character."""
    if system in ("CPT", "HCPCS") and code:
        return "CPT" if code[0].isdigit() else "HCPCS"
    return system
