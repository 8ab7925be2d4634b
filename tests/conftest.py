"""What tests of several folders share."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadFileScheduling

from nodes.ehr import budget, tokens
from tests.chromium import FLAGS, path

TOGETHER = ("tests/n8n/", "tests/fhir/")
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


class ByFile(LoadFileScheduling):
    """A file's tests in one process, in order; those that share n8n or a FHIR server too."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), None) or (
            super()._split_scope(nodeid)
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """The files in the order in which they were collected: see below."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that no process ends with it while others have nothing."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: ("/tests/n8n/" not in str(item.path), item.path not in slow))
