"""The CMS-1500's print grid: every value in its item's box, on paper and on the form itself."""

import os
from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest

from nodes.care import Accident, Admission
from nodes.case import Diagnosis, InvolvedProvider, PersonName, ServiceLine
from nodes.errors import Refused, UnreadableDocument
from nodes.fill_form import FillFormRequest, fill_form
from nodes.pdf.filling.fields import widgets
from nodes.pdf.spots import Cell, Grid
from nodes.pdf.supply import form as supplied
from tests.nodes.forms_drawn import flat, values
from tests.nodes.forms_world import CASE, dark, opened, pages, pdf, render

NAME, FILLABLE = "nucc/cms-1500", "nucc/cms-1500-fillable"
SURGEON = InvolvedProvider(
    role="rendering", person=PersonName(family="Brandt", given="Uwe"), npi="9000000023"
)
IMAGING = {"person": None, "organization": "Riverbend Imaging, Inc.", "tax_id": "314159265"}
LINES = tuple(
    ServiceLine(
        system="CPT",
        code=f"7214{n}",
        modifiers=("26", "TC", "RT", "59"),
        start=date(2026, 11, n),
        end=date(2026, 12, n),
        quantity=n,
        diagnoses=(n, 12),
    )
    for n in range(1, 7)
)
FULL = CASE.model_copy(
    update={
        "authorization_number": "AUTH-77 12",
        "urgency": "emergency",
        "accident": Accident(kind="auto", on=date(2026, 8, 1), state="OH"),
        "admission": Admission(admitted=date(2026, 11, 2), discharged=date(2026, 11, 5)),
        "providers": (SURGEON,),
        "performer": CASE.requester.model_copy(
            update={
                "person": None,
                "organization": "Riverbend Imaging, Inc.",
                "tax_id": "314159265",
            }
        ),
        "diagnoses": tuple(
            Diagnosis(code=f"M54.{n}", onset=date(2026, 7, 4)) for n in range(10, 22)
        ),
        "service_lines": LINES,
    }
)
LINE_1 = {
    "lines.1.from.mm": "11", "lines.1.to.yy": "26", "lines.1.place": "22", "lines.1.code": "72141",
    "lines.1.modifier_4": "59", "lines.1.pointer": "AL", "lines.1.units": "1",
    "lines.1.emg": "emergency", "lines.1.npi": "9000000023",
}  # fmt: skip


def blank():
    """The real form, which is not ours to keep here."""
    folder = os.environ.get("PRIOR_AUTH_CASES")
    if not folder:
        pytest.skip("PRIOR_AUTH_CASES names no folder of real forms")
    return (Path(folder) / "forms" / "cms1500_blank2p.pdf").read_bytes()


def fill(case=FULL, sent=None, template=NAME):
    told = b64encode(sent).decode() if sent else None
    return fill_form(FillFormRequest(template=template, pdf_base64=told, case=case)).form


def test_items_are_written_as_the_nucc_asks():
    done = fill()
    found = values(done)
    assert found["item.2"] == "LOPEZ, MARIA, E"
    assert found["item.5.street"] == "7 ORCHARD LANE"
    assert found["item.23"] == "AUTH7712"
    assert found["item.21.l"] == "M5421" and found["item.21.indicator"] == "0"
    assert (found["item.10"], found["item.10b.state"]) == ("auto", "OH")
    assert (found["item.25"], found["item.25.kind"]) == ("314159265", "ein")
    assert found["item.33.name"] == "RIVERBEND IMAGING INC"
    assert found["item.5.phone.area"], found["item.5.phone.number"] == ("614", "5550123")
    assert {key: found[key] for key in LINE_1} == LINE_1
    assert (done.overflow, done.notices, done.missing_required, done.pages) == ((), (), (), 1)
    assert [found[sign] for sign in ("item.12", "item.13", "item.31", "item.31.date")] == [None] * 4


def test_each_character_stands_in_the_middle_of_its_cell():
    grid = supplied(NAME).mapping.grid
    characters = opened(pdf(fill()))[0]
    assert len(characters) > 500 and {c["fontname"].split("+")[-1] for c in characters} == {
        "Courier"
    }
    for one in characters:
        column = ((one["x0"] + one["x1"]) / 2 - grid.x) / grid.col
        assert column % 1 == pytest.approx(0.5, abs=0.05)
        row = (grid.y - (792 - one["bottom"])) / grid.row
        assert min(row % 1, 1 - row % 1) < 0.3


def test_the_data_alone_is_on_white_paper_and_the_same_each_time():
    assert pages(pdf(fill()))[0].startswith("SANDBOX HEALTH PLAN")
    assert fill() == fill()


@pytest.mark.parametrize("template", [NAME, FILLABLE])
def test_the_data_lands_in_the_boxes_of_the_real_form(template):
    """Each value of the grid stands inside the field that the fillable form has at that place."""
    form = blank()
    places = {w.name: w.box for w in widgets(form) if w.page == 0}
    fields = {entry: at.pdf for entry, at in supplied(FILLABLE, form).mapping.places() if not at.on}
    picture = render(pdf(fill(sent=form, template=template)), 72)[0]
    empty = render(form, 72)[0]
    wanted = [
        "item.1a", "item.2", "item.4", "item.5.street", "item.5.city", "item.7.zip", "item.11",
        "item.11c", "item.17.name", "item.17b", "item.23", "lines.1.code", "lines.6.code",
        "lines.6.units", "lines.3.npi", "item.25", "item.26", "item.32.name", "item.33.city",
        "item.33a",
    ]  # fmt: skip
    missed = [
        name
        for name in wanted
        if dark(picture, places[fields[name]]) <= dark(empty, places[fields[name]]) + 5
    ]
    assert missed == []


def test_the_grid_over_the_real_form_leaves_what_stays_empty_empty():
    form = blank()
    places = {w.name: w.box for w in widgets(form) if w.page == 0}
    done, empty = (render(data, 72)[0] for data in (pdf(fill(sent=form)), form))
    for name in ("other_ins_name", "96", "t_charge", "amt_paid", "pt_signature", "ins_signature"):
        assert dark(done, places[name]) <= dark(empty, places[name])


def test_more_lines_than_six_and_long_names_go_to_the_addendum():
    name = PersonName(family="Featherstonehaugh-Wolfeschlegel", given="Maximiliana")
    case = FULL.model_copy(
        update={
            "service_lines": (*LINES, LINES[0]),
            "patient": FULL.patient.model_copy(update={"name": name}),
        }
    )
    done = fill(case)
    assert done.overflow == ("item.2", "item.4", "lines")
    text = pages(pdf(done))
    assert "SEE ADDENDUM" in text[0] and "FEATHERSTONEHAUGH-WOLFESCHLEGEL, MAXIMILIANA" in text[1]
    assert [told.page for told in done.continued][:2] == [2, 2]
    assert len(text) == done.pages == max(told.page for told in done.continued)


@pytest.mark.parametrize("size", [(0, 0, 300, 400)])
def test_a_page_of_another_size_is_no_form_for_the_grid(size):
    with pytest.raises(Refused, match="template_mismatch"):
        fill(sent=flat(crop=size))
    with pytest.raises(UnreadableDocument):
        fill(sent=b"no PDF at all")


def test_the_grid_of_ten_by_six_is_the_default():
    first, next_down = (Grid().corners(Cell(row=row, col=1)) for row in (1, 2))
    assert first == pytest.approx((22.3, 759.59, 29.5, 771.64), abs=0.01)
    assert first[1] - next_down[1] == pytest.approx(12.05)
