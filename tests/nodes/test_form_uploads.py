"""Forms that a caller brings, with mappings that use all that a mapping may say."""

from datetime import date

import pytest

from nodes.care import Accident
from nodes.case import InvolvedProvider, PersonName, ServiceLine
from nodes.errors import UnreadableDocument
from tests.nodes.forms_drawn import filled, flat, form, shown, upload, values
from tests.nodes.forms_world import CASE, pages, pdf, with_patient

BOX = "/Yes"


def changed(**changes):
    return CASE.model_copy(update=changes)


def one(entry, pdf=None, **options):
    """The value and the notices of a form with one entry."""
    done = filled(pdf or form("a", "b", "c"), f"  - {entry}", **options)
    return values(done), [(notice.field, notice.code) for notice in done.notices]


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("{id: x, from: case.patient.birth_date, date: MMDDYY, pdf: a}", "040971"),
        ("{id: x, from: case.patient.phone, strip: '-', pdf: a}", "6145550123"),
        ("{id: x, from: case.patient.phone, validate: phone, cut: [3, 10], pdf: a}", "5550123"),
        ("{id: x, from: case.patient.name.family, case: upper, pdf: a}", "LOPEZ"),
        ("{id: x, from: [case.performer.display, case.requester.display], pdf: a}", "Ruth Adeyemi"),
        ("{id: x, from: case.insured.name, join: '{family}', pdf: a}", "Lopez"),
        ("{id: x, from: case.diagnoses.0.code, strip: '.', validate: icd10, pdf: a}", "M5416"),
        ("{id: x, from: case.diagnoses.3.code, pdf: a}", None),
        ("{id: x, from: case.service_lines, join: '{modifiers}', take: 1, pdf: a}", "26, TC"),
        ("{id: x, text: Initial, when: {case.certification: initial}, pdf: a}", "Initial"),
        ("{id: x, text: Renewal, when: {case.certification: [renewal]}, pdf: a}", None),
        ("{id: x, from: case.patient.address.postal_code, validate: zip, pdf: [a, b]}", "43002"),
    ],
)
def test_a_value_is_written_as_its_field_asks(entry, value):
    found, notices = one(entry)
    assert (found["x"], notices) == (value, [])


def test_a_date_and_a_name_are_split_over_fields():
    fields = """
  - id: born
    from: case.patient.birth_date
    split:
      - {id: mm, date: MM, pdf: a}
      - {id: dd, date: DD, pdf: b}
      - {id: yyyy, date: YYYY, pdf: c}
  - id: name
    from: case.patient.name
    split:
      - {id: last, join: "{family}", pdf: d}
      - {id: first, join: "{given} {middle}", pdf: e}
"""
    done = filled(form("a", "b", "c", "d", "e"), fields)
    assert list(values(done).values()) == ["04", "09", "1971", "Lopez", "Maria E"]
    assert [field.source for field in done.fields][3:] == ["case.patient.name"] * 2
    assert pages(pdf(done)) == ["04 09 1971 Lopez Maria E"]


@pytest.mark.parametrize(
    ("check", "phone"),
    [("phone", "call the desk"), ("phone", "555-0123"), ("zip", "4300"), ("npi", "9000000016")],
)
def test_what_fails_its_check_is_left_blank_and_told(check, phone):
    entry = f"{{id: x, from: case.patient.phone, validate: {check}, required: true, pdf: a}}"
    done = filled(form("a"), f"  - {entry}", case=with_patient(phone=phone))
    assert values(done) == {"x": None}
    assert [(n.field, n.code) for n in done.notices] == [("x", "invalid")]
    assert done.missing_required == ("x",) and pages(pdf(done)) == [""]


def test_boxes_are_ticked_by_value_and_what_has_no_box_is_told():
    fields = """
  - id: sex
    from: case.patient.sex
    choice:
      female: {pdf: f, on: /Yes}
      male: {pdf: m, on: /Yes}
  - id: modality
    from: case.service_lines
    join: "{code}"
    words: {"72148": mri}
    choice:
      mri: [{pdf: a, on: /Yes}, {pdf: b, on: /Yes}]
"""
    drawn = form(boxes=[(name, BOX) for name in "fmab"])
    done = filled(drawn, fields)
    assert values(done) == {"sex": "female", "modality": "mri"}
    other = ServiceLine(system="CPT", code="99213")
    blank = filled(
        drawn,
        fields,
        case=changed(service_lines=(other,)).model_copy(
            update={"patient": CASE.patient.model_copy(update={"sex": "unknown"})}
        ),
    )
    assert values(blank) == {"sex": None, "modality": None}
    assert [(n.field, n.code) for n in blank.notices] == [("sex", "no_box"), ("modality", "no_box")]


def test_a_table_keeps_to_its_rows_with_boxes_and_split_dates():
    fields = """
  - id: lines
    label: Service
    from: case.service_lines
    only: {system: [CPT]}
    repeat: {max: 2}
    columns:
      - {id: code, from: code, pdf: "code{n}"}
      - {id: place, from: case.place_of_service, pdf: [p1, p2]}
      - id: start
        from: [end, start]
        split:
          - {id: mm, date: MM, pdf: "mm{n}"}
      - id: side
        from: laterality
        choice:
          left: {pdf: "left{n}", on: /Yes}
          right: {pdf: "right{n}", on: /Yes}
"""
    drawn = form(
        "code1", "code2", "p1", "p2", "mm1", "mm2",
        boxes=[(name, BOX) for name in ("left1", "left2", "right1", "right2")],
    )  # fmt: skip
    lines = (
        ServiceLine(system="HCPCS", code="E0601"),
        ServiceLine(system="CPT", code="72148", start=date(2026, 11, 30), laterality="right"),
        ServiceLine(system="CPT", code="72149", start=date(2026, 12, 1), end=date(2027, 1, 1)),
        ServiceLine(system="CPT", code="72158"),
    )
    done = filled(drawn, fields, case=changed(service_lines=lines))
    found = values(done)
    assert (found["lines.1.code"], found["lines.2.code"]) == ("72148", "72149")
    assert (found["lines.1.side"], found["lines.2.side"]) == ("right", None)
    assert (found["lines.1.start.mm"], found["lines.2.start.mm"]) == ("11", "01")
    assert (found["lines.1.place"], found["lines.2.place"]) == ("22", "22")
    sources = {field.id: field.source for field in done.fields}
    assert sources["lines.1.code"] == "case.service_lines.1.code"
    assert sources["lines.1.place"] == "case.place_of_service"
    assert done.overflow == ("lines",) and done.pages == 2
    assert "72158" in pages(pdf(done))[1]


def test_a_text_too_long_for_its_box_says_where_it_goes_on():
    fields = "  - {id: x, label: Name, from: case.coverage.plan_name, limit: 5, pdf: a}"
    done = filled(form("a"), fields)
    (told,) = done.continued
    assert (told.field, told.characters, told.page) == ("x", 10, 2)
    assert pages(pdf(done))[0] == "See addendum"
    assert "Choice PPO" in pages(pdf(done))[1]


def test_a_field_named_twice_is_filled_once_and_told():
    fields = """
  - {id: first, from: case.id, pdf: a}
  - {id: second, text: other, when: {case.urgency: standard}, pdf: b}
"""
    done = filled(form("a", "b"), fields)
    assert done.notices == ()
    with pytest.raises(UnreadableDocument, match="a is filled twice"):
        filled(form("a", "b"), fields.replace("pdf: b", "pdf: a"))


def test_an_item_that_a_list_of_the_form_lacks_is_told_and_left_out():
    drawn = form("a", lists=[("urgency", ["standard", "urgent"])])
    fields = "  - {id: x, from: case.urgency, pdf: urgency}\n  - {id: y, from: case.id, pdf: a}"
    assert values(filled(drawn, fields))["x"] == "standard"
    done = filled(drawn, fields, case=changed(urgency="emergency"))
    assert values(done)["x"] is None
    assert [(n.field, n.code) for n in done.notices] == [("x", "bad_choice")]


def test_what_a_form_takes_nowhere_is_listed():
    line = CASE.service_lines[0].model_copy(update={"message": "please"})
    case = changed(service_lines=(*CASE.service_lines, line), accident=Accident(kind="auto"))
    fields = """
  - {id: a, from: case.patient.name, join: "{family}", pdf: a}
  - {id: b, from: case.service_lines.0.code, pdf: b}
  - {id: c, from: case.requester.display, pdf: c}
"""
    done = filled(form("a", "b", "c", "spare"), fields, case=case)
    left = done.unmapped_paths
    assert {"case.patient.name.given", "case.accident.kind"} <= set(left)
    assert {"case.service_lines.1.code", "case.service_lines.1.message"} <= set(left)
    assert not {"case.patient.name.family", "case.service_lines.0.code"} & set(left)
    assert not [path for path in left if path.startswith("case.requester.person")]
    assert done.unmapped_fields == ("spare",)


@pytest.mark.parametrize(
    ("crop", "rotate"),
    [(None, 0), ((100, 50, 500, 650), 0), (None, 90), ((100, 50, 500, 650), 270)],
)
def test_a_flat_form_is_written_on_where_its_reader_sees_the_place(crop, rotate):
    fields = """
  - {id: name, label: Name, from: case.patient.name, join: "{family}",
     at: {x: 60, y: 200, w: 120, h: 14}}
  - {id: npi, label: NPI, from: case.requester.npi, at: {x: 60, y: 100, w: 160, h: 14, pitch: 16}}
  - {id: sex, label: Sex, from: case.patient.sex,
     choice: {female: {at: {x: 250, y: 200, w: 10, h: 10}}}}
"""
    done = filled(flat(crop=crop, rotate=rotate), fields, kind="overlay")
    words = shown(pdf(done))
    left, foot = words["Lopez"]
    assert 60 <= left <= 64 and 198 <= foot <= 206
    assert 248 <= words["X"][0] <= 258 and 196 <= words["X"][1] <= 206
    digits = [words[key][0] for key in words if len(key) == 1 and key.isdigit()]
    assert digits and all(60 <= x <= 220 for x in digits)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("at: {page: 3, x: 1, y: 1, w: 10}", "no page 3"),
        ("at: {x: 600, y: 1, w: 100}", "outside the page"),
        ("at: {x: 60, y: 105, w: 100}", "must stay empty"),
        ("grid: {row: 90, col: 1}", "outside the page"),
        ("pdf: a", "no text field a"),
        ("at: {x: 1, y: 1, w: 10}, pdf: a", "needs either"),
    ],
)
def test_a_place_that_cannot_be_is_told(place, told):
    sign = "sign: [{id: s, at: {x: 50, y: 100, w: 200}, never_fill: true}]"
    with pytest.raises(UnreadableDocument, match=told):
        filled(
            flat(), f"  - {{id: x, label: X, from: case.id, {place}}}", kind="overlay", more=sign
        )


def test_providers_are_found_by_their_part():
    doctor = InvolvedProvider(
        role="primary_care", person=PersonName(family="Brandt", given="Uwe"), npi="9000000023"
    )
    fields = """
  - {id: a, from: case.primary_care.display, pdf: a}
  - {id: b, from: case.providers, only: {role: [primary_care]}, join: "{npi}", take: 1, pdf: b}
  - {id: c, from: case.referring.display, pdf: c}
"""
    done = filled(form("a", "b", "c"), fields, case=changed(providers=(doctor,)))
    assert list(values(done).values()) == ["Uwe Brandt", "9000000023", None]


def test_an_upload_is_told_apart_by_its_hash():
    first, second = (filled(form("a"), f"  - {{id: x, text: {t}, pdf: a}}") for t in ("A", "B"))
    assert first.template == second.template == "test/form"
    assert first.template_sha256 != second.template_sha256
    assert upload(form("a"), "  - {id: x, text: A, pdf: a}").mapping.count("text: A") == 1
