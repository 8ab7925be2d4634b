"""To whom an appeal goes, how and until when, and the material it is made of."""

from collections.abc import Sequence
from datetime import date

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart
from nodes.notice import WhereTo
from nodes.prose import Letter, Section
from nodes.writing.asked_for import items
from nodes.writing.asked_notes import with_notes
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Material
from nodes.writing.letter import lay_out
from nodes.writing.paper import Paper
from nodes.writing.text import clean

BLANK = "[Address or fax for appeals, from the notice]"


def material_for(case: Case, chart: Chart, assessment: Assessment, dispute: Dispute) -> Material:
    """Take case, chart, assessment and the whole denial; of missing things, what notes say too."""
    material = Material(case, chart, assessment, dispute.told)
    missing = [
        word
        for ground in dispute.grounds
        if ground.category == "missing_information"
        for word in ground.words
    ]
    return with_notes(items(missing), material) if missing else material


def lay_out_appeal(
    material: Material, dispute: Dispute, sections: Sequence[Section], *, on: date, subject: str
) -> tuple[Letter, Paper]:
    """Address the letter from the notice, with a blank where it says nothing."""
    external = dispute.stage == "external"
    contact = dispute.contact("external_review" if external else "appeal")
    return lay_out(
        material.case,
        sections,
        material.chart.notes,
        on=on,
        subject=subject,
        references=dispute.references,
        to=_to(material.case, dispute, contact),
        greeting="To the independent reviewer:" if external else "To the Medical Director:",
        about=_filed(dispute, contact, on),
    )


def _to(case: Case, dispute: Dispute, contact: WhereTo | None) -> tuple[str, ...]:
    if contact and contact.lines:
        return tuple(clean(line) for line in contact.lines)
    if dispute.stage == "external":
        step = dispute.step
        who = clean(step.who) if step and step.who else "Independent review organization"
        return (who, f"Decision of {clean(case.coverage.payer.name)}", BLANK)
    known = (clean(case.coverage.payer.name), "Attention: Appeals")
    sure = not dispute.several("appeal")
    return known if sure and contact and (contact.fax or contact.portal) else (*known, BLANK)


def _filed(dispute: Dispute, contact: WhereTo | None, on: date) -> list[tuple[str, str]]:
    """Say how the letter goes out, and the last day for it, as the notice gives them."""
    rows = []
    ways = []
    if contact and contact.fax:
        ways.append(f"by fax to {clean(contact.fax)}")
    if contact and contact.lines:
        ways.append("by mail to the address above")
    if contact and contact.portal:
        ways.append(f"by portal, {clean(contact.portal)}")
    if ways:
        rows.append(("Sent", ", ".join(ways)))
    if dispute.due and dispute.due >= on:
        rule = dispute.rule if not dispute.deadline else ""
        given = f" ({rule.replace('the letter:', 'by the notice:')})" if rule else ""
        rows.append(("Due", f"{dispute.due.isoformat()}{given}"))
    return rows
