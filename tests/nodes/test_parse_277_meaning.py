"""What counts among several statuses, and what a request for information asks for."""

from datetime import date
from decimal import Decimal

import pytest

from nodes.errors import UnreadableDocument
from nodes.parse_277 import Parse277Request, Parse277Response, parse_277
from tests.nodes.test_parse_277 import HEAD, parsed
from tests.nodes.x12_text import wrapped

ACKNOWLEDGED = (
    "BHT*0085*08*REF1*20261125*0900*TH",
    "HL*1**20*1",
    "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
    "TRN*1*ACK1",
    "DTP*050*D8*20261120",
    "DTP*009*D8*20261121",
    "HL*2*1*21*1",
    "NM1*41*2*RIVERBEND*****46*RIVERBEND",
    "TRN*2*BATCH1",
    "STC*A1:19:PR*20261121*WQ*365.5",
    "QTY*90*1",
    "QTY*AA*1",
    "AMT*YU*100",
    "AMT*YY*265.5",
    "HL*3*2*19*1",
    "NM1*85*2*RIVERBEND*****XX*9000000031",
    "HL*4*3*PT",
    "NM1*QC*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
    "TRN*2*ACCOUNT1",
    "STC*A2:20*20261121*WQ*100",
    "REF*1K*PAYER1",
    "DTP*472*D8*20261101",
    "HL*5*3*PT",
    "NM1*QC*1*BERG*ANNA****MI*SBXBERG01",
    "TRN*2*ACCOUNT2",
    "STC*A7:562:85*20261121*U*265.5******A7:187",
    "DTP*472*D8*20261102",
)
ASKED = (
    "BHT*0085*48*REF1*20261125*0900*RQ",
    "HL*1**20*1",
    "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
    "PER*IC*MEDICAL REVIEW*TE*5550100*EX*12*FX*5550101",
    "HL*2*1*21*1",
    "NM1*41*2*RIVERBEND*****46*RIVERBEND",
    "HL*3*2*19*1",
    "NM1*1P*1*OSEI*DANIEL****XX*9000000031",
    "HL*4*3*PT*0",
    "NM1*QC*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
    "TRN*1*PAYERCASE7",
    "STC*R4:18842-5::LOI*20261124**150********SEND THE LAST NOTE",
    "REF*EJ*ACCOUNT1",
    "REF*EA*RECORD1",
    "DTP*472*RD8*20261101-20261103",
    "DTP*106*D8*20261210",
    "PWK*OZ*EL***AC*CONTROL1",
    "N1*PR*PAPERS DESK",
    "N3*1 MAIN ST",
    "N4*RIVERBEND*OH*43001",
    "SVC*HC:72148:LT*150****1",
    "STC*R4:11506-3::LOI*20261124",
    "DTP*106*D8*20261205",
)


def test_the_newest_date_counts():
    [item] = parsed("TRN*2*T", "STC*P3:317*20261120", "STC*F1:65*20261124").items
    assert item.effective.outcome == "finalized" and item.effective.on == date(2026, 11, 24)
    assert item.effective.words == "final, paid or approved: paid"
    assert not item.must_act and len(item.statuses) == 2


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("P3:317", "F1:65", "finalized"),
        ("F1:65", "P1:20", "finalized"),
        ("F2:84", "F0:3", "denied"),
        ("A1:20", "E0:0", "error"),
        ("F1:65", "R4:18842-5::LOI", "information_requested"),
        ("A2:20", "A7:21", "rejected"),
        ("P1:20", "P3:317", "waiting_for_us"),
        ("F1:65", "ZZ:1", "finalized"),
    ],
)
def test_what_counts_on_one_day_whatever_the_order(first, second, outcome):
    for one, other in ((first, second), (second, first)):
        together = parsed("TRN*2*T", f"STC*{one}*20261124********{other}").items[0]
        apart = parsed("TRN*2*T", f"STC*{one}*20261124", f"STC*{other}*20261124").items[0]
        assert together.effective.outcome == apart.effective.outcome == outcome


def test_a_status_without_a_date_counts_with_the_newest():
    [item] = parsed("TRN*2*T", "STC*E0:0", "STC*F1:65*20261124").items
    assert item.effective.outcome == "error" and item.must_act


def test_services_speak_for_their_claim():
    claim, service = "STC*F1:65*20261124", "STC*P3:317*20261124"
    [counted] = parsed("TRN*2*T", claim, "SVC*HC:1", service, "SVC*HC:2", claim).claims
    assert counted.must_act and counted.effective.outcome == "waiting_for_us"
    assert counted.items == (0, 1, 2) and counted.trace_number == "T"


def test_a_newer_status_of_the_claim_ends_those_of_its_services():
    [counted] = parsed("TRN*2*T", "STC*F1:65*20261125", "SVC*HC:1", "STC*P3:317*20261124").claims
    assert not counted.must_act and counted.effective.outcome == "finalized"


def test_a_claim_speaks_for_services_without_a_status():
    response = parsed(
        "TRN*2*T", "STC*P3:317*20261124", "SVC*HC:1", "STC*F1:65*20261124", "SVC*HC:2"
    )
    assert response.claims[0].must_act
    assert [(left.segment_id, left.why) for left in response.unread] == [
        ("SVC", "it belongs to nothing that has a status")
    ]


def test_an_acknowledgment_has_totals_and_claims():
    edi = wrapped(*ACKNOWLEDGED, kind="277", guide="005010X214", group="HN")
    response = parse_277(Parse277Request(edi=edi))
    assert response.unread == () and response.guide == "005010X214"
    payer, receiver = response.totals
    assert (payer.level, payer.trace_number) == ("payer", "ACK1")
    assert (payer.received, payer.processed) == (date(2026, 11, 20), date(2026, 11, 21))
    assert (receiver.accepted, receiver.rejected) == (Decimal(1), Decimal(1))
    assert (receiver.accepted_amount, receiver.rejected_amount) == (Decimal(100), Decimal("265.5"))
    whole, accepted, rejected = response.items
    assert whole.level == "receiver" and whole.claim is None and not whole.must_act
    assert accepted.patient.name == "LOPEZ" and accepted.payer_control_number == "PAYER1"
    assert rejected.provider.id == "9000000031" and rejected.must_act
    assert rejected.effective.words == "rejected, something is not valid: NPI (billing provider)"
    assert rejected.action == "correct it and send it again"
    assert [counted.must_act for counted in response.claims] == [False, True]


def test_a_request_says_what_to_send_where_and_by_when():
    edi = wrapped(*ASKED, kind="277", guide="005010X213", group="HN")
    response = parse_277(Parse277Request(edi=edi))
    assert response.unread == ()
    claim, service = response.items
    assert claim.documents == ("18842-5",) and service.documents == ("11506-3",)
    assert claim.due == date(2026, 12, 10) and service.due == date(2026, 12, 5)
    assert response.claims[0].due == date(2026, 12, 5) and response.claims[0].must_act
    assert claim.messages == ("SEND THE LAST NOTE",) and claim.trace_number == "PAYERCASE7"
    assert claim.contact.name == "MEDICAL REVIEW"
    assert [(way.way, way.number) for way in claim.contact.contacts] == [
        ("TE", "5550100"), ("EX", "12"), ("FX", "5550101"),
    ]  # fmt: skip
    assert service.send_to == claim.send_to and claim.send_to.lines == ("1 MAIN ST",)
    assert (claim.papers[0].report, claim.papers[0].control) == ("OZ", "CONTROL1")
    assert service.service.modifiers == ("LT",) and service.service.charge == Decimal(150)
    assert claim.effective.words == "documents requested: LOINC 18842-5"


def test_a_payment_is_told():
    [item] = parsed("TRN*2*T", "STC*F1:65*20261124**150*120.5*20261123*CHK*20261125*CHECK9").items
    [status] = item.statuses
    assert (status.amount, status.paid) == (Decimal(150), Decimal("120.5"))
    assert (status.adjudicated, status.issued) == (date(2026, 11, 23), date(2026, 11, 25))
    assert (status.payment_method, status.check_number) == ("CHK", "CHECK9")


def test_a_service_is_told():
    [item] = parsed(
        "TRN*2*T", "SVC*HC:99203:25:LT*150*120*0450**NU:0450*2", "STC*F1:65*20261124", "REF*FJ*1"
    ).items
    service = item.service
    assert (service.qualifier, service.code, service.modifiers) == ("HC", "99203", ("25", "LT"))
    assert (service.charge, service.paid, service.quantity) == (150, 120, 2)
    assert (service.revenue, service.original) == ("0450", "0450")
    assert item.numbers[0].qualifier == "FJ"


@pytest.mark.parametrize(
    ("segment", "what"),
    [
        ("STC*F1:65:PR:RX:X*20261124", "STC"),
        ("STC*F1*20261124", "STC"),
        ("STC*F1:65*NODATE", "STC"),
        ("STC*F1:65*20261124**NONE", "STC"),
        ("DTP*999*D8*20261124", "DTP"),
        ("NM1*74*1*LOPEZ", "NM1"),
        ("ZZZ*1", "ZZZ"),
    ],
)
def test_what_is_not_wholly_known_is_kept(segment, what):
    response = parsed("TRN*2*T", "STC*A1:20*20261124", segment)
    [left] = response.unread
    assert left.segment_id == what and left.elements == tuple(segment.split("*")[1:])
    assert response.items[0].level == "claim"


@pytest.mark.parametrize(
    ("edi", "guide"),
    [
        (wrapped(*HEAD, "TRN*2*T", "STC*A1:20", kind="277", guide="005010", group="HN"),
         "005010X212"),
        (wrapped(*ACKNOWLEDGED, kind="277", guide="005010", group="HN"), "005010X214"),
        (wrapped(*ASKED, kind="277", guide="005010", group="HN"), "005010X213"),
        (wrapped("BHT*0085*08*1*20261125*0900", *ACKNOWLEDGED[1:], kind="277", guide="005010",
                 group="HN"), "005010X214"),
        (wrapped("BHT*0085*48*1*20261125*0900", *ASKED[1:], kind="277", guide="005010",
                 group="HN"), "005010X213"),
        (wrapped("BHT*0010*08*1*20261125*0900", *HEAD[1:], "TRN*2*T", "STC*A1:20", kind="277",
                 guide="005010", group="HN"), "005010X212"),
    ],
)  # fmt: skip
def test_a_277_that_names_no_guide_is_known_by_kind_or_shape(edi, guide):
    response = parse_277(Parse277Request(edi=edi))
    assert response.guide == guide and {item.guide for item in response.items} == {guide}


def test_several_guides_in_one_document():
    first = wrapped(*ACKNOWLEDGED, kind="277", guide="005010X214", group="HN")
    second = wrapped(*ASKED, kind="277", guide="005010X213", group="HN")
    response = parse_277(Parse277Request(edi=first + second.replace("000000007", "000000008")))
    assert response.guide == "other"
    assert [(item.guide, item.transaction) for item in response.items] == [
        ("005010X214", 1), ("005010X214", 1), ("005010X214", 1), ("005010X213", 2),
        ("005010X213", 2),
    ]  # fmt: skip


def test_wrong_counts_are_let_pass_only_when_asked():
    edi = wrapped(*ASKED, kind="277", guide="005010X213", group="HN").replace("SE*25*", "SE*26*")
    with pytest.raises(UnreadableDocument, match="trusted"):
        parse_277(Parse277Request(edi=edi))
    response = parse_277(Parse277Request(edi=edi, lenient=True))
    assert [finding.rule for finding in response.findings] == ["set.segment-count"]
    assert len(response.items) == 2


@pytest.mark.parametrize(
    "spoil", [lambda edi: edi[:-30], lambda edi: edi.replace("HL*4*3", "HL*4*9")]
)
def test_what_is_cut_or_hangs_nowhere_is_refused_however_lenient(spoil):
    edi = spoil(wrapped(*ASKED, kind="277", guide="005010X213", group="HN"))
    with pytest.raises(UnreadableDocument, match="trusted"):
        parse_277(Parse277Request(edi=edi, lenient=True))


@pytest.mark.parametrize("segments", [HEAD, ACKNOWLEDGED, ASKED])
def test_what_is_answered_is_what_its_models_allow(segments):
    edi = wrapped(*segments, kind="277", guide="005010X212", group="HN")
    response = parse_277(Parse277Request(edi=edi))
    assert Parse277Response.model_validate_json(response.model_dump_json()) == response


@pytest.mark.parametrize("segments", [
    ("STC*F2:84*20261124",),
    ("STC*F1:65*20261124", "SVC*HC:72148*150", "STC*F2:84*20261124"),
    ("SVC*HC:72148*150", "STC*F2:84*20261124", "SVC*HC:72149*150", "STC*F1:65*20261124"),
])  # fmt: skip
def test_a_denial_is_to_be_acted_on(segments):
    response = parsed("TRN*2*T", *segments)
    [claim] = response.claims
    assert (claim.effective.outcome, claim.must_act) == ("denied", True)
    assert claim.action == "read the reason; correct or appeal in time"


def test_a_request_for_information_names_the_payers_number():
    for guide in ("005010X213", None):
        edi = wrapped(*ASKED, kind="277", guide=guide or "005010", group="HN")
        response = parse_277(Parse277Request(edi=edi))
        assert response.guide == "005010X213"
        assert {item.payer_control_number for item in response.items} == {"PAYERCASE7"}


@pytest.mark.parametrize("stc", [
    "STC*A7:562*20261124*U*100******ZZ9:1",
    "STC*A3:562*20261124*U*100******A1:20*ZZ9:1",
    "STC*ZZ9:1*20261124*U*100******A7:562",
])  # fmt: skip
def test_a_code_not_known_hides_no_rejection(stc):
    [claim] = parsed("TRN*2*T", stc).claims
    assert (claim.effective.outcome, claim.must_act) == ("rejected", True)
    assert claim.effective.unknown == ("ZZ9",) and "let a person read" in claim.action


def test_a_code_not_known_beside_a_good_one_is_looked_at():
    [item] = parsed("TRN*2*T", "STC*A2:20*20261124*WQ*100******ZZ9:1").items
    assert (item.effective.outcome, item.effective.unknown) == ("accepted", ("ZZ9",))
    assert item.must_act


def test_a_service_not_known_hides_no_rejected_one():
    [claim] = parsed(
        "TRN*2*T", "SVC*HC:72148*1", "STC*ZZ9:1*20261124", "SVC*HC:72149*1", "STC*A7:21*20261124"
    ).claims
    assert claim.effective.outcome == "rejected"
