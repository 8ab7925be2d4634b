"""The head of addendum pages: whose request it is, and of which form, in full."""

import pytest

from nodes.case import PersonName
from nodes.pdf.drawn.addendum import addendum
from tests.nodes.forms_drawn import filled, form
from tests.nodes.forms_world import pages, pdf, with_patient

LONG = "{id: x, text: 'words that are too long for the field they go into', limit: 9, pdf: a}"


def test_the_patients_name_is_as_whole_as_on_the_form():
    case = with_patient(name=PersonName(family="Lopez", given="Maria", middle="Elena"))
    done = filled(form("a"), f"  - {LONG}", case=case)
    assert "Lopez, Maria Elena | born 04/09/1971" in pages(pdf(done))[1]


@pytest.mark.parametrize("words", [9, 30])
def test_a_long_title_is_shown_whole_above_what_continues(words):
    title = " ".join(f"Request{n}" for n in range(words)) + " Form for Health Care Services"
    whose = "Lopez, " + " ".join(["Maria"] * 30) + "  |  case PA-2026-0001"
    for page in pages(addendum(title, whose, [("Why", "word " * 1200)])):
        head, _, body = page.partition("case PA-2026-0001")
        assert head.startswith(f"Addendum: {title} Lopez, ") and head.count("Maria") == 30
        assert body.startswith((" Why word", " Continued: Why word"))
