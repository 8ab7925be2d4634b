"""A form filled from a case gives its values back: flattened, with its fields, or faxed."""

import base64
import io
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from nodes.fill_form import FillFormRequest, fill_form
from nodes.pdf.filling.fill import fill
from nodes.pdf.picture import pictures
from nodes.pdf.pieces import POINTERS
from nodes.pdf.template import template
from nodes.read_document import ReadDocumentRequest, read_document
from nodes.reading.looking import DOUBT
from tests.faxes import FINE, fax, tiff
from tests.nodes.forms_world import CASE, GENERIC

CASES = os.environ.get("PRIOR_AUTH_CASES")
with_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is missing")


NAMED = "MRI lumbar spine without contrast, with sequences for nerve roots and cord. " * 8
NAMED = NAMED.strip()
REASON = "Pain goes down the left leg to the foot for nine weeks and walking is short. " * 20
LONG = CASE.model_copy(
    update={
        "order": CASE.order.model_copy(update={"reason": REASON.strip()}),
        "service_lines": (CASE.service_lines[0].model_copy(update={"display": NAMED}),),
    }
)
MANY = CASE.model_copy(
    update={
        "diagnoses": tuple(
            CASE.diagnoses[0].model_copy(update={"code": f"M54.{n}"}) for n in range(10, 26)
        )
    }
)


def first_pages(content, count):
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(content)).pages[:count]:
        writer.add_page(page)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def filled(name=GENERIC, case=CASE):
    form = fill_form(FillFormRequest(template=name, case=case)).form
    written = {
        one.source: one.value
        for one in form.fields
        if one.value and one.source and one.source.startswith("case.")
    }
    return base64.b64decode(form.pdf_base64), written


def back(content):
    coded = base64.b64encode(content).decode()
    document = read_document(ReadDocumentRequest(content_base64=coded)).document
    told: dict[str, set[str]] = {}
    for value in document.values:
        if value.path and value.value:
            told.setdefault(value.path, set()).add(" ".join(value.value.split()))
    return document, told


def doubt(value):
    return value.confidence < DOUBT


def returned(told, written):
    return [
        path for path, value in written.items() if " ".join(value.split()) in told.get(path, ())
    ]


@pytest.mark.parametrize("name", [GENERIC, "generic/dme-order", "generic/biologic-drug"])
def test_a_flattened_form_gives_every_value_back(name):
    content, written = filled(name)
    document, told = back(content)
    assert (document.template, document.kind) == (name, "payer_form")
    assert returned(told, written) == list(written)
    assert told.keys() <= written.keys()


def test_data_on_blank_paper_are_known_by_the_print_grid():
    content, written = filled("nucc/cms-1500")
    document, told = back(content)
    assert (document.template, document.kind) == ("nucc/cms-1500", "payer_form")
    assert told.keys() <= written.keys()
    assert len(returned(told, written)) >= 0.75 * len(written)
    assert all(written[path] in said for path, said in told.items())


def test_a_text_goes_back_from_the_addendum_into_its_field():
    content, _ = filled(case=LONG)
    document, told = back(content)
    assert told["case.service_lines.0.display"] == {NAMED}
    assert told["case.order.reason"] == {" ".join(REASON.split())}
    assert not any(value.value in POINTERS for value in document.values)
    assert document.must_look == ()


def test_the_head_of_later_addendum_pages_is_no_part_of_a_text():
    reason = "\n".join(f"Visit {n}: pain down the left leg, short walks." for n in range(120))
    order = CASE.order.model_copy(update={"reason": reason})
    person = CASE.patient.name.model_copy(update={"given": "Maria " * 30})
    patient = CASE.patient.model_copy(update={"name": person})
    content, _ = filled(case=CASE.model_copy(update={"order": order, "patient": patient}))
    document, told = back(content)
    assert len(document.pages) >= 5
    assert told["case.order.reason"] == {" ".join(reason.split())}


def test_a_field_that_goes_on_elsewhere_says_so_when_the_addendum_is_missing():
    content, _ = filled(case=LONG)
    document, told = back(first_pages(content, 2))
    assert "case.service_lines.0.display" not in told
    assert any("continues on an addendum that is not in the" in one for one in document.must_look)


def test_rows_that_stand_only_on_the_addendum_want_a_look():
    content, _ = filled(case=MANY)
    document, _ = back(content)
    assert any(one.startswith("form: rows of ") for one in document.must_look)
    assert document.must_look[0].endswith(f"stand only on page {len(document.pages)}")


def test_a_form_with_its_fields_says_where_they_belong():
    form = template(GENERIC)
    values = {"patient_name": "Lopez, Maria", "urgency": "/urgent", "member_id": "SBX88"}
    document, told = back(fill(form.pdf, values, flatten=False).pdf)
    assert document.template == GENERIC
    assert told == {
        "case.patient.name": {"Lopez, Maria"},
        "case.urgency": {"urgent"},
        "case.coverage.member_id": {"SBX88"},
    }


@with_tesseract
def test_a_faxed_form_gives_most_values_back_and_wants_a_look():
    content, written = filled()
    pages = [fax(Image.open(io.BytesIO(one.png)), FINE) for one in pictures(content, dpi=204)]
    document, told = back(tiff(pages, FINE.down))
    assert document.template == GENERIC
    assert len(returned(told, written)) >= 0.7 * len(written)
    assert document.must_look
    read = [value for value in document.values if value.kind == "text" and value.value]
    assert all(value.confidence is not None for value in read)
    doubtful = {f"form: {v.label} (page {v.page}) was read with doubt" for v in read if doubt(v)}
    assert doubtful <= set(document.must_look)


@pytest.mark.skipif(not CASES, reason="PRIOR_AUTH_CASES names no folder of real forms")
@pytest.mark.parametrize("name", ["texas/nofr001", "tmhp/radiology"])
def test_an_issuers_form_gives_every_value_back(name, monkeypatch):
    monkeypatch.setenv("PRIOR_AUTH_FORMS", str(Path(CASES) / "forms"))
    content, written = filled(name)
    document, told = back(content)
    assert document.template == name
    assert returned(told, written) == list(written)


@with_tesseract
@pytest.mark.skipif(not CASES, reason="PRIOR_AUTH_CASES names no folder of real forms")
def test_a_form_whose_page_is_a_picture_is_known_by_its_values_places(monkeypatch):
    monkeypatch.setenv("PRIOR_AUTH_FORMS", str(Path(CASES) / "forms"))
    content, written = filled("nucc/cms-1500-fillable")
    document, told = back(content)
    assert (document.template, document.kind) == ("nucc/cms-1500-fillable", "payer_form")
    assert len(returned(told, written)) >= 0.75 * len(written)
    assert all(written[path] in said for path, said in told.items())
    assert document.values[0].confidence is None
