"""The peer-to-peer sheet laid out: what to call, what to quote, and the parts."""

from collections.abc import Sequence

from nodes.case import Case
from nodes.prose import Section
from nodes.writing.administrative import diagnoses, person, service
from nodes.writing.dispute import Dispute
from nodes.writing.paper import Paper, passages
from nodes.writing.text import clean, excerpt

TITLE = "Peer-to-peer call"


def lay_out_brief(case: Case, dispute: Dispute, sections: Sequence[Section]) -> Paper:
    """Lay out one page; of the patient only what the plan needs to find the case."""
    held, lines = case.coverage, case.service_lines
    more = [f"and {len(lines) - 3} more"] if len(lines) > 3 else []
    contact = dispute.contact("peer_to_peer", "questions", "appeal")
    phone = clean(contact.phone) if contact and contact.phone else "[number from the notice]"
    about = [
        ("Service", "; ".join([*(service(line, case) for line in lines[:3]), *more])),
        ("Patient", f"{person(case.patient.name)}, born {case.patient.birth_date.isoformat()}"),
        ("Plan", f"{clean(held.payer.name)}, member {clean(held.member_id)}"),
        ("Diagnoses", excerpt(diagnoses(case), 300)[0]),
        ("Call", phone),
        ("Quote", ", ".join(dispute.references[:6]) or "[reference from the notice]"),
    ]
    codes = ", ".join(f"{line.system} {line.code}" for line in case.service_lines)
    return Paper(
        title=f"{TITLE}, {codes}"[:300],
        head=(TITLE, "One page for the clinician who calls. Not part of what is sent."),
        dated="",
        to=(),
        about=tuple(about),
        greeting="",
        passages=passages(
            sections, {section.title: "points" for section in sections}, lambda one: one.text
        ),
    )
