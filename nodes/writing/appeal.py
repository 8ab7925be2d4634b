"""The appeal: what the payer decided and why, what answers it, and what is not claimed."""

from collections.abc import Iterable

from nodes.assessment import Assessment, Criterion
from nodes.case import ServiceLine
from nodes.prose import Section, Sentence
from nodes.writing.administrative import person, quantity, service
from nodes.writing.asks import asks
from nodes.writing.criteria import policy_line, quoted
from nodes.writing.dispute import Dispute, Ground
from nodes.writing.draft import Line, Material, Part
from nodes.writing.history import history, since
from nodes.writing.order_words import order_words
from nodes.writing.rebuttal import criterion_line, open_lines
from nodes.writing.references import AllowedText, cited
from nodes.writing.select import select
from nodes.writing.stated_reason import answering
from nodes.writing.text import clean, ended, listed
from nodes.writing.tree import carrying

PLAIN_OPENING = "We appeal the decision on the request named above."
PLAIN_REQUEST = "Please reverse the decision."
UNITS = {"MN": "month", "DY": "day", "VS": "visit", "HS": "hour", "FL": "unit", "UN": "unit"}


def appeal_parts(
    material: Material,
    dispute: Dispute,
    lines: tuple[ServiceLine, ...],
    answer: tuple[Line, ...],
    texts: tuple[AllowedText, ...] = (),
) -> tuple[Part, ...]:
    """Put the letter's sections together, in the order a medical director reads them."""
    if dispute.administrative:
        return _administrative(material, dispute, lines, answer, texts)
    held = material.assessment
    criteria = held.criteria if held else ()
    first = _answered(dispute, criteria)
    others = [c for c in carrying(criteria) if c.status == "met" and c not in first]
    shown = list(answer)
    for criterion in others:
        shown.append(criterion_line(criterion, material, shown))
    whose = "The plan's decision" if dispute.stage == "external" else "Your decision"
    parts = (
        Part("Appeal", (_opening(material, dispute, lines),)),
        Part("History of decisions", history(dispute)),
        Part(whose, _decision(dispute)),
        Part("Answer to the reason given", answer),
        Part("The order", order_words(material)[0]),
        Part("What is new since then", since(material, dispute)),
        Part("The policy, criterion by criterion", _policy(held, shown[len(answer) :])),
        Part("Further clinical record", _further(material, shown)),
        Part("Rules and texts relied on", cited(texts)),
        Part("What this letter does not claim", open_lines(held)),
        Part("What we ask", asks(material, dispute, lines)),
    )
    return tuple(part for part in parts if part.lines)


def _administrative(
    material: Material,
    dispute: Dispute,
    lines: tuple[ServiceLine, ...],
    answer: tuple[Line, ...],
    texts: tuple[AllowedText, ...],
) -> tuple[Part, ...]:
    """Answer a reason that is not clinical with nothing clinical beyond the request itself."""
    whose = "The plan's decision" if dispute.stage == "external" else "Your decision"
    parts = (
        Part("Appeal", (_opening(material, dispute, lines),)),
        Part("History of decisions", history(dispute)),
        Part(whose, _decision(dispute)),
        Part("Answer to the reason given", answer),
        Part("Rules and texts relied on", cited(texts)),
        Part("What we ask", asks(material, dispute, lines)),
    )
    return tuple(part for part in parts if part.lines)


def required(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Put the plainest opening and request where theirs did not hold: no letter is without."""
    titles = {section.title for section in sections}
    first = () if "Appeal" in titles else (_plain("Appeal", "s0", PLAIN_OPENING),)
    last = () if "What we ask" in titles else (_plain("What we ask", "s999999", PLAIN_REQUEST),)
    return (*first, *sections, *last)


def _plain(title: str, name: str, text: str) -> Section:
    return Section(title=title, sentences=(Sentence(id=name, text=text, basis="decision"),))


def _answered(dispute: Dispute, criteria: tuple[Criterion, ...]) -> list[Criterion]:
    """List the criteria that the answer to the reasons quotes already."""
    return [c for ground in dispute.grounds for c in answering(ground, criteria)]


OPENINGS = {
    "first": ("We appeal your decision", "to deny", "to certify only in part"),
    "second": (
        "This is an appeal at the second level of your decision",
        "to deny",
        "to certify only in part",
    ),
    "external": (
        "We ask for an independent external review of the decision of {payer}",
        "to deny",
        "to certify only in part",
    ),
}


def _opening(material: Material, dispute: Dispute, lines: tuple[ServiceLine, ...]) -> Line:
    patient = person(material.case.patient.name)
    asked = listed([service(line, material.case) for line in lines])
    when = f" of {dispute.issued.isoformat()}" if dispute.issued else ""
    what = "this service" if len(lines) == 1 else "these services"
    lead, deny, part = OPENINGS[dispute.stage]
    lead = lead.format(payer=clean(material.case.coverage.payer.name)) + when
    if dispute.decision.outcome == "denied":
        text = f"{lead} {deny} {patient} {what}: {asked}."
    else:
        text = f"{lead} {part} {what} for {patient}: {asked}.{_certified(dispute, lines)}"
    return Line(text, "decision")


def _certified(dispute: Dispute, lines: tuple[ServiceLine, ...]) -> str:
    denial = dispute.decision
    if denial.quantity is None or len(lines) != 1:
        return ""
    unit = UNITS.get(denial.unit or "", denial.unit or "")
    count = format(denial.quantity.normalize(), "f")
    certified = f"{count} {unit}{'s' if unit and count != '1' else ''}".strip()
    who = "The plan" if dispute.stage == "external" else "You"
    return f" {who} certified {certified}; {quantity(lines[0])} were requested."


def _decision(dispute: Dispute) -> tuple[Line, ...]:
    lines = [line for ground in dispute.grounds for line in _ground(ground, dispute.stage)]
    if not lines:
        whose = "The notice" if dispute.stage == "external" else "Your notice"
        text = f"{whose} states no reason; please state it, and the clause it rests on."
        lines.append(Line(text, "decision"))
    return tuple(lines)


def _ground(ground: Ground, stage: str) -> Iterable[Line]:
    whose = "The notice" if stage == "external" else "Your notice"
    words = f" ({ground.code_words})" if ground.code_words else ""
    if ground.code:
        yield Line(f"{whose} gives reason code {ground.code}{words}.", "decision")
    lead = "In the plan's words" if stage == "external" else "In your words"
    for said in ground.words:
        yield Line(f'{lead}: "{ended(said)}"', "decision")
    if ground.criterion and not any(ground.criterion in said for said in ground.words):
        yield Line(f'It cites: "{ended(ground.criterion)}"', "decision")


def _policy(assessment: Assessment | None, answered: list[Line]) -> tuple[Line, ...]:
    return (policy_line(assessment), *answered) if assessment else ()


def _further(material: Material, shown: list[Line]) -> tuple[Line, ...]:
    """Add what the summary would say and no sentence before has quoted."""
    facts = quoted(shown)
    lines = select(material).lines
    every = (*lines["history"], *lines["treatment"], *lines["findings"])
    return tuple(line for line in every if facts.isdisjoint(c.fact for c in line.citations))
