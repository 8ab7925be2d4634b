"""Fill a payer's form from the case."""

import subprocess
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.case import Diagnosis, PersonName, Provider, ServiceLine
from nodes.errors import Refused, UnknownName
from nodes.fill_form import FillFormRequest, fill_form
from nodes.pdf.filling.fields import page_sizes
from nodes.pdf.template import template
from nodes.prose import Section, Sentence, Summary
from tests.nodes.forms_world import (
    ASSESSMENT,
    BOXES,
    CASE,
    GENERIC,
    bodies,
    characters,
    dark,
    inside,
    pages,
    pdf,
    poppler,
    render,
    summary,
    tight,
    with_patient,
)

SHORT = summary("Ankle reflex reduced on the right.", "Eight weeks of physical therapy.")


def fill(case=CASE, summary=SHORT, assessment=ASSESSMENT):
    return fill_form(FillFormRequest(case=case, summary=summary, assessment=assessment)).form


def values(form):
    return {field.id: field.value for field in form.fields}


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("case_id", "PA-2026-0001"),
        ("payer_name", "Sandbox Health Plan"),
        ("order_date", "11/16/2026"),
        ("patient_name", "Lopez, Maria E"),
        ("page2_patient_name", "Lopez, Maria E"),
        ("patient_birth_date", "04/09/1971"),
        ("patient_address", "7 Orchard Lane, Riverbend, OH 43002"),
        ("requester_address", "410 Mill Street, Suite 2, Riverbend, OH 43001"),
        ("line_of_business", "Commercial"),
        ("requester_name", "Ruth Adeyemi"),
        ("dx_1_code", "M54.16"),
        ("svc_1_modifiers", "26 TC"),
        ("svc_1_from", "11/30/2026"),
        (
            "justification",
            "Course Ankle reflex reduced on the right. Eight weeks of physical therapy.",
        ),
        ("policy_status", "All documented"),
        (
            "criteria",
            "Six weeks of conservative care: Eight weeks are recorded.",
        ),
    ],
)
def test_a_value_stands_in_its_box(box, text):
    assert inside(pdf(fill()), box) == text


def test_an_npi_has_one_digit_in_each_cell():
    data, (left, _, right, _) = pdf(fill()), BOXES["requester_npi"].box
    assert tight(inside(data, "requester_npi")) == "9000000015"
    digits = characters(data, "requester_npi")
    for place, digit in enumerate(digits):
        middle = left + (place + 0.5) * (right - left) / 10
        assert (digit["x0"] + digit["x1"]) / 2 == pytest.approx(middle, abs=0.2)


def test_every_text_is_shown_in_its_own_box_and_all_others_are_empty():
    form = fill()
    shown = {name: inside(pdf(form), name) for name in BOXES}
    expected = {tight(value) for value in values(form).values() if value}
    assert {tight(text) for text in shown.values() if text} <= expected
    filled = {name for name, widget in BOXES.items() if widget.kind == "text" and shown[name]}
    assert {"performer_name", "signature", "dx_2_code", "svc_6_to"}.isdisjoint(filled)
    assert len(filled) == 40


def test_another_reader_finds_the_values():
    command = [poppler("pdftotext"), "-layout", "-", "-"]
    read = subprocess.run(command, input=pdf(fill()), capture_output=True, check=True)
    text = read.stdout.decode()
    for value in ("SBX880012345", "Lopez, Maria E", "04/09/1971", "PA-2026-0001"):
        assert text.count(value) == 2
    for value in ("7 Orchard Lane, Riverbend, OH 43002", "MRI lumbar spine", "G-77"):
        assert text.count(value) == 1


def test_exactly_the_chosen_boxes_are_ticked():
    first = render(pdf(fill(CASE.model_copy(update={"urgency": "urgent"}))), 144)[0]
    ticked = {
        widget.states[0]
        for widget in template(GENERIC).widgets
        if widget.kind == "button" and dark(first, widget.box, resolution=144) > 5
    }
    assert ticked == {"/urgent", "/health_services", "/initial", "/female", "/self"}


def test_nothing_is_drawn_where_nothing_is_known_nor_where_a_person_signs():
    first, second = render(pdf(fill()))
    for name in ("performer_name", "subscriber_name", "dx_2_text"):
        assert dark(first, BOXES[name].box) == 0
    for name in ("signature", "signature_name", "signature_date"):
        assert dark(second, BOXES[name].box) == 0
    assert dark(first, BOXES["patient_name"].box) > 0


def test_signatures_are_reported_as_never_filled():
    never = [field.id for field in fill().fields if field.by == "never"]
    assert never == ["attestation.signature", "attestation.name", "attestation.date"]
    assert {values(fill())[one] for one in never} == {None}


def test_each_field_says_where_its_value_came_from():
    fields = {field.id: field for field in fill().fields}
    assert (fields["services.1.code"].by, fields["services.1.code"].source) == (
        "case",
        "case.service_lines.0.code",
    )
    assert fields["services.1.code"].label == "Service 1: code"
    assert fields["justification"].by == "summary"
    assert fields["policy.criteria"].by == "policy"


def test_long_text_goes_whole_to_the_addendum():
    long = [f"Sentence {n} of a long course of illness with many words in it." for n in range(300)]
    form = fill(summary=summary(*long))
    seen = pages(pdf(form))
    assert form.overflow == ("justification",)
    assert form.pages == len(seen) > 3
    assert inside(pdf(form), "justification") == "See addendum"
    body = bodies(pdf(form))
    assert all(body.count(sentence) == 1 for sentence in long)
    for page in seen[2:]:
        assert "Lopez, Maria" in page and "04/09/1971" in page and "SBX880012345" in page
    assert values(form)["justification"].startswith("Course")


def test_text_shrinks_before_it_moves_away():
    name = "The Northeastern Ohio Regional Association of Municipal Employees Health Benefit Trust"
    payer = CASE.coverage.payer.model_copy(update={"name": name})
    coverage = CASE.coverage.model_copy(update={"payer": payer})
    form = fill(CASE.model_copy(update={"coverage": coverage}))
    assert form.overflow == ()
    assert inside(pdf(form), "payer_name") == name


def test_rows_beyond_the_forms_go_to_the_addendum():
    codes = [f"M54.{n}" for n in range(8)]
    case = CASE.model_copy(update={"diagnoses": tuple(Diagnosis(code=code) for code in codes)})
    form = fill(case)
    assert form.overflow == ("diagnoses",)
    assert inside(pdf(form), "dx_6_code") == "M54.5"
    seen = pages(pdf(form))
    assert "No. ICD-10-CM 7 M54.6 8 M54.7" in seen[2]
    assert "M54.6" not in seen[0]
    assert values(form)["diagnoses.8.code"] == "M54.7"


def test_a_description_too_long_for_its_row_points_to_the_addendum():
    line = CASE.service_lines[0].model_copy(update={"display": "long words " * 40})
    form = fill(CASE.model_copy(update={"service_lines": (line,)}))
    assert form.overflow == ("services.1.text",)
    assert inside(pdf(form), "svc_1_text") == "See addendum"


def test_what_the_form_requires_and_nobody_knows_is_listed_and_blank():
    requester = Provider(organization="Riverbend Spine and Primary Care")
    form = fill(CASE.model_copy(update={"requester": requester}), summary=None)
    assert form.missing_required == ("requester.npi", "requester.phone", "justification")
    assert inside(pdf(form), "requester_npi") == ""
    assert values(form)["requester.npi"] is None


def test_the_parts_of_the_summary_that_the_form_says_itself_are_left_out():
    sections = tuple(
        Section(title=title, sentences=(Sentence(id=f"s{n}", text=f"Says {n}."),))
        for n, title in enumerate(("Request", "Findings", "Medical necessity", "Plan"), 1)
    )
    form = fill(summary=Summary(writer="deterministic", sections=sections))
    assert values(form)["justification"] == "Findings\nSays 2.\n\nPlan\nSays 4."
    assert inside(pdf(form), "justification") == "Findings Says 2. Plan Says 4."


def test_only_what_is_documented_stands_as_documented():
    open_one = ASSESSMENT.criteria[1].model_copy(
        update={"id": "visit", "status": "unknown", "text": "Seen again"}
    )
    assessment = ASSESSMENT.model_copy(
        update={"status": "unknown", "criteria": (*ASSESSMENT.criteria, open_one)}
    )
    form = fill(assessment=assessment)
    assert "Seen again" not in values(form)["policy.criteria"]
    assert inside(pdf(form), "policy_status") == "Not all documented"


def test_without_an_assessment_the_policy_part_is_blank():
    form = fill(assessment=None)
    assert values(form)["policy.title"] is None
    assert inside(pdf(form), "criteria") == ""


@pytest.mark.parametrize(
    "family", ["Łukaszewicz", "Nguyễn", "Παπαδόπουλος", "Иванов", "Björk-Ñandú", "O\u2019Brien"]
)
def test_names_of_many_tongues_are_printed(family):
    form = fill(with_patient(name=PersonName(family=family, given="Ana")))
    assert inside(pdf(form), "patient_name") == f"{family}, Ana"
    assert form.unprintable == ()


def test_what_no_font_has_is_reported_and_seen():
    form = fill(with_patient(name=PersonName(family="山田", given="Ana")))
    assert form.unprintable == ("patient.name",)
    assert values(form)["patient.name"] == "山田, Ana"
    assert inside(pdf(form), "patient_name") == "\ufffd\ufffd, Ana"


def test_the_same_request_gives_the_same_bytes():
    fill(with_patient(name=PersonName(family="Ωδη", given="Ж")))
    assert fill() == fill()
    greek = with_patient(name=PersonName(family="Ωδη", given="Ж"))
    assert fill(greek).sha256 == fill(greek).sha256 != fill().sha256


def test_the_template_is_named_with_its_hash():
    request = FillFormRequest(case=CASE, summary=SHORT)
    response = fill_form(request)
    assert response.used[0].id == GENERIC == response.form.template
    assert response.used[0].sha256 == response.form.template_sha256 == template(GENERIC).sha256


def test_a_form_of_usual_length_is_small():
    assert len(pdf(fill())) < 40_000


def test_more_text_than_a_form_carries_is_refused():
    with pytest.raises(Refused):
        fill(summary=summary(*["word " * 399] * 250))


def test_an_unknown_template_is_named_as_such():
    with pytest.raises(UnknownName):
        fill_form(FillFormRequest(template="texas/none", case=CASE))


texts = st.text(min_size=1, max_size=500).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(family=texts, plan=texts, display=texts, sentence=st.text(min_size=1, max_size=2000))
def test_no_text_breaks_the_form(family, plan, display, sentence):
    case = with_patient(name=PersonName(family=family, given="Ana"), birth_date=date(1900, 1, 1))
    line = ServiceLine(system="CPT", code="72148", display=display)
    coverage = CASE.coverage.model_copy(update={"plan_name": plan})
    case = case.model_copy(update={"service_lines": (line,), "coverage": coverage})
    form = fill(case, summary=summary(sentence))
    assert form.pages == len(page_sizes(pdf(form)))
    assert set(form.overflow) <= {field.id for field in form.fields}
