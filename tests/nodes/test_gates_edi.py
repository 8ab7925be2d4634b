"""Whatever build-278 writes passes the gate, and nothing else does."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodes.audit import sha256
from nodes.build_278 import build_278
from nodes.errors import IncompleteCase
from nodes.gates import edi
from tests import gates
from tests.nodes.cases_278 import requests

calm = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@calm
@given(requests(message=st.none() | st.text("ABC abc*:~^|>!'\n\r\x1d\x1eé", max_size=60)))
def test_what_is_built_is_what_the_case_makes(request):
    try:
        built = build_278(request)
    except IncompleteCase:
        return
    case, transaction = request.case, built.transaction
    assert list(edi.misfits(case, transaction)) == []
    assert list(edi.another_attempt(case, request.attempt, transaction)) == []
    said = [(line.loop, line.words) for line in edi.words(case, transaction)]
    assert said == [(segment.loop, segment.words) for segment in built.segments]


@calm
@given(st.data())
def test_no_single_character_can_be_changed_but_the_envelopes(data):
    built = gates.built()
    transaction = build_278(built).transaction
    body = transaction.edi.index("ST*278")
    place = data.draw(st.integers(body, len(transaction.edi) - 1))
    other = data.draw(st.sampled_from("09AZ*:~^ \n"))
    if transaction.edi[place] == other:
        return
    text = transaction.edi[:place] + other + transaction.edi[place + 1 :]
    changed = transaction.model_copy(update={"edi": text, "sha256": sha256(text.encode())})
    assert list(edi.misfits(built.case, changed))
    assert edi.words(built.case, changed) == ()


@pytest.mark.parametrize("tail", ["\n", "~", "ISA", " ", "GS*HI~"])
def test_nothing_stands_behind_the_interchange(tail):
    built = gates.built()
    transaction = build_278(built).transaction
    longer = transaction.model_copy(update={"edi": transaction.edi + tail})
    assert list(edi.misfits(built.case, longer))


def test_two_requests_are_not_one():
    built = gates.built()
    transaction = build_278(built).transaction
    twice = transaction.model_copy(update={"edi": transaction.edi * 2})
    [stop] = edi.misfits(built.case, twice)
    assert "not one whole 278 request" in stop.detail
