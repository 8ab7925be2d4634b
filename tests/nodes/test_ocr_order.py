"""Words of a dense page put in order, and numbers that two looks read differently."""

import pytest
from PIL import Image

from nodes.reading.ocr.again import looked_again
from nodes.reading.ocr.found import Found, doubtful
from nodes.reading.ocr.order import ordered

PAGE = Image.new("L", (900, 900), 255)


def word(text, left, top, sure=0.9):
    return Found(text, sure, (left, top, left + 80.0, top + 30.0), (0,))


def test_words_found_anywhere_are_read_across_their_lines():
    words = [word("1971", 700, 102), word("Plan", 100, 200), word("Born", 100, 100)]
    found = ordered(words, 250, 0.0)
    assert [(one.text, one.line) for one in found] == [
        ("Born", (0,)),
        ("1971", (0,)),
        ("Plan", (1,)),
    ]


def test_lines_that_fall_to_the_right_stay_lines():
    level = [word(str(n), 100 + 190 * n, 100 + 20 * n) for n in range(10)]
    below = [word(f"b{n}", 100 + 190 * n, 140 + 20 * n) for n in range(10)]
    lines = {one.text: one.line for one in ordered([*level, *below], 250, 6.0)}
    assert {lines[one.text] for one in level} == {(0,)}
    assert {lines[one.text] for one in below} == {(1,)}


def test_a_number_that_two_looks_read_differently_is_doubted_and_not_changed():
    words = [
        word("1974", 100, 100, 0.76),
        word("Lane", 100, 300, 0.3),
        word("2026", 300, 500, 0.96),
    ]
    told = looked_again(words, PAGE, lambda paper: [word("1971", 40, 60, 0.99)])
    assert [(one.text, one.confidence) for one in told] == [
        ("1974", 0.5),
        ("Lane", 0.3),
        ("2026", 0.96),
    ]


def test_a_number_that_both_looks_read_alike_keeps_its_confidence():
    words = [word("1974", 100, 100, 0.76)]
    assert looked_again(words, PAGE, lambda paper: [word("1974,", 40, 60, 0.99)]) == words
    assert looked_again(words, PAGE, lambda paper: []) == words


def test_a_page_of_sure_numbers_is_not_looked_at_again():
    def never(paper):
        raise AssertionError

    words = [word("1974", 100, 100, 0.96), word("Lane", 100, 300, 0.1)]
    assert looked_again(words, PAGE, never) == words


@pytest.mark.parametrize(
    "text", ["M54,16;", "(MS4.16)", "97/20/2026", "00/16/2026", "SBXHALEO1", "G-22O10"]
)
def test_what_cannot_be_what_it_seems_is_doubted(text):
    assert doubtful(text)


@pytest.mark.parametrize(
    "text", ["M54.16", "13/02/2026", "02/13/2026", "SBXHALE01", "CO2", "I10", "J0135", "E0601"]
)
def test_what_can_be_a_code_or_a_date_is_not_doubted(text):
    assert not doubtful(text)
