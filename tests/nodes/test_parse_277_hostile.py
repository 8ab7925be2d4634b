"""``parse-277`` on what nobody should send: only NodeErrors, in time that grows with the size."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.errors import NodeError
from nodes.parse_277 import Parse277Request, Parse277Response, parse_277
from tests.growth import BOUND, seconds
from tests.nodes.test_parse_277 import HEAD
from tests.nodes.test_parse_277_meaning import ACKNOWLEDGED, ASKED
from tests.nodes.x12_text import wrapped

CASES = Path(os.environ.get("PRIOR_AUTH_CASES", "/nowhere")) / "x12"
SEEDS = [
    wrapped(*segments, kind="277", guide=guide, group="HN")
    for segments, guide in ((ACKNOWLEDGED, "005010X214"), (ASKED, "005010X213"))
]
PIECES = (
    "*",
    "~",
    ":",
    "^",
    "~~",
    "HL*",
    "STC*",
    "SVC*",
    "TRN*2*T~",
    "*" * 30,
    "\x00",
    "é",
    "ISA*",
)
IDS = ("STC", "SVC", "TRN", "REF", "DTP", "NM1", "PER", "PWK", "N1", "N3", "N4", "QTY", "AMT", "HL",
       "BHT", "ZZ9")  # fmt: skip
VALUES = st.sampled_from(
    ("", "1", "472", "D8", "RD8", "20261120", "20261120-20261121", "R4:18842-5::LOI", "A1:20", "::",
     "F1:65:PR", "1K", "NaN", "1E9999", "-", "MI", "IL", "22", "2", "90", "x" * 300, "²", ":R4")
)  # fmt: skip
SEGMENT = st.tuples(st.sampled_from(IDS), st.lists(VALUES, max_size=14)).map(
    lambda made: "*".join((made[0], *made[1]))
)


def read(edi, lenient=True):
    """Parse; what comes back must be what the models allow."""
    try:
        response = parse_277(Parse277Request(edi=edi, lenient=lenient))
    except NodeError as error:
        assert "LOPEZ" not in str(error) + str(error.complaints)
        return None
    assert Parse277Response.model_validate_json(response.model_dump_json()) == response
    return response


@settings(max_examples=150, deadline=None)
@given(st.lists(SEGMENT, max_size=25))
def test_any_segments_in_a_sound_envelope(segments):
    response = read(wrapped(*HEAD, *segments, kind="277", guide="005010X212", group="HN"))
    if response:
        kept = sum(len(item.statuses) for item in response.items)
        assert kept or not any(text.startswith("STC*F1") for text in segments)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False))
def test_spoilt_documents(seed, chance):
    read(spoilt(seed, chance))


@pytest.mark.skipif(not CASES.is_dir(), reason="PRIOR_AUTH_CASES names no folder with x12/ in it")
def test_spoilt_real_documents():
    chance, read_any = random.Random(277), 0
    for path in sorted(CASES.iterdir()):
        text = path.read_text("latin-1")
        for _ in range(20):
            read_any += read(spoilt(text, chance)) is not None
    assert read_any > 20


def spoilt(text, chance):
    """The text with some characters lost, doubled or replaced."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.choice((0, 0, 1, 3, 40)))
        piece = chance.choice((*PIECES, text[at:to] * 2, ""))
        text = text[:at] + piece + text[to:]
    return text or "~"


def many(count, *segments, head=HEAD):
    return wrapped(*head, *segments * count, kind="277", guide="005010X212", group="HN")


GROWING = {
    "statuses of one claim": lambda n: many(n, "STC*F1:65*20261120********P3:317*P3:294*NOTE"),
    "services of one claim": lambda n: many(n, "SVC*HC:1*1", "STC*F1:65*20261120"),
    "services without a status": lambda n: many(n, "SVC*HC:1*1"),
    "claims without a status": lambda n: many(n, "TRN*2*T"),
    "references": lambda n: many(n, "REF*BLT*111", "REF*1K*2"),
    "documents": lambda n: many(n, "STC*R4:18842-5::LOI*20261120"),
    "unknown segments": lambda n: many(n, "ZZZ*1"),
    "totals": lambda n: many(n, "QTY*90*1", "TRN*1*1", head=HEAD[:5]),
    "addresses": lambda n: many(n, "N1*PR*X", "N3*X", "N4*X", "PER*IC*X", "PWK*OZ"),
    "components": lambda n: many(1, "TRN*2*T", "STC*F1:65" + ":X" * 200, *["STC*A1:1"] * n),
    "patients": lambda n: wrapped(
        *HEAD[:7], *(f"HL*{place + 4}*3*22*0~NM1*IL*1*X~TRN*2*T~STC*A1:20" for place in range(n)),
        kind="277", guide="005010X212", group="HN",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
@pytest.mark.slow
def test_time_grows_with_size_only(name):
    small, large = seconds(
        lambda edi: parse_277(Parse277Request(edi=edi, lenient=True)), GROWING[name], 500
    )
    assert large < BOUND * small
