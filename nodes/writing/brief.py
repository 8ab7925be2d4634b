"""The sheet for a peer-to-peer call: what to say, what to admit, what will be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nodes.assessment import Criterion
from nodes.notice import Category
from nodes.prose import Citation
from nodes.writing.before_sending import differing, names_payer
from nodes.writing.clock import clock
from nodes.writing.criteria import evidence, quoted, titled
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Line, Material, Part
from nodes.writing.phrase import by_source, day
from nodes.writing.questions import questions
from nodes.writing.rebuttal import open_criteria
from nodes.writing.select import select
from nodes.writing.stated_reason import answering, reason_words
from nodes.writing.text import clean, content_words, ended, excerpt
from nodes.writing.tree import carrying

STRONGEST = 3
MOST_REASONS = 4
SHORT, QUOTED = 170, 400
REASON = "The reason, in their words"
STRONG = "Say first: the strongest facts"
CRITERIA = "Criterion by criterion"
WEAK = "Weak spots: say them first"
ASKED = "What they may ask, and what the record says"
CLOCK = "The clock"
END = "Ask for at the end"


@dataclass(frozen=True)
class Ranked:
    """A line with its part and how early it gives way where the page is full; 0 never does."""

    part: str
    line: Line
    gives_way: int = 0


def brief_lines(material: Material, dispute: Dispute, as_of: date) -> list[Ranked]:
    """Put all that helps in the call together, in the order it is needed."""
    strong = _strongest(material, dispute)
    met = _met(material, dispute)
    return [
        *(Ranked(REASON, line) for line in _reason(dispute)),
        *(Ranked(STRONG, line) for line in strong),
        *(Ranked(CRITERIA, line, 2 + n) for n, line in enumerate(_criteria(met, material, strong))),
        *(Ranked(WEAK, line, 1 if n > 2 else 0) for n, line in enumerate(_weak(material, dispute))),
        *(Ranked(ASKED, line, 3 + 2 * n) for n, line in enumerate(questions(material, dispute))),
        *(Ranked(CLOCK, Line(text, "decision"), n) for n, text in enumerate(clock(dispute, as_of))),
        *(Ranked(END, line) for line in _end(material)),
    ]


def parts(ranked: Sequence[Ranked]) -> tuple[Part, ...]:
    """Gather lines under their titles, in order."""
    titles = dict.fromkeys(one.part for one in ranked)
    return tuple(
        Part(title, tuple(one.line for one in ranked if one.part == title)) for title in titles
    )


def _reason(dispute: Dispute) -> Iterable[Line]:
    for ground in dispute.grounds[:MOST_REASONS]:
        words = " ".join(f'"{_short(word)}"' for word in ground.words[:2])
        code = f" Code {ground.code}{f' ({ground.code_words})' if ground.code_words else ''}."
        told = f"{words}{code if ground.code else ''}".strip()
        cites = f' It cites: "{_short(ground.criterion)}"' if ground.criterion else ""
        yield Line(f"{told}{cites}", "decision")
    if not dispute.grounds:
        yield Line("No reason was read; ask for it first, and for the clause.", "decision")


def _short(words: str) -> str:
    told, cut = excerpt(words, QUOTED)
    return f"{told} [...]" if cut else ended(told)


def _met(material: Material, dispute: Dispute) -> list[Criterion]:
    """List the met criteria, those that the reason speaks of first."""
    criteria = material.assessment.criteria if material.assessment else ()
    first = [c for ground in dispute.grounds for c in answering(ground, criteria)]
    kinds = {fact.id: fact.kind for fact in material.facts}
    rest = [c for c in carrying(criteria) if c.status == "met"]
    rest.sort(key=lambda c: all(kinds.get(e.fact) == "condition" for e in c.evidence))
    return list({criterion.id: criterion for criterion in (*first, *rest)}.values())


def _strongest(material: Material, dispute: Dispute) -> list[Line]:
    lines: list[Line] = []
    for criterion in _met(material, dispute):
        told = _best(criterion, material, quoted(lines), _reason_words(dispute))
        if told and len(lines) < STRONGEST:
            place = where(told[1], material)
            lines.append(Line(f"{told[0]}{place}. For: {titled(criterion)}.", "policy", (told[1],)))
    if not lines:
        chosen = select(material).lines
        lines = [*chosen["findings"], *chosen["treatment"]][:STRONGEST]
    return lines


def _reason_words(dispute: Dispute) -> frozenset[str]:
    return frozenset().union(*(reason_words(ground) for ground in dispute.grounds))


def _best(
    criterion: Criterion,
    material: Material,
    before: frozenset[str],
    reason: frozenset[str] = frozenset(),
) -> tuple[str, Citation] | None:
    """Take a criterion's words that speak most of the reason, and are not said yet."""
    quotes, citations = evidence(criterion, material, before)
    fresh = [
        (quote, citation)
        for quote, citation in zip(quotes, citations, strict=True)
        if citation.fact not in before
    ]
    notes = by_source(material.chart.notes)
    return max(
        fresh,
        key=lambda one: (
            len(reason & content_words(one[1].quote)),
            one[1].fact.partition("#")[0] in notes,
        ),
        default=None,
    )


def where(citation: Citation, material: Material) -> str:
    """Say in which document, or in which entry of the record, words stand."""
    source = citation.fact.partition("#")[0]
    note = by_source(material.chart.notes).get(source)
    if note:
        title = clean(note.title)
        return f", in: {title if len(title) <= 40 else title.partition(':')[0][:40]}"
    return f", in the record as {source.partition('/')[0]}"


def _criteria(
    met: Sequence[Criterion], material: Material, strong: Sequence[Line]
) -> Iterable[Line]:
    said = quoted(strong)
    facts = {fact.id: fact for fact in material.facts}
    notes = by_source(material.chart.notes)
    for criterion in met:
        told = _best(criterion, material, said)
        if told and len(told[0]) <= SHORT:
            yield Line(f"Met: {titled(criterion)}: {told[0]}.", "policy", (told[1],))
            continue
        _, citations = evidence(criterion, material)
        kept = citations[:1]
        days = [day(facts[c.fact], notes) for c in kept]
        dated = f" ({days[0].isoformat()})" if days and days[0] else ""
        yield Line(f"Met: {titled(criterion)}{dated}.", "policy", kept)


def _weak(material: Material, dispute: Dispute) -> list[Line]:
    """Name what is open or contradicted, and what the notice says of a call."""
    lines = [
        Line(f"{titled(criterion)}: {lack}.", "policy")
        for criterion, lack in open_criteria(material.assessment)
    ]
    criteria = material.assessment.criteria if material.assessment else ()
    if material.assessment and not names_payer(material.assessment, material.case):
        text = "The policy applied does not name this plan: ask which criteria were used."
        lines.append(Line(text, "policy"))
    lines += [Line(text, "decision") for text in differing(material, dispute)]
    lines += [
        Line(f"{titled(c)}: the records disagree; read both before the call.", "policy")
        for c in criteria
        if c.conflict and c.evidence
    ]
    if dispute.notice and dispute.notice.call_helps == "no":
        why = f": {ended(clean(dispute.notice.call_why))}" if dispute.notice.call_why else "."
        lines.append(Line(f"A call may not change this decision{why}", "decision"))
    return lines or [Line("None of the policy's criteria is open in the record read.", "policy")]


ENDINGS: dict[Category, str] = {
    "missing_information": "Ask whether what was missing may be sent today, where, and by when.",
    "site_of_service": "Ask which setting would be certified today.",
    "level_of_care": "Ask which level of care would be certified today.",
    "step_therapy": "Ask for an exception to the step, and what it would need.",
}


def _end(material: Material) -> list[Line]:
    line = material.case.service_lines[0]
    return [
        Line(
            f"Ask that the decision on {line.system} {line.code} be reversed in this call; if not,"
            " for the clause, what would change it, and the name and specialty of the physician.",
            "case",
        ),
        Line("Write down: name ____________ time ________ outcome ____________", "case"),
    ]
