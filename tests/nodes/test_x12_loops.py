"""Placing segments in loops, by the table alone."""

import json

import pytest

from nodes.x12.guide import Guide
from nodes.x12.loops import Placed, locate
from nodes.x12.segments import Segment
from tests.growth import quickest


def use(segment: str, name: str, **more: object) -> dict[str, object]:
    return {"segment": segment, "name": name, **more}


def level(code: str) -> dict[str, object]:
    return use("HL", f"level_{code.lower()}", key="3", codes={"3": {code: "level"}})


def party(loop: str, code: str) -> dict[str, object]:
    name = use("NM1", "name", key="1", codes={"1": {code: "party"}})
    return {"loop": loop, "content": [name, use("N3", "street"), use("PER", "contact")]}


TABLE = Guide.model_validate_json(
    json.dumps(
        {
            "id": "small",
            "transaction": "278",
            "guide": "005010X999",
            "group": "HI",
            "version": "1",
            "source": "ours",
            "verified": "unverified",
            "effective": "2026-01-01",
            "content": [
                use("BHT", "beginning"),
                {
                    "loop": "2000A",
                    "content": [
                        level("20"),
                        {"loop": "2010A", "content": [use("NM1", "name"), use("PER", "contact")]},
                        {
                            "loop": "2000E",
                            "content": [
                                level("EV"),
                                use("REF", "number", key="1", codes={"1": {"BB": "number"}}),
                                use("HI", "codes", key="1-1", codes={"1-1": {"ABK": "icd"}}),
                                use("MSG", "message"),
                                party("2010EA", "SJ"),
                                party("2010EB", "45"),
                                {
                                    "loop": "2000F",
                                    "content": [level("SS"), use("MSG", "message")],
                                },
                            ],
                        },
                    ],
                },
            ],
        }
    )
)


def placed(*rows: str) -> list[Placed]:
    return locate(TABLE, [Segment(n, row.split("*")) for n, row in enumerate(rows, start=1)])


def told(*rows: str) -> list[tuple[str, str | None]]:
    return [(one.loop, one.use.name if one.use else None) for one in placed(*rows)]


EVENT = ("ST*278*1", "BHT*0007", "HL*1**20*1", "NM1*X3*2*PLAN", "HL*2*1*EV*1")


def test_segments_go_to_the_loops_of_the_table() -> None:
    assert told(*EVENT, "REF*BB*1", "HI*ABK:M545", "NM1*45*2", "PER*IC", "HL*3*2*SS*0", "SE*9") == [
        ("HEADER", "start"),
        ("HEADER", "beginning"),
        ("2000A", "level_20"),
        ("2010A", "name"),
        ("2000E", "level_ev"),
        ("2000E", "number"),
        ("2000E", "codes"),
        ("2010EB", "name"),
        ("2010EB", "contact"),
        ("2000F", "level_ss"),
        ("HEADER", "end"),
    ]


def test_a_level_again_begins_its_loop_again() -> None:
    rows = told(*EVENT, "HL*3*2*SS*0", "HL*4*2*SS*0", "HL*5*1*EV*0", "MSG*A")[-4:]
    assert [loop for loop, _ in rows] == ["2000F", "2000F", "2000E", "2000E"]


@pytest.mark.parametrize("row", ["ZZZ*1", "REF*XX*1", "HI*ABF:M545", "HI", "REF"])
def test_what_the_table_does_not_know_stays_in_the_loop_at_hand(row: str) -> None:
    assert told(*EVENT, row, "MSG*A")[-2:] == [("2000E", None), ("2000E", "message")]


def test_an_unknown_party_does_not_lend_its_address_to_the_one_before() -> None:
    rows = told(*EVENT, "NM1*SJ*1", "NM1*ZZ*1", "N3*STREET", "NM1*45*1", "N3*STREET")[-4:]
    assert rows == [("2000E", None), ("2000E", None), ("2010EB", "name"), ("2010EB", "street")]


def test_an_unknown_level_owns_what_follows_it() -> None:
    assert told(*EVENT, "HL*3*2*ZZ*0", "MSG*A")[-2:] == [("2000E", None), ("2000E", "message")]
    assert told(*EVENT, "NM1*SJ*1", "HL*3*2*ZZ*0", "N3*STREET")[-1] == ("2000E", None)


def test_a_segment_out_of_order_is_found_in_its_loop() -> None:
    assert told(*EVENT, "NM1*SJ*1", "PER*IC", "N3*STREET", "REF*BB*1")[-2:] == [
        ("2010EA", "street"),
        ("2000E", "number"),
    ]


def test_a_level_that_is_skipped_to_is_found_by_its_code() -> None:
    assert told("ST*278*1", "BHT*0007", "HL*4*3*SS*0", "MSG*A")[-2:] == [
        ("2000F", "level_ss"),
        ("2000F", "message"),
    ]


def test_unknown_names_leave_no_trace_in_memory() -> None:
    first = placed(*EVENT)
    placed(*EVENT, *(f"Z{n}*1" for n in range(2000)))
    assert placed(*EVENT) == first


def test_placing_costs_little_more_than_touching_each_segment() -> None:
    rows = [Segment(n, row.split("*")) for n, row in enumerate(EVENT * 40, start=1)]

    def touch(rows: list[Segment]) -> None:
        for _ in range(50):
            assert [Placed(row, row.id, None) for row in rows if row.get(3) != "?"]

    def place(rows: list[Segment]) -> None:
        for _ in range(50):
            assert locate(TABLE, rows)

    assert len(locate(TABLE, rows)) == len(rows)
    assert quickest(place, rows) < 3 * quickest(touch, rows)
