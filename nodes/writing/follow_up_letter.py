"""A follow-up as letter, fax, portal message or phone script, and what it is held to."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from nodes.case import Case
from nodes.decision import Decision
from nodes.notice import Notice
from nodes.prose import Letter, Section
from nodes.writing.administrative import person
from nodes.writing.dispute import contact_of
from nodes.writing.draft import Material
from nodes.writing.follow_up import Channel
from nodes.writing.letter import STYLES, lay_out, sources
from nodes.writing.paper import Paper, passages
from nodes.writing.text import clean

Purpose = Literal["status", "information"]
SUBJECTS = {"status": "Status of request", "information": "Answer to your request for information"}


def lay_out_follow_up(
    material: Material,
    sections: Sequence[Section],
    *,
    purpose: Purpose,
    channel: Channel,
    references: Sequence[str],
    notice: Notice | None,
    on: date,
) -> tuple[Letter, Paper]:
    """Lay a follow-up out for its channel; a script and a message have no letterhead."""
    case = material.case
    codes = ", ".join(f"{line.system} {line.code}" for line in case.service_lines)
    subject = f"{SUBJECTS[purpose]}, {codes}"[:500]
    to, ways = _to(case, notice, channel)
    letter, paper = lay_out(
        case,
        sections,
        material.chart.notes,
        on=on,
        subject=subject,
        references=references,
        to=to,
        greeting="To utilization management:",
        about=ways,
    )
    if channel in {"letter", "fax"}:
        return letter, paper
    short = (_script if channel == "phone" else _message)(case, sections, material, subject, paper)
    return letter.model_copy(update={"text": short.text, "enclosures": short.enclosures}), short


def said_to(words: Sequence[str], denial: Decision | None, notice: Notice | None) -> Decision:
    """Give the decision that a follow-up's sentences are held to, with all the payer said."""
    base = denial or Decision(outcome="pended")
    told = [said.quote for cause in (notice.causes if notice else ()) if (said := cause.words)]
    return base.model_copy(update={"messages": (*base.messages, *words, *told)})


def _to(
    case: Case, notice: Notice | None, channel: Channel
) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    contact = contact_of(notice, "questions", "appeal")
    fax = clean(contact.fax) if contact and contact.fax else "[fax number of the plan]"
    name = (clean(case.coverage.payer.name), "Attention: Utilization Management")
    if channel == "fax":
        return name, [("Fax", fax), ("Pages", "____, this one included")]
    if contact and contact.lines:
        return tuple(clean(line) for line in contact.lines), []
    return (*name, "[Address of the plan]"), []


def _script(
    case: Case, sections: Sequence[Section], material: Material, subject: str, paper: Paper
) -> Paper:
    """Say what to read out and what to write down."""
    who = [
        ("Say", f"This is {clean(case.requester.display)}, NPI {case.requester.npi or '____'}."),
        ("Patient", f"{person(case.patient.name)}, born {case.patient.birth_date.isoformat()}"),
        ("Member", clean(case.coverage.member_id)),
        *(row for row in paper.about if row[0] == "Reference"),
    ]
    return Paper(
        title=subject,
        head=(f"Phone script: {subject}",),
        dated=paper.dated,
        to=(),
        about=tuple(who),
        greeting="",
        passages=passages(sections, STYLES, lambda one: one.text),
        closing=(
            "Write down: name ____________ time ________ call number ____________",
            "Answer: ________________________________________________",
        ),
    )


def _message(
    case: Case, sections: Sequence[Section], material: Material, subject: str, paper: Paper
) -> Paper:
    """Keep what a portal message needs: the numbers, the parts, the attachments' names."""
    return Paper(
        title=subject,
        head=(),
        dated="",
        to=(),
        about=paper.about,
        greeting="",
        passages=paper.passages,
        closing=(clean(case.requester.display),),
        enclosures=paper.enclosures if sources(sections, material.chart.notes) else (),
    )
