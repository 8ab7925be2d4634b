"""Quantities over delivery and lines, the patient's own state, and lines that last."""

from datetime import date

import pytest
from pydantic import ValidationError

from nodes.care import Delivery
from nodes.case import Address, Provider
from nodes.check_requirement import CheckRequirementRequest, check_requirement
from nodes.requirement.amounts import Amount, of_line
from nodes.requirement.eligibility import Eligibility
from nodes.requirement.exemption import PayerExemption
from nodes.requirement.question import AskedLine, of_case
from tests.nodes.policy_world import case
from tests.nodes.requirement_world import TODAY, ask, question, row, tables

FEW = tables(row("few", quantity="{at_most: 12}", needed="no-auth"),
             row("many", quantity="{at_least: 13}"))  # fmt: skip
WEEKLY = Delivery(quantity=3, per="week", periods=12, period="week")


def lines(*given):
    made = tuple(AskedLine(**({"system": "CPT", "code": "72148"} | one)) for one in given)
    return question().model_copy(update={"lines": made})


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ([{"quantity": 12}], "no-auth"),
        ([{"quantity": 12}, {"quantity": 12}], "auth-needed"),
        ([{"quantity": 6}, {"quantity": 6}], "no-auth"),
        ([{"quantity": 12}, {"quantity": 9, "code": "99213"}], "no-auth"),
        ([{"quantity": 1, "unit": "visit", "delivery": WEEKLY}], "auth-needed"),
        ([{"quantity": 12, "unit": "month"}], "conditional"),
        ([{"quantity": 12, "unit": "hour"}], "conditional"),
        ([{"quantity": 6}, {}], "conditional"),
    ],
)
def test_a_rule_counts_all_that_is_asked_for(given, needed):
    assert ask(FEW, lines(*given)).needed == needed


def test_a_rule_may_count_visits():
    held = tables(row("a", quantity="{at_most: 36, unit: visit}", needed="no-auth"))
    assert ask(held, lines({"delivery": WEEKLY})).needed == "no-auth"
    said = ask(held, lines({"quantity": 20}))
    assert said.needed == "conditional" and "by visit" in said.questions[0].ask


@pytest.mark.parametrize(
    ("delivery", "amount"),
    [
        ({"quantity": 6}, Amount(6, 6)),
        ({"quantity": 6, "periods": 3, "period": "month"}, Amount(6, 6)),
        ({"quantity": 2, "per": "week"}, Amount(2, None)),
        ({"quantity": 2, "per": "week", "periods": 6, "period": "week"}, Amount(12, 12)),
        ({"quantity": 2, "per": "week", "every": 2, "periods": 6, "period": "week"}, Amount(6, 6)),
        ({"quantity": 1, "per": "month", "periods": 1, "period": "year"}, Amount(12, 12)),
        ({"quantity": 1, "per": "week", "periods": 1, "period": "month"}, Amount(4, 5)),
        ({"quantity": 1, "per": "week", "periods": 1, "period": "episode"}, Amount(1, None)),
        ({"quantity": 1, "per": "year", "periods": 3, "period": "week"}, Amount(1, 1)),
    ],
)
def test_a_delivery_in_all(delivery, amount):
    given = AskedLine(system="CPT", code="72148", delivery=Delivery(**delivery))
    assert of_line(given, "visit") == amount


def home(state, **changes):
    there = Address(lines=("1 Elm",), city="A", state=state, postal_code="12345")
    known = case(**changes)
    return known.model_copy(
        update={
            "patient": known.patient.model_copy(update={"address": there}),
            "performer": Provider(
                organization="S", address=there.model_copy(update={"state": "FL"})
            ),
        }
    )


def test_at_home_the_state_is_the_patients():
    assert of_case(home("TX", place_of_service="12")).service_state == "TX"
    assert of_case(home("TX", facility_type="32")).service_state == "TX"
    assert of_case(home("TX", place_of_service="11")).service_state == "FL"
    nobody = case(place_of_service="12").patient.model_copy(update={"address": None})
    known = home("TX", place_of_service="12").model_copy(update={"patient": nobody})
    assert of_case(known).service_state is None


def test_a_state_that_is_none_is_asked_for():
    asked = of_case(home("ZZ", place_of_service="12"))
    assert (asked.service_state, asked.member_state) == (None, None)
    with pytest.raises(ValidationError, match="no state or territory"):
        question(service_state="ZZ")
    with pytest.raises(ValidationError, match="in capitals"):
        question(service_state="tx")


def test_a_day_not_stated_warns():
    line = case().service_lines[0]
    held = tables(row("a", payers="[SBXHP01]"))

    def warned(start):
        known = case(service_lines=(line.model_copy(update={"start": start}),))
        request = CheckRequirementRequest(case=known, as_of=TODAY)
        (said,) = check_requirement(request, held=lambda: held).lines
        return any("date of service is not stated" in one for one in said.warnings)

    assert warned(None) and not warned(TODAY)


def test_a_line_that_ends_before_it_begins_is_refused():
    line = case().service_lines[0].model_copy(update={"start": TODAY, "end": date(2026, 11, 1)})
    with pytest.raises(ValidationError, match="service line 1 ends before it begins"):
        CheckRequirementRequest(case=case(service_lines=(line,)), as_of=TODAY)
    with pytest.raises(ValidationError, match="ends before it begins"):
        lines({"on": TODAY, "until": date(2026, 11, 1)})


LONG = {"on": date(2026, 11, 20), "until": date(2027, 1, 31)}


def test_a_rule_that_begins_or_ends_inside_a_line_counts():
    for first, second in (("no-auth", "auth-needed"), ("auth-needed", "no-auth")):
        held = tables(
            row("a", needed=first, effective="{from: 2026-01-01, to: 2026-12-31}"),
            row("b", needed=second, effective="{from: 2027-01-01}"),
        )
        said = ask(held, lines(LONG))
        assert said.needed == "auth-needed" and said.considered == ("own/a", "own/b")
        assert any("rules change between" in one for one in said.warnings)
    held = tables(row("a", needed="no-auth", effective="{from: 2026-01-01, to: 2026-12-31}"))
    assert ask(held, lines(LONG)).needed == "unknown"


def test_a_coverage_that_ends_inside_a_line_warns():
    coverage = Eligibility(payer="P1", active=True, last=date(2026, 12, 31), checked=TODAY)
    said = ask(tables(row("a")), lines(LONG), eligibility=coverage)
    assert said.needed == "auth-needed"
    assert any("ends before the last day" in one for one in said.warnings)


def test_an_exemption_must_last_to_the_end_of_a_line():
    given = PayerExemption(payer="P1", system="CPT", codes=("72148",), npi="9000000031",
                           first=date(2026, 1, 1), last=date(2026, 12, 31), confirmed=TODAY,
                           notice="letter")  # fmt: skip
    about = lines(LONG).model_copy(update={"npis": ("9000000031",)})
    said = ask(tables(row("a")), about, exemptions=(given,))
    assert said.needed == "auth-needed" and "last day" in said.refused[0].reason


def test_billed_together_means_on_the_same_day():
    held = tables(row("a", together="drug"))
    drug = {"system": "HCPCS", "code": "J0585"}
    assert ask(held, lines({"on": TODAY}, drug | {"on": TODAY})).needed == "auth-needed"
    assert ask(held, lines({"on": TODAY}, drug | {"on": date(2026, 12, 1)})).needed == "conditional"
    assert ask(held, lines(LONG, drug | {"on": date(2026, 12, 1)})).needed == "auth-needed"


def test_a_modifier_is_a_circumstance():
    held = tables(row("a"), row("b", modifiers="[ST]", needed="no-auth"))
    assert ask(held, lines({"modifiers": ("ST",)})).needed == "no-auth"
    assert ask(held, lines({"modifiers": ("RT",)})).needed == "auth-needed"


def test_an_open_line_is_told_beside_one_that_needs_authorization():
    def answer(*given):
        request = CheckRequirementRequest(question=lines(*given), as_of=TODAY)
        return check_requirement(request, held=lambda: tables(row("a")))

    both = answer({}, {"code": "99213"})
    assert (both.needed, both.open) == ("auth-needed", True)
    assert not answer({}).open
