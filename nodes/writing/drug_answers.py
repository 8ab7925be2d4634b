"""Each drug tried with its dates, dose and response; a named drug not in the record is said so."""

from nodes.chart import Fact
from nodes.writing.draft import Line, Material
from nodes.writing.drugs import chart_drugs, drugs
from nodes.writing.phrase import by_source, day, said

MOST = 2
TREATED = frozenset({"medication", "statement", "allergy"})


def drug_lines(material: Material, reason: str) -> list[Line]:
    """Answer step therapy: the drugs a reason names, else all that the record has tried."""
    known = chart_drugs(material.facts)
    named = sorted(drugs(reason, known))
    lines: list[Line] = []
    for drug in named:
        found = _of(drug, material, known)
        lines += [said(fact, by_source(material.chart.notes)) for fact in found]
        if not found:
            text = (
                f"{drug.capitalize()}: the record read for this letter shows no trial, intolerance"
                " or contraindication; we do not claim one."
            )
            lines.append(Line(text, "decision"))
    if not named:
        for drug in sorted(known):
            lines += [
                said(fact, by_source(material.chart.notes)) for fact in _of(drug, material, known)
            ]
    return list({line.text: line for line in lines}.values())


def _of(drug: str, material: Material, known: frozenset[str]) -> list[Fact]:
    """Find a drug's own entry, and the words that say how it went, the newest first."""
    every = [
        fact
        for fact in material.facts
        if fact.kind in TREATED and drug in drugs(_names(fact), known)
    ]
    notes = by_source(material.chart.notes)
    newest = sorted(every, key=lambda f: (str(day(f, notes) or ""), f.id), reverse=True)
    entries = [fact for fact in newest if fact.kind == "medication" and not fact.span]
    told = [fact for fact in newest if fact not in entries]
    return [*entries[:1], *told[:MOST]]


def _names(fact: Fact) -> str:
    return " ".join([fact.quote, *(c.display or "" for c in fact.codes)])
