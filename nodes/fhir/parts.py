"""Left or right of a part of the body, as texts say it."""

import re

from nodes.fhir import lateral
from nodes.fhir.lateral import Side

PARTS = (
    "knee", "hip", "shoulder", "ankle", "foot", "wrist", "hand", "elbow", "breast", "eye", "ear",
    "kidney", "thumb", "heel", "femur", "tibia", "humerus", "thigh", "leg", "arm", "ovary",
    "testicle",
)  # fmt: skip
PART = re.compile(r"\b(" + "|".join(PARTS) + r")s?\b", re.IGNORECASE)
SIDE = r"(left|right|bilateral|both|lt|rt)"
JOINTS = (
    (re.compile(r"\bTK[AR]\b|\bUKA\b"), "knee arthroplasty"),
    (re.compile(r"\bTH[AR]\b"), "hip arthroplasty"),
    (re.compile(r"\b[Rr]?TS[AR]\b"), "shoulder arthroplasty"),
)
OTHER = {"left": "right", "right": "left"}


def sided(part: str, text: str) -> list[Side | None]:
    """Find each side said of a part: ``left medial knee``, ``knee pain, left``; no reflexes."""
    whole = rf"{part}s?\b(?!\W+(?:reflex|jerk))"
    before = re.compile(rf"\b{SIDE}[^\w.;\n]+(?:\w+[^\w.;\n]+){{0,2}}?{whole}", re.IGNORECASE)
    after = re.compile(rf"\b{whole}(?:[^\w.;\n]+\w+){{0,2}}?[^\w.;\n]+{SIDE}\b", re.IGNORECASE)
    found = [match[1] for form in (before, after) for match in form.finditer(text)]
    return [lateral.side(word) for word in found]


def contradicted(ordered: str | None, stated: set[Side | None]) -> bool:
    """Whether only the other side is stated."""
    other = OTHER.get(ordered or "")
    return other is not None and other in stated and not stated & {ordered, "bilateral"}


def spelled(text: str) -> str:
    """Write out the short names of joint replacements: TKA is a knee arthroplasty."""
    for short, long in JOINTS:
        text = short.sub(long, text)
    return text
