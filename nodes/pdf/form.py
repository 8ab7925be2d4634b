"""Fill a form: every value in its place, whole on an addendum page, or left blank and reported."""

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from pypdf import PdfReader
from pypdf.generic import Destination

from nodes.assessment import Assessment
from nodes.audit import sha256
from nodes.case import Case
from nodes.chart import Chart
from nodes.errors import Refused
from nodes.packet import Continued, FieldFill, FilledForm, FormNotice
from nodes.pdf import outside
from nodes.pdf.cased import on_form
from nodes.pdf.charted import charted
from nodes.pdf.continuing import continuing
from nodes.pdf.drawn.addendum import addendum
from nodes.pdf.filling.fill import fill as inside
from nodes.pdf.filling.values import Filled, IssueCode
from nodes.pdf.further import further
from nodes.pdf.pieces import Pieces, pieces
from nodes.pdf.plan import Planned, plan
from nodes.pdf.template import Template
from nodes.pdf.unmapped import unmapped_fields, unmapped_paths
from nodes.prose import Summary
from nodes.writing.administrative import family_first

LONGEST, MOST = 20_000, 400_000
FAILED: frozenset[IssueCode] = frozenset(
    {"unknown_field", "ambiguous", "bad_choice", "signature", "hidden"}
)
OVER: frozenset[IssueCode] = frozenset({"overflow", "too_long"})
Told = dict[str, dict[IssueCode, int | None]]


def request_form(
    template: Template,
    case: Case,
    summary: Summary | None,
    assessment: Assessment | None,
    chart: Chart | None = None,
) -> FilledForm:
    """Fill a template for a case; a page that gets lost names patient, member and case."""
    patient = case.patient
    whose = (
        f"{family_first(patient.name)}  |  born {patient.birth_date:%m/%d/%Y}"
        f"  |  member {case.coverage.member_id}  |  case {case.id}"
    )
    roots = {
        "case": on_form(case),
        "summary": summary,
        "assessment": assessment,
        "chart": charted(chart) if chart else None,
    }
    form = fill(template, roots, whose)
    return form.model_copy(update={"unmapped_paths": unmapped_paths(template.mapping, case)})


def fill(template: Template, roots: Mapping[str, Any], whose: str) -> FilledForm:
    """Fill a template from ``roots`` (case, summary, assessment, chart; what is missing is blank).

    ``whose`` heads every addendum page, so that a page that gets lost is found again. The same
    input gives the same bytes. Refused: the texts are too long to be sent with a form.
    """
    planned = (*plan(template, roots), *further(template, roots))
    if sum(len(one.value or "") for one in planned) > MOST:
        raise Refused(f"more than {MOST} characters do not belong on a form: shorten the summary")
    asked = pieces(template, planned)
    done = _pressed(template, asked, None)
    told = _told(asked, done)
    planned = tuple(_left_out(one, told) for one in planned)
    over = [one for one in planned if _continues(one, asked, told)]
    starts: Sequence[int] = ()
    after = b""
    if over:
        behind = continuing(template, over)
        after = addendum(template.mapping.title, whose, behind.parts)
        pages = _starts(after, len(behind.parts))
        done, starts = _pressed(template, asked, after), [pages[one] for one in behind.part_of]
    count = len(template.sizes)
    return FilledForm(
        template=template.name,
        template_sha256=template.sha256,
        unverified=template.mapping.source.unverified,
        pdf_base64=b64encode(done.pdf).decode(),
        sha256=sha256(done.pdf),
        pages=count + (len(PdfReader(io.BytesIO(after)).pages) if after else 0),
        fields=tuple(_report(one) for one in planned),
        missing_required=tuple(one.id for one in planned if one.required and not one.value),
        overflow=tuple(dict.fromkeys(one.table or one.id for one in over)),
        continued=tuple(
            Continued(
                field=one.id,
                characters=len(one.value or ""),
                shown=_shown(told.get(one.id, {})),
                page=count + start,
            )
            for one, start in zip(over, starts, strict=True)
        ),
        unprintable=tuple(one.id for one in planned if "unencodable" in told.get(one.id, {})),
        notices=tuple(_notices(planned, asked, told)),
        unmapped_fields=unmapped_fields(template),
    )


def _pressed(template: Template, asked: Pieces, after: bytes | None) -> Filled:
    press = outside.filled if template.foreign else inside
    title = template.mapping.title
    return press(template.pdf, asked.values, extra=asked.extra, after=after, title=title)


def _told(asked: Pieces, done: Filled) -> Told:
    """Sort what the filling had to say by the id of the entry it concerns."""
    told: Told = {}
    for issue in done.issues:
        told.setdefault(asked.owner[issue.field], {})[issue.code] = issue.shown
    return told


def _continues(one: Planned, asked: Pieces, told: Told) -> bool:
    if not one.value or one.ticks:
        return False
    return bool(one.table or one.id in asked.beyond or OVER & told.get(one.id, {}).keys())


def _shown(told: Mapping[IssueCode, int | None]) -> int:
    return max((shown or 0 for code, shown in told.items() if code in OVER), default=0)


def _left_out(one: Planned, told: Told) -> Planned:
    """Take back the value of a field that could not be written at all."""
    return replace(one, value=None) if FAILED & told.get(one.id, {}).keys() else one


def _starts(after: bytes, parts: int) -> list[int]:
    """Tell on which page, from 1, each part of an addendum begins: its headings say so."""
    reader = PdfReader(io.BytesIO(after))
    headings = (cast(Destination, one) for one in reader.outline)
    starts = [(reader.get_destination_page_number(one) or 0) + 1 for one in headings]
    return starts if len(starts) == parts else [1] * parts


def _notices(planned: Sequence[Planned], asked: Pieces, told: Told) -> Iterator[FormNotice]:
    for one in planned:
        if one.trouble:
            yield FormNotice(field=one.id, code=one.trouble)
        if one.id in asked.taken:
            yield FormNotice(field=one.id, code="taken")
        for code in told.get(one.id, {}):
            if code not in OVER:
                yield FormNotice(field=one.id, code=code)


def _report(one: Planned) -> FieldFill:
    value = one.value
    if value and len(value) > LONGEST:
        value = value[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
    label = one.label.strip()[:500].strip() or one.id
    return FieldFill(id=one.id, label=label, value=value, by=one.by, source=one.source)
