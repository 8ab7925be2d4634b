"""Numbers, dates, patients and conditions of a yes that somebody has to look at."""

from datetime import date

import pytest

from nodes.parse_278 import Parse278Request, parse_278
from tests.nodes.test_parse_278_authorization import asked
from tests.nodes.x12_text import answer

LINE = ("TRN*2*OURTRACEL01*9900000003", "HCR*A1*AUTH1", "SV1*HC:97110**UN*12")
DENIED = ("TRN*2*OURTRACEL02*9900000003", "HCR*A3**0F", "SV1*HC:97112**UN*6")
OURS = ("TRN*1*OURTRACEL01*9900000003", "SV1*HC:97110**UN*12")


def parsed(edi, **more):
    return parse_278(Parse278Request(edi=edi, **more))


def rules(response):
    return [one.rule for one in response.reviews[0].concerns]


def test_a_window_that_does_not_cover_the_days_asked_for_is_a_change():
    ours = asked((*OURS, "DTP*472*RD8*20261201-20270112"))
    response = parsed(answer(("DTP*007*RD8*20261125-20261228",), LINE), request_edi=ours)
    [found] = response.reviews[0].authorizations
    assert [(one.what, one.certified) for one in found.changes] == [
        ("window", "2026-11-25 to 2026-12-28")
    ]
    assert response.must_act


@pytest.mark.parametrize(
    ("event", "rule", "part"),
    [
        (("HCR*A1*AUTH1**Y",), "second-opinion", "second surgical opinion"),
        (("HCR*A1*AUTH1", "HI*LOI:11506-3"), "documents", "LOINC 11506-3"),
        (("HCR*A1",), "number", "ask for the number"),
        (("HCR*A6",), "number", "ask for the number"),
        (("HCR*A1*N", "DTP*036*D8*20250101"), "expired", "ended on 2025-01-01"),
        (("HCR*A1*N", "DTP*036*D8*2026-12-01"), "validity", "cannot be read"),
        (("HCR*C",), "cancelled", "call the payer unless you know of it"),
    ],
)
def test_what_comes_with_a_yes_is_to_be_acted_on(event, rule, part):
    response = parsed(answer(event), as_of=date(2026, 11, 22))
    assert response.must_act and rules(response) == [rule]
    assert part in response.next_step and "schedule" not in response.next_step


def test_a_cancellation_asked_for_is_no_news_and_a_yes_to_it_is():
    ours = asked().replace("UM*HS*I", "UM*HS*3")
    assert not parsed(answer(("UM*HS*3", "HCR*C")), request_edi=ours).must_act
    response = parsed(answer(("UM*HS*3", "HCR*A1*N")), request_edi=ours)
    assert response.must_act and "schedule" not in response.next_step


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SBXLOPEZ01", "OTHER1"),
        ("LOPEZ*MARIA", "BERG*MARIA"),
        ("LOPEZ*MARIA", "LOPEZ*ANNA"),
    ],
)
def test_an_answer_for_another_member_is_no_certification(old, new):
    response = parsed(answer(("HCR*A1*N",)).replace(old, new), request_edi=asked())
    assert (response.outcome, response.must_act) == ("unknown", True)
    assert "answer.member" in [one.rule for one in response.findings]
    assert response.decision.authorization_number is None
    assert response.reviews[0].authorizations == ()


@pytest.mark.parametrize(("old", "new"), [("SBXLOPEZ01", "sbx-lopez-01"), ("MARIA", "MARIA L")])
def test_the_same_member_written_otherwise_is_the_same(old, new):
    response = parsed(answer(("HCR*A1*N",)).replace(old, new), request_edi=asked())
    assert (response.outcome, response.must_act) == ("certified", False)


def test_an_answer_to_another_kind_of_request_is_found():
    response = parsed(answer(("UM*HS*R", "HCR*A1*N")), request_edi=asked())
    assert response.must_act and "answer.certification" in [one.rule for one in response.findings]


def test_reasons_are_laid_to_their_lines_once_and_the_rest_may_proceed():
    response = parsed(answer((), LINE, DENIED, ("HCR*A3**0F", "SV1*HC:97140**UN*1")))
    assert "service 2 (97112), service 3 (97140): not medically necessary" in response.next_step
    assert response.next_step.count("not medically necessary") == 1
    assert "may proceed: service 1 (97110)" in response.next_step


def test_only_a_yes_has_an_authorization_number():
    pended = parsed(answer(("HCR*A4**0U", "REF*BB*OLD1"))).decision
    assert (pended.authorization_number, pended.previous_authorization) == (None, "OLD1")
    denied = parsed(answer(("HCR*A3*TRACK5*0F",))).decision
    assert (denied.authorization_number, denied.administrative_reference) == (None, "TRACK5")
    both = parsed(answer(("HCR*A1*NEW1", "REF*BB*OLD1")))
    assert both.decision.authorization_number == "NEW1" and "REF*BB" not in both.next_step
    alone = parsed(answer(("HCR*A1", "REF*BB*OLD1")))
    assert alone.decision.authorization_number == "OLD1" and "REF*BB" in alone.next_step
    line = parsed(answer(("HCR*A1*NEW1",), ("REF*BB*OLD2", "HCR*A1", "SV1*HC:97110**UN*1")))
    assert line.decision.authorization_number == "NEW1"


def test_modifiers_and_the_end_of_a_range_are_compared():
    service = (LINE[0], "HCR*A1*AUTH1", "SV1*HC:97110:GP::::D:97116**UN*12")
    [found] = parsed(answer((), service), request_edi=asked(OURS)).reviews[0].authorizations
    assert [(one.what, one.asked, one.certified) for one in found.changes] == [
        ("code", "97110", "97110 to 97116"), ("modifiers", "", "GP"),
    ]  # fmt: skip
    assert (found.procedure, found.procedure_end) == ("97110", "97116")


def test_the_extension_is_said_with_the_phone():
    event = ("HCR*CT", "NM1*L5*2*DESK", "PER*IC*NURSE*TE*8005551212*EX*44*FX*8005551213")
    response = parsed(answer(event))
    assert "phone 8005551212 ext. 44" in response.next_step
    assert response.reviews[0].parties[-1].extension == "44"


def test_the_events_message_is_heard_beside_its_lines():
    response = parsed(answer(("HCR*A1*AUTH1", "MSG*ONLY IN NETWORK"), (*LINE, "MSG*LINE WORDS")))
    assert response.decision.messages == ("ONLY IN NETWORK", "LINE WORDS")
    assert "ONLY IN NETWORK / LINE WORDS" in response.next_step


def test_a_decision_in_a_request_decides_nothing():
    response = parsed(answer(("HCR*A1*AUTH1",)).replace("BHT*0007*11", "BHT*0007*13"))
    assert (response.outcome, response.must_act) == ("unknown", True)
    assert "BHT02" in response.next_step and response.decision.outcome == "unknown"


def test_two_quantities_of_one_service_are_not_silently_one():
    response = parsed(answer((), (*LINE, "HSD*FL*8")))
    assert response.decision.quantity == 8 and response.must_act


@pytest.mark.parametrize(("entity", "loop"), [("X3", "2010EB"), ("ZZ", "2010E")])
def test_a_rejection_behind_a_party_without_a_place_for_it_is_the_partys(entity, loop):
    event = ("HCR*A1*N", f"NM1*{entity}*2*OTHER*****PI*99", "AAA*N**T4*R")
    response = parsed(answer(event))
    assert response.must_act and "schedule" not in response.next_step
    assert [one.loop for one in response.reviews[0].rejections] == [loop]
