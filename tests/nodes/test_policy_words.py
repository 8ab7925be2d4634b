"""How notes word lengths, dates, outcomes and sentences."""

from datetime import date

import pytest

from nodes.policy.durations import lengths, stretch
from nodes.policy.outcomes import outcomes
from nodes.policy.sentences import ReadNote
from tests.nodes.policy_world import note

WRITTEN = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("8 weeks of physical therapy", [56]),
        ("PT x 6 wks", [42]),
        ("PT for six (6) weeks", [42]),
        ("a 6-week course of PT", [42]),
        ("PT 2x/week for 6-8 weeks", [42]),
        ("two months of PT", [60]),
        ("PT for 6+ weeks", [42]),
        ("low back pain for 8 weeks", []),
        ("3 months of low back pain despite six weeks of PT", [42]),
        ("follow up in 6 weeks", []),
        ("6 weeks ago", []),
        ("a 6 week old infant", []),
        ("almost 6 weeks of PT", [41]),
    ],
)
def test_lengths(text, days):
    assert [one.days for one in lengths(text)] == days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("09/10/2026 to 11/05/2026", date(2026, 9, 10), date(2026, 11, 5)),
        ("from 2026-09-10 through 2026-11-05", date(2026, 9, 10), date(2026, 11, 5)),
        ("from September 1, 2026 until October 27, 2026", date(2026, 9, 1), date(2026, 10, 27)),
        ("from September to November", date(2026, 9, 30), date(2026, 11, 1)),
        ("since 9/8", date(2026, 9, 8), None),
        ("since 12/8", date(2025, 12, 8), None),
        ("completed PT on 11/05/2026", None, date(2026, 11, 5)),
        ("pain 7/10, strength 4/5", None, None),
        ("from 2026-13-45", None, None),
    ],
)
def test_stretches(text, first, last):
    found = stretch(text, WRITTEN)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("did not help", ["failed"]),
        ("has not responded to PT", ["failed"]),
        ("no lasting relief", ["failed"]),
        ("cannot tolerate NSAIDs", ["failed"]),
        ("initially improved, then worse", ["helped", "failed"]),
        ("some improvement", ["partial"]),
        ("helped somewhat", ["partial"]),
        ("failed to attend PT", []),
        ("failed back surgery", []),
    ],
)
def test_outcomes(text, expected):
    assert [one.outcome for one in outcomes(text)] == expected


def test_sentences_keep_their_place():
    text = (
        "EXAM: Seen by Dr. Osei at 10 a.m. today. Strength 4.5 kg grip.\n"
        "- No fever\n- Saddle anesthesia\n\nPLAN: MRI of the lumbar\nspine now. Return p.r.n."
    )
    read = ReadNote(note(text))
    words = [text[one.start : one.end] for one in read.sentences]
    assert all(len(one.text) == one.end - one.start for one in read.sentences)
    assert "EXAM: Seen by Dr. Osei at 10 a.m. today." in words
    assert "- No fever" in words and "- Saddle anesthesia" in words
    assert "PLAN: MRI of the lumbar\nspine now." in words
    assert read.sentences[-1].heading == "plan"
