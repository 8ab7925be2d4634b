from datetime import date
from decimal import Decimal

import pytest

from nodes.errors import UnreadableDocument
from nodes.parse_277 import Parse277Request, parse_277
from tests.nodes.x12_text import wrapped

HEAD = (
    "BHT*0010*08*REF1*20261125*0900*DG",
    "HL*1**20*1",
    "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
    "HL*2*1*21*1",
    "NM1*41*2*RIVERBEND*****46*RIVERBEND",
    "HL*3*2*19*1",
    "NM1*1P*1*OSEI*DANIEL****XX*9000000031",
    "HL*4*3*22*0",
    "NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
)


def parsed(*segments, guide="005010X212"):
    edi = wrapped(*HEAD, *segments, kind="277", guide=guide, group="HN")
    return parse_277(Parse277Request(edi=edi))


def test_a_status_of_one_claim():
    response = parsed(
        "TRN*2*OURTRACE",
        "STC*F1:3:PR*20261124*WQ*150.50********PAID LAST WEEK",
        "REF*1K*PAYER1",
        "REF*EJ*PATIENT1",
        "REF*BLT*111",
        "DTP*472*RD8*20261101-20261103",
    )
    [item] = response.items
    [status] = item.statuses
    assert response.guide == "005010X212" and response.unread == ()
    assert (item.level, item.trace_number, item.member_id) == ("claim", "OURTRACE", "SBXLOPEZ01")
    assert (item.payer_control_number, item.patient_control_number) == ("PAYER1", "PATIENT1")
    assert (item.numbers[0].qualifier, item.numbers[0].value) == ("BLT", "111")
    assert (item.service_from, item.service_to) == (date(2026, 11, 1), date(2026, 11, 3))
    assert (status.category, status.status, status.entity) == ("F1", "3", "PR")
    assert (status.on, status.action, status.amount) == (
        date(2026, 11, 24),
        "WQ",
        Decimal("150.50"),
    )
    assert status.words == "final, paid or approved" and item.messages == ("PAID LAST WEEK",)
    assert not item.must_act


@pytest.mark.parametrize("guide", ["005010X212", "005010X213", "005010X214"])
def test_guides_are_told_apart(guide):
    assert parsed("TRN*2*T", "STC*A1:20*20261124", guide=guide).guide == guide


def test_an_erratum_is_the_same_guide_and_others_are_other():
    assert parsed("TRN*2*T", "STC*A1:20*20261124", guide="005010X212E1").guide == "005010X212"
    assert parsed("TRN*2*T", "STC*A1:20*20261124", guide="005010X364").guide == "other"


@pytest.mark.parametrize(
    ("category", "must_act"),
    [
        ("A1", False), ("A2", False), ("A3", True), ("A4", True), ("A6", True), ("A7", True),
        ("A8", True), ("P1", False), ("P2", False), ("P3", True), ("F1", False), ("F2", True),
        ("R4", True), ("E0", True), ("D0", True), ("ZZ", True),
    ],
)  # fmt: skip
def test_who_must_act(category, must_act):
    assert parsed("TRN*2*T", f"STC*{category}:0*20261124").items[0].must_act is must_act


def test_one_status_among_several_is_enough_to_act():
    [item] = parsed("TRN*2*T", "STC*P1:20*20261124********P3:317*R4:18842-5::LOI").items
    assert [status.category for status in item.statuses] == ["P1", "P3", "R4"]
    assert item.must_act and item.documents == ("18842-5",)


def test_requested_documents_are_loinc_codes():
    [item] = parsed(
        "TRN*2*T",
        "STC*R4:18842-5::LOI*20261124",
        "STC*R4:11506-3::LOI*20261124",
        guide="005010X213",
    ).items
    assert item.documents == ("18842-5", "11506-3") and item.must_act


def test_several_claims_of_one_patient_and_their_services():
    response = parsed(
        "TRN*2*T1", "STC*F1:3*20261124", "TRN*2*T2", "REF*1K*P2", "SVC*HC:99203*10",
        "STC*F2:88*20261124", "SVC*HC:72148:LT*10", "STC*P3:1*20261124",
    )  # fmt: skip
    assert response.unread == ()
    assert [(item.level, item.trace_number, item.procedure) for item in response.items] == [
        ("claim", "T1", None),
        ("service", "T2", "99203"),
        ("service", "T2", "72148"),
    ]
    assert response.items[1].payer_control_number == "P2"


def test_every_level_may_have_a_status():
    segments = list(HEAD)
    segments[5:5] = ["TRN*2*BATCH", "STC*E0:0*20261124"]
    edi = wrapped(*segments, kind="277", guide="005010X212", group="HN")
    [item] = parse_277(Parse277Request(edi=edi)).items
    assert (item.level, item.trace_number, item.member_id) == ("receiver", "BATCH", None)


def test_a_dependent_has_the_subscriber_s_member_id():
    [item] = parsed("HL*5*4*23*0", "NM1*QC*1*LOPEZ*ANA", "TRN*2*T", "STC*A1:20*20261124").items
    assert item.member_id == "SBXLOPEZ01" and item.level == "claim"


def test_what_says_nothing_of_a_status_is_listed():
    response = parsed("TRN*1*0", "QTY*90*1", "DTP*050*D8*20261124")
    assert response.items == ()
    unread = [(left.loop, left.segment_id, left.segment) for left in response.unread]
    assert unread == [("2200D", "TRN", 11), ("2200D", "QTY", 12), ("2200D", "DTP", 13)]
    assert response.unread[1].elements == ("90", "1")


@pytest.mark.parametrize(
    ("edi", "words"),
    [
        (wrapped("BHT*0007*11*X", "HL*1**20*0"), "no 277"),
        (
            wrapped("AK1*HI*1", "AK9*A*1*1*1", kind="999", guide="005010X231A1", group="FA"),
            "999 .*accepted",
        ),
        (wrapped(*HEAD, kind="277", guide="005010X212").replace("SE*11", "SE*1"), "trusted"),
        ("not x12", "not X12"),
    ],
)
def test_what_is_no_277_is_refused(edi, words):
    with pytest.raises(UnreadableDocument, match=words):
        parse_277(Parse277Request(edi=edi))
