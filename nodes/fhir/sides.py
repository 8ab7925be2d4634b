"""Left or right: the order's side against its reasons, and against what the chart says.

A stop needs a clear contradiction. Reasons: all that state a side state the other one. Chart: of
the ordered part of the body only the other side is ever spoken of: in a condition that is still
active, in a report, or twice in notes of the last three months. A word for the ordered side, or for
both, anywhere is enough to go on: comparison views and old complaints are no contradiction.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from nodes.case import Diagnosis, ServiceLine
from nodes.chart import Fact, HardStop, Note
from nodes.fhir import codes, lateral, orders, plans, tree
from nodes.fhir.gate import stop
from nodes.fhir.lateral import Side
from nodes.fhir.mention import story
from nodes.fhir.parts import OTHER, PART, contradicted, sided
from nodes.fhir.tree import Resource

# Chapters of ICD-10-CM whose sixth character is 1 right, 2 left, 3 both; M16 to M18: the fifth.
SIXTH = re.compile(
    r"(M0[0-8]|M1[0-35-9]|M1A|M2[0-5]|M7[05-7]|M87|S[4-9][0-9])\.?[0-9A-Z]{2}([123])"
)
FIFTH = re.compile(r"(M1[678])\.?[13579]([12])$")
CODED = {"1": "right", "2": "left", "3": "bilateral"}
RECENT = timedelta(days=92)
CLEAR = 2
WITNESSES = {"condition", "report", "procedure"}


def against_reasons(order: Resource, conditions: Iterable[Resource]) -> Iterator[HardStop]:
    """Compare the order's side with the side its reasons state, in words or by ICD-10-CM code."""
    yield from plans.within(order)
    ordered = orders.laterality(order)
    concepts = [*tree.items(order, "reasonCode"), *(one.get("code") for one in conditions)]
    stated = {lateral.of(one) for one in concepts}
    stated |= {by_code(code) for one in concepts if (code := codes.code(one, "ICD-10-CM"))}
    sites = [site for one in conditions for site in tree.items(one, "bodySite")]
    stated |= {lateral.of(site) for site in sites}
    if contradicted(ordered, stated):
        yield stop(
            "laterality_mismatch",
            "the order is for one side, its reason is about the other",
            "/service_lines",
        )


def against_diagnoses(
    lines: Sequence[ServiceLine], diagnoses: Sequence[Diagnosis]
) -> Iterator[HardStop]:
    """Compare the sides of services with those of the diagnoses, where no order resource is."""
    stated = {by_code(one.code) or lateral.side(one.display or "") for one in diagnoses}
    if any(contradicted(line.laterality, stated) for line in lines):
        yield stop(
            "laterality_mismatch",
            "the service is for one side, its diagnosis is about the other",
            "/service_lines",
        )


def by_diagnosis(
    lines: Sequence[ServiceLine], diagnoses: Sequence[Diagnosis]
) -> tuple[ServiceLine, ...]:
    """Give services that state no side the one side their diagnoses state, to be compared."""
    stated = {by_code(one.code) or lateral.side(one.display or "") for one in diagnoses} - {None}
    side = next(iter(stated)) if len(stated) == 1 else None
    return tuple(
        line if line.laterality else line.model_copy(update={"laterality": side}) for line in lines
    )


def by_code(code: str) -> Side | None:
    """Read the side from a diagnosis code, where its chapter has one."""
    found = FIFTH.match(code) or SIXTH.match(code)
    side = CODED.get(found[2]) if found else None
    return side  # type: ignore[return-value]


def against_chart(
    lines: Sequence[ServiceLine],
    about: str,
    facts: Sequence[Fact],
    notes: Sequence[Note],
    as_of: date,
) -> Iterator[HardStop]:
    """Compare the ordered side of a part of the body with all that the chart says of that part.

    ``about`` is what the order and its diagnoses say, where the part is named.
    """
    for line in lines:
        words = f"{line.display or ''}\n{about}"
        part = PART.search(words)
        if line.laterality not in OTHER or part is None:
            continue
        said = list(_said(part[1].lower(), facts, notes, as_of))
        sides = {side for side, _, _ in said}
        other = [name for side, clear, name in said if side == OTHER[line.laterality] and clear]
        if len(other) >= CLEAR and contradicted(line.laterality, sides):
            yield stop(
                "laterality_mismatch",
                "the order is for one side; of this part of the body the chart speaks of the other "
                f"side only: {', '.join(list(dict.fromkeys(other))[:3])}",
                "/service_lines",
            )
            return


def _said(
    part: str, facts: Sequence[Fact], notes: Sequence[Note], as_of: date
) -> Iterator[tuple[Side | None, bool, str]]:
    """Give each side said of a part, whether it is clear and recent, and where it stands."""
    told = {note.id for note in notes}
    for fact in facts:
        if fact.kind not in WITNESSES or fact.id in told or "-" in (fact.status or ""):
            continue
        text = f"{fact.quote} {fact.body_site or ''}"
        clear = _active(fact) if fact.kind == "condition" else _new(fact.start, as_of)
        coded = {by_code(c.code) for c in fact.codes if c.system == "ICD-10-CM"}
        named = part in text.lower()
        for side in {*sided(part, text), *(coded if named else ())} - {None}:
            yield from [(side, clear and fact.kind != "procedure", fact.id)] * CLEAR
    for note in notes:
        for side in sided(part, story(note.text)):
            yield side, _new(note.written, as_of), note.id


def _active(fact: Fact) -> bool:
    return fact.status in {None, "active", "recurrence", "relapse"} and fact.end is None


def _new(when: date | None, as_of: date) -> bool:
    return when is not None and as_of - RECENT <= when <= as_of
