"""What the sandbox payer means, and what we read: the same, for all that can be asked."""

from decimal import Decimal

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from nodes.build_278 import build_278
from nodes.build_278_inquiry import Build278InquiryRequest, build_278_inquiry
from nodes.errors import IncompleteCase
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.reading.envelope import read
from nodes.x12.reviewing.read_278 import read_reviews
from nodes.x12.validating.validate import validate
from server.sandbox import payer_answers
from server.sandbox.payer_lines import number, reference
from server.sandbox.payer_rules import Verdict
from tests.nodes.cases_278 import requests

OUTCOMES = {"A1": "certified", "A3": "denied", "A4": "pended", "A6": "modified", "C": "cancelled"}
calm = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
verdicts = st.one_of(
    st.just(Verdict(action="A1")),
    st.just(Verdict(action="A3", reason="0F", message="NOT MEDICALLY NECESSARY")),
    st.just(Verdict(action="A4", reason="0V", message="SENT TO REVIEW")),
    st.builds(Verdict, action=st.just("A6"), quantity=st.integers(1, 99), unit=st.just("VS")),
    st.just(Verdict(action="C")),
)


def asked(edi):
    [interchange] = read(edi).require(strict=True).interchanges
    [reading] = read_reviews(interchange.sets[0])
    return interchange, reading


def check(response, meant, trace):
    """Every service says what was meant, and the whole what follows from it."""
    [review] = response.reviews
    assert review.unread == () and review.unknown_codes == ()
    assert [one.outcome for one in review.services] == [OUTCOMES[one.action] for one in meant]
    for service, verdict in zip(review.services, meant, strict=True):
        certified = verdict.action in {"A1", "A6"}
        assert (service.authorization_number == number(trace)) == certified
        assert [one.code for one in service.reasons] == [verdict.reason] * bool(verdict.reason)
        assert service.messages == ((verdict.message,) if verdict.message else ())
        if verdict.quantity is not None:
            assert (service.quantity, service.unit) == (Decimal(verdict.quantity), "visit")
    said = {one.action for one in meant}
    if len(said) == 1:
        assert response.outcome == OUTCOMES[meant[0].action]
    if "A4" in said:
        assert response.outcome == "pended"
        assert review.event.administrative_reference == reference(trace)


@calm
@given(requests(), st.data())
def test_what_the_payer_means_is_what_we_read(request, data):
    try:
        built = build_278(request).transaction
    except IncompleteCase:
        reject()
    interchange, reading = asked(built.edi)
    size = len(reading.services)
    meant = data.draw(st.lists(verdicts, min_size=size, max_size=size))
    edi = payer_answers.decided(interchange, reading, reading, meant, "278")
    assert validate(edi).verdict == "valid"
    trace = built.trace_number
    check(parse_278(Parse278Request(edi=edi, expected_trace=trace)), meant, trace)

    inquiry = Build278InquiryRequest(
        case=request.case,
        attempt=request.attempt,
        envelope=request.envelope.model_copy(update={"receiver": "PAYER1"}),
        created_at=request.created_at,
    )
    if request.trace_number is not None:
        return
    there, question = asked(build_278_inquiry(inquiry).transaction.edi)
    edi = payer_answers.decided(there, question, reading, meant, "inquiry")
    assert validate(edi).verdict == "valid"
    check(parse_278(Parse278Request(edi=edi, expected_trace=trace)), meant, trace)


@calm
@given(requests())
def test_an_unknown_member_is_rejected_where_the_subscriber_stands(request):
    try:
        built = build_278(request).transaction
    except IncompleteCase:
        reject()
    interchange, reading = asked(built.edi)
    edi = payer_answers.rejected(interchange, reading, "75")
    assert validate(edi).verdict == "valid"
    response = parse_278(Parse278Request(edi=edi, expected_trace=built.trace_number))
    [rejection] = response.reviews[0].rejections
    assert (response.outcome, rejection.loop, rejection.code) == ("rejected", "2010C", "75")
