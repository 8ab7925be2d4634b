"""Hostile PDFs: each gives a typed error or a right answer within its bounds, and harms nothing."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from nodes.pdf.box.asking import Answer, Boxed, ask
from nodes.pdf.box.jobs import JOBS
from tests.hostile_pdfs import KINDS, READ, WAYS

BOUND, SLACK, PLENTY = 5.0, 3.0, 60.0
OURS = {"nodes.pdf.packet.joining:join"}
TOGETHER = 3


def outcome(job: str, pdf: bytes, bound: float = BOUND) -> tuple[Answer | str, float]:
    """What the job answers, or the code it ends with; and the seconds it took."""
    began = monotonic()
    try:
        told: Answer | str = ask(job, pdf, WAYS[job], seconds=bound)
    except Boxed as boxed:
        told = boxed.code
    return told, monotonic() - began


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_hostile_pdf_is_answered_or_refused_within_bounds(kind):
    pdf = kind.make()
    with ThreadPoolExecutor(TOGETHER) as threads:
        told = dict(zip(WAYS, threads.map(lambda job: outcome(job, pdf), WAYS), strict=True))
    assert max(seconds for _, seconds in told.values()) <= BOUND + SLACK
    if kind.code:
        assert outcome(READ, pdf, PLENTY)[0] == kind.code
    if kind.read:
        assert "Hello" in ask(READ, pdf, WAYS[READ], seconds=PLENTY).told["pages"][0]
    assert ask("nodes.pdf.box.trivial:count", b"next").told == 4


def test_every_job_that_takes_a_foreign_pdf_meets_them():
    assert {job for job, bounds in JOBS.items() if bounds.pdf} - OURS <= set(WAYS) <= set(JOBS)
    assert len(KINDS) == len({kind.name for kind in KINDS}) >= 48
