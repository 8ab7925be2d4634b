"""The dictionary of X12: it is whole, and agrees with the one open-source tool that has another."""

import xml.etree.ElementTree as ET
from importlib.resources import files

import pytest

from nodes.x12.guide import dictionary, positions

KNOWN = dictionary()

# Where pyx12 4.0.0 differs, and why we keep ours.
DIFFERENT = {
    "719": "999 (X231) counts segments of a set up to ten digits; pyx12 has 004010's six",
}
# What pyx12 does not have at all: binary segments, the file descriptions of EFI, and OOI, whose
# elements have no public numbers.
MISSING = {
    *("784", "785", "787", "788", "789", "800", "801", "802", "803", "804", "1570"),
    *("OOI01", "OOI02", "OOI03"),
}


def oracle() -> dict[str, tuple[str, int, int]]:
    root = ET.fromstring((files("pyx12") / "map" / "dataele.xml").read_bytes())
    return {
        one.attrib["ele_num"]: (
            one.attrib["data_type"],
            int(one.attrib["min_len"]),
            int(one.attrib["max_len"]),
        )
        for one in root.iter("data_ele")
    }


def test_elements_are_those_of_the_oracle_except_where_a_reason_is_given() -> None:
    theirs = oracle()
    ours = {n: (one.type, one.shortest, one.longest) for n, one in KNOWN.elements.items()}
    different = {n for n, one in ours.items() if n in theirs and theirs[n] != one}
    assert different == set(DIFFERENT)
    assert {n for n in ours if n not in theirs} == MISSING


@pytest.mark.parametrize("name", KNOWN.segments)
def test_every_element_of_a_segment_is_defined_once_and_its_syntax_fits(name: str) -> None:
    segment = KNOWN.segments[name]
    kinds = [kind for _, kind in segment.elements]
    assert all(kind in KNOWN.elements or kind in KNOWN.composites for kind in kinds)
    names = [short for short, _ in segment.elements]
    assert len(set(names)) == len(names)
    assert set(segment.repeats) <= set(names)
    for note in segment.syntax:
        places = [int(note[at : at + 2]) for at in range(1, len(note), 2)]
        assert len(places) > 1 and all(1 <= place <= len(kinds) for place in places)


@pytest.mark.parametrize("name", KNOWN.composites)
def test_every_component_is_a_simple_element_with_a_name_of_its_own(name: str) -> None:
    parts = KNOWN.composites[name]
    assert all(kind in KNOWN.elements for _, kind in parts)
    assert len({short for short, _ in parts}) == len(parts)


def test_nothing_is_defined_that_no_segment_uses() -> None:
    rows = [*KNOWN.composites.values(), *(one.elements for one in KNOWN.segments.values())]
    used = {kind for row in rows for _, kind in row}
    assert set(KNOWN.elements) | set(KNOWN.composites) <= used


def test_positions_name_elements_and_components() -> None:
    assert positions("UM")["category"] == (1, None)
    assert positions("UM")["place.code"] == (4, 1)
    assert positions("HCR")["reason"] == (3, None)
