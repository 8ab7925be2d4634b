"""A form filled from a case gives its values back: flattened, with its fields, or faxed."""

import base64
import io
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from nodes.fill_form import FillFormRequest, fill_form
from nodes.pdf.filling.fill import fill
from nodes.pdf.picture import pictures
from nodes.pdf.template import template
from nodes.read_document import ReadDocumentRequest, read_document
from tests.faxes import FINE, fax, tiff
from tests.nodes.forms_world import CASE, GENERIC

CASES = os.environ.get("PRIOR_AUTH_CASES")
with_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is missing")


def filled(name=GENERIC):
    form = fill_form(FillFormRequest(template=name, case=CASE)).form
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


@pytest.mark.skipif(not CASES, reason="PRIOR_AUTH_CASES names no folder of real forms")
@pytest.mark.parametrize("name", ["texas/nofr001", "tmhp/radiology"])
def test_an_issuers_form_gives_every_value_back(name, monkeypatch):
    monkeypatch.setenv("PRIOR_AUTH_FORMS", str(Path(CASES) / "forms"))
    content, written = filled(name)
    document, told = back(content)
    assert document.template == name
    assert returned(told, written) == list(written)
