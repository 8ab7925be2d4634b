"""True words joined into something false are dropped, and honest paraphrases mostly stay."""

from datetime import date
from pathlib import Path

import pytest

from nodes.chart import Fact, Note, Span
from nodes.prose import Citation
from nodes.writing.model_aligned import Told, astray
from nodes.writing.model_frames import frames
from nodes.writing.model_normal import normal
from nodes.writing.model_sources import sources
from tests.growth import BOUND, seconds

LINES = Path(__file__).with_name("model_told.txt").read_text().splitlines()
QUOTES = {name[1:]: quote for name, _, quote in (x.partition(" ") for x in LINES) if name[0] == "@"}
TELLING = [(x[0], *x[1:].split(" ", 1)) for x in LINES if x[0] in "FH"]


def dropped(kind):
    """The sentences of a kind, and those that are dropped."""
    some = [(names, text) for one, names, text in TELLING if one == kind]
    return some, [t for ns, t in some if astray(t, [Told(QUOTES[n]) for n in ns.split("+")])]


def test_words_of_the_record_joined_falsely_are_dropped():
    some, lost = dropped("F")
    assert len(some) > 200
    assert len(some) - len(lost) <= 0.02 * len(some), sorted({t for _, t in some} - set(lost))


def test_what_is_said_honestly_in_other_words_mostly_stays():
    some, lost = dropped("H")
    assert len(some) > 150
    assert len(lost) <= 0.15 * len(some), lost


@pytest.mark.parametrize(
    ("text", "cut", "false"),
    [
        ("Exam done. No history of cancer.", "history of cancer", "History of cancer."),
        ("Denies weakness, numbness.", "numbness", "The patient has numbness."),
        ("Plan: MRI of the knee.", "MRI of the knee", "MRI of the knee was done."),
        ("Her mother has diabetes and gout.", "gout", "The patient has gout."),
    ],
)
def test_words_cut_behind_what_limits_them_are_read_with_it(text, cut, false):
    start = text.index(cut)
    note = Note(id="DocumentReference/n1", title="Note", written=date(2026, 7, 20), text=text)
    fact = Fact(
        id=f"{note.id}#{start}-{start + len(cut)}",
        kind="statement",
        quote=cut,
        span=Span(start=start, end=start + len(cut)),
        why="x",
    )
    told = sources([Citation(fact=fact.id, quote=cut)], {fact.id: fact}, {note.id: note})
    assert astray(false, told)
    assert not astray(false, [Told(cut)]) or "done" in false


def read_anew(words):
    frames.cache_clear()
    normal.cache_clear()
    return astray(words, [Told(words)])


def test_time_grows_with_the_words():
    once, more = seconds(read_anew, lambda size: "naproxen 500 mg, no pain and " * size, 20)
    assert more < BOUND * once
