"""Boxes that answer one question: sex, urgency, kind of request, relationship, setting."""

from collections.abc import Iterator, Sequence

from nodes.pdf.inspecting.concepts import ChoiceWords, concepts, plain
from nodes.pdf.inspecting.drafts import Draft
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.places import Box, middle
from nodes.pdf.inspecting.whose import Whose

ASIDE, DOWN = 260.0, 26.0


def choices(fields: Sequence[Named], whom: Sequence[Whose | None], *, request: bool) -> list[Draft]:
    """Draft the choices of a page."""
    found: list[Draft] = []
    for group in _groups(fields):
        for words in concepts().choices:
            if words.needs is None or request:
                found += _choice(fields, whom, group, words)
    return found


def _groups(fields: Sequence[Named]) -> Iterator[list[int]]:
    """Boxes of one radio group, and boxes near each other."""
    own = [n for n, field in enumerate(fields) if field.place.kind in ("box", "radio")]
    named: dict[str, list[int]] = {}
    for n in own:
        if fields[n].place.kind == "radio":
            named.setdefault(fields[n].place.name, []).append(n)
    yield from (group for group in named.values() if len(group) > 1)
    grouped = {n for group in named.values() if len(group) > 1 for n in group}
    left = [n for n in own if n not in grouped]
    while left:
        group = [left.pop(0)]
        for one in group:
            near = [n for n in left if _near(fields[one].place.box, fields[n].place.box)]
            group += near
            left = [n for n in left if n not in near]
        if len(group) > 1:
            yield sorted(group)


def _near(one: Box, other: Box) -> bool:
    x, y = abs(middle(one)[0] - middle(other)[0]), abs(middle(one)[1] - middle(other)[1])
    return (y < 5 and x < ASIDE) or (x < 6 and y < DOWN)


def _choice(
    fields: Sequence[Named], whom: Sequence[Whose | None], group: list[int], words: ChoiceWords
) -> Iterator[Draft]:
    """Draft a choice where each value has at most one box, and those it cannot lack are there."""
    boxes: dict[str, list[int]] = {}
    for n in group:
        for value in _values(fields[n], words):
            boxes.setdefault(value, []).append(n)
    several = any(len(own) > 1 for own in boxes.values())
    lacking = any(value not in boxes for value in words.all_of) or len(boxes) < words.at_least
    ticked = sorted({n for own in boxes.values() for n in own})
    path = _path(words, _owners(whom, ticked)) if ticked else None
    if several or lacking or path is None:
        return
    told = {value: tuple(own) for value, own in boxes.items()}
    for value, shared in words.same.items():
        if value not in told and shared in told:
            told[value] = told[shared]
    score = min(fields[n].labels[0].score for n in ticked)
    yield Draft(
        words.id if path == words.path else f"insured.{words.id}",
        {"from": path, "label": (fields[ticked[0]].question or words.id)[:80]},
        tuple(ticked),
        round(score * 0.95, 2),
        f"boxes for {', '.join(boxes)}",
        boxes=told,
    )


def _owners(whom: Sequence[Whose | None], ticked: Sequence[int]) -> set[str]:
    """Whose the boxes are; a stranger in a box's own words is an answer: spouse, pharmacy."""
    return {
        owner.who
        for n in ticked
        if (owner := whom[n]) and (owner.who, owner.by) != ("stranger", "its label")
    }


def _path(words: ChoiceWords, owners: set[str]) -> str | None:
    """Whose answer it is; None where the boxes are somebody else's, or of two people."""
    if not words.insured:
        return None if "stranger" in owners else words.path
    if owners - {"patient", "insured"} or len(owners) > 1:
        return None
    return words.insured if "insured" in owners else words.path


def _values(field: Named, words: ChoiceWords) -> list[str]:
    """Which values a box's printed words, its tooltip or its own state name; they must agree."""
    ordered = sorted(field.labels, key=lambda one: one.by != "printed")
    said = [one for one in (plain(label.text) for label in ordered) if len(one.split()) < 14]
    if field.place.kind == "radio" and len(field.place.states) == 1:
        said.append(plain(field.place.states[0].strip("/")))
    found = [known for one in said if (known := words.values_in(one))]
    if not found or (not words.many and len(found[0]) > 1):
        return []
    agree = all(set(one) & set(found[0]) for one in found)
    return found[0] if agree else []
