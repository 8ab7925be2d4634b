"""What forms take from a chart, each value with the fact it comes from."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nodes.assemble_packet import AssemblePacketRequest
from nodes.chart import Chart, Coding, Course, Fact, Manifest, Quantity
from nodes.fill_form import FillFormRequest, fill_form
from nodes.pdf.charted import charted
from tests import gates
from tests.nodes.forms_drawn import filled, form, upload, values
from tests.nodes.forms_world import CASE, pages, pdf


def fact(number, kind, name, code=None, **more):
    """A fact with a name, and a LOINC code where one is given."""
    coding = Coding(system="LOINC" if code else "OTHER", code=code or "x", display=name)
    told = {"id": f"{kind.title()}/{number}", "kind": kind, "quote": f"{name}.", "why": "test"}
    return Fact(**told, codes=(coding,), **more)


def measured(number, name, code, value, unit, on, **more):
    quantity = Quantity(value=Decimal(value), unit=unit)
    return fact(number, "observation", name, code, value=quantity, start=on, **more)


def chart(*facts):
    """A chart of these facts."""
    at = datetime(2026, 11, 20, tzinfo=UTC)
    manifest = Manifest(ehr="test", at=at, since=date(2024, 1, 1), searches=())
    return Chart(patient=CASE.patient.id, facts=facts, notes=(), manifest=manifest)


OLD = measured(1, "Body weight", "29463-7", "90", "kg", date(2025, 1, 1))
NEW = measured(2, "Body weight", "29463-7", "180.5", "[lb_av]", date(2026, 10, 1))
TALL = measured(3, "Body height", "8302-2", "170", "cm", date(2026, 10, 1))
A1C = measured(4, "Hemoglobin A1c", "4548-4", "8.20", "%", date(2026, 9, 1))
WRONG = measured(5, "Body weight", "29463-7", "18", "kg", date(2026, 11, 1), status="cancelled")
PENICILLIN = fact(6, "allergy", "Penicillin", start=date(2020, 1, 1))
REFUTED = fact(7, "allergy", "Latex", status="refuted")
ENDED = fact(
    8, "medication", "methotrexate 15 MG", start=date(2026, 1, 5), end=date(2026, 4, 5),
    status="stopped", course=Course(event="stated", stopped="raised liver enzymes"),
)  # fmt: skip
TAKEN = fact(9, "medication", "naproxen 500 MG", start=date(2026, 9, 8), status="active")
ALL = chart(OLD, NEW, TALL, A1C, WRONG, PENICILLIN, REFUTED, ENDED, TAKEN)
FIELDS = """
  - {id: weight, from: chart.weight.text, pdf: a}
  - {id: kilograms, from: chart.weight.kilograms, pdf: b}
  - {id: height, from: chart.height.inches, pdf: c}
  - {id: allergies, from: chart.allergies, join: "{name}", pdf: d}
  - id: a1c
    from: chart.measurements
    only: {code: ["4548-4"]}
    join: "{text} {on}"
    take: 1
    pdf: e
  - id: tried
    label: Drug tried
    from: chart.tried
    repeat: {max: 1}
    columns:
      - {id: name, from: name, pdf: "drug{n}"}
      - {id: outcome, from: stopped, pdf: "why{n}"}
"""
BOXES = ("a", "b", "c", "d", "e", "drug1", "why1")


def test_the_latest_values_are_taken_with_their_facts():
    done = filled(form(*BOXES), FIELDS, chart=ALL)
    told = {field.id: (field.value, field.source) for field in done.fields}
    assert told == {
        "weight": ("180.5 lb", "Observation/2"),
        "kilograms": ("81.9", "Observation/2"),
        "height": ("66.9", "Observation/3"),
        "allergies": ("Penicillin", "Allergy/6"),
        "a1c": ("8.2 % 09/01/2026", "Observation/4"),
        "tried.1.name": ("methotrexate 15 MG", "Medication/8"),
        "tried.1.outcome": ("raised liver enzymes", "Medication/8"),
    }
    assert {field.by for field in done.fields} == {"fact"}
    assert "Latex" not in pages(pdf(done))[0]


def test_without_a_chart_its_fields_stay_blank():
    done = filled(form(*BOXES), FIELDS)
    assert set(values(done).values()) == {None} and done.notices == ()


def test_a_drug_of_which_nobody_says_that_it_ended_was_not_tried_in_vain():
    read = charted(ALL)
    assert [drug.name for drug in read.tried] == ["methotrexate 15 MG"]
    assert [drug.name for drug in read.current] == ["naproxen 500 MG"]


def test_an_unknown_unit_is_not_converted():
    odd = measured(1, "Body weight", "29463-7", "12", "stone", date(2026, 1, 1))
    weight = charted(chart(odd)).weight
    assert (weight.text, weight.pounds, weight.kilograms) == ("12 stone", None, None)


@pytest.mark.parametrize("kept", [True, False])
def test_an_uploaded_form_filled_from_the_chart_is_made_again(kept):
    parts = gates.parts()
    sent = upload(form("a", "b"), "  - {id: f, from: chart.facts.0.text, pdf: a}")
    done = fill_form(
        FillFormRequest(
            upload=sent, case=parts.case, chart=parts.chart,
            summary=parts.summary, assessment=parts.assessment,
        )
    ).form  # fmt: skip
    assert done.fields[0].value and done.fields[0].by == "fact"
    asked = AssemblePacketRequest.model_construct(
        **dict(parts) | {"form": done, "form_upload": sent if kept else None}
    )
    answer = gates.assemble_packet(asked, principal=gates.PREPARER, key=gates.key)
    stops = [stop.pointer for stop in answer.packet.hard_stops]
    assert stops == ([] if kept else ["/form/template"])
    changed = asked.model_copy(update={"chart": chart(OLD)}) if kept else asked
    again = gates.assemble_packet(changed, principal=gates.PREPARER, key=gates.key)
    assert again.packet.hard_stops
