"""The answer to each reason a payer gives: what can be said of it, and honestly what cannot."""

from collections.abc import Callable, Sequence

from nodes.assessment import Assessment
from nodes.chart import Fact
from nodes.notice import Category
from nodes.writing.administrative import provider
from nodes.writing.asked_for import items
from nodes.writing.asked_record import answer
from nodes.writing.criteria import quoted
from nodes.writing.dispute import Dispute, Ground
from nodes.writing.draft import Line, Material
from nodes.writing.drug_answers import drug_lines
from nodes.writing.office_answers import (
    authorization,
    coding,
    duplicate,
    eligibility,
    other_coverage,
    providers,
    timing,
)
from nodes.writing.other_terms import other_terms
from nodes.writing.phrase import by_source, entry
from nodes.writing.rebuttal import criterion_line
from nodes.writing.stated_reason import answering, general, speaking
from nodes.writing.tree import carrying

Answer = Callable[[Material, Dispute, Ground, Sequence[Line]], list[Line]]
NO_CRITERION = (
    "The policy applied here has no criterion in the words of this reason; its criteria are"
    " answered below one by one. Please name the clause that the reason rests on."
)
NO_ITEM = (
    "Your notice does not say what is missing: please name each item. What the record shows of"
    " each criterion stands below."
)


def answers(material: Material, dispute: Dispute) -> tuple[Line, ...]:
    """Answer every reason by its kind, and say openly where its terms are not the policy's."""
    lines: list[Line] = []
    for ground in dispute.grounds:
        lines += OF_CATEGORY.get(ground.category, _clinical)(material, dispute, ground, lines)
    if not dispute.administrative:
        lines += other_terms(material, dispute)
    return tuple({line.text: line for line in lines}.values())


def _clinical(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Answer with the criteria and the facts that the reason speaks of."""
    lines = _shown(material, ground, before)
    criteria = material.assessment.criteria if material.assessment else ()
    if not answering(ground, criteria) and material.assessment:
        if general(ground) and any(c.status == "met" for c in carrying(criteria)):
            return [_whole(material.assessment), *lines]
        lines.append(Line(NO_CRITERION, "decision"))
    return lines


def _whole(assessment: Assessment) -> Line:
    """Say that a reason without detail is answered by the whole policy, and how far it is met."""
    told = (
        "each criterion that carries it is met"
        if assessment.status == "met"
        else f"{assessment.met} of its {assessment.required} required criteria are met, and the"
        " others are named as open"
    )
    return Line(
        "The reason names no single criterion, so it is answered by the whole of the policy"
        f" applied here, criterion by criterion below: {told}.",
        "policy",
    )


def _shown(material: Material, ground: Ground, before: Sequence[Line]) -> list[Line]:
    lines: list[Line] = []
    criteria = material.assessment.criteria if material.assessment else ()
    for criterion in answering(ground, criteria):
        lines.append(criterion_line(criterion, material, [*before, *lines]))
    notes = by_source(material.chart.notes)
    facts = [fact for fact in material.facts if _tells(fact, material)]
    told = quoted([*before, *lines])
    return lines + [entry(f, notes) for f in speaking(ground, facts) if f.id not in told]


def _tells(fact: Fact, material: Material) -> bool:
    """Say whether a fact says something by itself: not the order, not a document's title."""
    titled = fact.kind == "document" and not fact.span
    return fact.id != material.case.order.reference and not titled


def _missing(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Say of each item asked for where it is, or that the record read does not have it."""
    asked = items(ground.words)
    if not asked:
        rest = [
            line
            for line in _shown(material, ground, before)
            if not general(ground) or line.basis == "policy"
        ]
        return [Line(NO_ITEM, "decision"), *rest]
    lines = [line for item in asked for line in answer(item, material)]
    return lines + _of_criteria(material, ground, [*before, *lines])


def _of_criteria(material: Material, ground: Ground, before: Sequence[Line]) -> list[Line]:
    criteria = material.assessment.criteria if material.assessment else ()
    return [criterion_line(c, material, before) for c in answering(ground, criteria)]


def _steps(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell each drug tried with dates, dose and response, and each named one not in the record."""
    lines = drug_lines(material, " ".join((*ground.words, ground.criterion or "")))
    return lines + _of_criteria(material, ground, [*before, *lines])


def _experimental(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    lines = []
    if material.assessment:
        lines.append(
            Line(
                "The policy applied here has criteria under which this service is covered; they"
                " are answered below one by one.",
                "policy",
            )
        )
    lines.append(
        Line(
            "This letter cites no study: it rests on the record, the policy and the texts named"
            " below, where there are any. Please name the evidence the decision rests on.",
            "decision",
        )
    )
    return lines + _shown(material, ground, before)


def _contract(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Say that the plan's contract decides, and ask for its words."""
    text = (
        "What the plan covers and how much of it stands in the plan's own contract, which is not"
        " in the record: please send the provision applied, and whether it has an exception for"
        " medical need."
    )
    return [Line(text, "decision"), *_shown(material, ground, before)]


def _place(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Say where the service is asked for, and what in the record speaks of it."""
    lines = []
    if place := material.case.place_of_service:
        lines.append(Line(f"The request is for place of service {place}.", "case"))
    shown = _shown(material, ground, before)
    if not shown:
        lines.append(
            Line(
                "The record read for this letter says nothing of why another setting or level of"
                " care would not do; we do not claim it. Please name the setting you would"
                " certify.",
                "decision",
            )
        )
    return [*lines, *shown]


def _network(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    lines = []
    if performer := material.case.performer:
        lines.append(Line(f"The service is to be performed by {provider(performer)}.", "case"))
    text = (
        "The record says nothing of which providers in the network can perform this service;"
        " please name one who can, and by when, or grant an exception."
    )
    return [*lines, Line(text, "decision"), *_shown(material, ground, before)]


OF_CATEGORY: dict[Category, Answer] = {
    "missing_information": _missing,
    "step_therapy": _steps,
    "experimental": _experimental,
    "not_covered": _contract,
    "benefit_limit": _contract,
    "level_of_care": _place,
    "site_of_service": _place,
    "out_of_network": _network,
    "coding": coding,
    "timeliness": timing,
    "authorization_missing": authorization,
    "eligibility": eligibility,
    "coordination_of_benefits": other_coverage,
    "duplicate": duplicate,
    "provider": providers,
}
