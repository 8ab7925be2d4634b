import json

import pytest

from nodes.build_278_inquiry import Build278InquiryRequest, build_278_inquiry
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.validating.validate import validate
from tests.server.test_sandbox_payer import (
    EXAMPLE,
    LOPEZ,
    MRI,
    OKAFOR,
    URL,
    ask,
    payer,
    send,
)

__all__ = ["payer"]


def inquire(payer, patient, **fields):
    """Ask how a patient's request stands, by the case it was made from."""
    family, born, member, lines = patient
    case = json.loads(EXAMPLE.read_text())["case"]
    case["id"] = f"PA-{family}"
    case["patient"]["name"] = {"family": family, "given": "Sam"}
    case["patient"]["birth_date"] = born
    case["coverage"]["member_id"] = member
    case["service_lines"] = lines
    data = {"case": case, "envelope": {"sender": "RIVERBEND"}, "created_at": "2026-11-24T08:00:00"}
    if "earlier" in fields:
        known = {name: case[name] for name in ("coverage", "patient", "requester")}
        data = {key: value for key, value in data.items() if key != "case"}
        fields["earlier"] = known | fields["earlier"]
    asked = Build278InquiryRequest.model_validate_json(json.dumps(data | fields))
    inquiry = build_278_inquiry(asked)
    assert validate(inquiry.transaction.edi).verdict == "valid"
    answer = payer.post(f"{URL}/278", data=inquiry.transaction.edi)
    assert answer.status_code == 200 and validate(answer.text).verdict == "valid"
    trace = inquiry.transaction.trace_number
    response = parse_278(Parse278Request(edi=answer.text, expected_trace=trace))
    [review] = response.reviews
    assert (review.kind, review.direction) == ("inquiry", "response")
    assert review.reference == inquiry.reference
    assert review.unread == () and review.unknown_codes == ()
    return response


def test_a_decided_request_is_told_again(payer):
    first = send(payer, ask(*LOPEZ))
    again = inquire(payer, LOPEZ)
    assert again.outcome == "certified"
    assert again.decision.authorization_number == first.decision.authorization_number


def test_a_pended_request_is_decided_after_one_more_inquiry(payer):
    assert send(payer, ask(*OKAFOR)).outcome == "pended"
    outcomes = [inquire(payer, OKAFOR, asked=count).outcome for count in (1, 1, 2, 1)]
    assert outcomes == ["pended", "pended", "certified", "pended"]


def test_by_the_payers_numbers(payer):
    sent = send(payer, ask(*OKAFOR))
    number = sent.reviews[0].event.administrative_reference
    told = inquire(payer, OKAFOR, earlier={"administrative_reference": number}, asked=5)
    assert told.outcome == "pended"
    certified = send(payer, ask(*LOPEZ)).decision.authorization_number
    told = inquire(payer, LOPEZ, earlier={"authorization_number": certified})
    assert told.decision.authorization_number == certified


def test_by_patient_and_services(payer):
    send(payer, ask(*LOPEZ))
    assert inquire(payer, LOPEZ, earlier={"service_lines": [MRI]}).outcome == "certified"
    other = {"system": "CPT", "code": "97110"}
    assert inquire(payer, LOPEZ, earlier={"service_lines": [other]}).outcome == "rejected"


@pytest.mark.parametrize(
    "earlier",
    [
        {"authorization_number": "SBX000000000"},
        {"administrative_reference": "ADM000000000"},
        {"trace_number": "NOBODYKNOWS"},
        {},
    ],
)
def test_what_is_not_known_is_rejected(payer, earlier):
    send(payer, ask(*LOPEZ))
    told = inquire(payer, LOPEZ, earlier=earlier)
    [rejection] = told.reviews[0].rejections
    assert (told.outcome, rejection.loop, rejection.code) == ("rejected", "2000E", "AA")


def test_nobody_hears_of_another_members_request(payer):
    number = send(payer, ask(*LOPEZ)).decision.authorization_number
    told = inquire(payer, OKAFOR, earlier={"authorization_number": number})
    assert told.outcome == "rejected"


def test_a_rejected_request_is_not_known(payer):
    stranger = ("Dumas", "1977-09-09", "SBXDUMAS99", [MRI])
    send(payer, ask(*stranger))
    assert inquire(payer, stranger).outcome == "rejected"


def test_an_inquiry_is_no_request(payer):
    inquire(payer, LOPEZ)
    assert payer.get(f"{URL}/state").json["received"] == 0


def test_a_lost_answer_to_an_inquiry_counts_once(payer):
    send(payer, ask(*OKAFOR))
    payer.post(f"{URL}/faults", json={"drop_after_processing": 1})
    with pytest.raises(AssertionError, match="504"):
        inquire(payer, OKAFOR)
    assert inquire(payer, OKAFOR).outcome == "pended"


def test_a_pended_service_ends_as_it_is_wished(payer):
    payer.post(f"{URL}/faults", json={"later": "A3"})
    send(payer, ask(*OKAFOR))
    payer.post(f"{URL}/faults", json={"later": "no such code"})
    assert inquire(payer, OKAFOR).outcome == "pended"
    assert inquire(payer, OKAFOR, asked=2).outcome == "denied"
