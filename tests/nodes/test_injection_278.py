"""No text of a case ends its element, its segment, its repetition or its component."""

import copy

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from nodes.errors import IncompleteCase
from nodes.x12.requesting.writing import CHOICES, Address, Line, enveloped, guarded
from nodes.x12.segments import Separators
from tests.gates import CREATED
from tests.nodes import rich_278
from tests.nodes.rich_278 import leaves, put, shape

DOCUMENT = rich_278.document()
PLACES = sorted(leaves(DOCUMENT), key=str)
BEFORE = shape(DOCUMENT)
SIGNS = "".join(sorted({sign for row in CHOICES for sign in row}))
hostile = st.text(f"AB12 {SIGNS}\n\r\t\0\x1c\x1d\x1e\x1f\x85\u2028\uff0a\uff5e", max_size=25)
payload = st.sampled_from(
    ["~SE*1*0001~", "'SE*1*0001'", ":X", "^X", "*X", "\n~", "X\x1dY", "\uff5eST\uff0a"]
)


def holds(changes):
    """Whether a request with these texts is refused, or has the shape it had before."""
    data = copy.deepcopy(DOCUMENT)
    for path, text in changes.items():
        put(data, path, f"A{text}B")
    try:
        return shape(data) == BEFORE
    except (ValidationError, IncompleteCase):
        return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(PLACES), payload | hostile, min_size=1, max_size=4))
@example({("message",): "~'?%"})
def test_no_text_breaks_out(changes):
    assert holds(changes)


@pytest.mark.parametrize("path", PLACES, ids=lambda path: "/".join(map(str, path)))
def test_no_field_takes_a_segment(path):
    assert holds({path: "~MSG*EVIL~"}) and holds({path: ":X^X*X|X>X"})


def test_texts_with_signs_do_get_through():
    data = copy.deepcopy(DOCUMENT)
    data["message"] = "A*B:C^D~E|F>G"
    assert shape(data) == BEFORE


@pytest.mark.parametrize("text", ["a*b", "a:b", "a^b", "a~b", "a\nb", "a\x1db", "\u00e9"])
def test_the_last_guard_refuses_what_got_so_far(text):
    with pytest.raises(IncompleteCase, match="cannot carry"):
        guarded([text], Separators())


def test_components_are_guarded_as_well():
    address = Address("ZZ", "A-B", "ZZ", "CD", False, CREATED, "000000001")
    line = Line("2000F", "", "SV1", (("HC", "7214\u00e9"),))
    with pytest.raises(IncompleteCase):
        enveloped(address, [line], group="HI", kind="278", guide="005010X217")
