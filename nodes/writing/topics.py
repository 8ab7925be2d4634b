"""Which section of a text a fact belongs in."""

import re
from typing import Literal

from nodes.chart import Fact, FactKind, Note
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
    r"|unchanged|despite|(?:no|without) (?:\w+ )?(?:improvement|relief)|failed|tolerat\w+|brace"
    r"|dose|mg|units|surgery|sessions?|visits attended|completed)\b"
)
FINDINGS = re.compile(
    r"\b(?:exam(?:ination)?|reflex\w*|strength|weakness|sensation|numb\w*|anesthesia|retention"
    r"|incontinence|straight leg raise|positive|negative|antalgic|tone|mri|ct|imaging|x-?rays?"
    r"|radiograph\w*|gait|impression|protrusion|herniation|stenosis|scores?|index|apnea\w*|ahi|hba1c|a1c"
    r"|glucose|polysomnogra\w+|saturation|findings?|[0-5][+-]?/5)\b"
)
RESPONSE = re.compile(r"\b(?:no|without|little|minimal)(?: \w+)? (?:improvement|relief|benefit)\b")
DENIES = re.compile(r"^(?:\w+\W+){0,2}den(?:y|ies|ied)\b|^no (?:red flags|history|fever)\b")
DIAGNOSTIC = re.compile(
    r"\b(?:mri|magnetic|ct|tomograph\w+|x-?rays?|radiograph\w*|ultrasound|scan|polysomnogra\w+"
    r"|sleep (?:study|test)|electromyogra\w+|nerve conduction|biopsy|endoscop\w+|measurement)\b"
)


LABEL = re.compile(r"(?:^|[\n.]\s*)([A-Z][A-Z /&-]{2,40}|[A-Z][a-z]+):")
OF_LABEL: dict[str, Topic] = {
    "exam": "findings",
    "physical exam": "findings",
    "findings": "findings",
    "imaging": "findings",
    "impression": "findings",
    "assessment": "findings",
    "results": "findings",
    "plan": "findings",
    "interventions": "treatment",
    "medications": "treatment",
    "treatment": "treatment",
    "past history": "history",
    "family history": "history",
    "chief complaint": "history",
}


def topic(fact: Fact, note: Note | None = None) -> Topic:
    """Choose by the fact's kind; a statement by the part of the note it stands in, or its words."""
    words = fold(fact.quote)
    if fact.kind == "procedure" and not fact.span:
        return "findings" if DIAGNOSTIC.search(words) else "treatment"
    if fact.kind in OF_KIND and not fact.span:
        return OF_KIND[fact.kind]
    if RESPONSE.search(words) and not FINDINGS.search(words):
        return "treatment"
    if (place := OF_LABEL.get(label(fact, note))) is not None:
        return place
    if DENIES.search(words):
        return "history"
    treated = len(TREATMENT.findall(words)) + len(drugs(words))
    found = len(FINDINGS.findall(words))
    if not treated and not found:
        return "history"
    return "treatment" if treated >= found else "findings"


def label(fact: Fact, note: Note | None) -> str:
    """Find the last label before a statement in its note, within the same paragraph."""
    if note is None or fact.span is None:
        return ""
    before = note.text[: fact.span.start].rpartition("\n\n")[2] + fact.quote
    within = before[: len(before) - len(fact.quote) + 45]
    labels = [m[1] for m in LABEL.finditer(within)]
    return fold(labels[-1]) if labels else ""
