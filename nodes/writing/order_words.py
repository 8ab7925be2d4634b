"""The reason in the order: what of it may stand in a letter, marked as the order's own words."""

import re

from nodes.prose import Omission
from nodes.writing.claims import claims, fact_claims
from nodes.writing.draft import Line, Material
from nodes.writing.reference_marks import marks
from nodes.writing.references import allowed_words_of
from nodes.writing.text import clean, contains, ended

LEAD = "The order gives this reason in its own words, which stand here unchecked:"
NAME = r"(?-i:[A-Z][a-z]{2,20})"
YEAR = r"(?:19|20)\d\d"
CALLS_ON = re.compile(
    r"\b(?:per (?!day|week|month|year|hour|minute|visit|night|patient|side|dose)|according to"
    r"|recommend(?:s|ed|ation)?|guidelines?|leitlinie|criteria|interqual|milliman|evicore"
    r"|mcg (?:care|guideline|health)|lcd|ncd|acr|nass|polic(?:y|ies)|cochrane|jama|nejm"
    r"|n engl j med|bmj|journal|studies show|trial shows?|evidence[- ]based|choosing wisely"
    r"|consensus|rating \d|cms manual|manual, chapter)\b"
    rf"|\bthe {NAME} protocol\b|\bthe (?-i:[A-Z]{{3,8}}) trial\b|\blancet,? {YEAR}"
    rf"|\b{NAME}(?: and {NAME})? \({YEAR}\)|\b{NAME} and {NAME},? {YEAR}|\b{NAME} {YEAR}, {NAME}"
    r"|www\.|https?:|\bpmid\b",
    re.IGNORECASE,
)
DAY = len("2026-01-01")
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=\S)")
FOREIGN = "the order's reason calls on a text that is neither in the policy nor in the library"
UNSHOWN = "the order's reason holds a number or date that nothing in the record shows"


def order_words(material: Material) -> tuple[tuple[Line, ...], tuple[Omission, ...]]:
    """Give the order's reason as the order's words, and list the sentences of it left out."""
    reason = material.case.order.reason
    if not reason or reason in {d.display for d in material.case.diagnoses}:
        return (), ()
    kept: list[str] = []
    left: list[Omission] = []
    for place, sentence in enumerate(SENTENCE.split(clean(reason)), 1):
        if why := _barred(sentence, material):
            left.append(Omission(what=f"Sentence {place} of the order's reason", why=why))
        else:
            kept.append(sentence)
    words = ended(" ".join(kept)) if kept else ""
    return ((Line(f'{LEAD} "{words}"', "case"),) if words else ()), tuple(left)


def _barred(sentence: str, material: Material) -> str | None:
    known = " ; ".join(allowed_words_of(material))
    named = marks(sentence)
    if any(not contains(known, mark) for mark in named):
        return FOREIGN
    if CALLS_ON.search(sentence) and not named:
        return FOREIGN
    told = {
        claim
        for claim in claims(sentence)
        if claim.kind == "number"
        or (claim.kind == "date" and len(claim.value) == len("2026-01-01"))
    }
    return UNSHOWN if told and not told <= _shown(material) else None


def _shown(material: Material) -> set[object]:
    shown: set[object] = set()
    for fact in material.facts:
        if fact.id != material.case.order.reference:
            shown |= claims(fact.quote) | fact_claims(fact)
    for note in material.chart.notes:
        shown |= claims(note.text)
    return shown
