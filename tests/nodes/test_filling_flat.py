"""Twenty ways in which filling a form goes wrong unseen: flattening, stripping, and the trees."""

import io

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from nodes.pdf.filling.fields import widgets
from nodes.pdf.filling.fill import fill
from nodes.pdf.filling.values import Issue, Placement
from tests.nodes.filling_world import (
    BOX,
    MARK,
    box,
    content,
    entered,
    form,
    inked,
    pdf,
    pictures,
    read,
    stream,
    text,
)

SECRET = b"this.exportDataObject"
LOWER = (100, 600, 300, 620)
TICK = (100, 700, 120, 720)


def drawn(words, wide=200, tall=20):
    """An appearance stream that says something."""
    return stream(b"BT /Helv 10 Tf 2 6 Td (%b) Tj ET" % words, BBox=[0, 0, wide, tall])


def test_p11a_a_rectangle_upside_down_is_put_right():
    data = form(text("a", (300, 720, 100, 700)))
    filled = fill(data, {"a": "Riverbend"}).pdf
    assert widgets(data)[0].box == BOX
    assert min(inked(filled, BOX)) > 30
    assert max(inked(filled, (100, 721, 300, 745))) == 0


@pytest.mark.parametrize(
    "leak", [b".5 0 0 .5 0 0 cm", b"q .5 0 0 .5 0 0 cm", b"Q Q .5 0 0 .5 9 9 cm"]
)
def test_p11b_what_a_page_leaves_behind_moves_nothing(leak):
    plain = fill(form(text("a")), {"a": "Riverbend"}).pdf
    filled = fill(form(text("a"), content=leak), {"a": "Riverbend"}).pdf
    assert inked(filled, BOX) == inked(plain, BOX)


def test_p11c_resources_may_be_inherited():
    def inherit(writer):
        page = writer.pages[0]
        page["/Parent"][NameObject("/Resources")] = page.pop(NameObject("/Resources"))

    filled = fill(form(text("a"), change=inherit), {"a": "Riverbend"}).pdf
    assert read(filled).strip() == "Riverbend"


def test_p11d_what_is_not_asked_for_stays_as_it_was():
    ticked = box("tick", TICK, AS="/On", V="/On")
    prefilled = text("kept", LOWER, V="before", AP={"/N": drawn(b"before")})
    missing = text("bare", (100, 500, 300, 520), V="drawn by nobody")
    asked = text("asked", (100, 400, 300, 420))
    for flat in (True, False):
        filled = fill(form(ticked, prefilled, missing, asked), {"asked": "x"}, flatten=flat).pdf
        assert read(filled).split() == ["before", "drawn", "by", "nobody", "x"]
        assert min(inked(filled, TICK)) > 20
    assert entered(filled) | {"asked": ""} == {
        "tick": "/On",
        "kept": "before",
        "bare": "drawn by nobody",
        "asked": "",
    }


def test_p11e_a_page_does_not_grow_with_each_field():
    page = b"0 0 m 1 1 l S\n" * 5000
    several = [text(f"t{n}", (10, 10 + 7 * n, 200, 17 + 7 * n)) for n in range(100)]
    one = fill(form(several[0], content=page), {"t0": "x"}).pdf
    all_ = fill(form(*several, content=page), {f"t{n}": "x" for n in range(100)}).pdf
    assert len(all_) < len(one) + 5000
    assert content(all_).count(b"1 1 l S") == 5000


def test_p11f_no_trace_of_the_form_is_left():
    filled = fill(form(text("a", TU="secret tooltip")), {"a": "x"}).pdf
    reader = PdfReader(io.BytesIO(filled))
    assert "/AcroForm" not in reader.root_object and "/Annots" not in reader.pages[0]
    with pikepdf.open(io.BytesIO(filled)) as document:
        assert not [one for one in document.objects if "tooltip" in repr(one)]


def act(writer):
    """Put a script, an action and a file wherever a form may have one."""
    script = {"/S": "/JavaScript", "/JS": writer._add_object(stream(SECRET))}
    launch = {"/S": "/Launch", "/F": "cmd.exe-this.exportDataObject"}
    file = writer._add_object(stream(SECRET, Type="/EmbeddedFile"))
    spec = writer._add_object(pdf({"/Type": "/Filespec", "/F": "a", "/EF": {"/F": file}}))
    root, page = writer.root_object, writer.pages[0]
    root.update(pdf({"/OpenAction": script, "/AA": {"/WC": script}, "/Perms": {"/DocMDP": script}}))
    named = {"/JavaScript": {"/Names": ["x", script]}, "/EmbeddedFiles": {"/Names": ["a", spec]}}
    root.update(pdf({"/Names": named, "/AF": [spec], "/PageLabels": {"/X": launch}}))
    xfa = {"/XFA": writer._add_object(stream(SECRET)), "/CO": page["/Annots"]}
    root["/AcroForm"].update(pdf(xfa))
    page.update(pdf({"/AA": {"/O": script}, "/AF": [spec]}))
    page["/Resources"][NameObject("/Properties")] = pdf({"/P": {"/AF": [spec], "/X#41": 1}})
    widget = page["/Annots"][0].get_object()
    widget.update(pdf({"/A": script, "/AA": {"/K": script, "/F": launch}}))
    clip = {"/Type": "/Annot", "/Subtype": "/FileAttachment", "/FS": spec, "/Rect": [0, 0, 9, 9]}
    link = {"/Type": "/Annot", "/Subtype": "/Link", "/A": launch, "/Rect": [0, 0, 9, 9]}
    page["/Annots"].extend(writer._add_object(pdf(one)) for one in (clip, link))


def everything(data):
    """All bytes of a PDF, with what is compressed in it laid open."""
    with pikepdf.open(io.BytesIO(data)) as document:
        target = io.BytesIO()
        document.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
    return data + target.getvalue()


@pytest.mark.parametrize("flat", [True, False])
def test_p13_scripts_actions_and_files_are_left_behind(flat):
    data = form(text("a"), change=act)
    assert SECRET in everything(data)
    found = everything(fill(data, {"a": "Riverbend"}, flatten=flat).pdf)
    left = b"/JS /JavaScript /Launch /EF /EmbeddedFile /AA /AF /XFA /CO /Perms /OpenAction /A "
    assert [word for word in (SECRET, *left.split()) if word + b" " in found] == []
    assert SECRET not in found


def test_p16_fields_that_no_tree_lists_are_filled_and_listed():
    data = form(text("a"), text("b", LOWER), listed=False)
    filled = fill(data, {"a": "x", "b": "y"}, flatten=False)
    assert filled.issues == () and entered(filled.pdf) == {"a": "x", "b": "y"}
    assert read(fill(data, {"b": "y"}).pdf).strip() == "y"


def test_p16_a_parent_that_does_not_know_its_kid_learns_of_it():
    def orphan(writer):
        (kid,) = writer.pages[0]["/Annots"]
        parent = writer._add_object(pdf({"/T": "patient", "/Kids": []}))
        kid.get_object()[NameObject("/Parent")] = parent
        writer.root_object["/AcroForm"][NameObject("/Fields")] = ArrayObject([parent])

    filled = fill(form(text("name"), change=orphan), {"patient.name": "x"}, flatten=False)
    assert entered(filled.pdf) == {"patient.name": "x"}


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
@pytest.mark.parametrize("flat", [True, False])
def test_p20_a_form_locked_with_an_empty_password_is_filled_and_unlocked(algorithm, flat):
    target = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(form(text("a"), text("b", LOWER, V="before"))))
    writer.encrypt("", "owner", algorithm=algorithm)
    writer.write(target)
    filled = fill(target.getvalue(), {"a": "Łukasz"}, flatten=flat).pdf
    assert not PdfReader(io.BytesIO(filled)).is_encrypted
    assert read(filled).split() == ["Łukasz", "before"]


def test_hidden_widgets_are_not_drawn_and_that_is_told():
    for flag in (2, 32):
        filled = fill(form(text("a", F=flag)), {"a": "x"})
        assert filled.issues == (Issue("hidden", "a"),)
        assert max(inked(filled.pdf, BOX)) == 0


def test_push_buttons_are_dropped_and_notes_are_drawn():
    push = text("Print", FT="/Btn", Ff=1 << 16, AP={"/N": drawn(b"Print")})
    note = {"/Subtype": "/FreeText", "/Rect": list(LOWER), "/AP": {"/N": drawn(b"Note")}}
    filled = fill(form(push, note), {})
    assert read(filled.pdf).split() == ["Note"]
    assert fill(form(push), {"Print": "x"}).issues == (Issue("unknown_field", "Print"),)


def test_an_appearance_is_mapped_from_its_turned_box():
    turned = stream(MARK, BBox=[0, 0, 20, 20], Matrix=[0, 2, -2, 0, 7, 9], Resources={})
    note = {"/Subtype": "/Stamp", "/Rect": [100, 700, 140, 740], "/AP": {"/N": turned}}
    filled = fill(form(note), {}).pdf
    assert min(inked(filled, (100, 700, 140, 740))) > 100
    assert min(inked(filled, (102, 702, 110, 710))) > 10


def test_signatures_are_never_filled():
    data = form(text("sign", FT="/Sig"))
    assert fill(data, {"sign": "Ruth Adeyemi"}).issues == (Issue("signature", "sign"),)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_texts_at_places_stand_upright_on_the_page_as_it_is_shown(turned):
    def crop(writer):
        page = writer.pages[0]
        page[NameObject("/CropBox")] = ArrayObject(map(NumberObject, (50, 60, 550, 760)))
        page[NameObject("/Rotate")] = NumberObject(turned)

    place = Placement("p", 0, (40, 100, 240, 120), "Riverbend")
    cells = Placement("c", 0, (40, 200, 240, 220), "123456", pitch=20, face="Courier")
    filled = fill(form(change=crop), {}, extra=[place, cells])
    assert filled.issues == () and filled.shown == {"p": 9, "c": 6}
    image = pictures(filled.pdf)[1][0]
    assert image.size == ((700, 500) if turned % 180 else (500, 700))
    word = image.crop((40, image.height - 120, 240, image.height - 100))
    assert sum(word.histogram()[:160]) > 60
    assert sum(word.crop((100, 0, 200, 20)).histogram()[:160]) == 0
    for cell in range(6):
        area = (40 + 20 * cell, image.height - 220, 60 + 20 * cell, image.height - 200)
        assert sum(image.crop(area).histogram()[:160]) > 5


def test_pages_follow_and_the_same_input_gives_the_same_bytes():
    more = fill(form(text("b")), {"b": "continued"}).pdf
    one, two = (fill(form(text("a")), {"a": "Ł"}, after=more, title="Form") for _ in range(2))
    assert one.pdf == two.pdf
    reader = PdfReader(io.BytesIO(one.pdf))
    assert [page.extract_text().strip() for page in reader.pages] == ["Ł", "continued"]
    assert reader.metadata.title == "Form"
    assert isinstance(reader.pages[1]["/Parent"], DictionaryObject)
