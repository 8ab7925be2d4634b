"""Every shipped policy: sound, sourced, and right on its own cases and the sandbox's patients."""

from datetime import date
from pathlib import Path

import pytest

from nodes.policy.casebook import read_cases
from nodes.policy.library import in_force, shipped
from nodes.policy.linting import lint
from nodes.policy.reading import assemble
from nodes.policy.rehearsal import rehearse, uncovered
from tests.nodes.policy_world import check, criterion
from tests.world import case_and_chart

FOLDER = Path(__file__).parent.parent / "nodes" / "policies"
HELD = {one.policy.id: one for one in shipped().held}
FILES = sorted(FOLDER.glob("*.yaml"))
READ, WRONG = assemble({path.name: path.read_text() for path in FILES})
BOOKS = {path.stem: read_cases((FOLDER / "cases" / path.name).read_text()) for path in FILES}
SANDBOX = {
    "lopez": ("composite.lumbar-mri.commercial", "met"),
    "okafor": ("cms.l33822.cgm.initial", "met"),
    "nguyen": ("cms.l33718.cpap.initial", "met"),
    "berg": ("composite.lumbar-mri.commercial", "met"),
    "hale": ("composite.lumbar-mri.commercial", "unknown"),
    "costa": ("composite.lumbar-mri.commercial", "met"),
    "dumas": ("composite.lumbar-mri.commercial", "met"),
}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_its_own_cases(path):
    done = rehearse(READ[path.name], BOOKS[path.stem])
    assert done.faults == []
    assert uncovered(done) == []


@pytest.mark.parametrize("name", sorted(HELD))
def test_every_policy_is_sourced_and_dated(name):
    policy = HELD[name].policy
    assert policy.review_by > date(2026, 11, 22)
    for leaf in HELD[name].compiled.leaves.values():
        assert leaf.cite and leaf.text


def test_no_file_has_an_error_that_lint_finds():
    found, _ = lint({path.name: path.read_text() for path in FILES}, date(2026, 11, 23))
    assert [one for one in found if one.severity == "error"] == []


def test_medicare_asks_no_hba1c_for_a_monitor():
    text = (FOLDER / "l33822.cgm.initial.yaml").read_text()
    codes = [
        code
        for members in HELD["cms.l33822.cgm.initial"].policy.value_sets.values()
        for member in members
        for code in member.codes
    ]
    assert "4548-4" not in codes and "4548-4" not in text


def test_the_weeks_of_care_are_a_parameter_with_its_source():
    parameters = HELD["composite.lumbar-mri.commercial"].policy.parameters
    assert (parameters["conservative_weeks"].value, parameters["degenerative_weeks"].value) == (
        6,
        4,
    )
    assert parameters["conservative_weeks"].cite[0].source == "Aetna CPB 0236"
    assert parameters["reevaluation_days"].cite[0].verification == "unverified"


def test_a_version_holds_only_on_its_dates():
    policy = HELD["cms.l33822.cgm.initial"].policy
    assert in_force(policy, date(2024, 1, 1)) and not in_force(policy, date(2023, 12, 31))


@pytest.mark.parametrize("key", SANDBOX)
def test_sandbox_patient(key):
    policy, status = SANDBOX[key]
    asked, record = case_and_chart(key)
    found = check(asked, record)
    assert (found.policy.id, found.status) == (policy, status)
    texts = {one.id: one.text for one in record.notes}
    known = {one.id: one for one in (*record.facts, *found.facts)}
    for one in found.criteria:
        for shown in one.evidence:
            assert known[shown.fact].quote == shown.quote
    for one in found.facts:
        if one.span:
            assert texts[one.source][one.span.start : one.span.end] == one.quote


def test_hale_needs_care_that_was_done():
    found = check(*case_and_chart("hale"))
    assert found.missing_sets[0] == ("care_weeks", "care_failed", "re_evaluation")
    assert {gap.criterion for gap in found.gaps} == set(found.missing_sets[0])
    assert "planned" in criterion(found, "care_weeks").reason
    assert found.met < found.required


def test_costa_needs_no_care():
    found = check(*case_and_chart("costa"))
    assert criterion(found, "cauda_equina").status == "met"
    assert criterion(found, "care_weeks").status != "met"
    assert found.gaps == ()


def test_bergs_earlier_mri_is_older_than_the_policy_minds():
    leaf = criterion(check(*case_and_chart("berg")), "recent_imaging")
    assert leaf.status == "not_met"
    assert "2026-06-18" in leaf.reason
