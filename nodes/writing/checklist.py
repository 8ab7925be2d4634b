"""The administrative checklist: eight things a payer's intake asks for, each said or said to lack.

Letters written by models read well and forget these: billing codes, duration and follow-up plan
above all. So they are never left to prose: code fills them from the case, and only the follow-up
plan from the chart, word for word.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.care import Delivery
from nodes.case import Case, ServiceLine, Text
from nodes.chart import Note
from nodes.prose import Citation
from nodes.writing.administrative import quantity
from nodes.writing.draft import Material
from nodes.writing.text import clean, excerpt, listed

Item = Literal[
    "codes",
    "units",
    "frequency",
    "duration",
    "dates",
    "place_of_service",
    "npi",
    "follow_up_plan",
]
_PLAN = re.compile(
    r"\b(?:follow(?:ed)?[- ]?up|f/u|fu(?= (?:in|with|w/|after))"
    r"|return(?:s|ing)? to (?:clinic|office)|rtc|return (?:visit|in|for)|recheck|re-?evaluat\w+"
    r"|reassess\w*|re-?examin\w+|see (?:her|him|them|patient|pt) (?:back|again)"
    r"|next (?:visit|appointment))\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|eight|ten|twelve)(?: ?(?:-|to) ?\d{1,3})?"
_TIME = r"(?:days?|d|weeks?|wks?|w|months?|mos?|mo|years?|yrs?|y)\b(?! ago)"
_AHEAD = re.compile(
    r"(?:\b(?:in|within|after|at|every|q)\.? ?\(?"
    rf"|(?:up|f/u|rtc|clinic|office|visit)[:\s-]{{1,3}}){_NUMBER} ?{_TIME}"
    r"|\bafter (?:the )?(?:mri|imaging|scan|study|test\w*|procedure|surgery|results?|trial|visit)"
    r"|\b(?:to|and) (?:review|discuss|go over)\b"
    r"|\bwith (?:dr|spine|pain|ortho\w*|neuro\w*|pcp|me)\b"
    r"|\b20\d\d-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\bas needed\b|\bprn\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:lost to|here for|presents? for|seen (?:in|for|at)|returns? for|missed|no|did not|didn't"
    r"|cancel\w*|last) (?:\w+ ){0,3}?(?:follow|f/u|return|recheck)|^\W*(?:follow[- ]?up visit|f/u"
    r" visit)\b|\bago\b",
    re.IGNORECASE,
)
LONGEST = 480
_SENTENCE = re.compile(r"[^.;\n]+(?:\.(?=\d)[^.;\n]*)*")


class ChecklistItem(Model):
    """One of the eight: what is stated of it, or that nothing is."""

    item: Item
    status: Literal["stated", "partly", "missing"]
    says: Text | None = Field(default=None, description="None: nothing is stated")
    lacks: Text | None = Field(default=None, description="What to add, and where")
    citation: Citation | None = Field(default=None, description="Of the follow-up plan's words")


def checklist(material: Material) -> tuple[ChecklistItem, ...]:
    """Fill all eight, always, in the same order."""
    case = material.case
    lines = case.service_lines
    return (
        _stated("codes", _codes(case)),
        _stated("units", listed([f"{one.code}: {quantity(one)}" for one in lines])),
        _each("frequency", lines, _frequency, "how often: the service line's delivery"),
        _each("duration", lines, _duration, "for how long: an end date, or the delivery's periods"),
        _each("dates", lines, _dates, "the requested first date of service"),
        _place(case),
        _npi(case),
        _follow_up(material),
    )


def _stated(item: Item, says: str) -> ChecklistItem:
    return ChecklistItem(item=item, status="stated", says=excerpt(says, 490)[0])


def _missing(item: Item, lacks: str) -> ChecklistItem:
    return ChecklistItem(item=item, status="missing", lacks=f"Add {lacks}.")


def _codes(case: Case) -> str:
    services = [
        f"{one.system} {'-'.join((one.code, *one.modifiers))}" for one in case.service_lines
    ]
    return f"{listed(services)}; for ICD-10-CM {listed([one.code for one in case.diagnoses])}"


def _each(
    item: Item, lines: tuple[ServiceLine, ...], say: Callable[[ServiceLine], str], lacks: str
) -> ChecklistItem:
    told = [(one.code, say(one)) for one in lines]
    found = [f"{code}: {words}" for code, words in told if words]
    if not found:
        return _missing(item, lacks)
    says = excerpt(listed(found), 490)[0]
    if len(found) == len(told):
        return ChecklistItem(item=item, status="stated", says=says)
    without = listed([code for code, words in told if not words])
    lack = f"Add {lacks}, for {without}."
    return ChecklistItem(item=item, status="partly", says=says, lacks=excerpt(lack, 490)[0])


def _frequency(line: ServiceLine) -> str:
    given = line.delivery
    if given and given.per:
        every = (
            f"every {given.every} {given.per}s" if (given.every or 1) > 1 else f"per {given.per}"
        )
        return f"{_some(given)} {every}"
    return "once" if line.quantity == 1 and line.unit in ("unit", "visit") else ""


def _some(given: Delivery) -> str:
    return f"{given.quantity} {given.unit}{'' if given.quantity == 1 else 's'}"


def _duration(line: ServiceLine) -> str:
    given = line.delivery
    if given and given.periods and given.period:
        return f"{given.periods} {given.period}{'' if given.periods == 1 else 's'}"
    if line.start and line.end:
        return f"{(line.end - line.start).days + 1} day{'s' * (line.end != line.start)}"
    if line.unit in ("day", "month"):
        return quantity(line)
    return "a single service" if _frequency(line) == "once" else ""


def _dates(line: ServiceLine) -> str:
    if line.start is None:
        return ""
    until = f" to {line.end.isoformat()}" if line.end and line.end != line.start else ""
    return f"{line.start.isoformat()}{until}"


def _place(case: Case) -> ChecklistItem:
    if case.place_of_service:
        return _stated("place_of_service", f"CMS place of service {case.place_of_service}")
    if case.facility_type:
        return _stated("place_of_service", f"NUBC facility type {case.facility_type}")
    return _missing("place_of_service", "the CMS place of service code")


def _npi(case: Case) -> ChecklistItem:
    wanted = {"requesting": case.requester} | (
        {"performing": case.performer} if case.performer else {}
    )
    said = [f"{role} provider {who.npi}" for role, who in wanted.items() if who.npi]
    without = [f"the {role} provider's NPI" for role, who in wanted.items() if not who.npi]
    if not said:
        return _missing("npi", listed(without))
    lacks = f"Add {listed(without)}." if without else None
    status: Literal["partly", "stated"] = "partly" if without else "stated"
    return ChecklistItem(item="npi", status=status, says=listed(said), lacks=lacks)


def _follow_up(material: Material) -> ChecklistItem:
    for note in sorted(material.chart.notes, key=lambda one: (one.written, one.id), reverse=True):
        for words, place in _plans(note):
            reference = f"{note.id.partition('#')[0]}#{place}-{place + len(words)}"
            says, _ = excerpt(f'"{clean(words)}" ({note.title}, {note.written})', 490)
            return ChecklistItem(
                item="follow_up_plan",
                status="stated",
                says=says,
                citation=Citation(fact=reference, quote=words),
            )
    return _missing("follow_up_plan", "what happens after the service: no note states it")


def _plans(note: Note) -> Iterator[tuple[str, int]]:
    """Find what a note plans to happen next, the last first: plans stand at the end."""
    found = []
    for near in _PLAN.finditer(note.text):
        first = max(0, near.start() - LONGEST)
        breaks = [note.text.rfind(mark, first, near.start()) for mark in ("\n", ";", ". ")]
        told = _SENTENCE.match(note.text, max(*breaks, first - 1) + 1, first + 2 * LONGEST)
        if told and told.end() >= near.end() and len(told[0]) < LONGEST:
            words = told[0].strip()
            if _AHEAD.search(words) and not _PAST.search(words):
                found.append((words, told.start() + told[0].index(words)))
    yield from reversed(found)
