"""A proposed entry of a mapping: what it says, which places it fills, and why."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Draft:
    """An entry for mapping.yaml; ``numbers`` are the places it fills, ``score`` how sure it is.

    ``entry`` lacks its place: that is added when it is written. ``places`` are what it fills: for
    a text ``pdf``, for boxes by value, for a split value by part, for a table by column and row.
    """

    id: str
    entry: dict[str, Any]
    numbers: tuple[int, ...]
    score: float
    reason: str
    boxes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    parts: tuple[tuple[dict[str, Any], int], ...] = ()
    columns: tuple[tuple[dict[str, Any], tuple[int, ...]], ...] = ()

    @property
    def path(self) -> str:
        """Where the value is looked for first."""
        told = self.entry["from"]
        return told if isinstance(told, str) else told[0]


STRONG, WEAK = 0.7, 0.33
