"""fill-form's packet: form, letter and attachments bound behind a cover sheet."""

import io
from base64 import b64decode, b64encode

import docx
import pdfplumber
import pytest
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


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CDA = (
    b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Note</title><component>'
    b"<structuredBody><component><section><title>Plan</title><text>Walk daily.</text></section>"
    b"</component></structuredBody></component></ClinicalDocument>"
)


def word():
    target = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Seen today, Łukasz.")
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("media_type", "data", "words"),
    [
        ("text/rtf", rb"{\rtf1\ansi Seen \b today\b0}", "Seen today"),
        ("application/rtf", rb"{\rtf1\ansi Seen \b today\b0}", "Seen today"),
        ("text/html", b"<p>Seen</p><script>never()</script>", "Seen"),
        ("application/hl7-cda+xml", CDA, "Walk daily."),
        (DOCX, word(), "Seen today, Łukasz."),
    ],
)
def test_the_words_of_documents_without_paper_are_drawn(media_type, data, words):
    bound = asked(enclosed("Note", media_type, data)).packet
    assert bound.refused == () and bound.index[-1].title == "Note"
    shown = pages(b64decode(bound.pdf_base64))[bound.index[-1].page - 1]
    assert words in shown and "never" not in shown


@pytest.mark.parametrize(
    ("media_type", "data", "why"),
    [
        (DOCX, b"PK\x03\x04 nothing", "unpack it"),
        ("text/rtf", b"Seen today.", "not of the media type"),
        ("text/html", b"", "the document is empty"),
    ],
)
def test_a_document_that_cannot_be_read_is_named_with_how_to_mend_it(media_type, data, why):
    bound = asked(enclosed("Note", media_type, data or b" ")).packet
    assert [(one.title, why in one.why) for one in bound.refused] == [("Note", True)]


def test_without_a_letter_the_summary_is_bound():
    bound = asked().packet
    assert [one.title for one in bound.index][1:] == ["Clinical summary"]
    assert "Eight weeks." in pages(b64decode(bound.pdf_base64))[bound.index[-1].page - 1]


def test_a_form_whose_foot_is_free_keeps_its_size():
    shown = asked().packet
    alone = pdfplumber.open(io.BytesIO(b64decode(asked().form.pdf_base64)))
    bound = pdfplumber.open(io.BytesIO(b64decode(shown.pdf_base64)))
    word, same = alone.pages[0].extract_words()[0], bound.pages[1].extract_words()[0]
    assert (same["text"], round(same["bottom"])) == (word["text"], round(word["bottom"]))
