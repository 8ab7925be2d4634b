"""The page "Forms and documents": what the tests made of the sandbox's patients, as it came out."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flask import Blueprint, render_template

FOLDER = Path(__file__).parent / "static" / "documents"

forms_page = Blueprint("forms_page", __name__)


class Page(NamedTuple):
    """A picture of a page and what it shows in words."""

    file: str
    title: str
    alt: str


FILLED = Page(
    "filled",
    "Our generic request, filled",
    "First page of a prior authorization request: plan, kind of review, patient, coverage,"
    " requesting and rendering provider, diagnosis and service are filled; boxes are ticked.",
)
ADDENDUM = Page(
    "addendum",
    "The addendum page",
    "Addendum page: the heading names form, patient, member ID and case; below it two texts that"
    " did not fit their boxes stand whole, each under its field's name.",
)
PACKET = (
    Page(
        "cover",
        "The cover sheet with the index",
        "Cover sheet: who asks whom for whom, the case, how many pages; a list of the documents"
        " enclosed with the page each starts on; and one that could not be enclosed, and why.",
    ),
    Page(
        "foot",
        "A page with its foot",
        "An office note bound into the packet; at its foot stand the patient, the case and the"
        " page's number among all pages.",
    ),
)
PROPOSAL = Page(
    "proposal",
    "The proposal on its page",
    "A payer's form; each field has a number and a frame: green where a value is proposed, blue"
    " where it is open, red where a hand signs.",
)
FAX = Page(
    "fax",
    "The fax, as it arrived",
    "A faxed denial letter at standard resolution: a little askew, with specks and lost lines.",
)
PICTURES = (FILLED, ADDENDUM, *PACKET, FAX)


@forms_page.get("/docs/forms")
def forms_and_documents() -> str:
    """Show a filled form, its report, a packet, a proposal and a fax that was read."""
    return render_template(
        "forms.html",
        filled=FILLED,
        addendum=ADDENDUM,
        packet=PACKET,
        proposal=PROPOSAL,
        fax=FAX,
        shown=kept("shown"),
        templates=kept("templates"),
    )


@cache
def kept(name: str) -> Any:
    """What the tests wrote down beside the pictures."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
