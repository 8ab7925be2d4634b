"""Scans in a record: read by OCR, and the doubt told; without an engine told as before."""

import io
import shutil

import pytest
from docx import Document
from PIL import Image, ImageDraw, ImageFont

from nodes.errors import NotConfigured
from nodes.fhir import paper
from nodes.fhir.content import text
from nodes.fhir.tree import Missing, Unreadable

WORDS = "Progress note: six weeks of physical therapy without relief"
with_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is missing")


def page(words: str) -> Image.Image:
    image = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(image).text((150, 200), words, 0, ImageFont.load_default(size=44))
    return image


def saved(kind: str) -> bytes:
    target = io.BytesIO()
    page(WORDS).save(target, kind, resolution=200.0)
    return target.getvalue()


def nobody(raw, numbers, seconds):
    raise NotConfigured("no OCR engine is installed")


def enough():
    return 60.0


@with_tesseract
@pytest.mark.parametrize(("kind", "saved_as"), [("pdf", "PDF"), ("picture", "PNG")])
def test_a_scan_is_read_and_its_doubt_told(kind, saved_as):
    found = text(saved(saved_as), kind, left=enough)
    assert "physical therapy without relief" in found.text
    assert found.doubt.startswith("read by OCR, mean confidence .")
    assert found.doubt.endswith("look at the original")


def test_without_an_engine_a_scan_is_for_a_person():
    assert paper.recognised(saved("PDF"), None, 60.0, nobody) is None
    with pytest.raises(Unreadable, match="optical character recognition"):
        paper.scan(saved("PNG"), 60.0, nobody)


def test_no_time_left_is_told():
    with pytest.raises((Missing, Unreadable)):
        text(saved("PDF"), "pdf", left=lambda: 0.0)


def test_a_word_file_is_read():
    target = io.BytesIO()
    document = Document()
    document.add_paragraph(WORDS)
    document.save(target)
    assert text(target.getvalue(), "docx", left=enough).text == WORDS
