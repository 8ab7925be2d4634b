"""Lines become numbered sentences, and only those that hold are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart, Fact
from nodes.decision import Decision
from nodes.prose import Citation, Omission, Section, Sentence
from nodes.suspicion.cleared import NOT_USED, cleared_case, cleared_facts
from nodes.suspicion.found import in_chart
from nodes.writing.text import clean, excerpt
from nodes.writing.verify import Basis, errors, verify


@dataclass(frozen=True)
class Line:
    """A sentence not yet numbered."""

    text: str
    basis: Basis = "chart"
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Part:
    """A section not yet numbered."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Material:
    """All that a text may be made of."""

    case: Case
    chart: Chart
    assessment: Assessment | None = None
    decision: Decision | None = None

    def __post_init__(self) -> None:
        """Take no words of the case that are addressed to software."""
        object.__setattr__(self, "case", cleared_case(self.case))

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What in the chart is addressed to software, told once for all that is written of it."""
        return in_chart(self.chart)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The chart's facts and those that the rules found in its notes, each id once."""
        found = self.assessment.facts if self.assessment else ()
        recorded = cleared_facts(self.chart.facts) if self.warnings else self.chart.facts
        told = {fact.id: fact for fact in (*cleared_facts(found), *recorded)}
        return tuple(fact for fact in told.values() if fact.quote != NOT_USED)

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """The same facts by their ids."""
        return {fact.id: fact for fact in self.facts}


def number(parts: Sequence[Part]) -> tuple[Section, ...]:
    """Give each line its id, s1, s2 ..., in reading order."""
    sections, count = [], 0
    for part in parts:
        sentences = []
        for line in part.lines:
            count += 1
            text, cut = excerpt(clean(line.text), 1990)
            sentences.append(
                Sentence(
                    id=f"s{count}",
                    text=f"{text} [...]" if cut else text,
                    basis=line.basis,
                    citations=line.citations,
                )
            )
        sections.append(Section(title=part.title, sentences=tuple(sentences)))
    return tuple(sections)


def hold(
    sections: Sequence[Section], material: Material
) -> tuple[tuple[Section, ...], tuple[Omission, ...]]:
    """Drop the sentences that do not hold, and the sections left empty; say what was dropped."""
    findings = verify(
        [sentence for section in sections for sentence in section.sentences],
        material.facts,
        material.case,
        assessment=material.assessment,
        decision=material.decision,
        notes=material.chart.notes,
    )
    barred = errors(findings)
    kept, dropped = [], []
    for section in sections:
        held = tuple(s for s in section.sentences if s.id not in barred)
        dropped += [
            Omission(
                what=f"Sentence {s.id} of {section.title}{_about(s)}"[:500],
                why="; ".join(dict.fromkeys(f.detail for f in barred[s.id]))[:500],
            )
            for s in section.sentences
            if s.id in barred
        ]
        if held:
            kept.append(section.model_copy(update={"sentences": held}))
    return tuple(kept), tuple(dropped)


def _about(sentence: Sentence) -> str:
    cited = ", ".join(dict.fromkeys(c.fact for c in sentence.citations))
    return f", about {cited}" if cited else ""
