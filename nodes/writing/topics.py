"""Which section of a text a fact belongs in."""

import re
from typing import Literal

from nodes.chart import Fact, FactKind
from nodes.writing.drugs import drugs
from nodes.writing.text import fold

Topic = Literal["history", "treatment", "findings"]

OF_KIND: dict[FactKind, Topic] = {
    "condition": "history",
    "encounter": "history",
    "family_history": "history",
    "allergy": "history",
    "immunization": "history",
    "medication": "treatment",
    "device": "treatment",
    "order": "treatment",
    "observation": "findings",
    "report": "findings",
}
TREATMENT = re.compile(
    r"\b(?:physical therapy|physiotherapy|pt|chiropract\w+|home exercise|exercises?|injections?"
    r"|conservative|treatments?|therap(?:y|ies)|medications?|tak(?:en|es|ing)|took|trial(?:ed)?"
    r"|failed|tolerat\w+|without (?:improvement|relief)|no (?:improvement|relief)|brace|dose|mg"
    r"|units|surgery|sessions?|visits attended|completed)\b"
)
FINDINGS = re.compile(
    r"\b(?:exam(?:ination)?|reflex\w*|strength|weakness|sensation|numb\w*|anesthesia|retention"
    r"|incontinence|straight leg raise|positive|negative|antalgic|tone|mri|ct|imaging|x-?rays?"
    r"|radiograph\w*|gait|impression|protrusion|herniation|stenosis|scores?|index|apnea\w*|ahi|hba1c|a1c"
    r"|glucose|polysomnogra\w+|saturation|findings?|[0-5][+-]?/5)\b"
)
IMAGING = re.compile(r"\b(?:mri|magnetic|ct|tomograph\w+|x-?rays?|radiograph\w*|ultrasound|scan)\b")


def topic(fact: Fact) -> Topic:
    """Choose by the fact's kind; a statement or document by its words."""
    words = fold(fact.quote)
    if fact.kind == "procedure":
        return "findings" if IMAGING.search(words) else "treatment"
    if fact.kind in OF_KIND:
        return OF_KIND[fact.kind]
    treated = len(TREATMENT.findall(words)) + len(drugs(words))
    found = len(FINDINGS.findall(words))
    if not treated and not found:
        return "history"
    return "treatment" if treated >= found else "findings"
