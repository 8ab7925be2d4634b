"""The codes that a note of the table names: single ones, groups (M54.-) and ranges (S00-T88)."""

import re
from typing import NamedTuple

_BRACKET = re.compile(r"\(([^()]{3,200})\)")
_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_ONE = re.compile(rf"({_CODE})(\.?-)?(?:\s*-\s*({_CODE})(\.?-)?)?")
_PARTIAL = re.compile(r"\bwith\b[^()]{0,60}\bcharacter")


class Named(NamedTuple):
    """Codes from ``first`` to ``last``, each with all under it; equal for one code."""

    first: str
    last: str

    def holds(self, code: str) -> bool:
        """Whether a code, without its dot, is one of them or stands under one."""
        if self.first == self.last:
            return code.startswith(self.first)
        return self.first <= code[: len(self.first)] and code[: len(self.last)] <= self.last


def named(note: str) -> tuple[Named, ...]:
    """Read the brackets of a note; what holds only for some 7th characters is left out."""
    found: list[Named] = []
    for inside in _BRACKET.findall(note):
        if _PARTIAL.search(inside):
            continue
        for first, _, last, _ in _ONE.findall(inside):
            low, high = first.replace(".", ""), (last or first).replace(".", "")
            found.append(Named(low, high))
    return tuple(found)


def names(note: str, code: str) -> bool:
    """Whether a note names a code."""
    return any(one.holds(code) for one in named(note))
