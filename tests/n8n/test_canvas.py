"""Each workflow opens on n8n's canvas with all its nodes; UPDATE_PICTURES=1 takes its picture."""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.n8n.instance import OWNER, REPO, WORKFLOWS
from tests.n8n.stage import Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow, pytest.mark.browser]
PICTURES = REPO / "server/static/workflows"
MARGIN = 24


@pytest.fixture(scope="module")
def page(stage: Stage, chromium: Browser) -> Page:
    """A page signed in to n8n."""
    page = chromium.new_page(viewport={"width": 2400, "height": 2000})
    page.goto(f"{stage.n8n.url}/signin")
    page.locator("input[name=emailOrLdapLoginId]").fill(OWNER)
    page.locator("input[name=password]").fill(stage.n8n.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/**")
    return page


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_opens_on_the_canvas(stage: Stage, page: Page, path: Path) -> None:
    workflow = json.loads(path.read_text())
    notes = sum(node["type"].endswith("stickyNote") for node in workflow["nodes"])

    page.goto(f"{stage.n8n.url}/workflow/{workflow['id']}")

    shown = page.locator("[data-test-id=canvas-node]")
    expect(shown).to_have_count(len(workflow["nodes"]) - notes, timeout=30_000)
    expect(page.locator("[data-test-id=node-issues]")).to_have_count(0)
    if os.environ.get("UPDATE_PICTURES"):
        take_picture(page, PICTURES / f"{path.stem}.png")


def take_picture(page: Page, path: Path) -> None:
    """Fit the workflow to the window and keep the part it covers."""
    card = page.locator("[data-test-id=suggested-actions-card] button, .n8n-icon-x")
    if card.count():
        card.first.click()
    page.locator("[data-test-id=zoom-to-fit]").click()
    page.wait_for_function(
        "() => new Promise(done => { const at = () => JSON.stringify([...document"
        ".querySelectorAll('.vue-flow__node')].map(n => n.getBoundingClientRect()));"
        " const before = at(); setTimeout(() => done(before === at()), 400); })"
    )
    boxes = page.evaluate(
        "[...document.querySelectorAll('.vue-flow__node')].map(n => n.getBoundingClientRect())"
        ".map(b => [b.left, b.top, b.right, b.bottom])"
    )
    left, top = (min(box[i] for box in boxes) - MARGIN for i in (0, 1))
    right, bottom = (max(box[i] for box in boxes) + MARGIN for i in (2, 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    page.add_style_tag(content="[data-test-id=canvas-controls] { visibility: hidden }")
    page.screenshot(
        path=path, clip={"x": left, "y": top, "width": right - left, "height": bottom - top}
    )
