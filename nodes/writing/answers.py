"""The answer to each reason a payer gives: what can be said of it, and honestly what cannot."""

from collections.abc import Callable, Sequence

from nodes.chart import Fact
from nodes.notice import Category
from nodes.writing.administrative import diagnoses, provider, service
from nodes.writing.asked_for import items
from nodes.writing.asked_record import answer
from nodes.writing.criteria import quoted
from nodes.writing.dispute import Dispute, Ground
from nodes.writing.draft import Line, Material
from nodes.writing.drug_answers import drug_lines
from nodes.writing.phrase import by_source, entry
from nodes.writing.rebuttal import criterion_line
from nodes.writing.stated_reason import answering, reason_words, speaking
from nodes.writing.text import clean, ended, listed
from nodes.writing.tree import carrying

Answer = Callable[[Material, Dispute, Ground, Sequence[Line]], list[Line]]
NO_CRITERION = (
    "None of the criteria answered below corresponds to this reason. Please name the clause it"
    " rests on."
)

ALL_CRITERIA = (
    "This reason names no criterion; those of the policy are answered below, one by one. Please"
    " name the clause it rests on."
)


def answers(material: Material, dispute: Dispute) -> tuple[Line, ...]:
    """Answer every reason by its kind; the order's own reason stands first."""
    lines: list[Line] = []
    reason = material.case.order.reason
    if reason and dispute.grounds and reason not in {d.display for d in material.case.diagnoses}:
        lines.append(Line(f'The order gives this reason: "{ended(clean(reason))}"', "case"))
    for ground in dispute.grounds:
        lines += OF_CATEGORY.get(ground.category, _clinical)(material, dispute, ground, lines)
    return tuple({line.text: line for line in lines}.values())


def _clinical(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Answer with the criteria and the facts that the reason speaks of."""
    lines = _shown(material, ground, before)
    criteria = material.assessment.criteria if material.assessment else ()
    if not answering(ground, criteria) and material.assessment and (ground.words or ground.code):
        shown = any(c.status == "met" for c in carrying(criteria))
        bare = shown and not reason_words(ground)
        lines.append(Line(ALL_CRITERIA if bare else NO_CRITERION, "decision"))
    return lines


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
        return _clinical(material, dispute, ground, before)
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


def _coding(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    case = material.case
    lines = [Line(f"Requested: {service(line, case)}.", "case") for line in case.service_lines]
    lines.append(Line(f"Diagnoses of the request: {diagnoses(case)}.", "case"))
    notes = by_source(material.chart.notes)
    codes = {d.code.replace(".", "") for d in case.diagnoses}
    coded = [
        fact
        for fact in material.facts
        if fact.kind == "condition" and codes & {c.code.replace(".", "") for c in fact.codes}
    ]
    return [*lines, *(entry(fact, notes) for fact in coded[:3])]


def _timing(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    case = material.case
    starts = sorted(line.start.isoformat() for line in case.service_lines if line.start)
    when = f"; the first date of service requested is {starts[0]}" if starts else ""
    lines = [Line(f"The order was written on {case.order.authored_on.isoformat()}{when}.", "case")]
    numbers = listed([*dispute.decision.trace_numbers])
    traced = f" under trace number {numbers}" if numbers else ""
    text = (
        f"When the request reached you stands in your own system{traced}: please compare it with"
        " the time your rules give, and tell us both."
    )
    return [*lines, Line(text, "decision")]


def _registered(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell what the request says of the member, its numbers and its providers."""
    case, held = material.case, material.case.coverage
    group = f", group {clean(held.group_number)}" if held.group_number else ""
    plan = f", {clean(held.plan_name)}" if held.plan_name else ""
    lines = [
        Line(f"The request names member {clean(held.member_id)}{group}{plan}.", "case"),
        Line(f"It was made by {provider(case.requester)}.", "case"),
    ]
    if number := case.authorization_number:
        lines.append(Line(f"It refers to authorization number {clean(number)}.", "case"))
    text = (
        "Please name the entry in your files that this reason rests on; what the record does not"
        " show is not claimed here."
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
    "coding": _coding,
    "timeliness": _timing,
    "authorization_missing": _registered,
    "eligibility": _registered,
    "coordination_of_benefits": _registered,
    "duplicate": _registered,
    "provider": _registered,
}
