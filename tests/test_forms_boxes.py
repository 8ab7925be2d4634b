"""Filled templates box by box: each value whole in its own, ticks as asked, nothing elsewhere."""

import io

import pdfplumber
import pytest
from pdfplumber.utils import extract_text

from nodes.pdf.mapping import Single
from tests.forms_filled import PATIENTS, filled, form, roots
from tests.nodes.forms_world import dark, pdf, render, tight

FIRST = [(name, patients[0]) for name, patients in PATIENTS.items()]
MORE = [("texas/nofr001", "nguyen"), ("texas/nofr001", "costa"), ("generic/dme-order", "okafor")]
each = pytest.mark.parametrize(("name", "patient"), [*FIRST, *MORE])
RESOLUTION = 144
TICKS = {
    ("texas/nofr001", "lopez"): {
        "Review Type - Non-Urgent", "Request Type - Initial", "Paitent Gender - Female",
        "Provider Office",
    },
    ("texas/nofr001", "costa"): {
        "Review Type - Urgent", "Request Type - Initial", "Paitent Gender - Female",
        "Provider Office",
    },
    ("texas/nofr001", "nguyen"): {
        "Review Type - Non-Urgent", "Request Type - Initial", "Paitent Gender - Female",
        "Durable Medical Equipment Requested Checkbox",
    },
    ("tmhp/radiology", "lopez"): {"Basic Checkbox 8"},
}  # fmt: skip
TEXTS = {
    ("texas/nofr001", "lopez"): {
        "Issuer Name": "Sandbox Health Plan",
        "Patient Name": "Lopez, Maria Elena",
        "Patient Date of Birth": "04/09/1971",
        "Requesting Provider or Facility NPI Number": "9000000031",
        "Service Provider or Facility NPI Number": "9000000064",
        "Planned Service or Procedure Code Row 1": "72148",
        "Planned Service or Procedure Start Date Row 1": "12/01/2026",
        "Planned Service or Procedure Diagnosis Code Row 1": "M54.16",
        "Diagnosis Description ICD Version Number": "10",
        "Requesting Provider's Signature and Date if required": "",
    },
    ("texas/nofr001", "nguyen"): {"Duration of Durable Medical Equipment Use": "13 months"},
    ("tmhp/radiology", "lopez"): {
        "Text Field 14": "Daniel Osei",
        "Facility Name": "Riverbend Imaging Center",
        "NPI": "9000000064",
        "Text Field 23": "9000000031",
        "Text Field 40": "12/01/2026",
        "Text Field 42": "M54.16",
        "Text Field 30": "",
        "Text Field 31": "",
    },
    ("generic/dme-order", "okafor"): {
        "item_2_code": "A4239",
        "diabetes_a1c": "8.9 %",
        "visit_date": "10/05/2026",
        "signature_date": "",
    },
    ("generic/biologic-drug", "adalimumab-good"): {
        "drug_code": "00074055402",
        "tb_result": "Negative",
        "tb_date": "09/21/2026",
        "requester_npi": "9000000098",
        "signature": "",
    },
}


def shown(name, patient):
    """What each box holds in the filled form without blanks and printed lines: by its middles."""
    with pdfplumber.open(io.BytesIO(pdf(filled(name, patient)))) as document:
        pages = [(page.height, page.chars) for page in document.pages]
    found = {}
    for widget in form(name).widgets:
        height, chars = pages[widget.page]
        x0, y0, x1, y1 = widget.box
        inside = [
            one
            for one in chars
            if min(x0, x1) <= (one["x0"] + one["x1"]) / 2 <= max(x0, x1)
            and min(y0, y1) <= height - (one["top"] + one["bottom"]) / 2 <= max(y0, y1)
        ]
        found[widget.name] = tight(extract_text(inside)).replace("_", "")
    return found


def placed(name, patient):
    """The value reported for each text field of the form, None where it is blank."""
    values = {field.id: field.value for field in filled(name, patient).fields}
    boxes = {box.pdf for one in form(name).mapping.fields for box in ticked(one)}
    return {
        place.pdf: values.get(named)
        for named, place in form(name).mapping.places()
        if place.pdf and place.pdf not in boxes
    }


def ticked(entry):
    return [place for place in entry.everywhere() if place.on] if isinstance(entry, Single) else []


@each
def test_every_value_stands_whole_in_its_own_box_and_nothing_in_the_others(name, patient):
    done, found = filled(name, patient), shown(name, patient)
    over = {value.field for value in done.continued}
    ids = {place.pdf: named for named, place in form(name).mapping.places()}
    for field, value in placed(name, patient).items():
        if ids[field] in over:
            assert "addendum" in found[field].lower() or found[field] in tight(value), field
        else:
            assert found[field] == tight(value or "").replace("_", ""), field


@each
def test_nothing_is_written_for_a_person(name, patient):
    mapping, found = form(name).mapping, shown(name, patient)
    left = [*(sign.pdf for sign in mapping.sign), *mapping.clear]
    buttons = {widget.name for widget in form(name).widgets if widget.kind == "push"}
    assert [field for field in left if found[field] and field not in buttons] == []


@pytest.mark.parametrize(("name", "patient"), TEXTS)
def test_key_fields_hold_what_a_person_would_write(name, patient):
    found = shown(name, patient)
    wanted = {field: tight(text) for field, text in TEXTS[name, patient].items()}
    assert {field: found[field] for field in wanted} == wanted


@pytest.mark.parametrize(("name", "patient"), TICKS)
def test_boxes_are_ticked_as_asked_and_no_others(name, patient):
    """By the dark of the page inside each box, before and after."""
    before = render(form(name).pdf, RESOLUTION)
    after = render(pdf(filled(name, patient)), RESOLUTION)
    found = set()
    for widget in form(name).widgets:
        if widget.kind == "button":
            x0, y0, x1, y1 = widget.box
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            inked = [dark(pages[widget.page], box, 792, RESOLUTION) for pages in (before, after)]
            found |= {widget.name} if inked[1] > inked[0] + 8 else set()
    assert found == TICKS[name, patient]


def test_the_rest_of_a_long_text_is_whole_on_the_addendum():
    name, patient = "tmhp/radiology", "lopez"
    done = filled(name, patient)
    [value] = [field.value for field in done.fields if field.id == "justification"]
    with pdfplumber.open(io.BytesIO(pdf(done))) as document:
        text = "".join(page.extract_text() or "" for page in document.pages[2:])
    assert [one.field for one in done.continued] == ["justification"]
    assert len(value) > 800
    assert tight(value) in tight(text)
    assert roots(patient)[0].coverage.member_id in text
