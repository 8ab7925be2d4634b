"""build-278, then parse-278: the case comes back, and what was written is valid."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from nodes.build_278 import build_278
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.characters import fold
from tests.nodes.case_of import case_of
from tests.nodes.cases_278 import requests
from tests.nodes.lines_278 import maybe, prose
from tests.nodes.told_278 import told

calm = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
asked = requests(message=maybe(prose(60)))


def goes_and_comes(request):
    built = build_278(request)
    edi = built.transaction.edi
    assert built.validation.verdict == "valid"
    [review] = parse_278(Parse278Request(edi=edi)).reviews
    assert (review.unread, review.details, review.unknown_codes) == ((), (), ())
    assert review.reference == built.transaction.trace_number
    assert review.event.messages == ((fold(request.message),) if request.message else ())
    return case_of(review).model_dump(), told(request.case).model_dump()


@settings(max_examples=150, **calm)
@given(asked)
def test_a_case_comes_back(request):
    back, sent = goes_and_comes(request)
    assert back == sent


@pytest.mark.slow
@settings(max_examples=2000, phases=[Phase.generate], **calm)
@given(asked)
def test_thousands_of_cases_come_back(request):
    back, sent = goes_and_comes(request)
    assert back == sent
