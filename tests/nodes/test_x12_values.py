"""Values no map refuses, that their receiver will not know."""

import pytest

from nodes.x12.validating.validate import validate
from tests.nodes.test_x12_one_fault import ASKED, CLAIM, request, status
from tests.nodes.x12_text import wrapped


def told(edi):
    return [
        (one.severity, one.rule, one.segment_id, one.element, one.component)
        for one in validate(edi).findings
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("N4*DAYTON*OH*45402", []),
        ("N4*DAYTON*OH*454021234", []),
        ("N4*APO*AE*09012", []),
        ("N4*TORONTO*ON*M5V2T6*CA", []),
        ("N4*DAYTON*QQ*45402", [("warning", "general.state", "N4", 2, None)]),
        ("N4*DAYTON*OH*4540", [("warning", "general.postal-code", "N4", 3, None)]),
        ("N4*DAYTON*OH*45402-1234", [("warning", "general.postal-code", "N4", 3, None)]),
    ],
)
def test_addresses_of_the_united_states(address, expected):
    at = ASKED.index("HL*3*2*22*1") + 2
    assert told(request(*ASKED[:at], address, *ASKED[at:])) == expected


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("*11:B", "*96:B", ("warning", "general.place-of-service", "UM", 4, 1)),
        ("*UN*1*", "*UN*-1*", ("warning", "general.negative", "SV1", 4, None)),
        ("*100*UN", "*-100*UN", ("warning", "general.negative", "SV1", 2, None)),
    ],
)
def test_a_request_for_less_than_nothing_or_at_no_place(right, wrong, expected):
    assert told(request(*ASKED).replace(right, wrong)) == [expected]


def test_a_type_of_bill_is_no_place_of_service():
    assert told(request(*ASKED).replace("*11:B", "*96:A")) == []


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("STC*F1:65:QC*", []),
        ("STC*F1:65:ZZ9*", [("error", "general.entity", "STC", 1, 3)]),
        ("STC*F1:99999*", [("warning", "general.status", "STC", 1, 2)]),
    ],
)
def test_statuses_have_an_entity_and_a_number(wrong, expected):
    segments = [one.replace("STC*F1:65*", wrong) for one in CLAIM]
    assert told(status(segments)) == expected


def test_a_kind_of_report_nobody_asks_for():
    edi = wrapped(
        "BGN*02*1*20261120",
        "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
        "NM1*41*2*RIVERBEND*****46*RIVERBEND",
        "NM1*1P*2*RIVERBEND*****XX*9000000031",
        "NM1*QC*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
        "LX*1",
        "TRN*1*ATT1",
        "DTP*368*D8*20261120",
        "CAT*QQ*TX",
        kind="275",
        guide="005010X210",
        group="PI",
    )
    assert told(edi) == [("warning", "general.report", "CAT", 1, None)]
    assert told(edi.replace("CAT*QQ", "CAT*OZ")) == []


def test_counts_that_were_cut_say_so():
    edi = request(*ASKED[:11], *["DTP*999*D8*20261120"] * 50, *ASKED[11:])
    assert not validate(edi, most=1000).counts.at_least
    assert validate(edi, most=1).counts.at_least
