import json
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, reject, settings

from nodes.build_278 import build_278
from nodes.build_278_inquiry import Build278InquiryRequest, build_278_inquiry
from nodes.catalog import NODES
from nodes.errors import IncompleteCase, UnknownName
from nodes.x12.guide import guide_for
from nodes.x12.loops import locate
from nodes.x12.payer.companions import Library, folder, shipped
from nodes.x12.reading.envelope import read
from nodes.x12.reading.hierarchy import hierarchy
from nodes.x12.requesting.addressing import Envelope
from nodes.x12.requesting.earlier import EarlierRequest
from nodes.x12.reviewing.read_278 import read_reviews
from tests.nodes.cases_278 import requests

EXAMPLE = json.loads(NODES["build-278-inquiry"].example("request"))
CASE = EXAMPLE["case"]
WHEN = datetime(2026, 11, 24, 8)
calm = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def asked(**changes):
    return Build278InquiryRequest.model_validate_json(json.dumps(EXAMPLE | changes))


def about(**fields):
    """The request of the example's case as somebody knows it who has no case."""
    known = {name: CASE[name] for name in ("coverage", "patient", "requester")}
    return asked(case=None, earlier=known | fields)


def lines(request):
    edi = build_278_inquiry(request).transaction.edi
    [transaction] = read(edi).require(strict=True).sets
    return [segment.elements for segment in transaction.segments]


def first(found, *elements):
    return next(one for one in found if tuple(one[: len(elements)]) == elements)


@calm
@given(requests())
def test_whatever_request_was_built_can_be_asked_about(request):
    try:
        built = build_278(request).transaction
    except IncompleteCase:
        reject()
    for by in ("numbers", "services"):
        inquiry = Build278InquiryRequest(
            case=request.case,
            attempt=request.attempt,
            by=by,
            envelope=Envelope(sender=request.envelope.sender, receiver="PAYER1"),
            created_at=WHEN,
        )
        try:
            made = build_278_inquiry(inquiry)
        except IncompleteCase as error:
            assert all(one.pointer.startswith("/case/") for one in error.complaints)
            continue
        assert made.transaction.trace_number == built.trace_number
        assert made.validation.verdict == "valid"
        [transaction] = read(made.transaction.edi).require(strict=True).sets
        assert hierarchy(transaction).findings == ()
        guide = guide_for("278", "005010X215", "28")
        assert all(one.use for one in locate(guide, transaction.segments))
        [reading] = read_reviews(transaction)
        assert (reading.kind, reading.direction) == ("inquiry", "request")
        assert built.trace_number in reading.traces()
        assert reading.reference == made.reference
        assert len(reading.services) == (len(request.case.service_lines) if by == "services" else 0)
        assert not reading.unread and not reading.unknown


def test_by_services_it_names_them_with_their_dates():
    found = lines(asked(by="services"))
    assert first(found, "BHT")[1:3] == ["0007", "28"]
    assert first(found, "SV1") == ["SV1", "HC:72148"]
    assert first(found, "DTP", "472") == ["DTP", "472", "D8", "20261201"]
    assert first(found, "NM1", "SJ")


def test_by_numbers_it_names_the_payers_number_and_no_services():
    found = lines(about(administrative_reference="ADM12345", trace_number="ABC1"))
    assert first(found, "REF", "NT") == ["REF", "NT", "ADM12345"]
    assert first(found, "TRN")[:3] == ["TRN", "1", "ABC1"]
    assert "SS" not in [one[3] for one in found if one[0] == "HL"]
    assert first(found, "HL", "4")[4] == "0"


def test_without_a_number_the_services_are_named():
    line = {"system": "REVENUE", "code": "450", "start": "2026-12-01", "end": "2026-12-03"}
    found = lines(about(service_lines=[line]))
    assert first(found, "SV2") == ["SV2", "0450"]
    assert first(found, "DTP", "472")[2:] == ["RD8", "20261201-20261203"]
    assert len(first(found, "TRN")[2]) == 32


def test_each_inquiry_is_another_and_a_retry_the_same():
    made = [build_278_inquiry(asked(asked=count)) for count in (1, 1, 2)]
    assert made[0] == made[1]
    assert made[0].reference != made[2].reference
    numbers = {one.transaction.control_number for one in made}
    assert len(numbers) == 2
    assert len({one.transaction.trace_number for one in made}) == 1
    assert build_278_inquiry(asked(by="numbers")).reference != made[0].reference


def test_a_control_number_given_is_kept():
    made = build_278_inquiry(asked(control_number="000000123"))
    assert made.transaction.control_number == "000000123"
    assert "*000000123*" in made.transaction.edi


def test_the_profile_says_who_receives_it_and_how_the_payer_is_named():
    found = lines(asked(payer_profile="cgs-esmd", envelope={"sender": "ME1", "receiver": "CGS9"}))
    assert first(found, "NM1", "X3")[2:] == ["2", "CGS", "", "", "", "", "PI", "15004"]
    made = build_278_inquiry(asked())
    assert made.transaction.payer_profile.id == "sandbox"
    assert [one.id for one in made.used if one.kind == "payer"] == ["sandbox"]
    assert "*ZZ*SBXHP01        *" in made.transaction.edi


def test_an_own_profile_is_applied(tmp_path):
    (tmp_path / "sandbox.yaml").write_text(
        "{id: sandbox, version: '2', name: Ours, kind: commercial, status: in_use,"
        " effective: 2026-01-01, payer_ids: [SBXHP01], sources: {a: {title: A,"
        " checked: 2026-01-01, verified: partner}}, addresses: {receiver: GATE7, source: a},"
        " writing: {component: '+', line_break: crlf, source: a}}"
    )
    profiles = Library(shipped(), folder(tmp_path))
    edi = build_278_inquiry(asked(), profiles=lambda: profiles).transaction.edi
    assert "*GATE7          *" in edi and "SV1*HC+72148~\r\n" in edi


def test_a_dependent_is_named_under_the_subscriber():
    coverage = CASE["coverage"] | {
        "relationship": "child",
        "subscriber": {"name": {"family": "Lopez", "given": "Ana"}, "birth_date": "1971-04-09"},
    }
    found = lines(about(coverage=coverage))
    assert first(found, "NM1", "IL")[4] == "ANA"
    assert first(found, "NM1", "QC")[3:5] == ["LOPEZ", "MARIA"]
    assert [one[3] for one in found if one[0] == "HL"] == ["20", "21", "22", "23", "EV"]


def test_where_members_have_own_ids_the_dependent_is_the_subscriber():
    coverage = CASE["coverage"] | {"relationship": "child"}
    request = about(coverage=coverage).model_copy(
        update={"payer_profile": "cgs-esmd", "envelope": Envelope(sender="ME1", receiver="CGS9")}
    )
    assert first(lines(request), "NM1", "IL")[4] == "MARIA"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"requester": {"organization": "Riverbend"}}, "/earlier/requester/npi"),
        ({"requester": {"npi": "9000000015"}}, "/earlier/requester/organization"),
        ({"coverage": CASE["coverage"] | {"relationship": "child"}},
         "/earlier/coverage/subscriber"),
        ({"authorization_number": "A" * 51}, "/earlier/authorization_number"),
        ({"trace_number": "Ω1"}, "/earlier/trace_number"),
        ({"service_lines": [{"system": "CPT", "code": "72148"}],
          "performer": {"npi": "9000000015"}}, "/earlier/performer/organization"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(fields, pointer):
    with pytest.raises(IncompleteCase) as caught:
        build_278_inquiry(about(**fields))
    assert pointer in {one.pointer for one in caught.value.complaints}


def test_nobody_says_who_receives_it():
    coverage = CASE["coverage"] | {"payer": {"id": "NOBODY1", "name": "Nobody"}}
    with pytest.raises(IncompleteCase) as caught:
        build_278_inquiry(about(coverage=coverage))
    assert [one.pointer for one in caught.value.complaints] == ["/envelope/receiver"]


def test_a_profile_that_is_not_there_is_said():
    with pytest.raises(UnknownName):
        build_278_inquiry(asked(payer_profile="nobody"))


@pytest.mark.parametrize("both", [True, False])
def test_one_request_is_asked_about(both):
    earlier = {name: CASE[name] for name in ("coverage", "patient", "requester")}
    with pytest.raises(ValueError, match="give either case or earlier"):
        asked(case=CASE if both else None, earlier=earlier if both else None)


def test_the_words_say_what_is_asked():
    words = [one.words for one in build_278_inquiry(asked()).segments]
    assert any(word.startswith("Inquiry, reference ") for word in words)
    assert any("Our trace number of the request" in word for word in words)
    assert len(words) == len(build_278_inquiry(asked()).segments)


def test_an_earlier_request_of_a_case_is_the_case():
    case = asked().case
    earlier = EarlierRequest.of(case, "T1")
    assert earlier.trace == "T1" and earlier.patient == case.patient
    assert not earlier.numbered
