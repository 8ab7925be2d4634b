"""Which policy is chosen: the more specific one in force, and an installation's own folder."""

from datetime import date
from pathlib import Path

import pytest

from nodes.case import Address
from nodes.errors import NotConfigured, UnknownName
from nodes.policy.library import AmbiguousPolicy, Library, read, with_folder
from tests.nodes.policy_world import CGM, case

GOOD = (Path(__file__).parent / "policy.example.yaml").read_text()
OVERLAY = (Path(__file__).parent / "overlay.example.yaml").read_text()
WIDE = "applies: {lines_of_business: [medicare, medicare_advantage], certifications: [initial]}"
HOME = Address(lines=("1 Main Street",), city="Anytown", state="TX", postal_code="79999")


def policy(name, applies="", version="2024-01-01.1", dates="{from: 2024-01-01, to: null}"):
    assert WIDE in GOOD
    text = GOOD.replace("id: cms.l33822.cgm.initial", f"id: {name}")
    text = text.replace("2024-01-01.1", version).replace("{from: 2024-01-01, to: null}", dates)
    return text.replace(WIDE, f"applies: {{{applies}}}")


def chosen(*texts, named=None, plan=None, state=None, **changes):
    asked = case(CGM, ("E11.65",), "medicare", **changes)
    coverage = asked.coverage.model_copy(update={"plan_name": plan})
    patient = asked.patient.model_copy(
        update={"address": HOME.model_copy(update={"state": state}) if state else None}
    )
    asked = asked.model_copy(update={"coverage": coverage, "patient": patient})
    return Library(map(read, texts)).choose(asked, named).policy.id


ANY = policy("any")
LINE = policy("line", "lines_of_business: [medicare]")
STATE = policy("state", "states: [TX]")
PAYER = policy("payer", "payers: [SBXHP01]")
PAYER_LINE = policy("payer.line", "payers: [SBXHP01], lines_of_business: [medicare]")
PLAN = policy("plan", "payers: [SBXHP01], plans: [Gold Choice]")
OTHERS = (
    policy("other.payer", "payers: [OTHER]"),
    policy("other.line", "lines_of_business: [commercial]"),
    policy("renewal", "certifications: [renewal]"),
    policy("draft").replace("status: active", "status: draft"),
    policy("ended", dates="{from: 2024-01-01, to: 2026-11-15}"),
    policy("later", dates="{from: 2026-11-17, to: null}"),
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([ANY], "any"),
        ([ANY, LINE], "line"),
        ([ANY, LINE, PAYER], "payer"),
        ([ANY, LINE, PAYER, PAYER_LINE], "payer.line"),
        ([ANY, LINE, PAYER, PAYER_LINE, PLAN], "plan"),
        ([ANY, STATE], "state"),
    ],
)
def test_the_more_specific_goes_first(texts, expected):
    assert chosen(*texts, *OTHERS, plan=" gold choice", state="TX") == expected
    assert chosen(*reversed([*texts, *OTHERS]), plan="GOLD CHOICE", state="TX") == expected


def test_equally_specific_ones_are_never_chosen_between():
    for texts in (
        [ANY, policy("any.too")],
        [LINE, STATE],
        [PAYER, policy("payer.b", "payers: [SBXHP01]")],
    ):
        with pytest.raises(AmbiguousPolicy):
            chosen(*texts, state="TX")
    assert chosen(ANY, policy("any.too"), named="any.too") == "any.too"


def test_a_plan_or_state_that_is_not_named_is_asked_for():
    for special in (PLAN, STATE):
        with pytest.raises(AmbiguousPolicy, match="plan"):
            chosen(ANY, special)
    assert chosen(ANY, STATE, state="NM") == "any"
    assert chosen(PAYER, STATE) == "payer"
    assert chosen(ANY, PLAN, plan="Bronze", state="NM") == "any"


def test_versions_by_the_day_of_service():
    old = policy("one", dates="{from: 2024-01-01, to: 2026-12-31}")
    new = policy("one", version="2027-01-01.1", dates="{from: 2027-01-01, to: null}")
    library = Library([read(old), read(new)])
    asked = case(CGM, ("E11.65",), "medicare")
    assert library.choose(asked).policy.version == "2024-01-01.1"
    lines = tuple(one.model_copy(update={"start": date(2027, 1, 4)}) for one in asked.service_lines)
    later = asked.model_copy(update={"service_lines": lines})
    assert library.choose(later).policy.version == "2027-01-01.1"
    assert library.choose(later, "one@2027-01-01.1").policy.version == "2027-01-01.1"
    with pytest.raises(UnknownName):
        library.choose(later, "one@2024-01-01.1")
    overlapping = Library([read(policy("one")), read(new)])
    with pytest.raises(AmbiguousPolicy):
        overlapping.choose(later)


def test_an_own_folder_adds_and_replaces_by_id_and_version(tmp_path):
    shipped = Library([read(GOOD)])
    (tmp_path / "acme.yaml").write_text(OVERLAY)
    (tmp_path / "ours.yaml").write_text(GOOD.replace("window: P6M", "window: P3M"))
    (tmp_path / "note.txt").write_text("not a policy")
    found = with_folder(shipped, tmp_path)
    assert sorted(one.policy.id for one in found.held) == [
        "acme.cgm.initial",
        "cms.l33822.cgm.initial",
    ]
    ours = found.choose(case(CGM, ("E11.65",), "medicare"))
    assert ours.compiled.leaves["visit"].window == "P3M"
    assert len(shipped.held) == 1


def test_every_fault_of_an_own_folder_is_said_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("id: [")
    (tmp_path / "b.yaml").write_text(GOOD)
    (tmp_path / "c.yaml").write_text(GOOD)
    (tmp_path / "d.yaml").write_text("extends: nothing.here\n")
    with pytest.raises(NotConfigured) as caught:
        with_folder(Library([]), tmp_path)
    said = [one.detail for one in caught.value.complaints]
    assert [one.split(":")[0] for one in said] == [
        "policies/a.yaml",
        "policies/d.yaml",
        "policies/c.yaml",
    ]
    assert "the same id and version as b.yaml" in said[2]
    with pytest.raises(NotConfigured, match="cannot be read"):
        with_folder(Library([]), tmp_path / "none")
    (tmp_path / "e.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(NotConfigured, match="not UTF-8"):
        with_folder(Library([]), tmp_path)


def test_codes_without_quotes_are_the_same_text():
    assert read(GOOD.replace('"274783", "86009"', "274783, 86009")).sha256 == read(GOOD).sha256
