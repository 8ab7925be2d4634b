"""A summary laid out for paper, with the sources of its sentences."""

from datetime import date

from nodes.case import Case
from nodes.prose import Sentence, Summary
from nodes.writing.administrative import person
from nodes.writing.paper import Paper, Style, letterhead, passages
from nodes.writing.text import clean

STYLES: dict[str, Style] = {
    "Clinical history": "points",
    "Prior treatment": "points",
    "Findings": "points",
    "Medical necessity": "points",
    "What is missing": "points",
    "Request": "points",
}


def summary_paper(case: Case, summary: Summary, on: date | None) -> Paper:
    """Lay a summary out; each sentence of the chart names the entries it rests on."""
    codes = ", ".join(f"{line.system} {line.code}" for line in case.service_lines)
    return Paper(
        title=f"Clinical summary, {codes}"[:300],
        head=letterhead(case.requester),
        dated=f"{on:%B} {on.day}, {on.year}" if on else "",
        to=(),
        about=(
            ("Re", f"Clinical summary, {codes}"),
            ("Patient", f"{person(case.patient.name)}, born {case.patient.birth_date.isoformat()}"),
            ("Plan", clean(case.coverage.payer.name)),
        ),
        greeting="",
        passages=passages(summary.sections, STYLES, _sourced),
    )


def _sourced(sentence: Sentence) -> str:
    sources = dict.fromkeys(c.fact.partition("#")[0] for c in sentence.citations)
    return f"{sentence.text} [{', '.join(sources)}]" if sources else sentence.text
