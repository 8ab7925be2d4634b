"""The summary with a model's sentences in its clinical sections; the rules write all others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nodes.audit import Used
from nodes.chart import Fact, Note
from nodes.prose import Omission, Summary, Writer, Writing
from nodes.writing import claude
from nodes.writing.claude import Cite
from nodes.writing.criteria import quoted
from nodes.writing.draft import Line, Material
from nodes.writing.model_about import criteria, requested
from nodes.writing.model_prose import Order, Prose, untold, write
from nodes.writing.phrase import by_source, day
from nodes.writing.select import Selection, select
from nodes.writing.summary import write_summary
from nodes.writing.text import fold
from nodes.writing.topics import Topic, topic

HEADINGS: dict[str, Topic] = {
    "clinical history": "history",
    "prior treatment": "treatment",
    "findings": "findings",
}


@dataclass(frozen=True)
class Summarized:
    """The summary, who wrote it, and what shaped it."""

    summary: Summary
    writing: Writing
    used: tuple[Used, ...] = ()


def summarized(material: Material, *, writer: Writer, ask: Cite = claude.cite) -> Summarized:
    """Write the summary; it never fails for a model's sake.

    A model is given the facts the rules chose, and its sentences stand where theirs would. What
    the assessment rests on and no sentence of the model tells keeps its deterministic sentence;
    without an assessment that is all that was chosen. A section of which nothing of the model's
    holds keeps the rules' sentences.
    """
    selection = select(material)
    chosen = quoted(line for lines in selection.lines.values() for line in lines)
    facts = {name: material.by_id[name] for name in material.by_id if name in chosen}
    about = {"request": requested(material.case), "policy": criteria(material.assessment)}
    order = Order("write-summary", tuple(facts.values()), about)
    prose = write(order, material, writer=writer, ask=ask)
    if not prose.lines:
        told = Selection(selection.lines, (*selection.omissions, *prose.omissions))
        return Summarized(write_summary(material, told), prose.writing, prose.used)
    merged, writing = _merged(selection, prose, material, facts)
    summary = write_summary(material, merged).model_copy(update={"writer": "model"})
    return Summarized(summary, writing, prose.used)


def _merged(
    selection: Selection, prose: Prose, material: Material, facts: Mapping[str, Fact]
) -> tuple[Selection, Writing]:
    notes = by_source(material.chart.notes)
    lost = {name: untold(lines, prose.lines) for name, lines in selection.lines.items()}
    needed = _needed(material)
    restored = {name: _about(lines, needed) for name, lines in lost.items()}
    told: dict[Topic, list[Line]] = {name: [] for name in restored}
    for heading, line in _once(prose.lines):
        told[_place(heading, line, facts, notes)].append(line)
    for name, own in selection.lines.items():
        if not told[name] and not restored[name]:
            restored[name] = lost[name] or own
    by_topic = {name: (*restored[name], *told[name]) for name in restored}
    lines = {
        name: tuple(sorted(some, key=lambda line: _when(line, facts, notes)))
        for name, some in by_topic.items()
    }
    count = sum(map(len, restored.values()))
    kept = {line for own in restored.values() for line in own}
    left = sum(line not in kept for own in lost.values() for line in own)
    omissions = (*selection.omissions, *prose.omissions, *_left(left))
    writing = prose.writing.model_copy(update={"restored": count})
    return Selection(lines, omissions), writing


def _needed(material: Material) -> frozenset[str] | None:
    """List the facts that criteria cite, for or against; none: every fact chosen is needed."""
    if material.assessment is None:
        return None
    return frozenset(e.fact for c in material.assessment.criteria for e in c.evidence)


def _about(lines: Iterable[Line], needed: frozenset[str] | None) -> tuple[Line, ...]:
    return tuple(
        line for line in lines if needed is None or any(c.fact in needed for c in line.citations)
    )


def _left(count: int) -> tuple[Omission, ...]:
    if not count:
        return ()
    what = f"{count} fact{'s' if count > 1 else ''} that no criterion cites"
    return (Omission(what=what, why="the model did not find it worth telling"),)


def _once(lines: Iterable[tuple[str, Line]]) -> list[tuple[str, Line]]:
    return list({fold(line.text): (heading, line) for heading, line in lines}.values())


def _place(heading: str, line: Line, facts: Mapping[str, Fact], notes: Mapping[str, Note]) -> Topic:
    """Choose the section: the model's, where one of the facts cited belongs there."""
    cited = [facts[c.fact] for c in line.citations if c.fact in facts]
    topics = [topic(fact, notes.get(fact.source)) for fact in cited]
    wanted = HEADINGS.get(fold(heading))
    if wanted and (wanted in topics or not topics):
        return wanted
    return topics[0] if topics else "history"


def _when(line: Line, facts: Mapping[str, Fact], notes: Mapping[str, Note]) -> tuple[date, int]:
    """Order by the first day cited, words of one note as they stand in it."""
    cited = [facts[c.fact] for c in line.citations if c.fact in facts]
    days = [found for fact in cited if (found := day(fact, notes))]
    places = [fact.span.start for fact in cited if fact.span]
    return (min(days, default=date.max), min(places, default=0))
