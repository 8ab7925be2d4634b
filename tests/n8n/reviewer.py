"""The reviewer, at the review pages: over HTTP as a browser sends it, or in a real Chromium."""

import re
from html import unescape
from html.parser import HTMLParser

import requests
from playwright.sync_api import Page, expect

FORM = {"input", "textarea"}


class Fields(HTMLParser):
    """The fields of the decision form: its hidden inputs and the text areas that belong to it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.open: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag in FORM and name:
            self.found[name] = given.get("value") or ""
            self.open = name if tag == "textarea" else None

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[self.open] += data

    def handle_endtag(self, tag: str) -> None:
        self.open = None


class Reviewer:
    """A signed-in reviewer."""

    def __init__(self, base_url: str, token: str) -> None:
        self.base_url = f"{base_url}/review"
        self.http = requests.Session()
        page = self.http.get(f"{self.base_url}/sign-in", timeout=10).text
        answer = self.http.post(
            f"{self.base_url}/sign-in", data=Fields(page).found | {"token": token}, timeout=10
        )
        assert answer.ok, answer.status_code

    def queue(self) -> str:
        """Read the work queue."""
        answer = self.http.get(f"{self.base_url}/", timeout=30)
        assert answer.ok, answer.status_code
        return unescape(answer.text)

    def packet(self, case_id: str) -> requests.Response:
        """Open a packet."""
        return self.http.get(f"{self.base_url}/{case_id}", timeout=30)

    def decide(self, case_id: str, decision: str, reason: str = "") -> requests.Response:
        """Press one of the three buttons."""
        page = self.packet(case_id)
        assert page.ok, page.status_code
        form = Fields(page.text).found | {"decision": decision, "reason": reason}
        return self.http.post(f"{self.base_url}/{case_id}/decide", data=form, timeout=60)

    def edit_and_approve(self, case_id: str, words: str) -> requests.Response:
        """Put other words for the last sentence of the summary, read the packet again, approve."""
        fields = Fields(self.packet(case_id).text).found
        fields[[name for name in fields if name.startswith("sentence-")][-1]] = words
        page = self.http.post(f"{self.base_url}/{case_id}/revise", data=fields, timeout=60)
        assert page.ok, page.status_code
        form = Fields(page.text).found | {"decision": "approved"}
        return self.http.post(f"{self.base_url}/{case_id}/decide", data=form, timeout=60)


def approve_in_browser(page: Page, base_url: str, token: str, case_id: str, patient: str) -> None:
    """Sign in, open the case from the queue, change nothing, approve."""
    page.goto(f"{base_url}/review/")
    page.get_by_label("Your access token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=re.compile(patient)).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(patient))
    page.get_by_role("button", name="Approve and attest").click()
    page.wait_for_url(f"**/review/{case_id}/done**")
