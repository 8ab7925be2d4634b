"""What was certified, how long it lasts, what is left, and how it differs from what was asked."""

from datetime import date
from decimal import Decimal

import pytest

from nodes.errors import UnreadableDocument
from nodes.parse_278 import Parse278Request, UsedUnits, parse_278
from tests.nodes.x12_text import HEAD, answer, wrapped

SERVICE = ("TRN*2*OURTRACEL01*9900000003", "HCR*A1*AUTH1", "SV1*HC:97110:GP**UN*12")


def parsed(edi, **more):
    return parse_278(Parse278Request(edi=edi, **more))


def only(edi, **more):
    [review] = parsed(edi, **more).reviews
    return review


def asked(*services, event=()):
    """A 278 request with the services' segments."""
    head = [HEAD[0].replace("*11*", "*13*").removesuffix("*18"), *HEAD[1:8]]
    written = [*head, "TRN*1*OURTRACE*9900000003", "UM*HS*I*73", *event]
    for place, service in enumerate(services):
        written += [f"HL*{5 + place}*4*SS*0", *service]
    return wrapped(*written)


def certified(*segments, **more):
    [found] = only(answer(("HCR*A1*AUTH1", *segments), SERVICE), **more).authorizations
    return found


@pytest.mark.parametrize(
    ("today", "left", "expired", "due"),
    [
        (date(2027, 1, 1), 49, False, False),
        (date(2027, 1, 20), 30, False, True),
        (date(2027, 2, 19), 0, False, True),
        (date(2027, 2, 20), 0, True, False),
    ],
)
def test_days_left_and_renewal(today, left, expired, due):
    found = certified("DTP*007*RD8*20261121-20270219", as_of=today)
    assert (found.number, found.approved, found.unit) == ("AUTH1", Decimal(12), "unit")
    assert (found.effective, found.expires) == (date(2026, 11, 21), date(2027, 2, 19))
    assert (found.days_left, found.expired, found.renewal_due) == (left, expired, due)
    assert found.renew_from == date(2027, 1, 20) and found.procedure == "97110"


def test_without_a_day_nothing_is_said_of_time():
    found = certified()
    assert (found.ends, found.days_left, found.expired, found.renew_from) == (None,) * 4
    told = certified("DTP*036*D8*20270219")
    assert told.ends == date(2027, 2, 19) and told.expired is None and told.renewal_due is None


def test_renewal_days_are_the_callers():
    found = certified("DTP*036*D8*20270219", renewal_days=10)
    assert found.renew_from == date(2027, 2, 9)


def test_a_single_day_of_service_is_not_renewed_and_a_span_of_days_is():
    one = only(answer(("HCR*A1*N",), (*SERVICE, "DTP*472*D8*20261201"))).authorizations[0]
    span = only(answer(("HCR*A1*N",), (*SERVICE, "DTP*472*RD8*20261201-20261231")))
    assert one.ends == date(2026, 12, 1) and one.renew_from is None
    assert span.authorizations[0].renew_from == date(2026, 12, 1)


def test_units_used_leave_the_rest():
    found = certified(used_units=(UsedUnits(service=1, quantity=Decimal("4.5")),))
    assert (found.used, found.remaining) == (Decimal("4.5"), Decimal("7.5"))
    assert certified().remaining is None


def test_only_what_is_certified_is_an_authorization():
    denied = ("TRN*2*OURTRACEL02*9900000003", "HCR*A3**0F", "SV1*HC:72148**UN*1")
    review = only(answer((), SERVICE, denied))
    assert [one.service for one in review.authorizations] == [1]
    assert review.outcome == "partially_certified" and review.next.must_act
    event = only(answer(("HCR*A1*AUTH7", "HSD*DY*5", "DTP*435*D8*20261201")))
    [stay] = event.authorizations
    assert (stay.service, stay.number, stay.approved, stay.unit) == (None, "AUTH7", 5, "day")


def test_what_was_asked_is_held_against_what_was_certified():
    ours = asked(("TRN*1*OURTRACEL01*9900000003", "SV1*HC:97110:GP**UN*12"))
    given = (SERVICE[0], "HCR*A6*AUTH1", "SV1*HC:97530:KX**UN*8", "DTP*472*D8*20261201")
    [found] = only(answer((), given), request_edi=ours).authorizations
    assert [(one.what, one.asked, one.certified) for one in found.changes] == [
        ("code", "97110", "97530"),
        ("modifiers", "GP", "KX"),
        ("quantity", "12", "8"),
    ]
    assert found.modified
    [same] = only(answer((), SERVICE), request_edi=ours).authorizations
    assert same.changes == () and not same.modified


def test_a_change_the_payer_does_not_own_up_to_is_modified_too():
    ours = asked(("TRN*1*OURTRACEL01*9900000003", "SV1*HC:97110:GP**UN*20"))
    review = only(answer((), SERVICE), request_edi=ours)
    [found] = review.authorizations
    assert found.outcome == "certified" and found.modified
    assert review.next.must_act and "compare" in review.next.next_step


def test_a_request_to_compare_with_that_is_none_is_named():
    with pytest.raises(UnreadableDocument) as caught:
        parsed(answer(("HCR*A1*N",)), request_edi="no X12")
    assert [one.pointer for one in caught.value.complaints] == ["/request_edi"]
