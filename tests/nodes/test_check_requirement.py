"""check-requirement: the most specific rule of this payer, or a question, or unknown."""

from datetime import date
from itertools import permutations

import pytest
from pydantic import ValidationError

from nodes.check_requirement import CheckRequirementRequest, check_requirement
from nodes.errors import NotConfigured
from nodes.requirement import library
from nodes.requirement.eligibility import Eligibility
from nodes.requirement.exemption import PayerExemption
from nodes.requirement.question import AskedLine, of_case
from tests.nodes.policy_world import case
from tests.nodes.requirement_world import HEAD, TODAY, ask, question, row, tables

NPI = "9000000031"


def test_a_rule_of_the_payer_answers_with_its_source_and_age():
    said = ask(tables(row("a")))
    assert (said.needed, said.basis) == ("auth-needed", "rule")
    assert said.rule.id == "own/a"
    assert (said.rule.source, said.rule.verified) == ("A list", "read")
    assert (said.rule.checked, said.rule.age_days) == (date(2026, 11, 1), 19)
    assert not said.rule.stale


def test_no_rule_is_unknown_and_says_what_is_missing():
    said = ask(tables(row("a")), question("99213"))
    assert (said.needed, said.basis, said.rule) == ("unknown", "none", None)
    assert said.missing == ("a rule of this payer for this code on this date",)


def test_another_payers_rule_is_never_used():
    said = ask(tables(row("a")), question(payer="P2"))
    assert said.needed == "unknown"
    assert said.missing == ("a requirement table of this payer and line of business",)


def test_a_rule_for_any_payer_holds_for_its_line_of_business_alone():
    held = tables(row("a", any_payer="federal", lines_of_business="[medicare]"))
    assert ask(held, question(line_of_business="medicare")).needed == "auth-needed"
    assert ask(held, question(line_of_business="medicare_advantage")).needed == "unknown"
    said = ask(held, question(line_of_business="unknown"))
    assert (said.needed, said.missing) == ("unknown", ("the line of business of the coverage",))


def test_a_rule_without_a_payer_must_say_why():
    with pytest.raises(NotConfigured, match="any_payer why"):
        tables(row("a", payers="[]"))
    with pytest.raises(NotConfigured, match="lines of business"):
        tables(row("a", any_payer="federal"))


def test_the_payer_id_is_compared_without_case():
    assert ask(tables(row("a")), question(payer=" p1 ")).needed == "auth-needed"


def test_a_stale_source_warns_and_so_does_one_not_read():
    said = ask(tables(row("a", source="old")))
    assert said.needed == "auth-needed" and said.rule.stale
    assert any("last checked 323 days ago" in one for one in said.warnings)
    assert any("not read" in one for one in said.warnings)


@pytest.mark.parametrize("rows", list(permutations("abc")))
def test_a_code_goes_before_a_range_before_a_prefix(rows):
    made = {
        "a": row("a", needed="no-auth"),
        "b": row("b", codes="[imaging]"),
        "c": row("c", codes="[seventies]", needed="performpa"),
    }
    held = tables(*(made[name] for name in rows))
    assert ask(held).needed == "no-auth"
    assert ask(held, question("72141")).needed == "auth-needed"
    assert ask(held, question("7000F")).needed == "performpa"


def test_more_circumstances_go_before_fewer():
    held = tables(row("a"), row("b", urgencies="[emergency]", needed="no-auth"))
    assert ask(held).needed == "auth-needed"
    assert ask(held, question(urgency="emergency")).needed == "no-auth"


def test_a_plan_goes_before_the_payer():
    held = tables(row("a"), row("b", plans="[Gold PPO]", needed="no-auth"))
    assert ask(held, question(plan_name="gold ppo")).needed == "no-auth"
    assert ask(held, question(plan_name="Bronze")).needed == "auth-needed"
    said = ask(held)
    assert (said.needed, said.questions[0].about) == ("conditional", "plan_name")


@pytest.mark.parametrize(
    ("circumstance", "given", "met", "about"),
    [
        ({"places": '["22"]'}, {"place_of_service": "22"}, True, "place_of_service"),
        ({"places": '["22"]'}, {"place_of_service": "11"}, False, "place_of_service"),
        ({"states": "[TX]"}, {"service_state": "TX"}, True, "service_state"),
        ({"states": "[TX]"}, {"service_state": "OH"}, False, "service_state"),
        ({"not_states": "[TX]"}, {"service_state": "OH"}, True, "service_state"),
        ({"member_states": "[TX]"}, {"member_state": "OH"}, False, "member_state"),
        ({"age": "{at_least: 18}"}, {"age": 18}, True, "age"),
        ({"age": "{at_least: 18}"}, {"age": 17}, False, "age"),
        ({"quantity": "{at_most: 12}"}, {"quantity": 12}, True, "quantity"),
        ({"quantity": "{at_most: 12}"}, {"quantity": 13}, False, "quantity"),
        ({"diagnoses": "[M54*]"}, {"diagnoses": ("M54.16",)}, True, "diagnosis"),
        ({"diagnoses": "[M54*]"}, {"diagnoses": ("G47.33",)}, False, "diagnosis"),
    ],
)
def test_a_circumstance_holds_or_not_and_not_given_it_is_asked(circumstance, given, met, about):
    held = tables(row("a", **circumstance))
    assert ask(held, question(**given)).needed == ("auth-needed" if met else "unknown")
    said = ask(held)
    assert said.needed == "conditional" and said.rule is None
    assert [one.about for one in said.questions] == [about]
    assert said.considered == ("own/a",)


def test_a_question_is_not_asked_when_both_answers_say_the_same():
    held = tables(row("a"), row("b", places='["22"]'))
    said = ask(held)
    assert (said.needed, said.questions) == ("auth-needed", ())


def test_a_code_billed_with_another_is_told_by_the_other_lines():
    held = tables(row("a", together="drug"))
    other = AskedLine(system="HCPCS", code="J0585")
    assert ask(held, question(others=(other,))).needed == "auth-needed"
    said = ask(held)
    assert (said.needed, said.questions[0].about) == ("conditional", "other_lines")
    assert "J0585" in said.questions[0].ask


def test_a_rule_may_itself_be_conditional():
    held = tables(row("a", needed="conditional", ask='["Is it a second scan?"]'))
    said = ask(held)
    assert said.needed == "conditional" and said.rule.id == "own/a"
    assert said.questions[0].ask == "Is it a second scan?"
    with pytest.raises(NotConfigured, match="conditional needs what to ask"):
        tables(row("a", needed="conditional"))


def test_a_tie_with_two_answers_is_unknown():
    said = ask(tables(row("a"), row("b", needed="no-auth")))
    assert (said.needed, said.considered) == ("unknown", ("own/a", "own/b"))
    assert "equal rank" in said.reason


def test_the_date_of_service_counts_and_not_today():
    held = tables(row("a", effective="{from: 2026-01-01, to: 2026-06-30}"))
    assert ask(held).needed == "unknown"
    assert ask(held, question(on=date(2026, 6, 30))).needed == "auth-needed"


def test_a_code_taken_off_the_list_is_on_it_for_its_time_only():
    held = tables(row("a", codes="[dropped]", effective="{from: 2023-07-01}"))
    assert ask(held, question("64492", on=date(2024, 8, 4))).needed == "auth-needed"
    assert ask(held, question("64492", on=date(2024, 8, 5))).needed == "unknown"
    assert ask(held, question("64490")).needed == "auth-needed"


def test_an_expired_code_is_unknown_and_names_its_successor():
    said = ask(tables(row("a")), question("K0554", "HCPCS"))
    assert said.needed == "unknown" and "E2103" in said.reason
    assert said.missing == ("a code that is valid on the date of service",)


def test_cpt_named_as_hcpcs_is_the_same_code():
    assert ask(tables(row("a")), question("72148", "HCPCS")).needed == "auth-needed"


@pytest.mark.parametrize(
    ("changes", "needed", "warns"),
    [
        ({"active": True}, "auth-needed", False),
        ({"active": True, "last": date(2026, 11, 19)}, "unknown", False),
        ({"first": date(2026, 12, 1)}, "unknown", False),
        ({"active": False}, "unknown", False),
        ({}, "auth-needed", True),
        ({"active": True, "checked": date(2026, 10, 1)}, "auth-needed", True),
        ({"active": False, "payer": "P2"}, "auth-needed", True),
    ],
)
def test_a_coverage_out_of_force_makes_it_unknown(changes, needed, warns):
    coverage = Eligibility(**({"payer": "P1", "checked": date(2026, 11, 18)} | changes))
    said = ask(tables(row("a")), eligibility=coverage)
    assert (said.needed, bool(said.warnings)) == (needed, warns)


def test_nothing_known_of_eligibility_is_said():
    assert any("coverage is in force" in one for one in ask(tables(row("a"))).warnings)


def exemption(**changes):
    fields = {
        "payer": "P1",
        "system": "CPT",
        "codes": ("72148",),
        "npi": NPI,
        "first": date(2026, 1, 1),
        "last": date(2026, 12, 31),
        "confirmed": date(2026, 1, 2),
        "notice": "letter 2026-01",
    }
    return PayerExemption(**(fields | changes))


def test_a_dated_exemption_of_payer_service_and_provider_counts():
    said = ask(tables(row("a")), question(npis=(NPI,)), exemptions=(exemption(),))
    assert (said.needed, said.basis, said.rule) == ("no-auth", "exemption", None)
    assert "letter 2026-01" in said.reason


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"payer": "P2"}, "another payer's"),
        ({"lines_of_business": ("medicare_advantage",)}, "another line of business"),
        ({"npi": "9000000015"}, "another provider"),
        ({"first": date(2026, 11, 21)}, "begins after"),
        ({"last": date(2026, 11, 19)}, "ended before"),
        ({"last": None, "confirmed": date(2025, 11, 1)}, "not confirmed within a year"),
        ({"confirmed": date(2026, 11, 21)}, "after the day"),
    ],
)
def test_an_exemption_that_is_not_this_one_is_refused_with_the_reason(changes, why):
    said = ask(tables(row("a")), question(npis=(NPI,)), exemptions=(exemption(**changes),))
    assert said.needed == "auth-needed"
    (refused,) = said.refused
    assert refused.kind == "exemption" and why in refused.reason


def test_an_exemption_of_another_service_is_not_even_mentioned():
    given = (exemption(codes=("99213",)),)
    said = ask(tables(row("a")), question(npis=(NPI,)), exemptions=given)
    assert (said.needed, said.refused) == ("auth-needed", ())


def test_a_case_says_what_it_knows():
    asked = of_case(case(place_of_service="22"))
    assert (asked.payer, asked.line_of_business) == ("SBXHP01", "commercial")
    assert (asked.place_of_service, asked.age, asked.diagnoses) == ("22", 56, ("M54.16",))
    assert asked.service_state is None and asked.lines[0].code == "72148"
    assert of_case(case(facility_type="11")).place_of_service == "21"


def test_the_strictest_line_speaks_for_all():
    lines = (AskedLine(system="CPT", code="72148"), AskedLine(system="CPT", code="99999"))
    held = tables(row("a", needed="no-auth"))
    request = CheckRequirementRequest(question=question(others=lines[1:]), as_of=TODAY)
    said = check_requirement(request, held=lambda: held)
    assert [one.needed for one in said.lines] == ["no-auth", "unknown"]
    assert said.needed == "unknown"
    assert [one.id for one in said.used] == ["own"]


def test_a_case_or_a_question_and_not_both():
    with pytest.raises(ValidationError, match="one of them"):
        CheckRequirementRequest(as_of=TODAY)
    with pytest.raises(ValidationError, match="one of them"):
        CheckRequirementRequest(as_of=TODAY, case=case(), question=question())


def test_an_own_table_goes_before_a_shipped_one_of_its_name():
    mine = tables(row("a")).held[0]
    other = tables(row("a", needed="no-auth")).held[0]
    assert ask(library.Requirements([mine, other])).needed == "no-auth"


def test_a_table_is_read_strictly():
    with pytest.raises(NotConfigured, match=r"own\.yaml: rows/0/neded"):
        tables(row("a", neded="yes"))
    with pytest.raises(NotConfigured, match="does not define"):
        tables(row("a", codes="[nothing]"))
    with pytest.raises(NotConfigured, match="the file's name"):
        library.read((HEAD + row("a")).encode(), "other.yaml")
