"""Which pages' own text is not to be trusted."""

import pytest

from nodes.reading.ocr.needed import needs_ocr
from tests.fax_wording import REFUSED, SAID

GOOD = " ".join(SAID)
LABS = "Glucose 117.1 mg/dL 70-99\nCreatinine 0.98 mg/dL 0.57-1.00\nSodium 141 mmol/L 134-144"


@pytest.mark.parametrize("text", [GOOD, " ".join(REFUSED), LABS, "Page 1 of 3", "9000000015"])
def test_a_text_that_reads_as_one_is_kept(text):
    assert needs_ocr(text, picture_share=0.0) == ()


def test_a_page_with_a_logo_keeps_its_text():
    assert needs_ocr(GOOD, picture_share=0.1) == ()


@pytest.mark.parametrize(
    ("text", "more", "why"),
    [
        ("", {"picture_share": 0.9}, "no text"),
        ("(cid:12)(cid:7) (cid:33)(cid:4)", {"picture_share": 0.0}, "signs without a meaning"),
        ("\ue021\ue044\ue010 Fax \ue003\ue009", {"picture_share": 0.0}, "signs without a meaning"),
        ("Fax 614-555-0101 P. 01/03", {"picture_share": 0.95}, "few words"),
        (GOOD, {"picture_share": 1.0, "hidden_share": 1.0}, "invisible layer"),
    ],
)
def test_a_text_that_hides_the_page_is_not_kept(text, more, why):
    (reason,) = needs_ocr(text, **more)
    assert why in reason


def test_letters_moved_along_the_alphabet_are_noticed():
    moved = "".join(chr((ord(c.lower()) - 97 + 3) % 26 + 97) if c.isalpha() else c for c in GOOD)
    (reason,) = needs_ocr(moved, picture_share=0.0)
    assert "wrong letters" in reason


def test_an_empty_page_needs_nothing():
    assert needs_ocr(" \n", picture_share=0.0, drawn=False) == ()
