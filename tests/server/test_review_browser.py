"""A reviewer at work, in a real Chromium."""

import json
import re

import pytest
from playwright.sync_api import expect

from nodes.chart import HardStop
from nodes.packet import Attestation, Packet
from nodes.verify_attestation import VerifyAttestationRequest, verify_attestation
from tests import gates
from tests.server.review_world import DANA, desk, drafted

pytestmark = pytest.mark.browser
CASE = "PA-2026-0001"


@pytest.fixture(scope="module")
def office():
    with desk() as (workflow, base):
        yield workflow, base


@pytest.fixture
def workflow(office):
    """The workflow, with nothing told yet and one packet in its queue."""
    workflow, _ = office
    workflow.waiting.clear()
    workflow.told.clear()
    workflow.seen.clear()
    workflow.fail = None
    workflow.hand(drafted("lopez"))
    return workflow


@pytest.fixture
def page(chromium, office, request):
    """A page, closed only after its console was quiet: no script error, nothing blocked."""
    scripts = getattr(request, "param", True)
    context = chromium.new_context(
        base_url=office[1], java_script_enabled=scripts, viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(10_000)
    page, noise = context.new_page(), []
    page.on("pageerror", lambda error: noise.append(f"{error}"))
    page.on("console", lambda line: noise.append(line.text) if line.type == "error" else None)
    page.on(
        "request",
        lambda asked: noise.append(asked.url) if not ours(asked.url, office[1]) else None,
    )
    yield page
    context.close()
    assert [line for line in noise if "status of 4" not in line] == []


def ours(url, base):
    """Whether a request stays here; chrome: is the browser's own PDF viewer."""
    return not url.startswith(("http:", "https:", "ws")) or url.startswith(base)


without_scripts = pytest.mark.parametrize("page", [False], indirect=True)


def sign_in(page, token=DANA, then="/review/"):
    page.goto(then)
    page.get_by_label("Your access token").fill(token)
    page.get_by_role("button", name="Sign in").click()


def open_packet(page):
    sign_in(page)
    page.get_by_role("link", name="Maria Lopez").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maria Elena Lopez")


def holds(told):
    answer = verify_attestation(
        VerifyAttestationRequest(
            packet=Packet.model_validate_json(json.dumps(told["packet"])),
            attestation=Attestation.model_validate_json(json.dumps(told["attestation"])),
        ),
        key=gates.key,
    )
    return answer.valid


def test_read_and_approve(page, workflow):
    open_packet(page)
    expect(page.get_by_text("Signed as Dana Whitfield, MD")).to_be_visible()
    page.get_by_role("button", name="Approve and attest").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approved and attested")
    [told] = workflow.told
    assert holds(told)
    assert told["packet_sha256"] == drafted("lopez").packet_sha256


def test_a_quote_leads_to_its_words_in_the_note(page, workflow):
    open_packet(page)
    link = page.locator("a.quote").filter(visible=True).nth(1)
    words = link.inner_text().strip("“”")
    link.click()
    marked = page.locator("mark.current")
    assert "".join(marked.all_text_contents()) == words
    expect(marked.first).to_be_in_viewport()
    expect(marked.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


@without_scripts
def test_a_quote_leads_to_its_words_without_scripts(page, workflow):
    open_packet(page)
    link = page.locator("a.quote").filter(visible=True).nth(1)
    words = link.inner_text().strip("“”")
    link.click()
    mark = page.locator(".anchor:target + mark")
    expect(mark).to_be_in_viewport()
    assert words.startswith(mark.inner_text())
    assert mark.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 201, 77)"


def test_edit_see_the_difference_and_approve(page, workflow):
    open_packet(page)
    sentence = page.locator("li.sentence", has=page.locator("a.cite")).first
    approve = page.get_by_role("button", name="Approve and attest")
    sentence.locator("details.edit summary").click()
    box = sentence.locator("textarea")
    expect(box).to_be_focused()
    before = box.input_value()
    box.fill("Right lumbar radiculopathy since August 25, 2026.")
    expect(approve).to_be_disabled()
    page.get_by_role("status").get_by_role("button", name="Update packet").click()
    changes = page.get_by_role("region", name="Your changes")
    expect(changes.locator("ins")).not_to_have_count(0)
    expect(changes).to_contain_text("Clinical justification")
    expect(page.get_by_text("with your 1 change")).to_be_visible()
    assert workflow.told == []
    approve.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approved and attested")
    [told] = workflow.told
    assert holds(told)
    [edit] = told["attestation"]["edits"]
    assert (edit["before"], edit["after"]) == (
        before,
        "Right lumbar radiculopathy since August 25, 2026.",
    )
    assert edit["after"] in json.dumps(told["packet"]["form"]["fields"])


@without_scripts
def test_edit_and_approve_without_scripts(page, workflow):
    open_packet(page)
    sentence = page.locator("li.sentence", has=page.locator("a.cite")).first
    sentence.locator("details.edit summary").click()
    sentence.locator("textarea").fill("Right lumbar radiculopathy.")
    page.get_by_role("button", name="Approve and attest").click()
    expect(page.get_by_role("alert")).to_contain_text("read it once more")
    assert workflow.told == []
    page.get_by_role("button", name="Approve and attest").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approved and attested")
    assert holds(workflow.told[0])


def test_send_back_with_a_reason(page, workflow):
    open_packet(page)
    page.get_by_text("Send back or decline").click()
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_text("Send back or decline").click()
    page.get_by_label("Reason").fill("The left side is meant.")
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent back")
    [told] = workflow.told
    assert (told["decision"], told["reason"]) == ("sent_back", "The left side is meant.")


def test_a_second_click_while_it_is_being_sent_does_nothing(page, workflow):
    open_packet(page)
    box = page.get_by_role("button", name="Approve and attest").bounding_box()
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    workflow.arrived.clear()
    workflow.released.clear()
    page.mouse.click(*place)
    assert workflow.arrived.wait(10)
    page.mouse.click(*place)
    workflow.released.set()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approved and attested")
    assert [method for method, _ in workflow.seen].count("POST") == 1


@without_scripts
def test_deciding_again_from_another_tab_is_told_kindly(page, workflow):
    open_packet(page)
    other = page.context.new_page()
    other.goto(f"/review/{CASE}")
    page.get_by_role("button", name="Approve and attest").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approved and attested")
    other.get_by_role("button", name="Approve and attest").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Already decided")
    assert len(workflow.told) == 1


def test_a_packet_that_changed_meanwhile(page, workflow):
    open_packet(page)
    workflow.hand(drafted("lopez", gates.PREPARER.model_copy(update={"subject": "other"})))
    page.get_by_role("button", name="Approve and attest").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("changed while you were reading")
    assert workflow.told == []


def test_opening_links_changes_nothing(page, workflow):
    open_packet(page)
    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    for link in {link.partition("#")[0] for link in links}:
        assert page.request.get(link).ok
    assert {method for method, _ in workflow.seen} == {"GET"}
    assert workflow.told == []


@pytest.mark.parametrize("token", ["pan_guess", "pan_clerk"])
def test_a_wrong_credential_shows_nothing(page, workflow, token):
    sign_in(page, token, f"/review/{CASE}")
    expect(page.get_by_role("alert")).to_be_visible()
    assert workflow.seen == []
    sign_in(page, DANA, f"/review/{CASE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Maria Elena Lopez")


def test_hard_stops_disable_approving(page, workflow):
    stop = HardStop(code="wrong_patient", detail="The event names another patient.")
    workflow.hand(drafted("lopez", hard_stops=(stop,)))
    open_packet(page)
    expect(page.get_by_role("alert")).to_contain_text(stop.detail)
    expect(page.get_by_role("button", name="Approve and attest")).to_be_disabled()


def test_the_drafter_cannot_attest(page, workflow):
    workflow.hand(drafted("lopez", gates.REVIEWER))
    open_packet(page)
    expect(page.get_by_role("alert")).to_contain_text("another reviewer has to attest")
    expect(page.get_by_role("button", name="Approve and attest")).to_be_disabled()


def test_everything_by_keyboard(page, workflow):
    page.goto("/review/")
    page.keyboard.type(DANA)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Waiting for review")
    tab_to(page, "Maria Lopez")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Maria Elena Lopez")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    quote = tab_to(page, "“")
    page.keyboard.press("Enter")
    assert "".join(page.locator("mark.current").all_text_contents()) == quote.strip("“”")
    page.keyboard.press("Escape")
    tab_to(page, "Edit")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard.")
    tab_to(page, "Update packet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Your changes")).to_contain_text("By keyboard.")
    tab_to(page, "Approve and attest")
    assert outlined(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Approved and attested")
    assert holds(workflow.told[0])


def tab_to(page, words):
    """Press Tab until what has the focus says these words."""
    for _ in range(300):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement.innerText || ''").strip()
        if words in text and len(text) < 1000:
            return text
    raise AssertionError(f"no way to {words!r} by Tab")


def outlined(page):
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    return style == "solid"


@pytest.mark.parametrize("patient", ["lopez", "hale", "costa"])
def test_text_has_contrast(page, workflow, patient):
    """WCAG 2.2, 1.4.3: text against the colour behind it at 4.5 to 1 (large text 3 to 1)."""
    whole = drafted(patient)
    workflow.hand(whole)
    sign_in(page, DANA, f"/review/{whole.packet.case.id}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(LOW_CONTRAST) == []


def test_names_and_places_are_there_for_screen_readers(page, workflow):
    open_packet(page)
    tree = page.locator("body").aria_snapshot()
    for landmark in ("banner", "main", "navigation"):
        assert landmark in tree
    assert not re.search(r"- (button|link|textbox):?$", tree, re.MULTILINE)
    assert page.locator("html").get_attribute("lang") == "en"


LOW_CONTRAST = """() => {
  const channels = (c) => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const luminance = (c) => channels(c).slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility() || e.closest(":disabled")) continue;
    const style = getComputedStyle(e);
    const [a, b] = [luminance(style.color), luminance(behind(e))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) low.push([ratio, e.className, walker.currentNode.data]);
  }
  return low;
}"""
