"""278s that others wrote, and documents that nobody should have written."""

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodes.catalog import NODES
from nodes.errors import NodeError
from nodes.parse_278 import Parse278Request, parse_278
from tests.growth import BOUND, seconds
from tests.nodes.x12_text import HEAD, ISA, answer, wrapped

CASES = Path(os.environ.get("PRIOR_AUTH_CASES", "")) / "x12"
here = pytest.mark.skipif(
    not os.environ.get("PRIOR_AUTH_CASES") or not CASES.is_dir(),
    reason="PRIOR_AUTH_CASES names no folder with x12/ in it",
)
A1, A4, NO = "certified", "pended", "unknown"
REAL = {
    "EdiFabric__X12.NET__ServicesReview.txt": [("request", NO, [])],
    "apimeister__x12-types___278_test.rs.1.edi": [("request", NO, [])],
    "apimeister__x12-types___278_test.rs.2.edi": [("request", NO, [NO] * 7)],
    "apimeister__x12-types___278_test.rs.21.edi": [("response", A1, [A1])],
    "apimeister__x12-types___278_test.rs.22.edi": [("response", A1, [A1])],
    "apimeister__x12-types___278_test.rs.3.edi": [("request", NO, [NO])],
    "apimeister__x12-types___278_test.rs.4.edi": [("request", NO, [NO] * 2)],
    "apimeister__x12-types___278_test.rs.5.edi": [("request", NO, [NO] * 2)],
    "apimeister__x12-types___278_test.rs.6.edi": [("response", A4, [A4] * 2)],
    "apimeister__x12-types___278_test.rs.7.edi": [("response", "rejected", [])],
    "apimeister__x12-types___278_test.rs.9.edi": [("request", NO, [NO])],
    "azoner__pyx12__x12testdata.py.8.edi": [
        ("response", NO, []), ("request", NO, []), ("response", NO, []),
    ],
    "azoner__pyx12__x12testdata.py.9.edi": [
        ("response", NO, []), ("request", NO, []), ("response", NO, []),
    ],
}  # fmt: skip


def real(name):
    return parse_278(Parse278Request(edi=(CASES / name).read_text(), lenient=True))


@here
def test_every_278_there_is_expected():
    found = {one.name for one in CASES.iterdir() if "ST*278*" in one.read_text()}
    assert set(REAL) <= found


@here
@pytest.mark.parametrize("name", REAL)
def test_real_278s_are_read_whole(name):
    reviews = real(name).reviews
    assert [
        (one.direction, one.outcome, [item.outcome for item in one.services]) for one in reviews
    ] == REAL[name]
    assert all(one.unread == () for one in reviews)


@here
def test_what_real_answers_say():
    [certified] = real("apimeister__x12-types___278_test.rs.21.edi").reviews
    [service] = certified.authorizations
    assert (service.number, service.procedure, service.modifiers) == ("1", "A4927", ("RT",))
    assert certified.event.authorization_number == "99999999999"
    [pended] = real("apimeister__x12-types___278_test.rs.6.edi").reviews
    assert pended.event.administrative_reference == "170905306915"
    assert [one.control_number for one in pended.documents] == ["1111", "1112"]
    assert pended.services_stated[1].delivery.per == "day"
    [rejected] = real("apimeister__x12-types___278_test.rs.7.edi").reviews
    [rejection] = rejected.rejections
    assert (rejection.loop, rejection.code, rejection.follow_up) == ("2000E", "33", "C")


SAMPLE = NODES["parse-278"].example("request")
LONG = answer(
    ("HCR*A1*N", "DTP*007*RD8*20261121-20270219", "HI*ABK:M5416", "PWK*OB*FX***AC*C77"),
    ("TRN*2*L01", "HCR*A6*A^B", "SV1*HC:72148:26**UN*1***1:2", "HSD*VS*2*DA*1*35*4"),
    ("AAA*N**AG*C", "SV2*0120*HC:99221**DA*3", "CR6*4*20261201", "NM1*SJ*2*X*****XX*9"),
)
PIECES = st.sampled_from(["*", ":", "^", "~", "HL*9*4*SS*0~", "NM1*", "HL*1**20*1~", "\x00", "é",
                          "-", "9" * 30, "HCR*A3~", "AAA~", "DTP*007*RD8*1-2-3~", ""])  # fmt: skip
SPOTS = st.lists(
    st.tuples(st.integers(100, len(LONG)), st.integers(0, 8), PIECES), min_size=1, max_size=6
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SPOTS, st.booleans())
def test_a_damaged_answer_is_read_or_refused(spots, lenient):
    edi = LONG
    for place, gone, piece in spots:
        edi = edi[:place] + piece + edi[place + gone :]
    try:
        response = parse_278(Parse278Request(edi=edi, lenient=lenient))
    except NodeError as error:
        assert "9000000031" not in str(error) and "LOPEZ" not in str(error)
    else:
        assert response.model_validate_json(response.model_dump_json()) == response


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*HEAD[1:], "HL*5*4*SS*0", "HL*6*4*EV*1", "HL*7*6*SS*0", "HCR*A1",
                                 "AAA*N**33*C", "UM*HS", "SV1", "HSD**x", "HI*:", "HI*ABK",
                                 "CR5*I*x", "CRC*09*Q*1", "TOO", "PER*IC**TE", "INS*?*18",
                                 "DMG*D8*0", "N3", "PWK", "CL1*abcd", "UM*HS*I*1*1:B:9*AA::::"]),
                max_size=25), st.sampled_from(["11", "13", "28", "52"]))  # fmt: skip
def test_segments_in_any_order_are_read_or_refused(segments, purpose):
    edi = wrapped(HEAD[0].replace("*11*", f"*{purpose}*"), *segments, guide="005010X217")
    try:
        response = parse_278(Parse278Request(edi=edi, lenient=True))
    except NodeError as error:
        assert str(error)
    else:
        assert all(review.outcome for review in response.reviews)


def read(edi, compared=None):
    with contextlib.suppress(NodeError):
        parse_278(Parse278Request(edi=edi, request_edi=compared))


@pytest.mark.parametrize(
    "many",
    [
        lambda n: wrapped(*HEAD, *(f"HL*{4 + i}*4*SS*0" for i in range(1, n))),
        lambda n: wrapped(*HEAD[:7], *(f"HL*{4 + i}*3*EV*0" for i in range(n))),
        lambda n: wrapped(*HEAD[:7], *["NM1*QC*1*A*B"] * n,
                          *(f"HL*{4 + i}*3*EV*0" for i in range(n))),
        lambda n: wrapped(*HEAD, *["HI*" + "*".join(["ABK:M5416"] * 12)] * n),
        lambda n: wrapped(*HEAD, *["ZZZ*1"] * n),
        lambda n: wrapped(*HEAD, *["TOO*JP*8"] * n),
        lambda n: wrapped(*HEAD, *["AAA*N**33*C"] * n),
        lambda n: wrapped(*HEAD, "HCR*A3**" + "^".join(["0F"] * n)),
        lambda n: ISA + "~" * n,
    ],
)  # fmt: skip
@pytest.mark.slow
def test_time_grows_with_size_and_no_faster(many):
    small, large = seconds(read, many, 500)
    assert large < BOUND * small


@pytest.mark.parametrize("purpose", ["11", "13"])
@pytest.mark.slow
def test_time_grows_with_the_services_of_both_documents(purpose):
    def document(n, purpose):
        parts = [HEAD[0].replace("*11*", f"*{purpose}*"), *HEAD[1:]]
        for place in range(n):
            parts += [f"HL*{5 + place}*4*SS*0", f"TRN*1*T{place}", "HCR*A1*N", "NM1*SJ*2*A"]
        return wrapped(*parts)

    small, large = seconds(
        lambda both: read(*both), lambda n: (document(n, purpose), document(n, "13")), 250
    )
    assert large < BOUND * small
