"""Drugs of a chart as forms ask for them: each once, with dates, never the one asked for."""

from datetime import date

import pytest

from nodes.pdf.therapies import OrderedDrug, Therapy, ordered_drug, therapies
from tests.growth import BOUND, seconds
from tests.server.test_sandbox_scenes import fetched
from tests.world import case_and_chart

MAY = date(2026, 5, 1)
CHART = fetched("adalimumab-good").chart
TAKEN = {one.name.partition(" ")[0]: one for one in therapies(CHART)}


def named(name, dosage=None):
    return OrderedDrug(fact="MedicationRequest/1", name=name, dosage=dosage)


def test_the_ordered_drug_is_the_order_s_own():
    drug = ordered_drug(CHART)
    assert drug.fact == CHART.order == "MedicationRequest/mr-castell-adalimumab"
    assert (drug.strength, drug.route, drug.quantity) == (
        "40 MG in 0.4 ML",
        "Subcutaneous",
        "2 pen",
    )
    assert (drug.days_supply, drug.refills) == (28, 5)
    assert ordered_drug(case_and_chart("lopez")[1]) is None


def test_each_drug_stands_once_and_the_ordered_one_not_at_all():
    assert list(TAKEN) == [
        "triamcinolone", "hydroxychloroquine", "prednisone", "methotrexate", "folic",
    ]  # fmt: skip


def test_fills_of_one_drug_are_one_therapy_over_all_its_months():
    taken = TAKEN["methotrexate"]
    assert (taken.fills, taken.dosage) == (6, "6 tablets (15 mg) once a week")
    assert taken.dates == "05/11/2026 to 11/02/2026, 6 fills"


def test_what_was_stopped_has_its_reason_and_no_end_that_nobody_wrote():
    taken = TAKEN["hydroxychloroquine"]
    assert (taken.stopped, taken.through) == ("Rash after three weeks", None)
    assert taken.dates == "from 06/22/2026, 1 fill"


def test_what_was_given_is_no_fill():
    assert TAKEN["triamcinolone"].dates == "07/20/2026, given 1 time"


@pytest.mark.parametrize(
    ("changes", "dates"),
    [
        ({}, None),
        ({"started": MAY, "status": "active"}, "since 05/01/2026"),
        ({"started": MAY, "through": MAY, "fills": 1}, "05/01/2026, 1 fill"),
        ({"started": MAY, "through": date(2026, 6, 1)}, "05/01/2026 to 06/01/2026"),
    ],
)  # fmt: skip
def test_dates_say_no_more_than_the_record(changes, dates):
    assert Therapy(fact="MedicationRequest/1", name="drug", **changes).dates == dates


@pytest.mark.parametrize(
    ("name", "strength"),
    [
        ("metformin hydrochloride 1000 MG Oral Tablet", "1000 MG"),
        ("triamcinolone acetonide 40 MG/ML injection", "40 MG/ML"),
        ("insulin glargine 100 UNT/ML Injectable Solution", "100 UNT/ML"),
        ("metronidazole 0.75 % topical gel", "0.75 %"),
        ("vitamin B12", None),
        ("aspirin 81MG tablet", "81MG"),
        ("drug 10 MGX", None),
    ],
)
def test_a_strength_is_found_in_a_name_or_left_out(name, strength):
    assert named(name).strength == strength


@pytest.mark.parametrize(
    ("dosage", "route"),
    [
        ("Take 1 tablet by mouth daily", "Oral"),
        ("Inject 28 units under the skin at bedtime", "Subcutaneous"),
        ("1 tablet daily", None),
        ("by mouth, or under the skin when vomiting", None),
        ("temporally", None),
    ],
)
def test_a_route_is_said_once_or_left_out(dosage, route):
    assert named("drug", dosage).route == route


def test_a_withdrawn_fact_is_no_therapy():
    facts = tuple(one.model_copy(update={"status": "entered-in-error"}) for one in CHART.facts)
    gone = CHART.model_copy(update={"facts": facts})
    assert therapies(gone) == ()
    assert ordered_drug(gone) is None


def test_a_long_name_takes_no_longer_than_its_letters():
    once, much = seconds(lambda name: named(name).strength, lambda size: "1 " * size, 1000)
    assert much <= BOUND * once
