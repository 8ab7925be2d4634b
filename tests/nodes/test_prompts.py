"""Prompts have versions and hashes; an installation may use its own, and go back."""

from pathlib import Path

import pytest

from nodes.audit import sha256
from nodes.errors import NotConfigured
from nodes.writing.prompt import chosen, shipped

NAMES = sorted(path.stem for path in (Path(__file__).parents[2] / "nodes" / "prompts").glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_prompt_has_a_version_and_the_hash_of_its_words(name):
    prompt = shipped(name)
    assert prompt.version and prompt.used.sha256 == sha256(prompt.text.encode())
    assert "version:" not in prompt.text


def test_an_own_prompt_takes_the_place_of_the_shipped_one_until_it_is_gone(tmp_path):
    file, folder = tmp_path / "write-summary.md", str(tmp_path)
    assert chosen("write-summary", folder) == shipped("write-summary")
    file.write_text("version: mine.2\nWrite less.\n", encoding="utf-8")
    assert (chosen("write-summary", folder).version, chosen("write-summary", folder).text) == (
        "mine.2",
        "Write less.",
    )
    assert chosen("argue-appeal", folder) == shipped("argue-appeal")
    file.write_text("version: mine.1\nWrite little.\n", encoding="utf-8")
    assert chosen("write-summary", folder).used.version == "mine.1"
    file.unlink()
    assert chosen("write-summary", folder) == shipped("write-summary")


@pytest.mark.parametrize("raw", [b"Write.", b"version: \nWrite.", b"version: 1\n", b"\xff\xfe"])
def test_a_file_that_is_no_prompt_is_a_setting_to_mend(tmp_path, raw):
    (tmp_path / "write-summary.md").write_bytes(raw)
    with pytest.raises(NotConfigured, match=r"write-summary\.md"):
        chosen("write-summary", str(tmp_path))
