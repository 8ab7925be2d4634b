"""Which of several events answers our request: never simply the last."""

import pytest

from nodes.parse_278 import Parse278Request, parse_278
from tests.nodes.x12_text import HEAD, answer, wrapped

OTHER = ("HL*5*3*EV*0", "TRN*2*THEIRS*9900000003", "HCR*A1*OTHERS")
TWIN = ("HL*5*3*EV*0", "TRN*2*OURTRACE*9900000003", "HCR*A1*AUTH2")
STRANGER = ("HL*5*2*22*1", "NM1*IL*1*BERG*ANNA****MI*BERG01", "HL*6*5*EV*0",
            "TRN*2*OURTRACE*9900000003", "HCR*A1*OTHERS")  # fmt: skip


def parsed(edi, trace="OURTRACE"):
    return parse_278(Parse278Request(edi=edi, expected_trace=trace))


def twice(first, second, later="20261121"):
    """Two transaction sets of one trace, the second with another BHT04."""
    one, two = answer(first), answer(second)
    two = two.replace("*20261120*0931*18", f"*{later}*0931*18").replace("000000007", "000000008")
    return one + two


def test_an_event_with_another_trace_is_not_taken_for_ours_by_bht03():
    response = parsed(wrapped(*HEAD, "HCR*A3**0F", *OTHER))
    assert response.outcome == "denied" == response.decision.outcome
    assert response.decision.authorization_number is None and response.must_act


def test_bht03_counts_where_nothing_echoes_by_trn():
    response = parsed(wrapped(*HEAD[:8], "HCR*A3**0F"))
    assert response.outcome == "denied"


def test_bht03_alone_is_not_enough_where_every_event_echoes_another_trace():
    head = [one.replace("TRN*2*OURTRACE", "TRN*2*THEIRS") for one in HEAD]
    response = parsed(wrapped(*head, "HCR*A1*OTHERS"))
    assert (response.outcome, response.decision, response.must_act) == ("unknown", None, True)


def test_a_trace_of_the_payers_own_does_not_beat_an_echo():
    event = ("HL*5*3*EV*0", "TRN*1*OURTRACE*9900000003", "HCR*A1*X")
    assert parsed(wrapped(*HEAD, "HCR*A3**0F", *event)).outcome == "denied"


@pytest.mark.parametrize("trace", ["OURTRACE", None])
def test_two_events_of_one_patient_and_trace_come_to_one_outcome(trace):
    response = parsed(wrapped(*HEAD, "HCR*A3**0F", *TWIN), trace)
    assert response.outcome == "partially_certified" == response.decision.outcome
    assert response.must_act and "denied, certified" in response.next_step


def test_two_events_of_two_patients_decide_nothing():
    response = parsed(wrapped(*HEAD, "HCR*A3**0F", *STRANGER))
    assert (response.outcome, response.decision, response.must_act) == ("unknown", None, True)
    assert "not of one patient" in response.next_step


def test_without_traces_two_events_of_a_set_decide_nothing_unless_bht03_is_ours():
    events = ("HCR*A3**0F", "HL*5*3*EV*0", "HCR*A1*X")
    silent = parsed(wrapped(*HEAD[:8], *events), None)
    assert silent.outcome == "unknown" and silent.must_act and silent.next_step
    assert parsed(wrapped(*HEAD[:8], *events)).outcome == "partially_certified"


def test_a_later_set_answers_a_pended_one_whichever_comes_first():
    late = parsed(twice(("HCR*A4**0V",), ("HCR*A1*AUTH1",)))
    assert (late.outcome, late.must_act) == ("certified", False) and "pended" in late.next_step
    early = parsed(twice(("HCR*A1*AUTH1",), ("HCR*A4**0V",), "20261119"))
    assert early.outcome == "certified" and early.decision.authorization_number == "AUTH1"


def test_sets_of_one_time_are_not_put_in_order():
    response = parsed(twice(("HCR*A4**0V",), ("HCR*A1*AUTH1",), "20261120"))
    assert response.outcome == "pended" and response.must_act


def test_a_later_set_that_overturns_a_denial_is_looked_at():
    response = parsed(twice(("HCR*A3**0F",), ("HCR*A1*AUTH1",)))
    assert response.outcome == "certified" and response.must_act and "denied" in response.next_step
