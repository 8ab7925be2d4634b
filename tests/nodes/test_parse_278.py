from datetime import date
from decimal import Decimal

import pytest

from nodes.errors import Refused, UnreadableDocument
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.reviewing.outcome import overall
from tests.nodes.x12_text import HEAD, answer, wrapped


def parsed(edi, trace=None):
    return parse_278(Parse278Request(edi=edi, expected_trace=trace))


def only(edi):
    [review] = parsed(edi).reviews
    return review


def test_certified():
    response = parsed(
        answer(
            (
                "UM*HS*I*73",
                "HCR*A1*AUTH123",
                "DTP*102*D8*20261121",
                "DTP*007*RD8*20261121-20270219",
            ),
            ("TRN*2*OURTRACEL01", "HCR*A1", "DTP*472*D8*20261201", "SV1*HC:72148**UN*1"),
        ),
        "OURTRACE",
    )
    [review] = response.reviews
    assert response.outcome == "certified" and review.unread == ()
    assert response.decision == review.services[0]
    assert response.decision.authorization_number == "AUTH123"
    assert (review.event.issued, review.event.effective, review.event.expires) == (
        date(2026, 11, 21),
        date(2026, 11, 21),
        date(2027, 2, 19),
    )
    assert response.used[0].kind == "table"


def test_pended():
    response = parsed(answer(("HCR*A4**0V", "REF*NT*ADM77", "HI*LOI:18842-5"), ()))
    assert response.outcome == "pended" == response.reviews[0].services[0].outcome
    assert response.decision.administrative_reference == "ADM77"
    assert response.decision.reasons[0].category == "pend"
    [document] = response.reviews[0].documents
    assert (document.loinc, document.service) == ("18842-5", None)


def test_denied_with_reasons_and_words():
    response = parsed(answer(("HCR*A3**0F^QQ", "MSG*LUMBAR MRI WITHIN SIX MONTHS")))
    known, unknown = response.decision.reasons
    assert response.outcome == "denied"
    assert (known.code, known.category) == ("0F", "medical_necessity")
    assert (unknown.code, unknown.category, unknown.words) == ("QQ", None, None)
    assert response.decision.messages == ("LUMBAR MRI WITHIN SIX MONTHS",)


def test_modified_quantity():
    service = ("HCR*A6*AUTH9", "SV1*HC:E0601:RR", "HSD*MN*3")
    response = parsed(answer(("HCR*A6*AUTH9",), service))
    assert response.outcome == "modified"
    assert (response.decision.quantity, response.decision.unit) == (Decimal(3), "month")


def test_a_service_beats_its_event():
    response = parsed(answer(("HCR*A1*AUTH1",), ("HCR*A3**0M", "SV1*HC:72148")))
    assert response.outcome == "denied"
    assert response.decision.reasons[0].code == "0M"
    assert response.decision.authorization_number is None


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (["certified", "certified"], "certified"),
        (["certified", "modified"], "modified"),
        (["certified", "no_action_required"], "certified"),
        (["certified", "denied"], "partially_certified"),
        (["modified", "rejected"], "partially_certified"),
        (["certified", "pended"], "pended"),
        (["denied", "pended"], "pended"),
        (["contact_payer", "denied"], "contact_payer"),
        (["denied", "rejected"], "denied"),
        (["rejected", "cancelled"], "rejected"),
        (["cancelled", "no_action_required"], "cancelled"),
        (["certified", "unknown"], "unknown"),
    ],
)
def test_mixed_services_give_one_outcome(outcomes, expected):
    assert overall(outcomes) == expected
    assert overall(outcomes[::-1]) == expected


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("A2", "partially_certified"),
        ("C", "cancelled"),
        ("CT", "contact_payer"),
        ("NA", "no_action_required"),
        ("ZZ", "unknown"),
    ],
)
def test_other_actions(code, outcome):
    response = parsed(answer((f"HCR*{code}",)))
    assert response.outcome == outcome and response.decision.action_code == code


@pytest.mark.parametrize(
    ("after", "loop"),
    [
        (1, "2000A"), (2, "2010A"), (3, "2000B"), (4, "2010B"), (5, "2000C"), (6, "2010C"),
        (7, "2000E"),
    ],
)  # fmt: skip
def test_a_rejection_is_read_in_every_loop(after, loop):
    segments = list(HEAD)
    segments.insert(after + 1, "AAA*N**75*C")
    review = only(wrapped(*segments))
    [rejection] = review.rejections
    assert review.outcome == "rejected"
    assert (rejection.loop, rejection.code, rejection.follow_up) == (loop, "75", "C")
    assert rejection.words == "subscriber not found" and rejection.segment == after + 3
    assert rejection.follow_up_words == "correct and send again"


def test_rejections_of_dependents_providers_and_services():
    segments = [
        *HEAD[:7], "HL*4*3*23*1", "NM1*QC*1*LOPEZ*ANA", "AAA*N**65*C", "HL*5*4*EV*1",
        "NM1*SJ*2*CLINIC", "AAA*N**51*C", "HL*6*5*SS*0", "AAA*N**AG*C", "NM1*SJ*2*CLINIC",
        "AAA*N**XX*Q",
    ]  # fmt: skip
    review = only(wrapped(*segments))
    assert [item.loop for item in review.rejections] == ["2010D", "2010EA", "2000F", "2010FA"]
    assert review.rejections[3].words is None and review.rejections[3].code == "XX"
    assert review.services[0].outcome == "rejected" == review.outcome


def test_a_rejection_before_any_event_still_answers_our_request():
    edi = wrapped(*HEAD[:7], "AAA*N**75*C")
    response = parsed(edi, "OURTRACE")
    assert response.outcome == "rejected" and response.decision is None
    assert response.reviews[0].member_id == "SBXLOPEZ01"


def test_an_answer_to_another_request_is_refused():
    with pytest.raises(Refused, match="does not echo the trace"):
        parsed(answer(("HCR*A1*N",)), "OTHERTRACE")


def test_ours_is_found_among_several():
    other = answer(("HCR*A3**0F",)).replace("OURTRACE", "THEIRS").replace("000000007", "000000008")
    response = parsed(other + answer(("HCR*A1*N",)), "OURTRACE")
    assert len(response.reviews) == 2 and response.outcome == "certified"
    both = parsed(other + answer(("HCR*A1*N",)))
    assert both.outcome == "unknown" and both.decision is None


def test_what_is_not_understood_is_listed():
    review = only(answer(("HCR*A1*N", "ZZZ*1*2", "CL1*3*****7"), ("SV4*1",)))
    kept = [(one.loop, one.segment_id, one.segment, one.elements) for one in review.unread]
    assert kept == [
        ("2000E", "ZZZ", 12, ("1", "2")),
        ("2000E", "CL1", 13, ("3", "", "", "", "", "7")),
        ("2000F", "SV4", 15, ("1",)),
    ]


@pytest.mark.parametrize("segment", ["DTP*102*D8*20261399", "DTP*472*RD8*20261201-", "HSD*VS*X"])
def test_a_value_that_cannot_be_read_is_listed_not_guessed(segment):
    review = only(answer(("HCR*A1*N",), (segment,)))
    [unread] = review.unread
    assert (unread.loop, unread.segment_id, unread.segment) == ("2000F", segment[:3], 13)
    assert unread.elements == tuple(segment.split("*")[1:])
    assert review.services[0].quantity is None and review.services[0].service_from is None


@pytest.mark.parametrize(
    ("edi", "words"),
    [
        (wrapped(*HEAD, kind="278", guide="005010X216"), "another guide"),
        (wrapped("BHT*0010*08*X", kind="277", guide="005010X212"), "no 278"),
        (wrapped("HL*1**20*0"), "neither request nor response"),
        (wrapped("BHT*0007*99*X", "HL*1**20*0"), "neither request nor response"),
        (wrapped("BHT*0007*11*X"), "no hierarchical level"),
        (answer(("HCR*A1*N",)).replace("SE*12", "SE*11"), "cannot be trusted"),
    ],
)
def test_what_is_no_review_is_refused(edi, words):
    with pytest.raises(UnreadableDocument, match=words):
        parsed(edi)
