"""Each check of the linter, on a file that is in order but for one thing."""

from datetime import date
from pathlib import Path

import pytest

from nodes.policy.linting import lint
from nodes.policy.tables import citations, code_changes

GOOD = (Path(__file__).parent / "policy.example.yaml").read_text()
TODAY = date(2026, 11, 22)
CITE = "cite: [{source: LCD L33822}]"


def age(name, limits):
    return f"{{id: {name}, op: age, {limits}, when_absent: not_met, text: t, {CITE}}}"


def bmi(name, cmp, value):
    return (
        f'{{id: {name}, op: derived, figure: bmi, cmp: "{cmp}", value: {value},'
        f" when_absent: not_met, text: t, {CITE}}}"
    )


def done(name, window):
    return (
        f"{{id: {name}, op: procedure_within, value_set: insulin, window: {window},"
        f" when_absent: not_met, text: t, {CITE}}}"
    )


def gate(kind, *parts):
    return f"{{id: g, text: t, {kind}: [{', '.join(parts)}]}}"


ADULT = age("adult", "at_least: 18")


def told(text, at=TODAY, **others):
    found, _ = lint({**others, "file.yaml": text}, at)
    return [(one.severity, one.path, one.code) for one in found if one.file == "file.yaml"]


OLDER_AND_HEAVY = gate("all", age("b", "at_least: 21"), bmi("c", ">=", 27)).replace(
    "id: g", "id: h"
)


def with_part(part):
    """The good file with one more part under its `all`."""
    return GOOD.replace("    - {id: diabetes,", f"    - {part}\n    - {{id: diabetes,", 1)


def excluding(part):
    return GOOD + f"exclusions:\n  - {part}\n"


def test_a_file_in_order_has_no_remark():
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (GOOD.replace("status: active", "status: draft"), ("warning", "status", "draft")),
        (GOOD.replace("2027-01-01", "2026-01-01"), ("warning", "review_by", "review-overdue")),
        (
            GOOD.replace("checked: 2026-11-22", "checked: 2027-01-22"),
            ("error", "sources/0/checked", "checked-later"),
        ),
        (GOOD.replace("L33822", "L39999"), ("warning", "sources/0", "citation-unknown")),
        (GOOD.replace("L33822", "L33797"), ("error", "sources/0", "citation-topic")),
        (
            GOOD.replace("title: Glucose Monitors", "title: Knee arthroplasty"),
            ("error", "sources/0", "citation-topic"),
        ),
        (
            GOOD.replace(
                "value_sets:\n", "value_sets:\n  spare: [{system: LOINC, codes: [2345-7]}]\n"
            ),
            ("warning", "value_sets/spare", "name-unused"),
        ),
        (GOOD.replace("[2345-7,", "[2345-8,"), ("error", "value_sets/glucose", "code-check-digit")),
        (GOOD.replace("[2345-7,", "[hello,"), ("error", "value_sets/glucose", "code-shape")),
        (GOOD.replace("[E08, E09", "[EO8, E09"), ("error", "value_sets/diabetes", "code-shape")),
        (GOOD.replace('"274783"', '"0274783"'), ("error", "value_sets/insulin", "code-shape")),
        (GOOD.replace("A4238]", "A423]"), ("error", "services", "code-shape")),
        (GOOD.replace("A4238]", "A4238, K0553]"), ("error", "services", "code-expired")),
        (
            GOOD.replace(
                "value_sets:\n",
                "value_sets:\n  a1c: [{system: LOINC, codes: [4548-4]}]\n",
            ).replace("value_set: glucose", "value_set: a1c"),
            ("error", "level2_events", "hba1c-medicare"),
        ),
        (
            GOOD.replace("concept: hypoglycemia_plan_adjusted", "concept: sugar")
            + "concepts: {sugar: {label: sugar, words: [HbA1c above]}}\n",
            ("error", "plan_changed", "hba1c-medicare"),
        ),
        (
            GOOD.replace('ask: "Problem list or visit', 'addendum: "Problem list or visit'),
            ("error", "diabetes", "ask-missing"),
        ),
        (
            with_part("{id: doctor, op: prescriber_specialty, taxonomy: ['207RE0101Y'],"
                      f" when_absent: not_met, text: t, {CITE}}}"),
            ("error", "doctor", "code-shape"),
        ),
    ],
)  # fmt: skip
def test_header_sources_and_codes(text, remark):
    assert remark in told(text)


@pytest.mark.parametrize(
    ("codes", "remark"),
    [
        ("codes: [M54.5]", "code-expired"),
        ("codes: [M54.5, M54.50], effective: {from: 2015-10-01, to: 2021-09-30}", "code-dates"),
        ("codes: [M54.5], effective: {from: 2015-10-01, to: 2021-09-30}", None),
        ("codes: [M54.50], effective: {from: 2021-10-01, to: null}", None),
        ("codes: [M54.50]", None),
        ("codes: [M51.36]", "code-ends"),
        ("codes: [E66.811]", "code-not-yet-valid"),
        ("codes: [G35]", "code-ends"),
        ("match: prefix, codes: [G35]", None),
    ],
)
def test_codes_on_their_days(codes, remark):
    text = GOOD.replace("  diabetes:\n", f"  diabetes:\n    - {{system: ICD-10-CM, {codes}}}\n")
    assert [code for _, _, code in told(text)] == ([remark] if remark else [])


def test_a_retired_text_may_stand_for_the_days_before():
    fusion = GOOD.replace("L33822", "L33382").replace("Glucose Monitors", "Lumbar fusion")
    fusion = fusion.replace(
        "{system: HCPCS, codes: [E2103, A4239, E2102, A4238]}", "{system: CPT, codes: ['22612']}"
    )
    assert ("error", "sources/0", "citation-retired") in told(fusion)
    before = fusion.replace("{from: 2024-01-01, to: null}", "{from: 2024-01-01, to: 2024-03-28}")
    assert "citation-retired" not in [code for _, _, code in told(before)]
    after = fusion.replace("{from: 2024-01-01, to: null}", "{from: 2024-01-01, to: 2024-03-29}")
    assert "citation-retired" in [code for _, _, code in told(after)]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (with_part(age("a", "at_least: 18, at_most: 12")), ("error", "a", "never-met")),
        (
            with_part(gate("all", bmi("a", ">=", 30), bmi("b", "<", 27))),
            ("error", "g", "contradiction"),
        ),
        (
            with_part(gate("all", bmi("a", ">=", 27), bmi("b", "<", 27))),
            ("error", "g", "contradiction"),
        ),
        (
            with_part(f"{{id: g, text: t, all: [{done('a', 'P3M')},"
                      f" {{id: n, text: t, not: {done('b', 'P6M')}}}]}}"),
            ("error", "g", "contradiction"),
        ),
        (
            with_part(gate("any", bmi("a", ">=", 30), bmi("b", ">=", 27))),
            ("warning", "a", "implied"),
        ),
        (
            with_part(gate("all", age("a", "at_least: 18"), age("b", "at_least: 21"))),
            ("warning", "a", "implied"),
        ),
        (
            with_part(gate("any", ADULT, OLDER_AND_HEAVY)),
            ("warning", "h", "implied"),
        ),
        (
            excluding("{id: again, text: Diabetes, same_as: diabetes}"),
            ("error", "again", "excludes-required"),
        ),
        (
            GOOD + f"exceptions:\n  - {{waives: [level3_event], criterion: {ADULT}}}\n"
            f"exclusions:\n  - {age('child', 'at_least: 18')}\n",
            ("error", "level3_event", "exception-needless"),
        ),
    ],
)  # fmt: skip
def test_the_tree(text, remark):
    assert remark in told(text)


@pytest.mark.parametrize(
    "part",
    [
        gate("any", bmi("a", ">=", 30), bmi("b", "<", 27)),
        gate("all", bmi("a", ">=", 27), bmi("b", "<=", 27)),
        gate("all", done("a", "P6M"), f"{{id: n, text: t, not: {done('b', 'P3M')}}}"),
        gate("any", age("a", "at_least: 18"), bmi("b", ">=", 27)),
    ],
)
def test_what_only_looks_like_a_contradiction_is_none(part):
    assert told(with_part(part)) == []


def test_versions_overlap_leave_gaps_or_have_one_name():
    later = GOOD.replace('version: "2024-01-01.1"', 'version: "2025-01-01.1"')
    starts = "{from: 2025-01-01, to: null}"
    later = later.replace("{from: 2024-01-01, to: null}", starts)

    def beside(earlier):
        return [code for _, _, code in told(later, **{"a.yaml": earlier})]

    assert beside(GOOD) == ["version-overlap"]
    assert beside(GOOD.replace("to: null", "to: 2024-12-31")) == []
    assert beside(GOOD.replace("to: null", "to: 2024-12-30")) == ["version-gap"]
    assert [code for _, _, code in told(GOOD, **{"a.yaml": GOOD})] == ["version-twice"]
    assert beside(GOOD.replace("status: active", "status: draft")) == []


def test_two_policies_that_are_equally_near_are_named():
    other = GOOD.replace("id: cms.l33822.cgm.initial", "id: other.cgm")
    assert ("warning", "applies", "ambiguous") in told(GOOD, **{"a.yaml": other})
    narrower = other.replace("applies: {", "applies: {states: [TX], ")
    assert told(GOOD, **{"a.yaml": narrower}) == []


def test_the_tables_are_whole():
    assert citations()["L33382"].end == date(2024, 3, 28)
    assert citations()["L33797"].title == "Oxygen and oxygen equipment home"
    for (system, code), change in code_changes().items():
        assert change.first or change.last, code
        for other in change.now:
            later = code_changes().get((system, other))
            if later and change.last and later.first:
                assert later.first > change.last, code


def test_an_overlay_longer_in_force_than_its_base():
    overlay = (Path(__file__).parent / "overlay.example.yaml").read_text()
    ended = GOOD.replace("to: null", "to: 2026-12-31")
    assert ("warning", "extends", "base-dates") in told(overlay, **{"a.yaml": ended})
    assert "base-dates" not in [code for _, _, code in told(overlay, **{"a.yaml": GOOD})]
