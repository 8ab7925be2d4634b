"""The side of a concept: by its words, or by SNOMED CT's codes of sided body structures.

Codes: SNOMED CT International, the qualifiers (272741003 |Laterality|) and the commonly used
lateralised structures; a code that is not here states no side. Not from the release itself: each
was found with the same term in several published value sets, 2026-11-23.
"""

import re
from typing import Any, Literal

from nodes.fhir import codes

Side = Literal["left", "right", "bilateral"]
WORDS = {
    "left": re.compile(r"\b(left|LT)\b", re.IGNORECASE),
    "right": re.compile(r"\b(right|RT)\b", re.IGNORECASE),
    "bilateral": re.compile(r"\b(bilateral|both)\b", re.IGNORECASE),
}
QUALIFIERS: dict[str, Side] = {
    "7771000": "left", "419161000": "left", "24028007": "right", "419465000": "right",
    "51440002": "bilateral",
}  # fmt: skip
STRUCTURES: dict[str, tuple[Side, str]] = {
    "82169009": ("left", "knee"), "6757004": ("right", "knee"),
    "287679003": ("left", "hip"), "287579007": ("right", "hip"),
    "91775009": ("left", "shoulder"), "91774008": ("right", "shoulder"),
    "51636004": ("left", "ankle"), "6685009": ("right", "ankle"),
    "22335008": ("left", "foot"), "7769000": ("right", "foot"),
    "5951000": ("left", "wrist"), "9736006": ("right", "wrist"),
    "85151006": ("left", "hand"), "78791008": ("right", "hand"),
    "368148009": ("left", "elbow"), "368149001": ("right", "elbow"),
    "368208006": ("left", "arm"), "368209003": ("right", "arm"),
    "48979004": ("left", "leg"), "32696007": ("right", "leg"),
    "61396006": ("left", "thigh"), "11207009": ("right", "thigh"),
    "734143007": ("left", "thumb"), "734144001": ("right", "thumb"),
    "80248007": ("left", "breast"), "73056007": ("right", "breast"),
    "63762007": ("bilateral", "breast"),
    "8966001": ("left", "eye"), "18944008": ("right", "eye"), "40638003": ("bilateral", "eye"),
}  # fmt: skip
COMPOSED = re.compile(r"272741003(?:\s*\|[^|]*\|)?\s*=\s*([0-9]+)")


def side(words: str) -> Side | None:
    """Find the one side words speak of; both mean bilateral, none is none."""
    if WORDS["bilateral"].search(words):
        return "bilateral"
    left, right = bool(WORDS["left"].search(words)), bool(WORDS["right"].search(words))
    if left and right:
        return "bilateral"
    return "left" if left else "right" if right else None


def of(concepts: Any) -> Side | None:
    """Find the side of one or more CodeableConcepts, in words or codes; two make bilateral."""
    found = {side(words) for words in codes.every(concepts) if words}
    found |= {_coded(code) for system, code in codes.pairs(concepts) if system == "SNOMED"}
    found -= {None}
    return found.pop() if len(found) == 1 else "bilateral" if found else None


def part(concepts: Any) -> str | None:
    """Name the part of the body of the first structure that is coded."""
    found = (STRUCTURES.get(code) for system, code in codes.pairs(concepts) if system == "SNOMED")
    return next((structure[1] for structure in found if structure), None)


def _coded(code: str) -> Side | None:
    composed = COMPOSED.search(code)
    if composed:
        return QUALIFIERS.get(composed[1])
    return STRUCTURES[code][0] if code in STRUCTURES else QUALIFIERS.get(code)
