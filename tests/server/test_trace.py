"""Trace context in, through a node, and out."""

import re

import pytest

from nodes import trace
from tests.server.installation import client

GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture(autouse=True)
def clean():
    yield
    trace.end()


def test_a_valid_header_is_continued_under_our_own_span():
    found, span = trace.begin(GIVEN)
    assert found == GIVEN[3:35] and span != GIVEN[36:52]
    assert trace.current() == f"00-{found}-{span}-01"


def test_the_sampled_flag_is_kept():
    trace.begin(GIVEN[:-2] + "00")
    assert trace.current().endswith("-00")


def test_a_later_version_may_say_more():
    assert trace.begin("01" + GIVEN[2:] + "-more")[0] == GIVEN[3:35]


@pytest.mark.parametrize(
    "header",
    [None, "", "x", GIVEN.upper(), "ff" + GIVEN[2:], GIVEN + "-more", GIVEN[:-1], GIVEN + "\n",
     "00-" + "0" * 32 + GIVEN[35:], GIVEN[:36] + "0" * 16 + "-01"],
)  # fmt: skip
def test_anything_else_starts_a_new_trace(header):
    found, span = trace.begin(header)
    assert found != GIVEN[3:35]
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", trace.current())
    assert trace.current() == f"00-{found}-{span}-01"


def test_ids_differ():
    assert len({trace.begin(None) for _ in range(100)}) == 100


def test_nothing_is_left_for_the_next_request():
    response = client().get("/healthz", headers={"traceparent": GIVEN})
    assert re.fullmatch("[0-9a-f]{16}", response.headers["X-Request-Id"])
    assert trace.current() is None
