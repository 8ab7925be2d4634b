import json
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nodes.build_278 import Build278Request, build_278
from nodes.parse_277 import Parse277Request, parse_277
from nodes.parse_278 import Parse278Request, parse_278
from nodes.parse_acknowledgment import ParseAcknowledgmentRequest, parse_acknowledgment
from nodes.x12.reading.envelope import read
from nodes.x12.reading.hierarchy import hierarchy
from nodes.x12.validating.validate import validate
from server.sandbox.app import create_sandbox
from server.sandbox.payer_rules import months_after

EXAMPLE = Path(__file__).parents[2] / "nodes" / "examples" / "build_278.request.json"
URL = "/sandbox/payer"
MRI = {"system": "CPT", "code": "72148", "start": "2026-12-01"}
MONITOR = {"system": "HCPCS", "code": "E2103", "start": "2026-12-01"}
SUPPLIES = {"system": "HCPCS", "code": "A4239", "quantity": 3, "start": "2026-12-01"}
CPAP = {
    "system": "HCPCS", "code": "E0601", "modifiers": ["RR"], "quantity": 13, "unit": "month",
    "start": "2026-12-01", "end": "2027-12-31",
}  # fmt: skip


@pytest.fixture
def payer():
    client = create_sandbox().test_client()
    client.post(f"{URL}/reset")
    yield client
    client.post(f"{URL}/reset")


def ask(family, born, member, lines, **more):
    """A request of one of the sandbox's patients."""
    data = json.loads(EXAMPLE.read_text())
    case = data["case"]
    case["id"] = more.pop("case_id", f"PA-{family}")
    case["patient"]["name"] = {"family": family, "given": "Sam"}
    case["patient"]["birth_date"] = born
    case["coverage"]["member_id"] = member
    case["service_lines"] = lines
    case.update(more)
    return build_278(Build278Request.model_validate_json(json.dumps(data))).transaction


LOPEZ = ("Lopez", "1971-04-09", "SBXLOPEZ01", [MRI])
OKAFOR = ("Okafor", "1958-02-17", "SBXOKAFOR01", [MONITOR, SUPPLIES])
NGUYEN = ("Nguyen", "1966-08-30", "SBXNGUYEN01", [CPAP])
BERG = ("Berg", "1980-12-01", "SBXBERG01", [MRI])
COSTA = ("Costa", "1969-03-14", "SBXCOSTA01", [MRI])
DUMAS = ("Dumas", "1977-09-09", "SBXDUMAS99", [MRI])


def send(payer, transaction):
    answer = payer.post(f"{URL}/278", data=transaction.edi, content_type="application/edi-x12")
    assert answer.status_code == 200 and answer.mimetype == "application/edi-x12"
    return understood(answer.text, transaction)


def understood(edi, transaction):
    document = read(edi).require(strict=True)
    assert all(hierarchy(item).findings == () for item in document.sets)
    response = parse_278(Parse278Request(edi=edi, expected_trace=transaction.trace_number))
    assert all(review.unread == () for review in response.reviews)
    assert validate(edi).verdict == "valid"
    return response


@pytest.mark.parametrize("patient", [LOPEZ, COSTA], ids=["lopez", "costa"])
def test_certified(payer, patient):
    response = send(payer, ask(*patient))
    assert response.outcome == "certified"
    assert response.decision.authorization_number.startswith("SBX")
    assert response.reviews[0].event.effective == date(2026, 11, 20)


def test_pended_and_later_certified(payer):
    transaction = ask(*OKAFOR)
    response = send(payer, transaction)
    assert response.outcome == "pended"
    assert [reason.code for reason in response.decision.reasons] == ["0V"]
    assert response.reviews[0].event.administrative_reference.startswith("ADM")
    assert len(response.reviews[0].services) == 2
    later = payer.get(f"{URL}/278/{transaction.trace_number}").text
    assert understood(later, transaction).outcome == "certified"
    categories = []
    for query in ("?when=now", ""):
        edi = payer.get(f"{URL}/277/{transaction.trace_number}{query}").text
        status = parse_277(Parse277Request(edi=edi))
        assert status.guide == "005010X212" and status.unread == ()
        [item] = status.items
        assert item.trace_number == transaction.trace_number and not item.must_act
        categories += [code.category for code in item.statuses]
    assert categories == ["P2", "F1"]


def test_modified_to_three_months(payer):
    response = send(payer, ask(*NGUYEN))
    assert response.outcome == "modified"
    assert (response.decision.quantity, response.decision.unit) == (Decimal(3), "month")
    assert response.decision.authorization_number
    short = [{**CPAP, "quantity": 3}]
    assert send(payer, ask(*NGUYEN[:3], short, case_id="PA-short")).outcome == "certified"


def test_what_is_certified_says_how_often(payer):
    visits = {
        "system": "HCPCS", "code": "G0151", "quantity": 12, "unit": "visit",
        "delivery": {"quantity": 2, "unit": "visit", "per": "week", "periods": 6, "period": "week"},
    }  # fmt: skip
    answer = payer.post(f"{URL}/278", data=ask(*LOPEZ[:3], [MRI, visits]).edi).text
    assert answer.count("~HSD*VS*2*WK**35*6~") == 1
    assert answer.index("HSD*") > answer.index("G0151")


def test_denied_for_imaging_on_file(payer):
    response = send(payer, ask(*BERG))
    assert response.outcome == "denied"
    assert response.decision.reasons[0].category == "medical_necessity"
    assert "SIX MONTHS" in response.decision.messages[0]
    after = [{**MRI, "start": "2026-12-18"}]
    assert send(payer, ask(*BERG[:3], after, case_id="PA-after")).outcome == "certified"


def test_an_unknown_member_is_rejected(payer):
    response = send(payer, ask(*DUMAS))
    [rejection] = response.reviews[0].rejections
    assert response.outcome == "rejected"
    assert (rejection.loop, rejection.code, rejection.follow_up) == ("2010C", "75", "C")


def test_another_birth_date_is_rejected(payer):
    response = send(payer, ask("Lopez", "1971-04-10", "SBXLOPEZ01", [MRI]))
    assert [item.code for item in response.reviews[0].rejections] == ["71"]


def test_services_are_decided_one_by_one(payer):
    response = send(payer, ask(*BERG[:3], [MRI, {"system": "CPT", "code": "97110"}]))
    assert [item.outcome for item in response.reviews[0].services] == ["denied", "certified"]
    assert response.outcome == "partially_certified"
    assert response.reviews[0].event.action_code == "A2"


def test_a_cancellation_is_granted(payer):
    certified = send(payer, ask(*LOPEZ)).decision.authorization_number
    request = ask(*LOPEZ, certification="cancel", authorization_number=certified)
    assert send(payer, request).outcome == "cancelled"


def test_a_cancel_under_the_trace_of_what_it_cancels_is_no_repeat(payer):
    first = ask(*LOPEZ)
    certified = send(payer, first).decision.authorization_number
    cancel = ask(*LOPEZ, certification="cancel", authorization_number=certified)
    same = cancel.edi.replace(cancel.trace_number, first.trace_number)
    answer = payer.post(f"{URL}/278", data=same).text
    assert parse_278(Parse278Request(edi=answer)).outcome == "cancelled"
    assert payer.get(f"{URL}/state").json["repeats"] == 0


@pytest.mark.parametrize("kind", ["cancel", "revised", "renewal", "extension"])
def test_what_follows_a_number_never_given_is_rejected(payer, kind):
    send(payer, ask(*BERG[:3], [{**MRI, "start": "2026-12-18"}]))
    response = send(payer, ask(*LOPEZ, certification=kind, authorization_number="SBX1"))
    [rejection] = response.reviews[0].rejections
    assert (response.outcome, rejection.code) == ("rejected", "AA")


def test_a_dependent_is_answered(payer):
    transaction = ask(*LOPEZ)
    data = json.loads(EXAMPLE.read_text())
    data["case"]["coverage"] |= {
        "relationship": "child",
        "subscriber": {
            "name": {"family": "Lopez", "given": "Maria"}, "birth_date": "1971-04-09",
        },
    }  # fmt: skip
    data["case"]["patient"]["birth_date"] = "2010-01-01"
    transaction = build_278(Build278Request.model_validate_json(json.dumps(data))).transaction
    assert send(payer, transaction).outcome == "certified"


def test_a_repeat_gets_the_same_bytes_and_is_one_request(payer):
    transaction = ask(*LOPEZ)
    answers = [payer.post(f"{URL}/278", data=transaction.edi).data for _ in range(3)]
    assert len(set(answers)) == 1
    state = payer.get(f"{URL}/state").json
    assert (state["received"], state["repeats"]) == (1, 2)
    assert state["requests"] == [
        {"trace": transaction.trace_number, "times": 3, "outcome": "certified"}
    ]


def test_many_at_once_are_one_request():
    app = create_sandbox()
    app.test_client().post(f"{URL}/reset")
    edi, answers = ask(*BERG).edi, []

    def post():
        answers.append(app.test_client().post(f"{URL}/278", data=edi).data)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    state = app.test_client().get(f"{URL}/state").json
    assert len(answers) == 8 and len(set(answers)) == 1
    assert (state["received"], state["repeats"]) == (1, 7)


def test_down_before_processing_nothing_is_received(payer):
    payer.post(f"{URL}/faults", json={"down": 2, "status": 500})
    edi = ask(*LOPEZ).edi
    codes = [payer.post(f"{URL}/278", data=edi).status_code for _ in range(3)]
    assert codes == [500, 500, 200]
    assert payer.get(f"{URL}/state").json["repeats"] == 0


def test_a_lost_answer_was_processed(payer):
    payer.post(f"{URL}/faults", json={"drop_after_processing": 1})
    edi = ask(*LOPEZ).edi
    codes = [payer.post(f"{URL}/278", data=edi).status_code for _ in range(2)]
    assert codes == [504, 200]
    assert payer.get(f"{URL}/state").json["requests"][0]["times"] == 2


def test_reset_forgets_requests_and_faults(payer):
    payer.post(f"{URL}/278", data=ask(*LOPEZ).edi)
    payer.post(f"{URL}/faults", json={"down": 5, "drop_after_processing": 5})
    assert payer.post(f"{URL}/reset").status_code == 204
    assert payer.get(f"{URL}/state").json["received"] == 0
    assert payer.post(f"{URL}/278", data=ask(*LOPEZ).edi).status_code == 200


def acknowledged(payer, edi):
    answer = payer.post(f"{URL}/278", data=edi)
    assert answer.status_code == 200 and answer.mimetype == "application/edi-x12"
    assert not [one for one in validate(answer.text).findings if one.severity == "error"]
    asked = ParseAcknowledgmentRequest(edi=answer.text, request_edi=edi)
    [told] = parse_acknowledgment(asked).groups
    return told


def test_a_wrong_count_is_rejected_with_a_999(payer):
    told = acknowledged(payer, ask(*LOPEZ).edi.replace("SE*", "SE*1", 1))
    assert told.outcome == "rejected"
    assert payer.get(f"{URL}/state").json["unreadable"] == 1


def test_an_invalid_request_is_rejected_where_it_is_wrong(payer):
    told = acknowledged(payer, ask(*LOPEZ).edi.replace("UM*HS*I*", "UM*HS*Q*", 1))
    [error] = told.sets[0].errors
    assert (error.segment_id, error.element, error.code) == ("UM", 2, "7")


def test_an_interchange_that_is_wrong_is_rejected_with_a_ta1(payer):
    edi = ask(*LOPEZ).edi
    answer = payer.post(f"{URL}/278", data=edi.replace("IEA*1*", "IEA*1*9", 1))
    [interchange] = read(answer.text).require(strict=True).interchanges
    [ta1] = interchange.acknowledgments
    assert ta1.get(4) == "R"


@pytest.mark.parametrize("body", [b"", b"hello", b"\xff\xfe", b"ISA*"])
def test_what_is_no_x12_is_refused(payer, body):
    assert payer.post(f"{URL}/278", data=body).status_code == 400


def test_an_answer_is_no_request(payer):
    answer = payer.post(f"{URL}/278", data=ask(*LOPEZ).edi)
    told = acknowledged(payer, answer.text)
    assert told.outcome == "rejected"


def test_an_acknowledgment_is_not_acknowledged(payer):
    answer = payer.post(f"{URL}/278", data=ask(*LOPEZ).edi.replace("SE*", "SE*1", 1))
    assert payer.post(f"{URL}/278", data=answer.data).status_code == 400


@pytest.mark.parametrize("path", ["278/NONE", "277/NONE"])
def test_an_unknown_trace_is_not_found(payer, path):
    assert payer.get(f"{URL}/{path}").status_code == 404


def test_faults_need_an_object(payer):
    assert payer.post(f"{URL}/faults", json=[1]).status_code == 400


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 6, 18), 6, date(2026, 12, 18)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_months_after(day, months, then):
    assert months_after(day, months) == then
