"""What a packet keeps beside its parts, so that its form can be made again after an edit."""

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Chart
from nodes.packet import FilledForm, FormInputs, FormUpload
from nodes.pdf.cased import on_form
from nodes.pdf.charted import charted
from nodes.pdf.plan import Planned, plan
from nodes.pdf.template import Template
from nodes.prose import Summary
from nodes.suspicion.cleared import cleared, cleared_case


def inputs(
    template: Template,
    case: Case,
    summary: Summary,
    assessment: Assessment,
    chart: Chart,
    form: FilledForm,
    pdf_base64: str | None,
    upload: FormUpload | None,
) -> FormInputs | None:
    """Keep the facts that the form shows, and the blank form where it came along; None: neither.

    Facts, not the chart: a packet goes through queues and tables, and what the form does not show
    has no business there. Drugs are kept together, because a form counts their fills. Where the
    facts kept would not make the same form, all facts are; notes never.
    """
    held = cleared(chart)
    shown = _facts(held, form)

    def planned(given: Chart | None) -> tuple[Planned, ...]:
        roots = {
            "case": on_form(cleared_case(case)),
            "summary": summary,
            "assessment": assessment,
            "chart": charted(given) if given else None,
        }
        return tuple(plan(template, roots))

    wanted = planned(held)
    kept = next((one for one in (None, shown, _bare(held)) if planned(one) == wanted), _bare(held))
    if kept is None and pdf_base64 is None and upload is None:
        return None
    return FormInputs(chart=kept, pdf_base64=pdf_base64, upload=upload)


def _facts(chart: Chart, form: FilledForm) -> Chart:
    named = {
        fact
        for field in form.fields
        if field.by == "fact" and field.value
        for fact in (field.source or "").split(", ")
    }
    bare = _bare(chart)
    drugs = any(fact.kind == "medication" and fact.id in named for fact in bare.facts)
    return bare.model_copy(
        update={
            "facts": tuple(
                fact
                for fact in bare.facts
                if fact.id in named or (drugs and fact.kind == "medication")
            )
        }
    )


def _bare(chart: Chart) -> Chart:
    manifest = chart.manifest.model_copy(update={"searches": (), "skipped": (), "warnings": ()})
    return chart.model_copy(update={"notes": (), "hard_stops": (), "manifest": manifest})
