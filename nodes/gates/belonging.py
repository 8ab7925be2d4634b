"""Whether the parts of a packet belong together: every misfit is a hard stop."""

import base64
import binascii
from collections.abc import Iterable, Iterator

from nodes.assessment import Assessment
from nodes.audit import sha256
from nodes.case import Case
from nodes.chart import Chart, Fact, HardStop, Note
from nodes.gates import edi
from nodes.packet import FilledForm, Transaction
from nodes.prose import Summary

Cited = tuple[str, str, str]  # pointer, fact id, quote


def of_what_is_sent(
    case: Case, summary: Summary, form: FilledForm, transaction: Transaction
) -> Iterator[HardStop]:
    """Find what makes the form, the summary or the EDI unfit to be sent for this case."""
    for name in form.missing_required:
        yield HardStop(
            code="missing_required_field",
            detail=f"the form's required field {name} is blank",
            pointer="/form/missing_required",
        )
    if not any(section.sentences for section in summary.sections):
        yield HardStop(
            code="missing_required_field", detail="the summary is empty", pointer="/summary"
        )
    if sha256(pdf(form)) != form.sha256:
        yield _inconsistent("the form's hash is not that of its PDF", "/form/sha256")
    if sha256(transaction.edi.encode()) != transaction.sha256:
        yield _inconsistent("the EDI's hash is not that of its text", "/transaction/sha256")
    yield from edi.misfits(case, transaction)


def pdf(form: FilledForm) -> bytes:
    """Decode a form's PDF; what is not base64 decodes to nothing, which no hash fits."""
    try:
        return base64.b64decode(form.pdf_base64, validate=True)
    except binascii.Error:
        return b""


def of_its_sources(
    case: Case, chart: Chart, assessment: Assessment, summary: Summary
) -> Iterator[HardStop]:
    """Find what the assessment or the summary claims without the chart, or of another chart."""
    if chart.patient != case.patient.id:
        yield HardStop(
            code="wrong_patient",
            detail="the chart is another patient's than the case: fetch it again",
            pointer="/chart/patient",
        )
    kept = {fact.source for fact in chart.facts if fact.kind == "order"}
    orders = {chart.order} if chart.order else kept
    if orders and case.order.reference not in orders:
        yield _inconsistent("the chart was fetched for another order", "/case/order/reference")
    for place, search in enumerate(chart.manifest.searches):
        if search.truncated:
            yield HardStop(
                code="truncated_chart",
                detail="the EHR did not give all it has: narrow the look-back or fetch again",
                pointer=f"/chart/manifest/searches/{place}",
            )
    facts = {fact.id: fact for fact in (*assessment.facts, *chart.facts)}
    notes = {note.id: note for note in chart.notes}
    for place, fact in enumerate(assessment.facts):
        known = fact in chart.facts or _of_the_case(fact, case) or _stands_in_a_note(fact, notes)
        if fact != facts[fact.id] or not known:
            yield HardStop(
                code="unsupported_statement",
                detail="a fact of the assessment is not the chart's, the case's or a note's words",
                pointer=f"/assessment/facts/{place}",
            )
    for where, cited, quote in (*cited_by_assessment(assessment), *cited_by_summary(summary)):
        yield from _unsupported(where, quote, facts.get(cited), notes)


def cited_by_assessment(assessment: Assessment) -> Iterator[Cited]:
    """List the evidence of every criterion."""
    for place, criterion in enumerate(assessment.criteria):
        for number, evidence in enumerate(criterion.evidence):
            pointer = f"/assessment/criteria/{place}/evidence/{number}"
            yield pointer, evidence.fact, evidence.quote


def cited_by_summary(summary: Summary) -> Iterator[Cited]:
    """List the citations of every sentence."""
    for place, section in enumerate(summary.sections):
        for number, sentence in enumerate(section.sentences):
            for count, citation in enumerate(sentence.citations):
                pointer = f"/summary/sections/{place}/sentences/{number}/citations/{count}"
                yield pointer, citation.fact, citation.quote


def exhibits(chart: Chart, assessment: Assessment, summary: Summary) -> tuple[Note, ...]:
    """Pick the notes that are cited, in the chart's order."""
    cited: Iterable[Cited] = (*cited_by_assessment(assessment), *cited_by_summary(summary))
    sources = {fact.partition("#")[0] for _, fact, _ in cited}
    return tuple(note for note in chart.notes if note.id in sources)


def _unsupported(
    where: str, quote: str, fact: Fact | None, notes: dict[str, Note]
) -> Iterator[HardStop]:
    if fact is None:
        yield HardStop(
            code="broken_reference", detail="what is cited is not in the chart", pointer=where
        )
    elif quote not in fact.quote:
        yield HardStop(
            code="unsupported_statement", detail="the fact does not say these words", pointer=where
        )
    elif not _stands_in_its_note(fact, notes):
        yield HardStop(
            code="broken_reference",
            detail="the words do not stand at their place in the note",
            pointer=where,
        )


def _stands_in_its_note(fact: Fact, notes: dict[str, Note]) -> bool:
    """Whether a fact that names a place in a note is found there, word for word."""
    _, _, offsets = fact.id.partition("#")
    if fact.span is None:
        return not offsets or offsets.startswith("component-")
    note = notes.get(fact.source)
    start, end = fact.span.start, fact.span.end
    return (
        note is not None
        and offsets in ("", f"{start}-{end}")
        and note.text[start:end] == fact.quote
    )


def _of_the_case(fact: Fact, case: Case) -> bool:
    """Whether a fact speaks for the case's people or order; that its words do, the policy tells."""
    own = fact.id in (case.patient.id, case.order.reference)
    return fact.span is None and (own or fact.id.startswith(f"Case/{case.id}."))


def _stands_in_a_note(fact: Fact, notes: dict[str, Note]) -> bool:
    return fact.span is not None and _stands_in_its_note(fact, notes)


def _inconsistent(detail: str, pointer: str) -> HardStop:
    return HardStop(code="inconsistent_packet", detail=detail, pointer=pointer)
