"""inspect-form on drawn forms: labels, whose a field is, and a mapping that loads."""

import base64
import io
from time import process_time

import pytest
from PIL import Image
from pypdf import PdfReader

from nodes.errors import UnreadableDocument
from nodes.inspect_form import InspectFormRequest, inspect_form
from nodes.pdf.faults import id_faults, path_faults, place_faults
from nodes.pdf.filling.dictionaries import shape
from nodes.pdf.filling.fields import page_sizes, widgets
from nodes.pdf.inspecting.sheets import UNREAD, sheets
from nodes.pdf.plain_yaml import mapping_of
from tests import hostile_pdfs
from tests.nodes import inspect_world


def asked(pdf, **more):
    coded = base64.b64encode(pdf).decode()
    return inspect_form(InspectFormRequest(pdf_base64=coded, template="acme/pa", **more))


def paths(form):
    return {one.name: one.path for one in form.fields if one.path}


def faults(form, pdf):
    mapping = mapping_of(form.template, form.mapping.encode())
    found = [*place_faults(mapping, widgets(pdf), page_sizes(pdf)), *id_faults(mapping)]
    return found + [fault for entry in mapping.fields for fault in path_faults(entry)]


@pytest.fixture(scope="module")
def filled():
    return asked(inspect_world.with_fields(), pictures=False).form


def test_useless_tooltips_do_not_win(filled):
    told = {one.name: one.labels[0].text for one in filled.fields}
    assert told["Text2"] == "Date of Birth"
    assert told["Text14"] == "CPT code"
    assert "undefined" not in told.values() and "Check Box" not in told.values()


def test_the_section_says_whose_a_name_is(filled):
    told = paths(filled)
    assert told["Text1"] == "case.patient.name"
    assert told["Text5"] == "case.requester.display"
    assert told["Text6"] == "case.requester.npi"
    assert told["Text9"] == "case.facility.display"
    assert "Text11" not in told and "Text12" not in told


def test_boxes_are_choices_with_their_states(filled):
    mapping = mapping_of("acme/pa", filled.mapping.encode())
    told = {entry.id: entry for entry in mapping.fields}
    assert told["sex"].choice["female"].pdf == "Check2"
    assert told["sex"].choice["female"].on == "/Yes"
    assert told["urgency"].choice["standard"].pdf == "Check3"


def test_yes_and_no_get_their_question(filled):
    told = {one.name: one.labels[0].text for one in filled.fields}
    assert told["Check5"] == "Signed order attached? Yes"


def test_a_signature_and_its_date_are_for_a_hand(filled):
    standing = {one.name: one.standing for one in filled.fields}
    assert standing["Text15"] == standing["Text16"] == "signature"


def test_the_proposal_loads_without_faults(filled):
    assert faults(filled, inspect_world.with_fields()) == []
    assert "# - {id: f" in filled.mapping


def test_a_flat_form_gets_places():
    pdf = inspect_world.flat()
    form = asked(pdf, pictures=False).form
    told = {one.labels[0].text: one for one in form.fields if one.labels}
    assert form.flat
    assert told["Member ID"].cells == 11
    assert told["Patient name"].path == "case.patient.name"
    assert told["NPI"].path == "case.requester.npi"
    assert told["Standard"].kind == "box"
    assert told["Signature of requesting provider"].standing == "signature"
    assert told["Date"].standing == "signature"
    assert faults(form, pdf) == []
    assert "pitch: 14" in form.mapping


def test_captions_below_rows_of_dots_and_headings_that_share_a_bar():
    pdf = inspect_world.captions_below()
    form = asked(pdf, pictures=False).form
    told = {(one.labels[0].text, round(one.box[0], -1)): one.path for one in form.fields}
    assert told["Last name", 40] == "case.patient.name.family"
    assert told["Street address", 40] == "case.patient.address.lines"
    assert told["State", 390] == "case.patient.address.state"
    assert [one.path for one in form.fields if one.labels[0].text == "Nombre del proveedor"] == [
        "case.requester.display"
    ]
    assert told["NPI", 70] == "case.referring.npi"
    assert told["NPI", 350] == "case.facility.npi"
    assert faults(form, pdf) == []


def test_where_nothing_is_proposed_the_mapping_loads_all_the_same():
    form = asked(inspect_world.a_picture(), pictures=False).form
    assert form.fields == ()
    assert mapping_of("acme/pa", form.mapping.encode()).fields == ()


def test_a_page_that_takes_too_long_costs_its_words_not_its_fields():
    pdf = inspect_world.with_fields()
    reader = PdfReader(io.BytesIO(pdf))
    shapes = [shape(page) for page in reader.pages]
    assert sheets(pdf, reader, shapes)[1] == []
    found, notes = sheets(pdf, reader, shapes, seconds=0.001)
    assert found == {}
    assert notes == [UNREAD]


def test_more_fields_than_a_form_has_are_refused_at_once():
    kind = next(one for one in hostile_pdfs.KINDS if one.name == "fifty_thousand_fields")
    before = process_time()
    with pytest.raises(UnreadableDocument, match="more pages, fields or content"):
        asked(kind.make())
    assert process_time() - before < 30


def test_the_picture_shows_the_proposal():
    form = asked(inspect_world.with_fields()).form
    image = Image.open(io.BytesIO(base64.b64decode(form.pictures[0].png_base64))).convert("RGB")
    left, top, right, bottom = next(one.box for one in form.fields if one.name == "Text1")
    red, green, blue = image.getpixel((int(left * 100 / 72) + 6, int((top + bottom) * 50 / 72)))
    assert green > red and green > blue
    assert right < 612


def test_what_cannot_be_read_within_bounds_is_refused():
    kind = next(one for one in hostile_pdfs.KINDS if one.name == "run_length")
    with pytest.raises(UnreadableDocument):
        asked(kind.make())


@pytest.mark.parametrize("wrong", [b"no form", b"%PDF-1.7\nbroken"])
def test_what_is_no_form_is_refused(wrong):
    with pytest.raises(UnreadableDocument) as refused:
        asked(wrong)
    assert "no form" not in str(refused.value)
