"""Small forms drawn for tests, with the mapping that fills them, and how they are filled."""

import io
import re
import subprocess
from base64 import b64encode

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject, RectangleObject
from reportlab.pdfgen.canvas import Canvas

from nodes.fill_form import FillFormRequest, fill_form
from nodes.packet import FormUpload
from tests.nodes.forms_world import CASE, poppler

HEAD = """
template: test/form
title: Test form
schema_version: 1
kind: {kind}
source: {{supply: bundled, revision: "1", pages: {pages}}}
fields:
"""


def form(*names, boxes=(), width=200, maxlen=100, lists=()):
    """A page with a text field for each name, one below the other, and boxes (name, state)."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for row, name in enumerate(names):
        canvas.acroForm.textfield(
            name=name, x=50, y=740 - 24 * row, width=width, height=18, maxlen=maxlen, fontSize=10
        )
    for row, (name, state) in enumerate(boxes):
        canvas.acroForm.checkbox(name=name, x=400, y=740 - 24 * row, size=14)
        assert state == "/Yes"
    for row, (name, options) in enumerate(lists):
        canvas.acroForm.choice(
            name=name, x=450, y=740 - 24 * row, width=100, options=options, value=options[0]
        )
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def flat(*, rotate=0, crop=None, pages=1):
    """Pages without fields; ``crop`` is left, bottom, right, top of what is shown."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(612, 792), invariant=1)
    for _ in range(pages):
        canvas.drawString(300, 400, "printed")
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(PdfReader(io.BytesIO(target.getvalue())))
    for page in writer.pages:
        if crop:
            page[NameObject("/CropBox")] = RectangleObject(crop)
        if rotate:
            page[NameObject("/Rotate")] = NumberObject(rotate)
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


def mapping(fields, *, kind="acroform", pages=1, more=""):
    """A mapping with these lines of fields."""
    return HEAD.format(kind=kind, pages=pages) + fields.strip("\n") + "\n" + more


def upload(pdf, fields, **options):
    """An upload of a form with the mapping made of these fields."""
    return FormUpload(pdf_base64=b64encode(pdf).decode(), mapping=mapping(fields, **options))


def filled(pdf, fields, *, case=CASE, chart=None, **options):
    """The uploaded form, filled."""
    asked = FillFormRequest(upload=upload(pdf, fields, **options), case=case, chart=chart)
    return fill_form(asked).form


def values(form):
    """What stands in each field, by id."""
    return {field.id: field.value for field in form.fields}


def shown(data, page=0):
    """The words of a page as shown and where they begin: from its left, their foot from below."""
    command = [poppler("pdftotext"), "-bbox", "-cropbox", "-f", f"{page + 1}", "-l", f"{page + 1}"]
    told = subprocess.run([*command, "-", "-"], input=data, capture_output=True, check=True)
    text = told.stdout.decode()
    size = [
        float(n) for n in re.search(r'<page width="([0-9.]+)" height="([0-9.]+)"', text).groups()
    ]
    height = size[0 if PdfReader(io.BytesIO(data)).pages[page].rotation % 180 else 1]
    found = re.findall(r'xMin="([0-9.-]+)".*? yMax="([0-9.-]+)">(.*?)</word>', text)
    return {word: (float(x), height - float(y)) for x, y, word in found}
