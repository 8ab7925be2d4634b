"""Each drug tried with its dates, dose and response; a named drug not in the record is said so."""

import re

from nodes.chart import Fact
from nodes.writing.draft import Line, Material
from nodes.writing.drug_classes import Step, classes
from nodes.writing.drugs import chart_drugs, drugs
from nodes.writing.phrase import by_source, day, said
from nodes.writing.text import fold, listed

MOST = 2
UNTRIED = (
    r"never|(?:not|no) (?:\w+ )?(?:tried|taken|used|trial|use)|declin\w*|refus\w*|den(?:y|ies|ied)"
    r"|consider\w*|plan(?:s|ned)? to|will|start|discuss\w*|allerg\w*"
)
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four"}
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
    steps = classes(reason)
    for step in steps:
        lines += _of_class(step, material, known)
    if not named and not steps:
        for drug in sorted(known):
            lines += [
                said(fact, by_source(material.chart.notes)) for fact in _of(drug, material, known)
            ]
    return list({line.text: line for line in lines}.values())


def _of_class(step: Step, material: Material, known: frozenset[str]) -> list[Line]:
    """Name the drugs of a class that the record has, and say what of the number is lacking."""
    notes = by_source(material.chart.notes)
    found = {drug: _of(drug, material, known) for drug in sorted(known)}
    tried = {
        drug: facts
        for drug, facts in found.items()
        if step.members.match(drug) and any(_taken(fact, drug) for fact in facts)
    }
    lines = [said(fact, notes) for facts in tried.values() for fact in facts]
    asked = f"{COUNTS.get(step.most, step.most)} {step.name}{'' if step.most == 1 else 's'}"
    if len(tried) >= step.most:
        return lines
    cites = tuple(citation for line in lines for citation in line.citations)
    if tried:
        text = (
            f"The reason asks for {asked}: the record read for this letter has"
            f" {listed(list(tried))}; no further drug of this class is in it, and we do not claim"
            " one."
        )
        return [*lines, Line(text, "decision", cites)]
    text = (
        f"The reason asks for {asked}: the record read for this letter has none, and we do not"
        " claim one."
    )
    return [Line(text, "decision")]


def _taken(fact: Fact, drug: str) -> bool:
    """Say whether words tell of a drug taken: not one that was only spoken of or refused."""
    return not re.search(rf"\b(?:{UNTRIED})\b[^.;]{{0,40}}\b{drug}", fold(fact.quote))


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
