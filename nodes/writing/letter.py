"""A letter on paper: letterhead, reference block, paragraphs, enclosures, a blank signature."""

from collections.abc import Sequence
from datetime import date

from nodes.case import Case
from nodes.chart import Note
from nodes.prose import Letter, Section, Sentence
from nodes.writing.administrative import diagnoses, person
from nodes.writing.paper import Paper, Style, letterhead, passages, signature
from nodes.writing.phrase import by_source
from nodes.writing.text import clean

STYLES: dict[str, Style] = {
    "History of decisions": "points",
    "Answer to the reason given": "points",
    "The order": "points",
    "What is new since then": "points",
    "The policy, criterion by criterion": "numbered",
    "Further clinical record": "points",
    "Rules and texts relied on": "points",
    "What this letter does not claim": "points",
    "What we ask": "points",
    "What was sent": "points",
    "What you asked for": "points",
    "Not in the record": "points",
}
UNTITLED = ("Appeal", "Enquiry", "Answer")


def lay_out(
    case: Case,
    sections: Sequence[Section],
    notes: Sequence[Note],
    *,
    on: date,
    subject: str,
    references: Sequence[str] = (),
    to: Sequence[str] = (),
    greeting: str = "To the Medical Director:",
    about: Sequence[tuple[str, str]] = (),
) -> tuple[Letter, Paper]:
    """Lay out a letter from its sections; every cited source becomes an enclosure."""
    order = sources(sections, notes)
    paper = Paper(
        title=subject,
        head=letterhead(case.requester),
        dated=f"{on:%B} {on.day}, {on.year}",
        to=tuple(to),
        about=(*_about(case, subject, references), *about),
        greeting=greeting,
        passages=passages(
            sections,
            STYLES,
            lambda sentence: _marked(sentence, order),
            untitled=sections[0].title if sections and sections[0].title in UNTITLED else "",
        ),
        closing=signature(case.requester),
        enclosures=tuple(_enclosure(source, notes) for source in order),
    )
    letter = Letter(
        writer="deterministic",
        to=paper.to,
        subject=subject,
        sections=tuple(sections),
        enclosures=paper.enclosures,
        text=paper.text,
    )
    return letter, paper


def lay_out_again(
    case: Case,
    letter: Letter,
    notes: Sequence[Note] | None,
    *,
    on: date | None,
    about: Sequence[tuple[str, str]] = (),
    greeting: str,
) -> Paper:
    """Lay out a letter whose sections a person may have changed.

    With the chart's notes the enclosures are named and numbered anew; without them the letter's
    own are listed, and no sentence has a number, for it might be a wrong one.
    """
    order = sources(letter.sections, notes) if notes is not None else []
    untitled = letter.sections[0].title if letter.sections else ""
    return Paper(
        title=letter.subject,
        head=letterhead(case.requester),
        dated=f"{on:%B} {on.day}, {on.year}" if on else "",
        to=letter.to,
        about=(*_about(case, letter.subject, ()), *about),
        greeting=greeting,
        passages=passages(
            letter.sections,
            STYLES,
            lambda sentence: _marked(sentence, order) if order else sentence.text,
            untitled=untitled if untitled in UNTITLED else "",
        ),
        closing=signature(case.requester),
        enclosures=tuple(_enclosure(source, notes) for source in order)
        if notes is not None
        else letter.enclosures,
    )


def sources(sections: Sequence[Section], notes: Sequence[Note]) -> list[str]:
    """List what is cited, notes by themselves, all records together as the last ("")."""
    known = by_source(tuple(notes))
    cited = [c.fact for s in sections for one in s.sentences for c in one.citations]
    named = [fact.partition("#")[0] for fact in cited]
    enclosed = list(dict.fromkeys(source for source in named if source in known))
    return enclosed + ([""] if any(source not in known for source in named) else [])


def _enclosure(source: str, notes: Sequence[Note]) -> str:
    note = by_source(tuple(notes)).get(source)
    if note is None:
        return "Extract of the electronic record: the entries cited in this letter"
    author = f", {clean(note.author)}" if note.author else ""
    title = clean(note.title)
    short = title if len(title) <= 60 else title.partition(":")[0]
    return f"{short}, {note.written.isoformat()}{author}"


def _about(case: Case, subject: str, references: Sequence[str]) -> list[tuple[str, str]]:
    held = case.coverage
    group = f", group {clean(held.group_number)}" if held.group_number else ""
    rows = [
        ("Re", subject),
        ("Patient", f"{person(case.patient.name)}, born {case.patient.birth_date.isoformat()}"),
        ("Member", f"{clean(held.member_id)}{group}"),
        ("Diagnoses", diagnoses(case)),
    ]
    return rows + [("Reference", clean(reference)) for reference in references]


def _marked(sentence: Sentence, order: Sequence[str]) -> str:
    """Add the numbers of the enclosures a sentence rests on."""
    named = [c.fact.partition("#")[0] for c in sentence.citations]
    places = sorted({order.index(s if s in order else "") + 1 for s in named})
    told = f"(Encl. {', '.join(map(str, places))})"
    return f"{sentence.text} {told}" if places else sentence.text
