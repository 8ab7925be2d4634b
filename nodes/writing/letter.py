"""A letter on paper: letterhead, reference block, paragraphs, enclosures, a blank signature."""

import textwrap
from collections.abc import Sequence
from datetime import date

from nodes.case import Case, Provider
from nodes.chart import Note
from nodes.prose import Letter, Section, Sentence
from nodes.writing.administrative import diagnoses, person
from nodes.writing.phrase import by_source
from nodes.writing.text import clean

WIDTH = 88
POINTS = frozenset(
    {"Answer to the reason given", "Further clinical record", "What this letter does not claim"}
)
NUMBERED = "The policy, criterion by criterion"


def lay_out(
    case: Case,
    sections: Sequence[Section],
    notes: Sequence[Note],
    *,
    on: date,
    subject: str,
    references: Sequence[str] = (),
) -> Letter:
    """Write the letter's text from its sections; every cited source becomes an enclosure."""
    order = _sources(sections, notes)
    titles = tuple(_enclosure(source, notes) for source in order)
    to = (clean(case.coverage.payer.name), "Attention: Appeals")
    blocks = [
        "\n".join(_letterhead(case.requester)),
        f"{on:%B} {on.day}, {on.year}",
        "\n".join((*to, "[Address or fax for appeals, from the notice]")),
        "\n".join(_reference(case, subject, references)),
        "To the Medical Director:",
        *(_section(section, order, not n) for n, section in enumerate(sections)),
        "\n".join(_closing(case.requester)),
        "\n".join(["Enclosures", *(f"  {n}. {title}" for n, title in enumerate(titles, 1))]),
    ]
    return Letter(
        writer="deterministic",
        to=to,
        subject=subject,
        sections=tuple(sections),
        enclosures=titles,
        text="\n\n".join(blocks if titles else blocks[:-1]) + "\n",
    )


def _sources(sections: Sequence[Section], notes: Sequence[Note]) -> list[str]:
    """List what is cited, notes by themselves, all records together as the last ("")."""
    known = by_source(tuple(notes))
    cited = [c.fact for s in sections for one in s.sentences for c in one.citations]
    sources = [fact.partition("#")[0] for fact in cited]
    enclosed = list(dict.fromkeys(source for source in sources if source in known))
    return enclosed + ([""] if any(source not in known for source in sources) else [])


def _enclosure(source: str, notes: Sequence[Note]) -> str:
    note = by_source(tuple(notes)).get(source)
    if note is None:
        return "Extract of the electronic record: the entries cited in this letter"
    author = f", {clean(note.author)}" if note.author else ""
    title = clean(note.title)
    short = title if len(title) <= 60 else title.partition(":")[0]
    return f"{short}, {note.written.isoformat()}{author}"


def _letterhead(who: Provider) -> list[str]:
    lines = [clean(who.display)]
    if who.address:
        lines += [clean(line) for line in who.address.lines]
        lines.append(f"{clean(who.address.city)}, {who.address.state} {who.address.postal_code}")
    reach = [
        f"Phone {clean(who.phone)}" if who.phone else "",
        f"Fax {clean(who.fax)}" if who.fax else "",
    ]
    lines += [", ".join(filter(None, reach)), f"NPI {who.npi}" if who.npi else ""]
    return [line for line in lines if line]


def _reference(case: Case, subject: str, references: Sequence[str]) -> list[str]:
    held = case.coverage
    group = f", group {clean(held.group_number)}" if held.group_number else ""
    rows = [
        f"Re:        {subject}",
        f"Patient:   {person(case.patient.name)}, born {case.patient.birth_date.isoformat()}",
        f"Member:    {clean(held.member_id)}{group}",
        f"Diagnoses: {diagnoses(case)}",
    ]
    return rows + [f"Reference: {clean(reference)}" for reference in references]


def _section(section: Section, order: Sequence[str], first: bool) -> str:
    """Write a section: the opening untitled, criteria numbered, answers and facts as points."""
    said = [_marked(sentence, order) for sentence in section.sentences]
    if section.title == NUMBERED:
        blocks = [_paragraph(said[0])]
        blocks += [_paragraph(text, f"{n}. ") for n, text in enumerate(said[1:], 1)]
    elif section.title in POINTS:
        blocks = [_paragraph(text, "- ") for text in said]
    else:
        blocks = [_paragraph(" ".join(said))]
    return "\n".join(blocks if first else [section.title, *blocks])


def _paragraph(text: str, lead: str = "") -> str:
    """Wrap at blanks only: a date or a number stays whole."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
        break_long_words=False,
    )


def _marked(sentence: Sentence, order: Sequence[str]) -> str:
    """Add the numbers of the enclosures a sentence rests on."""
    sources = [c.fact.partition("#")[0] for c in sentence.citations]
    places = sorted({order.index(s if s in order else "") + 1 for s in sources})
    return f"{sentence.text} (Encl. {', '.join(map(str, places))})" if places else sentence.text


def _closing(who: Provider) -> list[str]:
    return [
        "Sincerely,",
        "",
        "",
        "______________________________    Date: ______________",
        clean(who.display),
        *([f"NPI {who.npi}"] if who.npi else []),
    ]
