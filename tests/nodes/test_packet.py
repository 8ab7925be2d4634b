"""A packet: everything given is in it or named as missing, numbered, upright, and inert."""

import io

import pikepdf
import pypdf
import pypdfium2
import pytest

from nodes.errors import Refused
from nodes.pdf.drawn.press import count
from nodes.pdf.letter import pdf
from nodes.pdf.packet.parts import Enclosed, Part, part_of
from tests.nodes.packet_world import bound, hostile, locked, picture, said, sheet
from tests.nodes.test_letter_documents import paper

FORM = Part("Request form", sheet("The form"), pointer="/form", needed=True)
LETTER = Part("Letter", pdf(paper("One fact")), own=True)


def test_every_part_stands_where_the_cover_sheet_says():
    made = bound(FORM, LETTER, Part("Old records", sheet("First", "Second"), pointer="/a/0"))
    assert [(one.title, one.page, one.pages) for one in made.index] == [
        ("Request form", 2, 1),
        ("Letter", 3, 1),
        ("Old records", 4, 2),
    ]
    pages = said(made)
    assert made.pages == len(pages) == 5
    assert "The form" in pages[1] and "One fact" in pages[2] and "Second" in pages[4]
    assert "Request form 2 1 Letter 3 1 Old records 4 2" in pages[0]
    assert "Pages 5, this sheet included" in pages[0]


def test_every_page_says_whose_it_is_and_which_of_how_many():
    for number, page in enumerate(said(bound(FORM, LETTER)), 1):
        assert page.endswith(f"page {number} of 3")
        assert "Moss, Ada | case " in page


def test_bookmarks_lead_to_each_part_and_the_document_says_what_it_is():
    reader = pypdf.PdfReader(io.BytesIO(bound(FORM, LETTER).pdf))
    marks = [(one.title, reader.get_destination_page_number(one)) for one in reader.outline]
    assert marks == [("Cover sheet", 0), ("Request form", 1), ("Letter", 2)]
    assert reader.metadata.title.startswith("Prior authorization request, case ")
    assert "Moss" not in reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == "en-US"


def test_the_same_parts_are_the_same_bytes():
    parts = (FORM, LETTER, Part("Scan", picture("PNG"), "image/png"))
    assert bound(*parts).pdf == bound(*parts).pdf


@pytest.mark.parametrize(("urgency", "words"), [("urgent", "URGENT"), ("emergency", "EMERGENCY")])
def test_an_urgent_request_says_so_large(urgency, words):
    assert f"{words} REQUEST" in said(bound(FORM, urgency=urgency))[0]
    assert "URGENT" not in said(bound(FORM))[0]


def test_the_cover_sheet_names_what_the_payer_needs_and_nothing_clinical():
    cover = said(bound(FORM, to=("Fax 937-555-0188",)))[0]
    for words in ("Ada Moss", "Fax 937-555-0188", "November 20, 2026", "Confidential"):
        assert words in cover
    for code in ("72148", "M54"):
        assert code not in cover


def test_what_acts_by_itself_stays_behind_and_what_is_filled_in_stays_visible():
    made = bound(FORM, Part("Their form", hostile(), pointer="/a/0"))
    for word in (b"JavaScript", b"Launch", b"EmbeddedFile", b"virus", b"tracker", b"AcroForm"):
        assert word not in made.pdf
    assert "Hello" in said(made)[2] and "Filled in" in said(made)[2]
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        assert not [page for page in opened.pages if "/Annots" in page or "/AA" in page]
        assert "/Names" not in opened.Root and "/OpenAction" not in opened.Root
        assert not opened.attachments


@pytest.mark.parametrize(
    ("data", "media", "why"),
    [
        (locked(), "application/pdf", "password"),
        (b"%PDF-1.7\nnothing", "application/pdf", "damaged"),
        (b"words", "application/pdf", "damaged"),
        (b"no picture", "image/png", "damaged"),
        (sheet("x"), "image/png", "damaged"),
        (sheet(*"x" * 201), "application/pdf", "200 pages"),
        (b"x" * 1_000_001, "text/plain", "200 pages"),
    ],
)
def test_what_cannot_be_bound_is_named_and_the_rest_is_bound(data, media, why):
    made = bound(FORM, Part("Bad one", data, media, "/attachments/1"), LETTER)
    (refused,) = made.refused
    assert (refused.title, refused.pointer) == ("Bad one", "/attachments/1")
    assert why in refused.why
    assert [one.title for one in made.index] == ["Request form", "Letter"]
    cover = said(made)[0]
    assert "Bad one" not in cover and refused.why not in cover


def test_without_the_form_there_is_no_packet():
    with pytest.raises(Refused) as problem:
        bound(Part("Form", locked(), pointer="/form", needed=True), LETTER)
    assert problem.value.complaints[0].pointer == "/form"


@pytest.mark.parametrize(
    ("size", "rotate", "shown"),
    [
        ((612, 792), 0, (612, 792)),
        ((595, 842), 90, (842, 595)),
        ((792, 612), 270, (612, 792)),
        ((612, 1008), 180, (612, 1008)),
        ((14_000, 9_000), 0, (792, 612)),
        ((40, 90), 0, (612, 792)),
    ],
)
def test_pages_are_upright_and_of_a_size_that_can_be_printed(size, rotate, shown):
    data = sheet("Page", size=size, rotate=rotate)
    page = pypdf.PdfReader(io.BytesIO(bound(FORM, Part("Theirs", data)).pdf)).pages[2]
    assert page.rotation == 0
    assert (float(page.mediabox.width), float(page.mediabox.height)) == shown


@pytest.mark.parametrize(("size", "rotate"), [((612, 792), 0), ((792, 612), 90), ((9e3, 9e3), 0)])
def test_the_line_covers_nothing_and_nothing_is_cut_off(size, rotate):
    """The frame at the page's very edge is whole, and the line stands below it."""
    made = bound(FORM, Part("Theirs", sheet("x", size=size, rotate=rotate)))
    image = pypdfium2.PdfDocument(made.pdf)[2].render(scale=1).to_pil().convert("RGB")
    wide, high = image.size
    reds = [(x, y) for x in range(wide) for y in range(high) if is_red(image.getpixel((x, y)))]
    dark = [
        (x, y)
        for x in range(wide)
        for y in range(high - 22, high)
        if sum(image.getpixel((x, y))) < 300
    ]
    assert min(y for _, y in reds) <= 1
    assert max(y for _, y in reds) < min(y for _, y in dark)
    middle = [x for x, y in reds if abs(y - high / 2) < 1]
    assert max(middle) - min(middle) > 0.9 * min(wide, high)


def is_red(pixel) -> bool:
    return pixel[0] > 150 and pixel[1] < 120 and pixel[2] < 120


@pytest.mark.parametrize(
    ("kind", "how", "frames", "shown"),
    [
        ("PNG", {}, 1, (612, 792)),
        ("JPEG", {"size": (1100, 850)}, 1, (792, 612)),
        ("TIFF", {"frames": 3, "dpi": (204, 98), "size": (1728, 1078)}, 3, (612, 792)),
    ],
)
def test_every_picture_is_a_page_upright_and_of_its_shape(kind, how, frames, shown):
    made = bound(FORM, Part("Scan", picture(kind, **how), f"image/{kind.lower()}"))  # type: ignore[arg-type]
    assert made.index[1].pages == frames
    page = pypdfium2.PdfDocument(made.pdf)[2]
    assert page.get_size() == shown
    image = page.render(scale=0.25).to_pil().convert("RGB")
    red = sum(
        is_red(image.getpixel((x, y))) for x in range(image.width) for y in range(image.height)
    )
    assert red > 0.85 * image.width * image.height


def test_a_text_is_set_as_pages_and_runs_nothing():
    note = b"Seen today. #eval(1) $x$\n\nPlan: MRI.\n"
    made = bound(FORM, Part("Visit note", note, "text/plain"))
    assert "Visit note" in said(made)[2] and "#eval(1) $x$ Plan: MRI." in said(made)[2]


def test_what_exceeds_the_payers_limits_is_said():
    made = bound(FORM, Part("Long", sheet(*"abcdef")), limit_pages=5, limit_mb=0.001)
    assert made.beyond[0].startswith("8 pages are more than the 5 allowed; most are in part 2")
    assert "MB" in made.beyond[1]
    assert bound(FORM, limit_pages=2, limit_mb=20).beyond == ()


def test_a_cover_sheet_of_two_pages_counts_itself():
    made = bound(FORM, *(Part(f"Record {n}", sheet("x")) for n in range(45)))
    assert made.index[0].page == 3
    assert "page 3 of 48" in said(made)[2] and "The form" in said(made)[2]
    assert count(made.pdf) == 48


def test_no_packet_has_more_pages_than_anyone_reads():
    many = [Part(f"{n}", sheet(*"x" * 200)) for n in range(3)]
    with pytest.raises(Refused):
        bound(FORM, *many)


def test_a_part_of_a_request_is_base64():
    given = Enclosed(title="Scan", media_type="image/png", data_base64="iVBO")
    assert part_of(given, "/attachments/0").data == b"\x89PN"
    with pytest.raises(ValueError, match="base64"):
        Enclosed(title="Scan", media_type="image/png", data_base64="<>")


def test_layers_that_the_document_hides_stay_hidden():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sheet("Shown")))
    data = with_hidden_layer(writer)
    with pikepdf.open(io.BytesIO(bound(FORM, Part("Layers", data)).pdf)) as opened:
        assert len(opened.Root.OCProperties.D.OFF) == 1


def with_hidden_layer(writer: pypdf.PdfWriter) -> bytes:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    layer = writer._add_object(
        DictionaryObject(
            {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("L")}
        )
    )
    resources = writer.pages[0]["/Resources"]
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/MC0"): layer})
    default = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    told = {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): default}
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(told)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
