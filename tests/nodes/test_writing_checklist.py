"""The administrative checklist: all eight, always; what is not stated is said to be missing."""

from datetime import date

import pytest

from nodes.care import Delivery
from nodes.case import Provider
from nodes.chart import Note
from nodes.writing.checklist import Item, checklist
from nodes.writing.draft import Material
from tests.growth import BOUND, seconds
from tests.nodes.writing_world import case, chart

EIGHT = Item.__args__


def note(text, written=date(2026, 11, 12), name="n1"):
    return Note(id=f"DocumentReference/{name}", title="Visit", written=written, text=text)


def filled(one=None, *notes):
    told = checklist(Material(one or case(), chart(notes=notes)))
    assert tuple(item.item for item in told) == EIGHT
    return {item.item: item for item in told}


def line(**changes):
    return case(service_lines=(case().service_lines[0].model_copy(update=changes),))


def test_all_eight_are_there_even_for_a_bare_case():
    told = filled()
    assert {name for name, item in told.items() if item.status == "missing"} == {
        "dates", "place_of_service", "npi", "follow_up_plan",
    }  # fmt: skip
    assert all(item.lacks for item in told.values() if item.status != "stated")
    assert all(item.says for item in told.values() if item.status != "missing")


def test_codes_name_services_and_diagnoses():
    assert filled()["codes"].says == "CPT 72148; for ICD-10-CM M54.16"


def test_therapy_says_how_often_and_how_long():
    given = Delivery(quantity=2, per="week", periods=6, period="week")
    told = filled(line(quantity=12, unit="visit", delivery=given))
    assert told["units"].says == "72148: 12 visits"
    assert told["frequency"].says == "72148: 2 visits per week"
    assert told["duration"].says == "72148: 6 weeks"


def test_many_units_without_delivery_lack_frequency_and_duration():
    told = filled(line(quantity=12, unit="visit"))
    assert told["frequency"].status == told["duration"].status == "missing"


def test_one_line_of_two_without_a_date_is_partly():
    first = case().service_lines[0].model_copy(update={"start": date(2026, 12, 1)})
    second = case().service_lines[0].model_copy(update={"code": "72158"})
    told = filled(case(service_lines=(first, second)))["dates"]
    assert (told.status, told.says) == ("partly", "72148: 2026-12-01")
    assert told.lacks and "72158" in told.lacks


def test_a_performing_provider_without_npi_is_asked_for():
    told = filled(
        case(
            requester=case().requester.model_copy(update={"npi": "9999999999"}),
            performer=Provider(organization="Imaging"),
        )
    )["npi"]
    assert told.status == "partly" and "performing" in (told.lacks or "")


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: MRI lumbar spine. Follow up in 4 weeks after the MRI.",
        "Plan:\n1. MRI\n2. RTC 6 weeks\n3. continue naproxen; rtc in 6 wks",
        "Return to clinic in 2 weeks to review results",
        "Will reassess after physical therapy. F/U with Dr. Osei to discuss the MRI.",
        "Follow-up: 3 months",
        "recheck A1c in 3 months",
        "RTC 6 weeks",
    ],
)
def test_the_plan_is_quoted_with_its_place(text):
    told = filled(None, note(text))["follow_up_plan"]
    assert told.status == "stated" and told.citation
    start, end = map(int, told.citation.fact.partition("#")[2].split("-"))
    assert text[start:end] == told.citation.quote


@pytest.mark.parametrize(
    "text",
    [
        "Patient was lost to follow-up after 3 months.",
        "Follow-up visit for low back pain. Pain 6/10.",
        "She missed her follow up in 2 weeks.",
        "Here for follow-up after 6 weeks of therapy.",
        "Follow up 3 weeks ago with spine.",
        "No follow-up was arranged.",
    ],
)
def test_what_was_is_no_plan(text):
    assert filled(None, note(text))["follow_up_plan"].status == "missing"


def test_the_latest_note_is_quoted():
    old = note("Follow up in 2 weeks.", date(2026, 9, 1), "n0")
    new = note("Follow up in 8 weeks.")
    told = filled(None, old, new)["follow_up_plan"]
    assert told.citation and told.citation.quote == "Follow up in 8 weeks"


def test_long_notes_take_time_in_proportion():
    once, more = seconds(
        lambda one: filled(None, one), lambda size: note("recheck the follow up " * size), 1000
    )
    assert more < BOUND * once
