from datetime import date

import pytest

from nodes.errors import NotConfigured, UnknownName
from nodes.x12.payer.companions import Library, companion, folder, read, shipped

SMALL = """
id: mine
version: "1"
name: My plan
kind: commercial
status: in_use
effective: 2026-01-01
payer_ids: [MINE1]
sources:
  guide: {title: Its guide, checked: 2026-01-02, verified: guide}
"""


def test_the_shipped_profiles_are_read_and_real_payers_are_examples():
    profiles = {one.profile.id: one.profile for one in shipped()}
    kinds = {one.kind for one in profiles.values()}
    assert kinds >= {"generic", "sandbox", "commercial", "medicare", "medicaid", "utilization"}
    for profile in profiles.values():
        assert (profile.status == "example") == (profile.kind not in {"generic", "sandbox"})
        assert all(source.checked <= date(2026, 12, 31) for source in profile.sources.values())


@pytest.mark.parametrize("name", ["SBXHP01", "sbxhp01 ", "sandbox", "Sandbox-Payer"])
def test_a_payer_is_known_by_its_id_its_file_and_its_aliases(name):
    found = companion(name)
    assert found.profile.id == "sandbox"
    assert (found.used.kind, found.used.id) == ("payer", "sandbox")


@pytest.mark.parametrize("name", ["NOBODY", "", None])
def test_an_unknown_payer_gets_the_generic_profile(name):
    assert companion(name).profile.id == "generic"


def test_a_profile_named_outright_must_exist():
    library = Library(shipped())
    assert library.named("generic").profile.id == "generic"
    with pytest.raises(UnknownName):
        library.named("NOBODY")


def test_an_own_profile_goes_before_a_shipped_one(tmp_path):
    (tmp_path / "sandbox.yaml").write_text(SMALL.replace("id: mine", "id: sandbox"))
    (tmp_path / "theirs.yaml").write_text(
        SMALL.replace("id: mine", "id: theirs").replace("MINE1", '"15004"')
    )
    library = Library(shipped(), folder(tmp_path))
    assert library.find("MINE1").profile.name == "My plan"
    assert library.find("sandbox").profile.name == "My plan"
    assert library.find("SBXHP01").profile.id == "generic"
    assert library.find("15004").profile.id == "theirs"
    assert library.find("CGS").profile.id == "cgs-esmd"


def test_two_profiles_of_one_folder_may_not_be_for_one_payer(tmp_path):
    for name in ("mine", "other"):
        (tmp_path / f"{name}.yaml").write_text(SMALL.replace("id: mine", f"id: {name}"))
    with pytest.raises(NotConfigured, match=r"other\.yaml: mine\.yaml has the same name"):
        Library(shipped(), folder(tmp_path))


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(NotConfigured, match="payers: the folder"):
        folder(tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL + "addresses: {receiver: lower, source: guide}", "addresses/receiver: String"),
        (SMALL + "addresses: {receivers: ABC, source: guide}", "addresses/receivers: Extra"),
        (SMALL + "addresses: {receiver: ABC, source: book}", "cites the source book"),
        (SMALL + "limits: {service_lines: none, source: guide}", "limits/service_lines: Input"),
        (SMALL + 'writing: {element: "*", segment: "*", source: guide}', "writing: two separators"),
        (SMALL + 'members: {id_pattern: "(", source: guide}', "members/id_pattern: it is no"),
        (SMALL + "refuses: [{about: {}, words: Nothing, source: guide}]", "refuses/0: about must"),
        (SMALL + "references: [{loop: 2010b, qualifier: EI, value: requester.tax_id,"
         " source: guide}]", "references/0/loop: String"),
        (SMALL + "id: again", "line 11: a key is given twice|line 2: a key is given twice"),
        (SMALL.replace("id: mine", "id: yours"), "id: it must be the file's name"),
        ("[", "line 1: "),
        ("- a", "the profile: Input"),
        ("a: \x00", "not plain YAML|line 1|special characters"),
        ("# " + "x" * 300_000, "larger than 256 kB"),
    ],
)  # fmt: skip
def test_a_faulty_profile_names_file_and_field(text, said):
    with pytest.raises(NotConfigured, match=said) as caught:
        read(text.encode(), "mine.yaml")
    assert str(caught.value).startswith("payer profile mine.yaml: ")
    assert caught.value.complaints


def test_every_fault_is_a_complaint():
    text = SMALL + "addresses: {receiver: lower, source: guide}\nlimits: {requests: 0}"
    with pytest.raises(NotConfigured, match=r"and 2 more") as caught:
        read(text.encode(), "mine.yaml")
    assert len(caught.value.complaints) == 3
