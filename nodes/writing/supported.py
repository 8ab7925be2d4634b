"""Which claims something known supports: the same, a half written otherwise, a day of a month."""

import re
from collections.abc import Iterable
from datetime import date

from nodes.writing.claims import WEEKDAYS, Claim

_HALVES = {
    "half": ("0.5", "1/2"), "1/2": ("0.5", "half"), "0.5": ("1/2", "half"),
    "1/4": ("0.25",), "3/4": ("0.75",), "0.25": ("1/4",), "0.75": ("3/4",),
}  # fmt: skip


def unsupported(wanted: Iterable[Claim], known: Iterable[Claim]) -> list[Claim]:
    """List the claims that nothing known supports, in a stable order."""
    known = frozenset(known)
    return sorted((c for c in wanted if not _supported(c, known)), key=str)


def _supported(claim: Claim, known: frozenset[Claim]) -> bool:
    if claim in known:
        return True
    if claim.kind == "number" and claim.unit is None:
        return _plain_number(claim.value, known)
    if claim.kind == "date":
        return any(_same_day(claim.value, c.value) for c in known if c.kind == "date")
    both = {Claim("side", "left"), Claim("side", "right")}
    return claim == Claim("side", "bilateral") and both <= known


def _plain_number(value: str, known: frozenset[Claim]) -> bool:
    same = {value, *_HALVES.get(value, ())}
    if any(c.kind == "number" and c.value in same for c in known):
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", value)
    return bool(year) and any(c.kind == "date" and c.value.startswith(value) for c in known)


def _same_day(said: str, known: str) -> bool:
    if said in WEEKDAYS:
        full = re.fullmatch(r"\d{4}-\d\d-\d\d", known)
        return bool(full) and WEEKDAYS[date.fromisoformat(known).weekday()] == said
    if said.startswith("--"):
        return known.endswith(said[1:]) if len(said) > 4 else known[4:7] == said[1:]
    return known.startswith(said)
