"""What an answer says of the care, what it asks for, what it rejects and what to do next."""

from datetime import date
from decimal import Decimal

import pytest

from nodes.errors import UnreadableDocument
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.codes import codes
from nodes.x12.guide import dictionary, guides
from tests.nodes.x12_text import HEAD, answer, wrapped

SERVICE = ("TRN*2*OURTRACEL01*9900000003", "HCR*A1*AUTH1", "SV1*HC:97110:GP**UN*12")


def parsed(edi, **more):
    return parse_278(Parse278Request(edi=edi, **more))


def only(edi, **more):
    [review] = parsed(edi, **more).reviews
    return review


def test_documents_asked_for_and_whom_to_send_them_to():
    event = ("HCR*A4**0U^0V", "REF*NT*ADM77", "HI*LOI:18842-5", "NM1*L5*2*REVIEW DESK",
             "PER*IC*RECORDS*TE*8005550100*FX*8005550101")  # fmt: skip
    service = ("TRN*2*OURTRACEL01", "SV1*HC:72148**UN*1", "PWK*OB*FX***AC*C77*PAGES 1 TO 3")
    response = parsed(answer(event, service))
    [review] = response.reviews
    loinc, note = review.documents
    assert (loinc.loinc, loinc.service) == ("18842-5", None)
    assert (note.report, note.words, note.way, note.service) == ("OB", "operative note", "fax", 1)
    assert (note.control_number, note.description) == ("C77", "PAGES 1 TO 3")
    contact = review.parties[-1]
    assert (contact.loop, contact.contact, contact.fax) == ("2010EB", "RECORDS", "8005550101")
    assert response.must_act and review.unread == () and review.details == ()
    for part in ("operative note", "18842-5", "RECORDS", "8005550101", "ADM77"):
        assert part in response.next_step


@pytest.mark.parametrize(
    ("event", "must_act", "part"),
    [
        (("HCR*A1*N",), False, "schedule"),
        (("HCR*A3**0F",), True, "not medically necessary"),
        (("HCR*A4**0W", "REF*NT*ADM1"), False, "wait"),
        (("HCR*A4**0P",), True, "send the information"),
        (("HCR*A4**ZZ",), True, "ZZ is not known here"),
        (("HCR*CT",), True, "call the payer"),
        (("HCR*NA",), False, "no authorization is needed"),
        (("HCR*C",), True, "call the payer unless you know of it"),
        (("HCR*QQ",), True, "read the answer by hand"),
        (("AAA*N**AA*C",), True, "earlier authorization number"),
        (("AAA*Y**42*Y",), False, "the payer will"),
        (("AAA*N**ZZ",), True, "not known here"),
    ],
)
def test_what_to_do_next(event, must_act, part):
    response = parsed(answer(event))
    assert response.must_act is must_act and part in response.next_step
    assert response.reviews[0].next.next_step == response.next_step


def test_a_rejection_points_at_the_values_to_mend():
    review = only(wrapped(*HEAD[:7], "AAA*N**75*C", "HL*4*3*EV*0", "AAA*Y**T5*R"))
    member, event = review.rejections
    assert member.correct == ("2010C-NM109", "2010C-NM103", "2010C-NM104", "2010C-DMG02")
    assert member.valid is False and event.valid is True
    assert event.correct == ("2000E-UM02", "2000E-REF02")
    assert "member id" in member.then and "2010C" in review.next.next_step


def test_a_rejected_service_is_told_from_its_neighbour():
    rejected = ("AAA*N**AG*C", "NM1*SJ*2*CLINIC", "AAA*N**51*C")
    review = only(answer((), SERVICE, rejected))
    assert [(one.loop, one.service) for one in review.rejections] == [("2000F", 2), ("2010FA", 2)]
    assert [one.outcome for one in review.services] == ["certified", "rejected"]
    assert review.parties[-1].service == 2 and review.rejections[1].correct == ("2010F-NM109",)


def test_a_rejected_provider_of_a_certified_event_is_to_be_acted_on():
    response = parsed(answer(("HCR*A1*N", "NM1*SJ*2*CLINIC", "AAA*N**51*C")))
    assert response.outcome == "certified" and response.must_act
    assert "2010EA (AAA 51)" in response.next_step


def test_a_second_opinion_is_wanted():
    decided = only(answer(("HCR*A4**0V*Y",))).event
    assert decided.second_opinion is True
    assert only(answer(("HCR*A4**0V",))).event.second_opinion is None


def test_what_an_answer_says_of_the_care():
    event = ("UM*AR*I*48*11:A**U*2*4*Y*7", "HCR*A1*A", "DTP*435*D8*20261201",
             "DTP*096*D8*20261204", "DTP*439*D8*20261101", "DTP*484*D8*20260301",
             "DTP*ABC*D8*20261206", "HI*ABK:M5416:D8:20261001*ABF:E119", "HSD*DY*3",
             "CL1*3*1*30", "CR1*LB*155*I*A*DH*12*HERE*THERE*BACK*FALLS",
             "CR2*1*12*C4*C6*DA*30*4*M*N*NOTES*MORE*Y", "CR5*I*6*A*B*HYPOXIA*2*4*3*OT*55*88*R*1",
             "CR6*4*20261201*RD8*20261201-20270130***Y*I*****20261115*20261120", "MSG*SEE NOTE",
             "NM1*ND*1*LEE*ANN", "N3*1 STREET", "N4*DAYTON*OH*45402",
             "NM1*SJ*1*OSEI*DAN*M*DR*JR*XX*9000000031", "REF*0B*123*OH",
             "PER*IC*DESK*TE*9375550110*EX*12*EM*A@B.ORG", "PRV*PE*PXC*208100000X")  # fmt: skip
    service = ("SV3*AD:D2750***10*I*1*CROWN", "TOO*JP*8*M:O:D", "HSD*VS*2*WK*1*35*6*A*D")
    review = only(answer(event, service))
    assert review.unread == () and review.details == ()
    said = review.event_stated
    assert said.codes.condition == "2" and said.codes.prognosis == "4"
    assert (said.codes.release, said.codes.delay_reason, said.codes.place_list) == ("Y", "7", "A")
    assert (said.admission.admitted, said.admission.type) == (date(2026, 12, 1), "3")
    assert said.admission.discharged == date(2026, 12, 4)
    assert said.pregnancy.due == date(2026, 12, 6)
    assert [one.qualifier for one in said.dates] == ["435", "096", "439", "484", "ABC"]
    assert said.conditions[0].first == date(2026, 10, 1)
    assert said.ambulance.distance == 12 and said.ambulance.stretcher_purpose == "FALLS"
    assert said.spine.count == 12 and said.spine.level_to == "C6" and said.spine.x_rays == "Y"
    assert said.oxygen.blood_gas == 55 and said.oxygen.finding1 == "1"
    assert said.home_health.certified_to == date(2027, 1, 30) and said.home_health.medicare
    tooth = review.services_stated[0]
    assert tooth.service.areas == ("10",) and tooth.service.prosthesis == "I"
    assert tooth.teeth[0].surfaces == ("M", "O", "D")
    assert (tooth.delivery.per, tooth.delivery.periods, tooth.delivery.pattern) == ("week", 6, "A")
    doctor = review.parties[-1]
    assert (doctor.prefix, doctor.suffix, doctor.role) == ("DR", "JR", "PE")
    assert [one.way for one in doctor.contacts] == ["TE", "EX", "EM"]
    assert doctor.email == "A@B.ORG" and doctor.numbers[0].description == "OH"


def test_what_no_model_holds_wholly_is_told_by_the_table():
    review = only(answer(("HCR*A1*N", "CL1*3*1*30*2"), ("HSD*VS*1.5*DA*1*27*4", *SERVICE[1:])))
    stay, spread = review.details
    assert {one.name: one.value for one in stay.values} == {
        "type": "3", "source": "1", "patient_status": "30", "nursing_home_status": "2",
    }  # fmt: skip
    assert spread.loop == "2000F" and ("period", "27") in {
        (one.name, one.value) for one in spread.values
    }
    assert review.services[0].quantity == Decimal("12")
    assert review.services[0].rate == "1.5 visits per day for 4 27s"


def test_codes_the_table_does_not_list_are_flagged_and_kept():
    review = only(answer(("UM*HS*I*73****Z", "HCR*ZZ*N")))
    flagged = {(one.element, one.code) for one in review.unknown_codes}
    assert {("HCR01", "ZZ"), ("UM07", "Z")} <= flagged
    assert review.event_stated.codes.condition == "Z" and review.event.action_code == "ZZ"


def test_an_inquiry_and_its_answer_are_read():
    head = [one.replace("*11*OUR", "*28*OUR").removesuffix("*18") for one in HEAD[:1]]
    inquiry = only(wrapped(*head, *HEAD[1:], "UM*HS*I", guide="005010X215"))
    assert (inquiry.kind, inquiry.direction) == ("inquiry", "request")


def test_4010_is_read_as_far_as_its_shapes_agree():
    segments = ("BHT*0078*11*OURTRACE*20030828*1128", *HEAD[1:7], "HL*4*3*19*1",
                "NM1*SJ*1*LEE*ANN", "HL*5*4*SS*0", "TRN*2*OURTRACE*9900000003", "UM*HS*I*73",
                "HCR*A1*OLD1", "HI*BO:97110", "HL*6*4*SS*0", "HCR*A3**0F")  # fmt: skip
    [review] = parsed(wrapped(*segments, guide="004010X094A1")).reviews
    assert review.guide == "004010X094A1" and review.event is None
    assert [one.outcome for one in review.services] == ["certified", "denied"]
    assert review.services[0].procedure == "97110"
    assert "2000E" not in {one.loop for one in review.parties}
    assert review.unread[0].segment_id == "HL"


def test_wrong_counts_are_refused_or_shown():
    edi = answer(("HCR*A1*N",)).replace("SE*12*", "SE*11*")
    with pytest.raises(UnreadableDocument, match="cannot be trusted"):
        parsed(edi)
    response = parsed(edi, lenient=True)
    assert response.outcome == "certified"
    assert [one.rule for one in response.findings] == ["set.segment-count"]


def test_an_acknowledgment_names_the_node_that_reads_it():
    edi = wrapped("AK1*HI*7*005010X217", "AK9*R*1*1*0", kind="999", guide="005010X231A1",
                  group="FA")  # fmt: skip
    with pytest.raises(UnreadableDocument, match="parse-acknowledgment"):
        parsed(edi)


def test_every_code_the_tables_allow_has_our_words():
    lists, _ = codes()
    known = {"HCR": ("1", lists.actions), "AAA": ("3", lists.rejections)}
    for guide, _ in guides().values():
        for _, use in guide.segments() if guide.transaction == "278" else ():
            place, ours = known.get(use.segment, ("", {}))
            allowed = use.codes.get(place, {})
            named = dictionary().lists[allowed] if isinstance(allowed, str) else allowed
            assert set(named) <= set(ours), (guide.id, use.name)
    assert set(lists.follow_ups) == set(dictionary().lists["follow_up"])
