"""fill-form's packet: form, letter and attachments bound behind a cover sheet."""

import io
from base64 import b64decode, b64encode

from PIL import Image
from pypdf import PdfReader

from nodes.fill_form import FillFormRequest, fill_form
from nodes.prose import Letter, Section, Sentence
from tests.nodes.forms_drawn import flat
from tests.nodes.forms_world import CASE, pages, summary

SENTENCES = (Sentence(id="s1", text="Eight weeks of care."),)
LETTER = Letter(
    writer="deterministic",
    to=("Sandbox Health Plan", "Utilization Management"),
    subject="Letter of medical necessity",
    sections=(
        Section(title="Course", sentences=(Sentence(id="s1", text="Eight weeks of care."),)),
    ),
    text="",
)


def picture():
    target = io.BytesIO()
    Image.new("L", (200, 100), 120).save(target, "PNG")
    return target.getvalue()


def enclosed(title, media_type, data):
    return {"title": title, "media_type": media_type, "data_base64": b64encode(data).decode()}


def asked(*attachments, **more):
    told = {"case": CASE, "summary": summary("Eight weeks."), "packet": True} | more
    return fill_form(FillFormRequest(**told, attachments=attachments))


def test_a_packet_binds_form_letter_and_attachments_in_order():
    answer = asked(
        enclosed("Visit note", "text/plain", b"Seen today."),
        enclosed("MRI report", "application/pdf", flat(pages=2)),
        enclosed("Insurance card", "image/png", picture()),
        enclosed("Broken", "application/pdf", b"%PDF-1.7 nothing"),
        letter=LETTER,
        limit_pages=3,
    )
    bound = answer.packet
    titles = ["Prior Authorization Request", "Letter of medical necessity", "Visit note"]
    assert [one.title for one in bound.index] == [*titles, "MRI report", "Insurance card"]
    assert [one.pages for one in bound.index][1:] == [1, 1, 2, 1]
    assert [(one.title, one.pointer) for one in bound.refused] == [("Broken", "/attachments/3")]
    assert len(bound.beyond) == 1
    data = b64decode(bound.pdf_base64)
    reader = PdfReader(io.BytesIO(data))
    assert len(reader.pages) == bound.pages == sum(one.pages for one in bound.index) + 1
    marks = [(one.title, reader.get_destination_page_number(one) + 1) for one in reader.outline]
    assert marks == [("Cover sheet", 1), *((one.title, one.page) for one in bound.index)]
    texts = pages(data)
    assert "Lopez, Maria" in texts[1] and "Eight weeks of care." in texts[bound.index[1].page - 1]
    assert "Seen today." in texts[bound.index[2].page - 1]


def test_the_same_request_binds_the_same_bytes_and_leaves_the_form_as_it_is():
    first, second = asked(letter=LETTER), asked(letter=LETTER)
    assert first.packet.sha256 == second.packet.sha256
    alone = fill_form(FillFormRequest(case=CASE, summary=summary("Eight weeks.")))
    assert first.form == alone.form and alone.packet is None
