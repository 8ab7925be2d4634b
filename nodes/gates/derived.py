"""Whether assessment, summary and form are what the rules make of case and chart: made again."""

from collections.abc import Callable, Iterator

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart, HardStop
from nodes.errors import NodeError, Refused, UnknownName, UnreadableDocument
from nodes.packet import FilledForm
from nodes.pdf.form import request_form
from nodes.pdf.template import Template
from nodes.policy.assess import assess
from nodes.policy.library import Library
from nodes.prose import Summary
from nodes.suspicion.cleared import cleared, cleared_case
from nodes.writing.draft import Material
from nodes.writing.summary import write_summary
from nodes.writing.verify import Basis, errors, verify

BASES: frozenset[Basis] = frozenset({"chart", "case", "policy"})
DERIVED: frozenset[Basis] = frozenset({"case", "policy"})
UNSUPPORTED = {
    "basis": "a summary does not speak on this basis",
    "no_citation": "it says something of the chart and cites nothing",
    "unknown_fact": "what it cites is not in the chart",
    "quote": "what it cites does not say these words",
    "verdict": "it gives a verdict that only the policy or the payer may give",
    "off_topic": "it shares no word with what it cites",
}


def of_the_policy(
    case: Case, chart: Chart, assessment: Assessment, library: Library
) -> Iterator[HardStop]:
    """Find what an assessment says that the policy's rules do not, on its day."""
    try:
        held = library.choose(case, assessment.policy.id)
        if held.sha256 != assessment.policy.sha256:
            words = "the policy changed since check-policy ran: run it again"
            yield _inconsistent(words, "/assessment/policy/sha256")
            return
        again = assess(held, case, chart, assessment.as_of)
    except NodeError:
        words = "no one policy of this name covers the case: run check-policy again"
        yield _inconsistent(words, "/assessment/policy/id")
        return
    for name in type(assessment).model_fields:
        if getattr(again, name) != getattr(assessment, name):
            yield _inconsistent(
                f"the policy's rules give another {name.replace('_', ' ')} for this case and chart:"
                " run check-policy again with them",
                f"/assessment/{name}",
            )


def of_the_statements(
    case: Case, chart: Chart, assessment: Assessment, summary: Summary
) -> Iterator[HardStop]:
    """Find sentences that claim what they do not cite.

    What speaks for the case or the policy must be what summarize writes of them, word for word;
    a reviewer's own words are no basis yet: they come later, as edits to what is assembled here.
    """
    material = Material(case, chart, assessment)
    given = {
        (sentence.basis, sentence.text)
        for section in write_summary(material).sections
        for sentence in section.sentences
    }
    barred = errors(
        verify(
            [sentence for section in summary.sections for sentence in section.sentences],
            material.facts,
            case,
            assessment=assessment,
            notes=chart.notes,
            bases=BASES,
        )
    )
    for place, section in enumerate(summary.sections):
        for number, sentence in enumerate(section.sentences):
            if sentence.basis in DERIVED and (sentence.basis, sentence.text) not in given:
                yield HardStop(
                    code="unsupported_statement",
                    detail="it speaks for the case or the policy, which say something else:"
                    " run summarize again",
                    pointer=f"/summary/sections/{place}/sentences/{number}",
                )
            for finding in barred.get(sentence.id, ()):
                why = f"a {finding.code} in it stands nowhere in what it cites"
                yield HardStop(
                    code="unsupported_statement",
                    detail=f"{UNSUPPORTED.get(finding.code, why)}: mend it or strike it",
                    pointer=f"/summary/sections/{place}/sentences/{number}",
                )


def of_the_form(
    case: Case,
    assessment: Assessment,
    summary: Summary,
    form: FilledForm,
    templates: Callable[[str], Template],
    chart: Chart | None = None,
) -> Iterator[HardStop]:
    """Find a form that is not what fill-form makes of these parts, to the last byte."""
    charted = cleared(chart) if chart else None
    try:
        template = templates(form.template)
        if template.sha256 != form.template_sha256:
            words = "the template changed since fill-form ran: run it again"
            yield _inconsistent(words, "/form/template_sha256")
            return
        again = request_form(template, cleared_case(case), summary, assessment, charted)
    except UnreadableDocument:
        yield _inconsistent("the form's PDF or mapping cannot be used", "/form_upload")
    except UnknownName:
        yield _inconsistent("there is no form template of this name", "/form/template")
    except Refused:
        yield _inconsistent("these parts do not make this form: too long, or another PDF", "/form")
    else:
        if again != form:
            yield _inconsistent(
                "the form is not what this case, summary, assessment and chart make:"
                " run fill-form again with all four",
                "/form/pdf_base64" if again.sha256 != form.sha256 else "/form/fields",
            )


def _inconsistent(detail: str, pointer: str) -> HardStop:
    return HardStop(code="inconsistent_packet", detail=detail, pointer=pointer)
