"""What tests of several folders share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from nodes.ehr import budget, tokens
from tests.chromium import FLAGS, path

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts as a process does: no token held, nothing asked of an EHR yet, no key."""
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    budget.forget()
    tokens.forget()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole session: Playwright allows one at a time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=FLAGS)
        yield browser
        browser.close()
