"""A form's PDF objects: read, flattened, and nothing else taken over."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from nodes.pdf import ink
from nodes.pdf.fit import Fit
from nodes.pdf.objects import flatten, page_sizes, widgets
from tests.nodes.forms_world import dark, pages, render


def form(change=lambda writer: None, before=lambda canvas: None):
    """A page with a text field and a check box, changed as a test wants it."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(612, 792), invariant=1)
    before(canvas)
    canvas.acroForm.textfield(name="plain", x=100, y=700, width=200, height=20, borderWidth=0)
    canvas.acroForm.checkbox(name="tick", x=100, y=600, size=20, buttonStyle="cross")
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=io.BytesIO(target.getvalue()))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def filled(data, states=None, text="value", after=None):
    found = {w.name: w for w in widgets(data)}
    placed = ink.Placed(found["plain"], Fit(10, (text,)), "Helvetica")
    drawn = ink.draw(page_sizes(data), [placed])
    return flatten(data, ink=drawn, states=states or {}, after=after, title="Form")


def test_widgets_are_read_with_what_filling_needs():
    plain, tick = widgets(form())
    assert (plain.name, plain.kind, plain.box) == ("plain", "text", (100, 700, 300, 720))
    assert (tick.name, tick.kind, tick.states) == ("tick", "button", ("/Yes",))
    assert plain.maxlen == 100 and plain.size == 12


def test_a_field_below_another_has_both_names():
    def nest(writer):
        fields = writer.root_object["/AcroForm"]["/Fields"]
        child = fields[0].get_object()
        parent = DictionaryObject(
            {NameObject("/T"): TextStringObject("patient"), NameObject("/Kids"): ArrayObject()}
        )
        child[NameObject("/Parent")] = writer._add_object(parent)

    assert widgets(form(nest))[0].name == "patient.plain"


def test_a_rectangle_drawn_upside_down_is_put_right():
    def turn(writer):
        widget = writer.pages[0]["/Annots"][0].get_object()
        widget[NameObject("/Rect")] = ArrayObject(map(FloatObject, (300, 720, 100, 700)))

    assert widgets(form(turn))[0].box == (100, 700, 300, 720)
    assert dark(render(filled(form(turn)))[0], (100, 700, 300, 720)) > 0


def test_only_the_wanted_state_is_drawn():
    box = (100, 600, 120, 620)
    on, off = render(filled(form(), {"tick": "/Yes"}))[0], render(filled(form()))[0]
    assert dark(on, box) > dark(off, box) == 0
    unknown = render(filled(form(), {"tick": "/Other"}))[0]
    assert unknown.tobytes() == off.tobytes()
    assert min(off.crop((99, 170, 122, 194)).tobytes()) < 128


def test_a_ticked_box_of_the_original_is_drawn_off():
    def tick(writer):
        writer.pages[0]["/Annots"][1].get_object()[NameObject("/AS")] = NameObject("/Yes")

    blank = render(filled(form()))[0]
    assert render(filled(form(tick)))[0].tobytes() == blank.tobytes()


def test_what_the_page_draws_does_not_move_what_is_filled_in():
    moved = form(before=lambda canvas: canvas._code.append("3 0 0 3 300 300 cm"))
    assert render(filled(moved))[0].tobytes() == render(filled(form()))[0].tobytes()


@pytest.mark.parametrize("hidden", ["/XFA", "/OpenAction", "/AA", "/Names", "/Perms"])
def test_nothing_active_is_taken_over(hidden):
    def arm(writer):
        action = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert('canary')"),
            }
        )
        place = writer.root_object
        if hidden == "/XFA":
            place = writer.root_object["/AcroForm"]
            action = DecodedStreamObject()
            action.set_data(b"<xdp>canary</xdp>")
        place[NameObject(hidden)] = writer._add_object(action)
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})

    armed = form(arm)
    assert b"canary" in armed
    flat = filled(armed)
    assert b"canary" not in flat and b"JavaScript" not in flat
    root = PdfReader(io.BytesIO(flat)).trailer["/Root"]
    assert set(root) <= {"/Type", "/Pages", "/PageLayout", "/PageMode"}


def test_no_field_is_left():
    reader = PdfReader(io.BytesIO(filled(form())))
    assert reader.get_fields() in (None, {})
    assert "/Annots" not in reader.pages[0]
    assert pages(filled(form())) == ["value"]


def test_pages_that_follow_are_appended():
    after = ink.addendum("Form", "Whose", [("Heading", "Text")])
    seen = pages(filled(form(), after=after))
    assert len(seen) == 2 and "Heading Text" in seen[1] and "Whose" in seen[1]


def test_an_appearance_is_scaled_into_its_box():
    def enlarge(writer):
        widget = writer.pages[0]["/Annots"][1].get_object()
        widget[NameObject("/Rect")] = ArrayObject(map(NumberObject, (300, 300, 400, 400)))

    image = render(filled(form(enlarge), {"tick": "/Yes"}))[0]
    assert dark(image, (340, 340, 360, 360)) > 0
    assert dark(image, (100, 600, 120, 620)) == 0


def test_the_same_input_gives_the_same_bytes_with_an_identifier():
    assert filled(form()) == filled(form())
    assert b"/ID" in filled(form())
    assert filled(form()) != filled(form(), text="other")
