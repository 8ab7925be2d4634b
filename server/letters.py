"""The page "Letters and briefs": what the writing nodes make of the sandbox's examples."""

from typing import NamedTuple

from flask import Blueprint, render_template

letters = Blueprint("letters", __name__)


class Shown(NamedTuple):
    """A picture of a page, the node that made it, and what it shows in words."""

    file: str
    node: str
    title: str
    alt: str


PICTURES = (
    Shown(
        "summary",
        "summarize",
        "The summary a payer reads",
        "First page of a clinical summary: the request, the history, the treatment with dates, the"
        " findings, and each criterion of the policy with the words that show it and their source.",
    ),
    Shown(
        "appeal",
        "draft-appeal",
        "An appeal at the first level",
        "First page of an appeal letter: letterhead, the address and deadline from the notice, the"
        " plan's own words, the answer to them, and the criteria one by one with enclosures.",
    ),
    Shown(
        "peer-to-peer",
        "draft-peer-to-peer",
        "The page for a call with the plan's physician",
        "One page: what to call and quote, the reason in the plan's words, three strongest facts,"
        " criteria, weak spots, questions with the record's answers, and the clock.",
    ),
    Shown(
        "cover",
        "fill-form",
        "The cover sheet of a packet",
        "Cover sheet: who asks whom for whom, the case, how many pages, and each document enclosed"
        " with the page it starts on, above a notice that the pages are confidential.",
    ),
    Shown(
        "attachment",
        "fill-form",
        "A page of a packet",
        "A note bound into the packet: the note as it is, and at its foot the patient, the case and"
        " the page's number among all pages of the packet.",
    ),
)


@letters.get("/docs/letters")
def letters_and_briefs() -> str:
    """Show one real page of each kind, as pictures."""
    return render_template("letters.html", pictures=PICTURES)
