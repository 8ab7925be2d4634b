"""Filling lists and boxes, and how the work grows with the fields."""

import sys

import pytest

from nodes.pdf.filling.fill import fill
from nodes.pdf.filling.values import Issue
from tests.nodes.filling_world import box, entered, form, inked, read, text

TICK = (100, 700, 120, 720)


def steps(work):
    """How many steps Python takes, which no other work on the machine changes."""
    count = 0

    def step(frame, event, _):
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("flat", [True, False])
def test_p17_the_work_grows_with_the_fields_and_not_faster(flat):
    def asked(count):
        fields = [text(f"t{n}", (10, 10 + n % 700, 200, 20 + n % 700)) for n in range(count)]
        data, values = form(*fields), {f"t{n}": "x" for n in range(count)}
        return steps(lambda: fill(data, values, flatten=flat))

    asked(1)
    few, many = asked(50), asked(200)
    assert many < 4.2 * few


def test_a_list_takes_one_of_its_options():
    options = [["OH", "Ohio"], ["TX", "Texas"]]
    data = form(
        text("combo", FT="/Ch", Ff=1 << 17, Opt=options),
        text("list", (100, 560, 300, 620), FT="/Ch", Opt=options),
    )
    filled = fill(data, {"combo": "TX", "list": "Ohio"}, flatten=False)
    assert filled.issues == () and entered(filled.pdf) == {"combo": "TX", "list": "OH"}
    assert read(fill(data, {"combo": "TX"}).pdf).split() == ["Texas"]
    assert fill(data, {"combo": "Utah"}).issues == (Issue("bad_choice", "combo", ("OH", "TX")),)


def test_a_box_that_draws_nothing_gets_a_mark():
    bare = text("tick", TICK, FT="/Btn")
    for flat in (True, False):
        filled = fill(form(bare), {"tick": "/Yes"}, flatten=flat)
        assert filled.issues == () and min(inked(filled.pdf, TICK)) > 15


def test_a_box_takes_its_state_or_the_one_text_that_its_options_give_it():
    data = form(box("sex", TICK, "/1", Opt=["Female", "Male", "Unknown"]))
    for value in ("/1", "Male"):
        filled = fill(data, {"sex": value}, flatten=False)
        assert filled.issues == () and entered(filled.pdf)["sex"] == "/1"
    assert fill(data, {"sex": "Female"}).issues == (Issue("bad_choice", "sex", ("/1",)),)
    twice = form(box("sex", TICK, "/1", Opt=["Male", "Male"]), box("a", TICK))
    assert fill(twice, {"sex": "Male"}, flatten=False).issues == ()


def test_a_text_in_a_box_too_low_to_read_is_told():
    filled = fill(form(text("low", (100, 700, 300, 702))), {"low": "x"})
    assert filled.issues == (Issue("overflow", "low", shown=0),)
    assert fill(form(text("low", (100, 700, 300, 704))), {"low": "x"}).issues == ()
