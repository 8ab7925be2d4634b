"""Twenty ways in which filling a form goes wrong unseen: first the values and their text."""

import io

import pikepdf
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, NameObject, NumberObject

from nodes.pdf.filling.fields import widgets
from nodes.pdf.filling.fill import fill
from nodes.pdf.filling.values import Entry, Issue
from tests.nodes.filling_world import (
    BOX,
    HELVETICA,
    box,
    content,
    entered,
    form,
    inked,
    pdf,
    pictures,
    read,
    sizes,
    text,
)

COMB, MULTILINE = 1 << 24, 1 << 12
LONG = "Lumbar pain radiating to the left leg for nine weeks in spite of therapy. " * 4


def codes(filled):
    return [(issue.code, issue.field) for issue in filled.issues]


def test_p1_each_character_of_a_comb_with_a_free_size_has_its_cell():
    data = form(text("id", Ff=COMB, MaxLen=10, DA="/Helv 0 Tf 0 g"))
    filled = fill(data, {"id": "1234567890"}).pdf
    cells = [(100 + 20 * n, 700, 120 + 20 * n, 720) for n in range(10)]
    assert all(min(inked(filled, cell)) > 3 for cell in cells)


@pytest.mark.parametrize("flat", [True, False])
def test_p2_a_fixed_size_of_several_lines_wraps(flat):
    area = (100, 600, 300, 700)
    filled = fill(form(text("why", area, Ff=MULTILINE)), {"why": LONG}, flatten=flat)
    assert codes(filled) == []
    assert " ".join(read(filled.pdf).split()) == LONG.strip()
    assert min(inked(filled.pdf, (100, 660, 300, 685))) > 50
    assert flat or entered(filled.pdf)["why"] == LONG


@pytest.mark.parametrize("align", [0, 1, 2])
def test_p3_a_fixed_size_on_one_line_shrinks_and_is_never_cut(align):
    words = "Orthopedic spine surgery consultation at Riverbend"
    filled = fill(form(text("what", Q=align)), {"what": words})
    assert read(filled.pdf).strip() == words
    assert min(inked(filled.pdf, BOX)) > 50
    assert 6 <= sizes(filled.pdf)[0] < 10
    assert filled.issues == ()


def test_p4_the_smallest_size_is_as_asked_and_what_is_cut_is_counted():
    words = "Orthopedic spine surgery consultation, Riverbend" * 2
    filled = fill(form(text("what")), {"what": Entry(words, min_font=8)})
    (issue,) = filled.issues
    assert sizes(filled.pdf) == [8]
    assert issue == Issue("overflow", "what", shown=filled.shown["what"])
    assert words.startswith(read(filled.pdf).strip())
    assert len(read(filled.pdf).strip()) == issue.shown


@pytest.mark.parametrize("state", ["M", "/Male", "True", ""])
def test_p5_a_state_that_is_not_exact_is_told_and_nothing_is_ticked(state):
    data = form(box("sex", (100, 700, 120, 720), "/M"))
    filled = fill(data, {"sex": state}, flatten=False)
    assert filled.issues == (Issue("bad_choice", "sex", ("/M",)),)
    assert entered(filled.pdf)["sex"] is None
    assert max(inked(filled.pdf, (100, 700, 120, 720))) == 0


def radio(writer):
    """Put both boxes of the page under one radio field."""
    kids = writer.pages[0]["/Annots"]
    group = writer._add_object(pdf({"/T": "sex", "/FT": "/Btn", "/Ff": 1 << 15, "/V": "/M"}))
    group.get_object()[NameObject("/Kids")] = ArrayObject(kids)
    for kid in kids:
        node = kid.get_object()
        for key in ("/T", "/FT"):
            del node[key]
        node[NameObject("/Parent")] = group
    writer.root_object["/AcroForm"][NameObject("/Fields")] = ArrayObject([group])


def test_p6_the_value_of_a_group_is_a_name_on_the_field_alone():
    data = form(
        box("f", (100, 700, 120, 720), "/F"), box("m", (200, 700, 220, 720), "/M"), change=radio
    )
    filled = fill(data, {"sex": "/F"}, flatten=False)
    with pikepdf.open(io.BytesIO(filled.pdf)) as document:
        (group,) = document.Root.AcroForm.Fields
        assert isinstance(group.V, pikepdf.Name) and group.V == "/F"
        assert [str(kid.AS) for kid in group.Kids] == ["/F", "/Off"]
        assert all("/V" not in kid for kid in group.Kids)
    flat = fill(data, {"sex": "/F"}).pdf
    assert min(inked(flat, (100, 700, 120, 720))) > 20
    assert max(inked(flat, (200, 700, 220, 720))) == 0


def test_p7_an_unknown_name_is_told():
    assert codes(fill(form(text("a")), {"b": "x"})) == [("unknown_field", "b")]


def family(writer):
    """Put the fields under two parents of other names."""
    roots = []
    for name, kid in zip(("patient", "doctor"), writer.pages[0]["/Annots"], strict=True):
        parent = writer._add_object(pdf({"/T": name, "/Kids": [kid]}))
        kid.get_object()[NameObject("/Parent")] = parent
        roots.append(parent)
    writer.root_object["/AcroForm"][NameObject("/Fields")] = ArrayObject(roots)


def test_p8_a_name_that_ends_several_full_names_fills_none():
    data = form(text("name"), text("name", (100, 600, 300, 620)), change=family)
    assert [w.name for w in widgets(data)] == ["patient.name", "doctor.name"]
    filled = fill(data, {"name": "x", "doctor.name": "Adeyemi"}, flatten=False)
    assert codes(filled) == [("ambiguous", "name")]
    assert entered(filled.pdf) == {"patient.name": None, "doctor.name": "Adeyemi"}


def test_p9_letters_of_other_alphabets_are_kept_in_an_embedded_subset():
    words = "Nuñez Łukasz Ωδη Иван"
    for flat in (True, False):
        filled = fill(form(text("name")), {"name": words}, flatten=flat)
        assert read(filled.pdf).strip() == words
        assert min(inked(filled.pdf, BOX)) > 50 and filled.issues == ()
        assert len(filled.pdf) < 20_000


def test_p9_a_letter_that_no_font_has_is_told_and_moves_no_other():
    filled = fill(form(text("name")), {"name": "Łu\N{SNOWMAN}\N{CJK UNIFIED IDEOGRAPH-4E00}kasz"})
    assert codes(filled) == [("unencodable", "name")]
    assert read(filled.pdf).strip() == "Łu\ufffd\ufffdkasz"


def test_p10_the_forms_font_is_found_behind_the_widgets_own_resources():
    widths = [500.0] * 224
    fancy = HELVETICA | {"/BaseFont": "/Fancy", "/Subtype": "/TrueType", "/FirstChar": 32}
    fancy |= {"/LastChar": 255, "/Widths": widths, "/Encoding": "/WinAnsiEncoding"}
    data = form(
        text("name", DA="/Fancy 10 Tf 1 0 0 rg", DR={"/Font": {"/Helv": HELVETICA}}),
        DR={"/Font": {"/Fancy": fancy}},
    )
    filled = fill(data, {"name": "x"}).pdf
    fonts = PdfReader(io.BytesIO(filled)).pages[0]["/Resources"]["/Font"]
    assert [font.get_object()["/BaseFont"] for font in fonts.values()] == ["/Fancy"]
    assert b"1 0 0 rg" in content(filled)


def test_p12_nothing_is_left_for_the_reader_to_draw():
    filled = fill(form(text("a"), NeedAppearances=True), {"a": "x"}, flatten=False).pdf
    with pikepdf.open(io.BytesIO(filled)) as document:
        assert document.Root.AcroForm.NeedAppearances is False


def test_p14_the_flags_of_a_field_stay():
    filled = fill(form(text("a", Ff=MULTILINE | 2)), {"a": "x"}, flatten=False).pdf
    (widget,) = widgets(filled)
    assert widget.multiline and widget.required and not widget.readonly


def test_p15_a_text_longer_than_allowed_is_told_and_not_cut():
    data = form(text("state", MaxLen=3))
    filled = fill(data, {"state": Entry("TEXAS", instead=("See addendum", "*"))}, flatten=False)
    assert filled.issues == (Issue("too_long", "state", shown=0),)
    assert entered(filled.pdf)["state"] == ""
    assert read(filled.pdf).strip() == "See addendum"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_p18_a_turned_widgets_text_is_upright_in_its_own_sense(turned):
    tall = (100, 500, 120, 700) if turned % 180 else BOX
    plain = fill(form(text("a")), {"a": "Riverbend"}).pdf
    rotated = fill(form(text("a", tall, MK={"/R": turned})), {"a": "Riverbend"}).pdf
    for upright, image in zip(pictures(plain), pictures(rotated), strict=True):
        left, bottom, right, top = tall
        back = image[0].crop((left, 792 - top, right, 792 - bottom)).rotate(-turned, expand=True)
        want = upright[0].crop((100, 72, 300, 92))
        assert back.size == want.size
        assert abs(sum(back.histogram()[:160]) - sum(want.histogram()[:160])) < 60
        assert sum(back.crop((0, 0, 60, 20)).histogram()[:160]) > 20


def test_p19_rectangles_of_references_and_letters_beyond_text_are_no_fault():
    def refer(writer):
        widget = writer.pages[0]["/Annots"][0].get_object()
        corners = [writer._add_object(NumberObject(n)) for n in BOX]
        widget[NameObject("/Rect")] = ArrayObject(corners)

    data = form(text("a"), text("b", (100, 600, 300, 620)), change=refer)
    filled = fill(data, {"a": "x", "b": "lone \ud800 half"})
    assert codes(filled) == [("unencodable", "b")]
    assert min(inked(filled.pdf, BOX)) > 5
    kept = fill(form(text("a")), {"a": "lone \ud800 half"}, flatten=False).pdf
    assert entered(kept)["a"] == "lone \ufffd half"


def test_a_widget_without_a_rectangle_is_no_fault():
    def strip(writer):
        del writer.pages[0]["/Annots"][0].get_object()["/Rect"]

    assert codes(fill(form(text("a"), change=strip), {"a": "x"})) == [("overflow", "a")]
