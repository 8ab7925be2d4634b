"""Every form template, filled for the sandbox's patients."""

from datetime import date

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.fill_form import FillFormRequest, fill_form
from nodes.pdf.template import ROOTS, SHIPPED, faults, template
from nodes.summarize import SummarizeRequest, summarize
from tests.world import case_and_chart

NAMES = sorted(str(p.parent.relative_to(SHIPPED)) for p in SHIPPED.rglob("mapping.yaml"))
PATIENTS = ("lopez", "okafor", "nguyen", "berg", "hale", "costa", "dumas", "reid")


def filled(name, patient):
    case, chart = case_and_chart(patient)
    assessment = check_policy(
        CheckPolicyRequest(case=case, chart=chart, as_of=date(2026, 11, 20))
    ).assessment
    summary = summarize(SummarizeRequest(case=case, chart=chart, assessment=assessment)).summary
    request = FillFormRequest(template=name, case=case, summary=summary, assessment=assessment)
    return fill_form(request).form


@pytest.mark.parametrize("name", NAMES)
def test_a_mapping_fits_its_form_and_the_models(name):
    assert list(faults(template(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_the_form_is_mapped_signed_or_left_on_purpose(name):
    form = template(name)
    known = {pdf for pdf, _ in form.mapping.boxes()} | set(form.mapping.clear)
    known |= {sign.pdf for sign in form.mapping.sign}
    assert {widget.name for widget in form.widgets} == known
    states = {(w.name, state) for w in form.widgets for state in w.states}
    assert states == {(pdf, state) for pdf, state in form.mapping.boxes() if state}
    assert all(widget.tooltip for widget in form.widgets)


@pytest.mark.parametrize("name", NAMES)
def test_every_template_says_where_it_comes_from(name):
    assert (SHIPPED / name / "SOURCE.md").read_text(encoding="utf-8").startswith("# ")
    assert set(ROOTS) == {"case", "summary", "assessment"}


@pytest.mark.parametrize("patient", PATIENTS)
@pytest.mark.parametrize("name", NAMES)
def test_at_least_four_fifths_of_what_applies_is_filled(name, patient):
    """Fields for a person's hand and unused rows of tables do not count."""
    form = filled(name, patient)
    fillable = [field for field in form.fields if field.by != "never"]
    share = sum(field.value is not None for field in fillable) / len(fillable)
    print(f"{name} {patient}: {share:.0%} of {len(fillable)} fields")
    assert share >= 0.8
    assert form.missing_required == () and form.unprintable == ()


def test_there_is_a_template():
    assert "generic/prior-auth-request" in NAMES
