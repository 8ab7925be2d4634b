"""What else the payer says is never lost behind a clean outcome."""

from decimal import Decimal

import pytest

from nodes.parse_278 import Parse278Request, parse_278
from tests.nodes.test_parse_278_authorization import asked
from tests.nodes.x12_text import HEAD, answer, wrapped

LINE = ("TRN*2*OURTRACEL01*9900000003", "HCR*A1*AUTH1", "SV1*HC:97110**UN*12")
DENIED = ("TRN*2*OURTRACEL02*9900000003", "HCR*A3**0F", "SV1*HC:97112**UN*6")
OURS = tuple(
    (f"TRN*1*OURTRACEL0{place}*9900000003", f"SV1*HC:{code}**UN*{units}")
    for place, code, units in ((1, "97110", 12), (2, "97112", 6), (3, "97140", 4))
)
VISITS = ("TRN*2*OURTRACEL01*9900000003", "HCR*A1*AUTH1", "SV1*HC:G0299")


def parsed(edi, **more):
    return parse_278(Parse278Request(edi=edi, **more))


def rules(response):
    return [one.rule for one in response.reviews[0].concerns]


@pytest.mark.parametrize("valid", ["Y", "N"])
@pytest.mark.parametrize("after", [1, 2, 3, 4, 5, 6, 8])
def test_a_rejection_at_or_above_a_certified_event_is_no_certification(after, valid):
    segments = [*HEAD, "HCR*A1*AUTH1"]
    segments.insert(after + 1, f"AAA*{valid}**75*S")
    response = parsed(wrapped(*segments))
    assert (response.outcome, response.must_act) == ("unknown", True)
    assert response.decision.outcome == "unknown"
    assert response.decision.authorization_number is None
    assert response.reviews[0].authorizations == () and "AAA 75" in response.next_step
    assert "schedule" not in response.next_step


@pytest.mark.parametrize("service", [("AAA*N**AG*C", *LINE), (*LINE, "NM1*SJ*2*A", "AAA*N**43*C")])
def test_a_rejected_line_or_provider_of_it_is_to_be_acted_on(service):
    response = parsed(answer(("HCR*A1*AUTH1",), service))
    assert response.outcome == "certified" and response.must_act
    assert "(AAA" in response.next_step and "schedule" not in response.next_step


def test_a_rejection_beside_a_pended_event_is_said():
    response = parsed(answer(("HCR*A4**0W", "NM1*SJ*2*CLINIC", "AAA*N**51*C")))
    assert response.must_act and "AAA 51" in response.next_step


def test_a_partly_certified_event_with_only_its_yes_echoed_is_partial():
    response = parsed(answer(("HCR*A2*AUTH1",), LINE))
    assert (response.outcome, response.must_act) == ("partially_certified", True)
    assert response.decision.outcome == response.outcome and "no answer" in response.next_step


@pytest.mark.parametrize("event", [("HCR*A2*AUTH1",), ()])
def test_lines_without_an_answer_are_named(event):
    response = parsed(answer(event, LINE), request_edi=asked(*OURS))
    assert (response.outcome, response.must_act) == ("partially_certified", True)
    assert "service 2 (97112), service 3 (97140) has no answer" in response.next_step
    assert [one.asked_service for one in response.reviews[0].authorizations] == [1]


def test_lines_not_echoed_are_their_certified_events():
    response = parsed(answer(("HCR*A1*AUTH1",), LINE), request_edi=asked(*OURS))
    first, *rest = response.reviews[0].authorizations
    assert (response.outcome, response.must_act, first.by_event) == ("certified", False, False)
    assert [(one.asked_service, one.procedure, one.number) for one in rest] == [
        (2, "97112", "AUTH1"), (3, "97140", "AUTH1"),
    ]  # fmt: skip
    assert all(one.by_event for one in rest) and "97140" in response.next_step


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        ("A3", "unknown"), ("A4", "pended"), ("A6", "modified"), ("CT", "contact_payer"),
        ("C", "unknown"), ("Z9", "unknown"),
    ],
)  # fmt: skip
def test_an_event_that_contradicts_its_lines_is_named(action, outcome):
    response = parsed(answer((f"HCR*{action}", "PWK*OZ*EL***AC*C1"), LINE))
    assert (response.outcome, response.must_act) == (outcome, True)
    assert f"HCR01 {action}" in response.next_step and "schedule" not in response.next_step
    assert response.decision.outcome == outcome and "report type OZ" in response.next_step


def test_a_changed_provider_is_a_change():
    ours = asked(OURS[0], event=("NM1*SJ*2*CLINIC*****XX*9000000031",))
    event = ("HCR*A6*AUTH1", "NM1*SJ*2*OTHER*****XX*9000000049")
    [found] = parsed(answer(event, LINE), request_edi=ours).reviews[0].authorizations
    assert [one.what for one in found.changes] == ["provider"]


@pytest.mark.parametrize(
    ("segments", "approved", "rate"),
    [
        (("HSD*VS*2*WK**35*6",), 12, "2 visits per week for 6 weeks"),
        (("HSD*VS*2*WK",), None, "2 visits per week"),
        (("HSD*VS*2*WK**34*1",), None, "2 visits per week for 1 month"),
        (("HSD*VS*30***21*1",), 30, "30 visits for 1 year"),
        (("HSD*VS*10",), 10, None),
        (("SV1*HC:G0299**UN*8", "HSD*VS*2*WK**35*4"), 8, "2 visits per week for 4 weeks"),
    ],
)
def test_a_rate_is_no_total(segments, approved, rate):
    review = parsed(answer((), (*VISITS, *segments))).reviews[0]
    [found] = review.authorizations
    assert (found.approved, found.rate) == (None if approved is None else Decimal(approved), rate)
    assert (review.services[0].quantity, review.services[0].rate) == (found.approved, rate)
    [whole] = parsed(answer(("HCR*A1*N", *segments[-1:]))).reviews[0].authorizations
    assert whole.rate == rate


def test_fewer_weeks_than_asked_for_are_a_change():
    ours = asked(("TRN*1*OURTRACEL01*9900000003", "SV1*HC:G0299", "HSD*VS*2*WK**35*6"))
    response = parsed(answer((), (*VISITS, "HSD*VS*2*WK**35*4")), request_edi=ours)
    [found] = response.reviews[0].authorizations
    assert [(one.what, one.certified) for one in found.changes] == [
        ("quantity", "8"), ("delivery", "2 visits per week for 4 weeks"),
    ]  # fmt: skip
    assert response.must_act


def test_two_decisions_in_one_level_decide_nothing():
    response = parsed(answer(("HCR*A3**0F", "HCR*A1*AUTH1")))
    assert (response.outcome, response.must_act) == ("unknown", True)
    assert "A3, then A1" in response.next_step
    assert (response.decision.action_code, response.decision.other_actions) == ("A3", ("A1",))
    assert parsed(answer(("HCR*A1*AUTH1", "HCR*A1*AUTH1"))).outcome == "certified"
