"""How text is set in a box: nothing lost, nothing standing out, quickly."""

import time

from hypothesis import given
from hypothesis import strategies as st

from nodes.pdf.filling.faces import Face
from nodes.pdf.filling.layout import ASCENT, DESCENT, LEADING, in_cells, in_line, lines_of, wrapped

LETTERS = "abcdefghijklmnopqrstuvwxyz 0123456789.,"
SQUARE = Face("Square", dict.fromkeys(LETTERS, 500.0), "cp1252")


def test_lines_break_at_blanks_and_long_words_break_within():
    lines = lines_of("one two abcdefghij\n\nend", SQUARE, 3)
    assert lines == ["one", "two", "abcdef", "ghij", "", "end"]


def test_the_largest_size_that_fits_is_chosen():
    found = in_line("0123456789", SQUARE, (40, 20), 10, 6)
    assert (found.size, found.lines, found.whole) == (8, ("0123456789",), True)


def test_a_text_that_does_not_fit_is_counted_as_far_as_it_is_shown():
    found = in_line("0123456789", SQUARE, (29, 20), 10, 6)
    assert (found.lines, found.shown, found.whole) == (("012345678",), 9, False)
    found = wrapped("word " * 500, SQUARE, (100, 50), 10, 6)
    assert not found.whole and 0 < found.shown < 500


def test_a_single_line_takes_line_ends_as_blanks():
    assert in_line("a\nb", SQUARE, (40, 12), 10, 6).lines == ("a b",)


def test_a_letter_is_no_wider_than_its_cell():
    assert in_cells("0123", SQUARE, (16, 20), 4, 12).size == 8


boxes = st.tuples(st.floats(5, 500), st.floats(5, 500))


@given(text=st.text(LETTERS, max_size=300), box=boxes, several=st.booleans())
def test_nothing_is_lost_and_nothing_stands_out(text, box, several):
    found = (wrapped if several else in_line)(text, SQUARE, box, 9, 6)
    shown = "".join("".join(found.lines).split())
    assert "".join(text.split()).startswith(shown)
    if found.whole:
        assert shown == "".join(text.split())
        assert all(SQUARE.width(line) * found.size <= box[0] + 1e-6 for line in found.lines)
        tall = found.size * (ASCENT + DESCENT + LEADING * (len(found.lines) - 1))
        assert tall <= max(box[1], found.size * (ASCENT + DESCENT)) + 0.02


def test_a_hundred_thousand_letters_take_no_longer_than_the_box_holds():
    start = time.process_time()
    found = wrapped("word " * 20_000, SQUARE, (500, 100), 10, 6)
    assert not found.whole
    assert time.process_time() - start < 1
