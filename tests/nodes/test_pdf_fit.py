"""How text fits into a box."""

from hypothesis import given
from hypothesis import strategies as st

from nodes.pdf.fit import fit, wrap


def square(text, size):
    """Measure as if every character were as wide as half its height."""
    return len(text) * size / 2


def test_lines_break_at_blanks_and_long_words_break_within():
    assert list(wrap("one two abcdefghij\n\nend", 30, square, 10)) == [
        "one",
        "two",
        "abcdef",
        "ghij",
        "",
        "end",
    ]


def test_the_largest_size_that_fits_is_chosen():
    found = fit("0123456789", (40, 20), square, size=10, smallest=6, multiline=False)
    assert (found.size, found.lines) == (8, ("0123456789",))


def test_the_smallest_size_is_tried_exactly():
    found = fit("0123456789", (31.5, 20), square, size=10, smallest=6.3, multiline=False)
    assert found.size == 6.3


def test_text_that_cannot_fit_is_refused_whole():
    assert fit("0123456789", (29, 20), square, size=10, smallest=6, multiline=False) is None
    assert fit("word " * 500, (100, 50), square, size=10, smallest=6, multiline=True) is None


def test_a_single_line_box_takes_line_ends_as_blanks():
    found = fit("a\nb", (40, 12), square, size=10, smallest=6, multiline=False)
    assert found.lines == ("a b",)


boxes = st.tuples(st.floats(5, 500), st.floats(5, 500))


@given(text=st.text(max_size=300), box=boxes, multiline=st.booleans())
def test_nothing_is_lost_and_nothing_stands_out(text, box, multiline):
    found = fit(text, box, square, size=9, smallest=6, multiline=multiline)
    if found:
        assert "".join("".join(found.lines).split()) == "".join(text.split())
        assert all(square(line, found.size) <= box[0] for line in found.lines)
        assert found.size * (1 + 1.18 * (len(found.lines) - 1)) <= box[1] + 1e-6
