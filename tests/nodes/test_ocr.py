"""Scans and faxes read: figures on synthesised faxes, and pages that lie every way."""

import io
import resource
import time

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from nodes.errors import NotConfigured
from nodes.pdf.box.asking import Boxed
from nodes.reading.ocr import engines, job
from nodes.reading.ocr.found import Found, doubtful, kept
from nodes.reading.ocr.scan import scanned
from nodes.reading.ocr.sheet import guessed
from tests import faxes
from tests.fax_papers import drawn

TESSERACT = engines.chosen("tesseract")
HELD_BACK = (2, 8, 14, 20, 26)
SECONDS = 4.0


def read(data, page=1):
    told, _ = job.page(data, {**TESSERACT, "page": page}, ())
    return told, "\n".join(" ".join(word[0] for word in line) for line in told["lines"])


def share(truth, text):
    right, all_words = faxes.recall(truth, text)
    return right / all_words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "recall", "keys"),
    [("fine", 0.97, 0.95), ("standard", 0.92, 0.75), ("bad", 0.88, 0.65)],
)
def test_words_of_faxes_are_found(name, recall, keys):
    line, right, wanted, exact, identifiers = faxes.LINES[name], 0, 0, 0, 0
    before = spent()
    for seed in HELD_BACK:
        paper = drawn(seed)
        _, text = read(faxes.tiff([faxes.fax(paper.picture, line, seed)], line.down))
        found, there = faxes.recall(paper.text, text)
        right, wanted = right + found, wanted + there
        exact += faxes.keys_read(paper.keys, text)
        identifiers += len(paper.keys)
    assert right >= recall * wanted
    assert exact >= keys * identifiers
    assert spent() - before <= SECONDS * len(HELD_BACK)


def spent():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def test_pages_of_a_fax_keep_their_order_size_and_places():
    pages = [faxes.fax(drawn(seed).picture, line) for seed, line in ((7, faxes.STANDARD),)]
    scan = scanned(faxes.tiff([*pages, Image.new("1", (1728, 1078), 1)], 98))
    first, second = scan.pages
    assert (scan.of, scan.unread) == (2, ())
    assert first.width == pytest.approx(612, abs=2)
    assert first.height == pytest.approx(792, abs=4)
    assert first.read_by == "ocr"
    assert first.confidence > 0.8
    assert second.text == ""
    assert second.confidence is None
    member = next(word for word in first.words if word.text.startswith("SBX"))
    assert 0 < member.box[0] < member.box[2] < 612
    assert 90 < member.box[1] < member.box[3] < 400
    assert first.text.index("NOTICE OF DENIAL") < first.text.index("Sincerely")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_the_wrong_way_comes_out_upright(angle):
    paper = drawn(7)
    told, text = read(faxes.png(paper.picture.rotate(angle, expand=True).reduce(2)))
    assert share(paper.text, text) > 0.95
    assert told["height"] > told["width"]


def test_a_photo_is_turned_as_its_exif_says():
    paper, target = drawn(7), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    paper.picture.rotate(90, expand=True).save(target, "JPEG", exif=exif, dpi=(300, 300))
    told, text = read(target.getvalue())
    assert share(paper.text, text) > 0.97
    assert (round(told["width"]), round(told["height"])) == (612, 792)


@pytest.mark.parametrize("compression", ["group3", "tiff_lzw", "jpeg"])
def test_tiffs_of_every_compression_and_inverted_ones_are_read(compression):
    paper = drawn(7)
    fax = faxes.fax(paper.picture, faxes.FINE)
    grey = fax.convert("L") if compression == "jpeg" else fax.point(lambda v: 255 - v)
    _, text = read(faxes.tiff([grey], 196, compression))
    assert share(paper.text, text) > 0.93


def test_a_scan_in_a_pdf_is_read_pixel_by_pixel():
    paper, target = drawn(7), io.BytesIO()
    sheet = Canvas(target, pagesize=(612, 792))
    sheet.drawImage(ImageReader(faxes.fax(paper.picture, faxes.STANDARD)), 0, 0, 612, 792)
    sheet.save()
    _, text = read(target.getvalue())
    assert share(paper.text, text) > 0.95


def test_two_pages_on_a_sheet_are_read_one_after_the_other():
    left, right = drawn(7), drawn(9)
    sheet = Image.new("L", (left.picture.width * 2, left.picture.height), 255)
    sheet.paste(left.picture, (0, 0))
    sheet.paste(right.picture, (left.picture.width, 0))
    _, text = read(faxes.png(sheet, (300, 300)))
    assert share(f"{left.text} {right.text}", text) > 0.97
    assert text.index("Medical Director") < text.index("Face Sheet")


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((1728, 2156), (204, 196)),
        ((1734, 1078), (204, 98)),
        ((2432, 1400), (204, 98)),
        ((1700, 2200), (200, 200)),
        ((2550, 3300), (300, 300)),
    ],
)
def test_a_resolution_that_no_file_tells_is_guessed(size, told):
    assert guessed(*size) == pytest.approx(told)


def test_rules_are_left_out_and_look_alikes_are_doubted_not_changed():
    box = (10.0, 10.0, 60.0, 22.0)
    words = [Found(text, 0.9, box, (1,)) for text in ("|", "|Name:____", "__", "9O12345", "M54.16")]
    left = kept([*words, Found("\N{LATIN SMALL LIGATURE FI}led", 0.9, box, (1,))])
    assert [word.text for word in left] == ["Name:", "9O12345", "M54.16", "filed"]
    assert [word.confidence for word in left] == [0.9, 0.5, 0.9, 0.9]
    assert doubtful("1Z345")
    assert not doubtful("S83.511A")


def test_without_an_engine_the_package_to_install_is_named():
    def nothing(name):
        return None

    with pytest.raises(NotConfigured, match="apt-get install tesseract-ocr"):
        engines.chosen("auto", nothing, lambda: False)
    with pytest.raises(NotConfigured, match=r"prior-auth-nodes\[rapidocr\]"):
        engines.chosen("rapidocr", nothing, lambda: False)
    assert engines.chosen("auto", nothing, lambda: True)["engine"] == "rapidocr"


def test_without_tesseract_on_the_path_nothing_crashes(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    if engines.rapidocr_is_there():
        pytest.skip("the optional extra takes its place")
    with pytest.raises(NotConfigured, match="no OCR engine"):
        scanned(faxes.png(Image.new("L", (600, 800), 255)))


def test_missing_language_data_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    told, _ = job.page(faxes.png(Image.new("L", (600, 800), 255)), {**TESSERACT, "page": 1}, ())
    assert told == {"lacks": "language"}


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(40), b"II*\x00" + b"\xff" * 60])
def test_what_is_no_picture_is_unreadable(data):
    with pytest.raises(Boxed) as raised:
        scanned(data)
    assert raised.value.code == "unreadable"


def test_a_picture_too_large_to_hold_is_refused():
    target = io.BytesIO()
    Image.new("1", (30_000, 30_000), 1).save(target, "TIFF", compression="group4")
    with pytest.raises(Boxed) as raised:
        scanned(target.getvalue())
    assert raised.value.code == "limit"
