"""What Typst draws for us: data stays data, accessible, the same bytes from every thread."""

import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

import pikepdf
import pypdf
import pytest

from nodes.pdf.drawn import press
from nodes.pdf.drawn.addendum import addendum, pages
from nodes.pdf.drawn.fonts import composed, printable, unprintable
from nodes.pdf.letter import pdf
from nodes.writing.paper import Passage
from tests.nodes.test_letter_documents import paper

EVIL = (
    '#eval("1+1") #import "base.typ": * $x^2$ *bold* _it_ @ref <label> `raw` // gone'
    " = head - item + item / term: x \\u{41} [a](b) ~ -- --- ... \"q\" 'q' #{ } ]}) http://x.example"
)


def words(raw: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=raw, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize(
    "drawn",
    [
        lambda text: pdf(paper(text, title=text, head=(text,), about=((text, text),))),
        lambda text: pdf(paper("Lead", text, style="numbered", closing=(text,), greeting=text)),
        lambda text: addendum(text, text, [(text, text)]),
    ],
)
def test_what_a_text_says_is_printed_and_never_run(drawn):
    said = words(drawn(EVIL))
    for part in ('#eval("1+1")', "$x^2$ *bold* _it_ @ref <label> `raw` // gone", "\\u{41} [a](b)"):
        assert part in said
    assert "#{ } ]}) http://x.example" in said


def test_templates_need_nothing_from_outside():
    for file in Path(press.__file__).parent.glob("*.typ"):
        text = file.read_text()
        assert "@" not in text.replace("rgb(", "")
        assert set(re.findall(r'import "([^"]+)"', text)) <= {"base.typ"}
        assert "eval" not in text and "plugin" not in text


def test_pages_are_tagged_and_say_their_language_and_title():
    for raw in (pdf(paper("One", "Two")), addendum("A form", "Moss, Ada", [("Field", "text")])):
        with pikepdf.open(io.BytesIO(raw)) as opened:
            root = opened.Root
            assert root.MarkInfo.Marked
            assert root.Lang == "en-US"
            assert root.ViewerPreferences.DisplayDocTitle
            assert opened.docinfo.Title
            assert "pdfuaid" in root.Metadata.read_bytes().decode()
            assert kinds(root.StructTreeRoot) >= {"/H1", "/P"}


def test_lists_are_lists_to_whoever_cannot_see_them():
    with pikepdf.open(io.BytesIO(pdf(paper("One", "Two")))) as opened:
        assert kinds(opened.Root.StructTreeRoot) >= {"/L", "/LI", "/LBody", "/H1", "/P"}


def kinds(node) -> set[str]:
    found, open_ = set(), [node]
    while open_:
        one = open_.pop()
        if isinstance(one, pikepdf.Array):
            open_ += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            found |= {str(one.S)} if "/S" in one else set()
            open_ += [one.K] if "/K" in one else []
    return found


def test_many_threads_draw_the_same_bytes():
    papers = [paper(f"Fact {n}") for n in range(6)] * 4
    alone = [pdf(one) for one in papers[:6]] * 4
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(pdf, papers)) == alone


def test_every_addendum_page_says_whose_it_is_and_which_field_goes_on():
    raw = addendum("A form", "Moss, Ada | case C-1", [("Notes", "word " * 2500), ("Rest", "end")])
    reader = pypdf.PdfReader(io.BytesIO(raw))
    many = len(reader.pages)
    assert many > 2
    for number, page in enumerate(reader.pages, 1):
        said = " ".join(page.extract_text().split())
        assert "Moss, Ada | case C-1" in said
        assert f"Page {number} of {many}" in said
        assert ("Continued: Notes" in said) == (number > 1)


def test_a_text_is_whole_on_its_pages_and_keeps_its_lines():
    raw = pages("A note", "Moss, Ada", [("", "First\nSecond\n\n" + "x" * 900 + " end")])
    assert "\u200b" not in words(raw)
    assert words(raw).count("x") == 900
    lines = pypdf.PdfReader(io.BytesIO(raw)).pages[0].extract_text().splitlines()
    assert "First" in lines and "Second" in lines


def test_a_child_of_a_process_that_has_drawn_says_so_and_does_not_hang():
    program = (
        "import os; from nodes.pdf.drawn.addendum import pages; pages('a', 'b', [('', 'c')])\n"
        "if os.fork():\n    raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
        "try:\n    pages('a', 'b', [('', 'd')])\nexcept RuntimeError:\n    os._exit(42)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=60, check=False)
    assert done.returncode == 42


ODD = (
    *("", " ", "\n", "\u200b", "\u202e", "\x00", "\ud800", "\ufffe", "\u0301", "\u00ad", "\ufeff"),
    *("\U0001f600", "\u05d0\u05d1", "\u0627", "\N{NO-BREAK SPACE}", "a\u0300\u0301" * 9, "\ue000"),
    "-" * 99,
)


@pytest.mark.parametrize("odd", ODD)
def test_no_text_is_too_odd_to_draw(odd):
    parts = tuple(
        Passage(odd, style, (odd, odd), ((odd, odd), (odd, odd)) if style == "table" else ())  # type: ignore[arg-type]
        for style in ("prose", "points", "numbered", "table")
    )
    known = {"title": odd, "head": (odd, odd), "dated": odd, "to": (odd,), "greeting": odd}
    lines = {"about": ((odd, odd),), "closing": (odd,), "enclosures": (odd,)}
    for raw in (pdf(paper(**known, **lines, passages=parts)), addendum(odd, odd, [(odd, odd)])):
        assert press.count(raw) == 1


def test_a_word_of_any_length_stays_in_its_cell():
    long = Passage("Tried", "table", (), (("Drug", "Why"), ("m" * 150, "no"), ("w" * 40, "so")))
    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=pdf(paper(passages=(long,))), capture_output=True, check=True,
    )  # fmt: skip
    found = re.findall(r'xMax="([\d.]+)"[^>]*>([mw]+)<', done.stdout.decode())
    assert sum(len(word) for _, word in found) == 190
    assert max(float(right) for right, _ in found) < 612 - 66


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u0301", "\u00e1"),
        ("one\u200b\u202etwo\u0000", "onetwo"),
        ("a\r\nb\u2028c\td", "a\nb\nc d"),
        ("thin\u2009space", "thin space"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
        ("漢", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_text_is_made_fit_to_draw(text, shown):
    assert printable(text) == shown


def test_what_no_font_has_is_known_beforehand():
    assert unprintable("王")
    assert not unprintable("Łukasz Ωδη Иван ≥ 5 µg\n")
    assert composed("e\u0301") == "é"


def test_a_long_text_is_drawn_whole_in_time_that_grows_with_it():
    def drawn(times: int) -> float:
        began = process_time()
        raw = addendum("A form", "Moss, Ada", [("Notes", f"y{times} " * 4_000 * times)])
        spent = process_time() - began
        assert words(raw).count(f"y{times}") == 4_000 * times
        return spent

    drawn(1)
    assert drawn(8) < 8 * 3 * drawn(2) / 2 + 0.2
