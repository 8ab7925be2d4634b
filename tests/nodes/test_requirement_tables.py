"""The shipped requirement tables, and what lint finds in tables."""

from datetime import date

import pytest

from nodes.requirement import library
from nodes.requirement.codes import holds, meet
from nodes.requirement.lint import lint
from nodes.requirement.question import AskedLine
from tests.nodes.requirement_world import HEAD, TODAY, ask, question, row, tables

SHIPPED = library.Requirements(library.shipped())
CHECKED = date(2026, 11, 23)


def medicare(code, system="CPT", **changes):
    fields = {"payer": "15004", "line_of_business": "medicare"} | changes
    return ask(SHIPPED, question(code, system, **fields))


def words(held, severity="error"):
    return [one.words for one in lint(held, CHECKED) if one.severity == severity]


def test_the_shipped_tables_have_no_errors():
    assert words(SHIPPED) == []
    assert {"cms-opd", "cms-asc", "cms-dmepos", "cms-wiser", "sandbox"} <= {
        table.id for table in SHIPPED.tables
    }


@pytest.mark.parametrize(
    ("code", "system", "given", "needed"),
    [
        ("15822", "CPT", {"place_of_service": "22"}, "auth-needed"),
        ("15822", "CPT", {"place_of_service": "19", "on": date(2020, 6, 30)}, "unknown"),
        ("15822", "CPT", {"place_of_service": "21"}, "no-auth"),
        ("15822", "CPT", {"place_of_service": "22", "urgency": "emergency"}, "no-auth"),
        ("15822", "CPT", {"place_of_service": "24", "service_state": "FL"}, "auth-needed"),
        ("15822", "CPT", {"place_of_service": "24", "service_state": "KS"}, "no-auth"),
        ("15822", "CPT", {"place_of_service": "24"}, "conditional"),
        ("15822", "CPT", {}, "conditional"),
        ("64492", "CPT", {"place_of_service": "22"}, "unknown"),
        ("64490", "CPT", {"place_of_service": "22"}, "auth-needed"),
        ("64612", "CPT", {"place_of_service": "22"}, "conditional"),
        ("K0823", "HCPCS", {}, "auth-needed"),
        ("L1932", "HCPCS", {}, "auth-needed"),
        ("L1932", "HCPCS", {"on": date(2026, 4, 12)}, "unknown"),
        ("E0652", "HCPCS", {"on": date(2026, 4, 13)}, "auth-needed"),
        ("E0748", "HCPCS", {}, "no-auth"),
        ("L1833", "HCPCS", {"on": date(2024, 8, 12)}, "unknown"),
        ("64483", "CPT", {"place_of_service": "11", "service_state": "AZ"}, "auth-needed"),
        ("64483", "CPT", {"place_of_service": "11", "service_state": "AZ",
                          "on": date(2026, 1, 14)}, "unknown"),
        ("64483", "CPT", {"service_state": "FL"}, "no-auth"),
        ("63655", "CPT", {"place_of_service": "22", "service_state": "TX"}, "auth-needed"),
        ("63655", "CPT", {"place_of_service": "22", "service_state": "OH"}, "conditional"),
        ("67911", "CPT", {"place_of_service": "22", "on": date(2022, 1, 6)}, "auth-needed"),
        ("67911", "CPT", {"place_of_service": "22", "on": date(2022, 1, 7)}, "unknown"),
        ("64483", "CPT", {"service_state": "FL", "on": date(2032, 1, 1)}, "unknown"),
        ("22551", "CPT", {"place_of_service": "24", "service_state": "OH"}, "conditional"),
        ("63650", "CPT", {"place_of_service": "11", "service_state": "TX"}, "conditional"),
        ("63650", "CPT", {"place_of_service": "22", "service_state": "TX"}, "auth-needed"),
        ("63650", "CPT", {"place_of_service": "24", "service_state": "FL"}, "no-auth"),
        ("L0648", "HCPCS", {"urgency": "urgent"}, "auth-needed"),
        ("72148", "CPT", {}, "no-auth"),
        ("72148", "CPT", {"line_of_business": "medicare_advantage"}, "unknown"),
        ("99213", "CPT", {}, "unknown"),
    ],
)  # fmt: skip
def test_traditional_medicare(code, system, given, needed):
    assert medicare(code, system, **given).needed == needed


def test_the_surgical_centers_began_in_two_phases():
    texas = {"place_of_service": "24", "service_state": "TX"}
    assert medicare("30400", on=date(2026, 2, 15), **texas).needed == "unknown"
    assert medicare("30400", on=date(2026, 2, 16), **texas).needed == "auth-needed"
    florida = texas | {"service_state": "FL"}
    assert medicare("30400", on=date(2026, 1, 19), **florida).needed == "auth-needed"


def test_botulinum_toxin_needs_the_pair():
    drug = AskedLine(system="HCPCS", code="J0585")
    assert medicare("64615", place_of_service="22", others=(drug,)).needed == "auth-needed"

    assert medicare("64615", place_of_service="24", service_state="FL", others=(drug,)).needed == (
        "auth-needed"
    )
    pair = AskedLine(system="CPT", code="64615")
    here = {"place_of_service": "24", "service_state": "TX", "others": (pair,)}
    assert medicare("J0585", "HCPCS", **here).needed == "auth-needed"
    hurry = {"place_of_service": "22", "urgency": "emergency"}
    assert medicare("64615", others=(drug,), **hurry).needed == "no-auth"
    assert medicare("J0585", "HCPCS", others=(pair,), **hurry).needed == "no-auth"


@pytest.mark.parametrize(
    ("code", "urgency", "needed"),
    [
        ("L0648", "urgent", "no-auth"),
        ("L0648", "standard", "auth-needed"),
        ("L0631", "urgent", "auth-needed"),
    ],
)
def test_urgent_orthoses_billed_with_st_are_suspended(code, urgency, needed):
    line = AskedLine(system="HCPCS", code=code, modifiers=("ST",))
    asked = question(payer="15004", line_of_business="medicare", urgency=urgency)
    assert ask(SHIPPED, asked.model_copy(update={"lines": (line,)})).needed == needed


def test_what_a_stay_means_for_equipment_is_noted():
    for code in ("K0823", "L5856", "E0277", "L0650", "E0652"):
        assert "place of service 12" in medicare(code, "HCPCS").rule.note


def test_what_only_a_secondary_source_says_is_marked_so():
    said = medicare("64490", place_of_service="24")
    assert (said.needed, said.rule.verified) == ("no-auth", "secondary")


def test_the_sandbox_payer():
    def sandbox(code, system="CPT", **given):
        return ask(SHIPPED, question(code, system, payer="SBXHP01", **given)).needed

    assert sandbox("72148") == "auth-needed"
    assert sandbox("72148", urgency="emergency") == "no-auth"
    assert sandbox("97110", quantity=12) == "no-auth"
    assert sandbox("97110", quantity=13) == "auth-needed"
    assert sandbox("97110") == "conditional"
    assert sandbox("22612") == "performpa"
    assert sandbox("73721", place_of_service="23") == "no-auth"
    assert sandbox("E2103", "HCPCS") == "auth-needed"


def test_no_rule_for_any_payer_is_of_another_line_than_traditional_medicare():
    federal = [row for table in SHIPPED.tables for row in table.rows if row.any_payer]
    assert federal and {row.lines_of_business for row in federal} == {("medicare",)}


def test_what_was_not_read_is_marked_and_warns():
    said = medicare("15830", place_of_service="22")
    assert said.rule.verified == "unverified"
    assert any("was not read" in one for one in said.warnings)


def test_lint_finds_a_tie():
    held = tables(row("a"), row("b", needed="no-auth"))
    assert words(held) == ["ties with own/b: equally specific, different answers"]


@pytest.mark.parametrize(
    "changes",
    [
        {"needed": "auth-needed"},
        {"payers": "[P2]"},
        {"codes": "[imaging]"},
        {"effective": "{from: 2025-01-01, to: 2025-12-31}"},
        {"places": '["22"]'},
    ],
)
def test_lint_finds_no_tie_where_one_is_more_specific_or_apart(changes):
    assert words(tables(row("a"), row("b", **({"needed": "no-auth"} | changes)))) == []


@pytest.mark.parametrize(
    ("one", "other", "ties"),
    [
        ({"places": '["22"]'}, {"places": '["11", "22"]'}, True),
        ({"places": '["22"]'}, {"places": '["11"]'}, False),
        ({"places": '["22"]'}, {"states": "[TX]"}, True),
        ({"states": "[TX]"}, {"not_states": "[TX]"}, False),
        ({"states": "[TX, OH]"}, {"not_states": "[TX]"}, True),
        ({"age": "{at_most: 17}"}, {"age": "{at_least: 18}"}, False),
        ({"age": "{at_most: 18}"}, {"age": "{at_least: 18}"}, True),
        ({"diagnoses": "[M54*]"}, {"diagnoses": "[M5416]"}, True),
        ({"diagnoses": "[M54*]"}, {"diagnoses": "[G47*]"}, False),
    ],
)
def test_lint_knows_which_circumstances_exclude_each_other(one, other, ties):
    held = tables(row("a", **one), row("b", needed="no-auth", **other))
    assert bool(words(held)) == ties


def test_lint_finds_a_code_that_ended_and_an_old_source():
    head = HEAD.replace("J0585]", "J0585, K0554]")
    held = tables(row("a", codes="[drug]", source="old"), head=head)
    assert words(held) == ["names K0554, which is not valid any more"]
    assert "last checked 326 days ago" in words(held, "warning")
    assert "the source was not read" in words(held, "warning")


def test_a_period_that_ends_before_it_begins_is_an_error():
    held = tables(row("a", effective="{from: 2026-06-01, to: 2026-01-01}"))
    assert words(held) == ["ends before it begins"]


def test_patterns():
    assert holds("15820-15823", "15821") and not holds("15820-15823", "15824")
    assert holds("E10*", "E1032") and not holds("E10*", "E1132")
    assert not holds("15820-15823", "15820A")
    assert meet("7*", "72148") and meet("70000-72148", "72148-73000")
    assert not meet("72148", "72149")


@pytest.mark.parametrize("bad", ["E1390-L0100", "15823-15820", "12-1234", "1", "72148-", "*"])
def test_a_pattern_that_means_nothing_is_refused(bad):
    from nodes.errors import NotConfigured

    with pytest.raises(NotConfigured, match="code_sets"):
        tables(row("a"), head=HEAD.replace('"7*"', f'"{bad}"'))


def test_today_is_the_day_asked_and_no_clock():
    assert ask(SHIPPED, question("72148", payer="SBXHP01"), as_of=TODAY).rule.age_days == 19
