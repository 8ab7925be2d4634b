"""Fill a form: every value in its box, whole on an addendum page, or left blank and reported."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from nodes.assessment import Assessment
from nodes.audit import sha256
from nodes.case import Case
from nodes.errors import Refused
from nodes.packet import FieldFill, FilledForm
from nodes.pdf import ink
from nodes.pdf.objects import flatten, page_sizes
from nodes.pdf.plan import Planned, plan
from nodes.pdf.template import Template
from nodes.prose import Summary

LONGEST, MOST = 20_000, 400_000


def request_form(
    template: Template, case: Case, summary: Summary | None, assessment: Assessment | None
) -> FilledForm:
    """Fill a template for a case; a page that gets lost names patient, member and case."""
    patient = case.patient
    whose = (
        f"{patient.name.family}, {patient.name.given}  |  born {patient.birth_date:%m/%d/%Y}"
        f"  |  member {case.coverage.member_id}  |  case {case.id}"
    )
    return fill(template, {"case": case, "summary": summary, "assessment": assessment}, whose)


def fill(template: Template, roots: Mapping[str, Any], whose: str) -> FilledForm:
    """Fill a template from ``roots`` (case, summary, assessment; what is missing is left blank).

    ``whose`` heads every addendum page, so that a page that gets lost is found again. The same
    input gives the same bytes. Refused: the texts are too long to be sent with a form.
    """
    planned = tuple(plan(template, roots))
    if sum(len(one.value or "") for one in planned) > MOST:
        raise Refused(f"more than {MOST} characters do not belong on a form: shorten the summary")
    texts, beyond = _place(template, planned)
    over = [p for p in planned if p.id in beyond or p.table]
    after = ink.addendum(template.mapping.title, whose, _parts(over)) if over else None
    pdf = flatten(
        template.pdf,
        ink=ink.draw(template.sizes, texts),
        states={b.pdf: b.on for p in planned for b in p.places if b.pdf and b.on},
        after=after,
        title=template.mapping.title,
    )
    return FilledForm(
        template=template.name,
        template_sha256=template.sha256,
        pdf_base64=b64encode(pdf).decode(),
        sha256=sha256(pdf),
        pages=len(template.sizes) + (len(page_sizes(after)) if after else 0),
        fields=tuple(_report(p) for p in planned),
        missing_required=tuple(p.id for p in planned if p.required and not p.value),
        overflow=tuple(dict.fromkeys(p.table or p.id for p in over)),
        unprintable=tuple(p.id for p in planned if p.value and ink.unprintable(p.value)),
    )


def _place(
    template: Template, planned: Sequence[Planned]
) -> tuple[list[ink.Placed], frozenset[str]]:
    """Fit every text into its boxes; the ids of those that do not fit come second."""
    texts, beyond = [], set()
    for one in planned:
        if one.ticks or not one.value:
            continue
        for widget in (w for at in one.places for w in template.boxes[at.pdf or ""]):
            placed = ink.place(widget, one.value, one.min_font)
            texts.append(placed or ink.pointer(widget))
            if not placed:
                beyond.add(one.id)
    return texts, frozenset(beyond)


def _parts(over: Sequence[Planned]) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in over if one.value]


def _report(one: Planned) -> FieldFill:
    value = one.value
    if value and len(value) > LONGEST:
        value = value[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return FieldFill(id=one.id, label=one.label[:500], value=value, by=one.by, source=one.source)
