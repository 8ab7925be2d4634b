"""The page "Write a policy in ten minutes", followed step by step."""

import html
import re
import shlex
from datetime import UTC, datetime

import pytest

from nodes.policy.casebook import read_cases
from nodes.policy.reading import read
from server.__main__ import main
from server.guide import FILE, NEW, guide
from tests.server.installation import client


@pytest.fixture
def told():
    return guide(datetime.now(UTC).date())


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "92")
    return tmp_path


def said(capsys, command, status=0):
    assert main(shlex.split(command)[1:]) == status
    return capsys.readouterr().out.rstrip("\n")


def test_the_page_shows_every_step():
    page = client().get("/docs/write-a-policy")
    text = html.unescape(page.get_data(as_text=True))
    assert page.status_code == 200
    blocks = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", text, re.DOTALL)
    shown = guide(datetime.now(UTC).date())
    for block in (shown.policy, shown.cases, shown.show, shown.failing, shown.changed, NEW):
        assert block in blocks
    assert "style=" not in text


def test_following_it_gives_what_it_says(told, here, capsys):
    said(capsys, NEW)
    file, cases = here / FILE, here / "cases" / FILE
    assert (file.read_text(), cases.read_text()) == (told.policy, told.cases)
    assert said(capsys, f"prior-auth policy show {FILE}") == told.show
    assert said(capsys, f"prior-auth policy test {FILE}") == told.first
    assert "0 errors, 0 warnings" in said(capsys, f"prior-auth policy lint {FILE}")
    file.write_text(file.read_text() + told.visit)
    assert said(capsys, f"prior-auth policy test {FILE}", 1) == told.failing
    assert "is [[diagnosis, therapy, visit]]" in told.failing
    mended = cases.read_text().replace("[[diagnosis, therapy]]", "[[diagnosis, therapy, visit]]")
    cases.write_text(mended + told.not_seen)
    assert cases.read_text() == told.changed_cases
    assert said(capsys, f"prior-auth policy test {FILE}") == told.passing
    assert told.passing.endswith("5 cases, 0 faults")
    assert said(capsys, f"prior-auth policy test --coverage {FILE}") == told.passing
    assert "0 errors, 0 warnings" in said(capsys, f"prior-auth policy lint {FILE}")


def test_every_file_on_it_loads(told):
    for policy in (told.policy, told.changed):
        assert read(policy).policy.id == "acme.knee-brace"
    assert [len(read_cases(one).cases) for one in (told.cases, told.changed_cases)] == [4, 5]


def test_every_command_it_names_is_one(told):
    text = html.unescape(client().get("/docs/write-a-policy").get_data(as_text=True))
    named = set(re.findall(r"prior-auth policy (\w+)", text))
    from server.policies import ACTIONS

    assert {"new", "show", "test", "draft", "approve"} <= named <= set(ACTIONS)
