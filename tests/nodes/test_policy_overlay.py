"""Overlays: what comes of them, what may be changed without a reason, and where a part is from."""

from datetime import date
from pathlib import Path

import pytest

from nodes.errors import UnreadableDocument
from nodes.policy.casebook import read_cases
from nodes.policy.library import Library, read
from nodes.policy.outline import outline
from nodes.policy.reading import assemble
from nodes.policy.rehearsal import rehearse, uncovered
from tests.nodes.policy_world import CGM, case

HERE = Path(__file__).parent
EXAMPLE = (HERE / "overlay.example.yaml").read_text()
GOOD = (HERE / "policy.example.yaml").read_text()
BASE = read(GOOD)
HEAD = EXAMPLE[: EXAMPLE.index("changes:")]
AGE = "{id: x, op: age, at_least: 3, when_absent: unknown, text: t, cite: [{source: Acme CP-12}]}"


def lay(*changes, base=BASE, head=HEAD):
    return read(head + "changes:\n" + "".join(f"  - {one}\n" for one in changes), [base])


def test_the_example_is_whole_and_says_where_each_part_is_from():
    held = read(EXAMPLE, [BASE])
    own, theirs = "acme.cgm.initial@2026-01-01.1", f"{BASE.policy.id}@{BASE.policy.version}"
    assert held.extends == theirs and held.policy.id == "acme.cgm.initial"
    assert {"hba1c_7", "educated", "under_two", "pregnant"} <= set(held.compiled.leaves)
    assert "level3_event" not in held.compiled.leaves
    assert held.origins["insulin"] == theirs and held.origins["value_sets/insulin"] == own
    assert held.origins["visit"] == held.origins["hba1c_7"] == own
    assert held.compiled.leaves["visit"].window == "P3M"
    assert (
        held.policy.sources[0].id == "Acme CP-12" and held.policy.services == BASE.policy.services
    )
    assert [one.loosens for one in held.done] == [False] * 6 + [True] * 3
    assert held.sha256 != BASE.sha256


def test_the_hash_is_of_the_resolved_content():
    again = read(EXAMPLE.replace("# Fewer codes", "# Other words"), [BASE])
    assert again.sha256 == read(EXAMPLE, [BASE]).sha256
    moved = read(GOOD.replace("P24M", "P36M"))
    assert read(EXAMPLE, [moved]).sha256 != again.sha256


@pytest.mark.parametrize(
    "change",
    [
        f"require: {AGE}",
        f"exclude: {AGE}",
        f"{{add: {AGE}, to: initial}}",
        "{adjust: visit, to: {window: P3M}}",
        "{adjust: level2_events, to: {n: 3}}",
        "{adjust: level2_events, to: {value: '50'}}",
        "{adjust: visit, to: {in_person: true}}",
        "{adjust: visit, to: {ask: Other words}}",
        "{adjust: diabetes, to: {when_absent: not_met}}",
        "{narrow: insulin, codes: ['5856']}",
        "{drop: insulin}",
    ],
)
def test_what_tightens_needs_no_reason(change):
    assert lay(change).done[0].loosens is False


@pytest.mark.parametrize(
    "change",
    [
        "drop: visit",
        f"{{add: {AGE}, to: need}}",
        "{adjust: visit, to: {window: P9M}}",
        "{adjust: level2_events, to: {n: 1}}",
        "{adjust: level2_events, to: {cmp: '<='}}",
        "{extend: insulin, members: [{system: RXNORM, codes: ['1']}]}",
        f"{{replace: visit, by: {AGE}}}",
        f"{{waive: [visit], when: {AGE}}}",
    ],
)
def test_what_can_loosen_needs_a_reason(change):
    with pytest.raises(UnreadableDocument, match=r"changes/0: it can loosen"):
        lay(change)
    body = change.strip("{}") if not change.startswith("{") else change[1:-1]
    assert lay(f"{{{body}, reason: Section 4}}").done[0].loosens is True


EXCLUDED = f"{{exclude: {{id: out, text: t, all: [{AGE}, {AGE.replace('id: x', 'id: y')}]}}}}"
NEGATED = f"{{require: {{id: none, text: t, not: {{id: some, text: t, any: [{AGE}]}}}}}}"


@pytest.mark.parametrize(
    ("first", "then", "loosens"),
    [
        (EXCLUDED, f"{{add: {AGE.replace('id: x', 'id: z')}, to: out, reason: r}}", True),
        (EXCLUDED, "{drop: y, reason: r}", False),
        (EXCLUDED, "{drop: out, reason: r}", True),
        (EXCLUDED, "{adjust: x, to: {at_least: 2}, reason: r}", False),
        (EXCLUDED, "{adjust: x, to: {at_least: 4}, reason: r}", True),
        (NEGATED, f"{{add: {AGE.replace('id: x', 'id: z')}, to: some, reason: r}}", False),
        (NEGATED, "{adjust: x, to: {at_least: 4}, reason: r}", True),
        (NEGATED, "{drop: none, reason: r}", True),
        (f"{{waive: [visit], when: {AGE}, reason: r}}", "{drop: x, reason: r}", False),
        (
            f"{{waive: [visit], when: {AGE}, reason: r}}",
            "{adjust: x, to: {at_least: 2}, reason: r}",
            True,
        ),
        (EXCLUDED, f"{{waive: [out], when: {AGE.replace('id: x', 'id: z')}, reason: r}}", False),
    ],
)
def test_under_not_and_in_an_exclusion_it_is_the_other_way_round(first, then, loosens):
    assert lay(first, then).done[1].loosens is loosens


@pytest.mark.parametrize(
    "change",
    [
        "drop: nothing",
        "drop: initial",
        "{require: 3}",
        f"{{require: {AGE.replace('id: x', 'id: visit')}}}",
        f"{{require: {AGE}, under: need}}",
        "{adjust: visit, to: {id: other}}",
        "{adjust: need, to: {any: []}}",
        "{adjust: visit, to: {window: long}}",
        "{adjust: visit, to: {nothing: 1}}",
        "{set: weeks, value: 3, cite: [{source: Acme CP-12}]}",
        "{narrow: insulin, codes: ['1']}",
        "{extend: insulin, words: [a]}",
        "{require: {id: x, op: attested, concept: nobody, when_absent: unknown, text: t,"
        " cite: [{source: Acme CP-12}]}}",
        "{obey: me}",
    ],
)
def test_a_change_that_cannot_be_made_is_named_by_its_place(change):
    with pytest.raises(UnreadableDocument, match="changes/0"):
        lay(change)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("extends: cms.l33822.cgm.initial ", "extends: cms.nothing "),
        ("extends: cms.l33822.cgm.initial ", "extends: cms.l33822.cgm.initial@1999-01-01.1 "),
        ("  hba1c: [", "  insulin: ["),
    ],
)
def test_a_base_that_is_not_there_and_a_name_of_the_base_are_refused(old, new):
    assert old in HEAD
    with pytest.raises(UnreadableDocument):
        lay(head=HEAD.replace(old, new))


def test_overlays_stand_on_overlays_and_never_on_themselves():
    texts = {
        "b.yaml": EXAMPLE.replace("id: acme.cgm.initial", "id: acme.gold", 1).replace(
            "extends: cms.l33822.cgm.initial", "extends: acme.cgm.initial"
        )[: EXAMPLE.index("parameters:")],
        "a.yaml": EXAMPLE,
    }
    texts["b.yaml"] = texts["b.yaml"][: texts["b.yaml"].index("parameters:")]
    held, wrong = assemble(texts, [BASE])
    assert not wrong and held["b.yaml"].extends == "acme.cgm.initial@2026-01-01.1"
    assert held["b.yaml"].origins["hba1c_7"] == "acme.cgm.initial@2026-01-01.1"
    texts["a.yaml"] = EXAMPLE.replace("extends: cms.l33822.cgm.initial", "extends: acme.gold")
    held, wrong = assemble(texts, [BASE])
    assert not held and set(wrong) == {"a.yaml", "b.yaml"}


def test_the_payers_own_overlay_goes_before_its_base():
    library = Library([BASE, read(EXAMPLE, [BASE])])
    asked = case(CGM, ("E11.65",), "commercial")
    payer = asked.coverage.payer.model_copy(update={"id": "ACME1"})
    asked = asked.model_copy(
        update={"coverage": asked.coverage.model_copy(update={"payer": payer})}
    )
    assert library.choose(asked).policy.id == "acme.cgm.initial"


def test_what_an_overlay_takes_as_it_is_its_bases_cases_show():
    book = read_cases(
        "case: {services: [HCPCS E2103], diagnoses: [E11.65], line_of_business: commercial,"
        " payer: ACME1, ordered: 2026-11-16}\nas_of: 2026-11-20\n"
        "cases:\n  - {name: nothing, expect: unknown}\n"
    )
    found = uncovered(rehearse(read(EXAMPLE, [BASE]), book))
    named = {one.split(":")[0] for one in found}
    assert {"hba1c_7", "visit"} <= named and not {"insulin", "diabetes"} & named


def test_show_says_what_is_the_overlays_own_and_what_it_loosens():
    told = outline(read(EXAMPLE, [BASE]), date(2026, 11, 20))
    assert told.base.startswith(f"{BASE.policy.id}@{BASE.policy.version}, with 9 changes")
    assert "add pregnant: Section 3.4 covers every pregnancy" in told.base
    sources = {one.id: one.source for one in told.criteria.below}
    assert sources["visit"].endswith("set by this overlay")
    assert sources["diabetes"].endswith(f"from {BASE.policy.id}@{BASE.policy.version}")
    assert outline(BASE, date(2026, 11, 20)).base is None
