"""The optional engine: its lines put in order, and read where it is installed."""

import io
from types import SimpleNamespace

import pytest
from PIL import Image

from nodes.pdf.picture import pictures
from nodes.reading.ocr import engines, rapid
from tests import faxes
from tests.fax_papers import drawn


def corners(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def test_lines_come_from_above_and_words_from_the_left(monkeypatch):
    told = SimpleNamespace(
        boxes=[corners(300, 52, 400, 72), corners(10, 100, 90, 120), corners(10, 50, 110, 70)],
        txts=["9000000015", "Fax", "NPI of"],
        scores=[0.9, 0.8, 0.7],
    )
    monkeypatch.setattr(rapid, "_engine", lambda: lambda picture, **more: told)
    words = rapid.recognise(Image.new("L", (500, 200), 255))
    assert [(word.text, word.line) for word in words] == [
        ("NPI", (0,)),
        ("of", (0,)),
        ("9000000015", (0,)),
        ("Fax", (1,)),
    ]
    assert words[1].box[0] > words[0].box[2]
    assert words[2].confidence == 0.9


@pytest.mark.slow
def test_the_installed_engine_reads_a_fax():
    if not engines.rapidocr_is_there():
        pytest.skip("the optional extra rapidocr is not installed")
    paper = drawn(2)
    fax = faxes.tiff([faxes.fax(paper.picture, faxes.FINE)], 196)
    told, _ = rapid.page(fax, {"page": 1, "engine": "rapidocr", "program": ""}, ())
    text = "\n".join(" ".join(word[0] for word in line) for line in told["lines"])
    right, there = faxes.recall(paper.text, text)
    assert right >= 0.95 * there


def test_pages_are_drawn_in_a_bounded_size():
    (page,) = pictures(drawn(7).pdf, [1, 9], dpi=10_000, colour=False)
    assert (page.number, page.width, page.height) == (1, 612, 792)
    assert Image.open(io.BytesIO(page.png)).width < 5000
    assert page.dpi < 600
