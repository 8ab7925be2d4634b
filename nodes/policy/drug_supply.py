"""How long a drug was taken by what was ordered, stated, handed over and given."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nodes.chart import Fact
from nodes.policy.dosing import doses
from nodes.policy.drug_names import ingredient, is_class
from nodes.policy.finding import Refused
from nodes.policy.index import Question
from nodes.policy.leaves_care import Dose, DrugTrial
from nodes.policy.taking import DRUG_VOID

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Supply:
    """A drug from a day to a day; ``enough`` none: the dose is not recorded.

    ``last`` none: how long it lasted is not recorded.
    """

    drug: str
    first: date | None
    last: date | None
    enough: bool | None
    event: str | None
    fact: Fact | None = None


def supplies(leaf: DrugTrial, question: Question) -> tuple[list[Supply], list[Refused]]:
    """List what the record holds of the drugs, oldest first, and what does not count."""
    found: list[Supply] = []
    no: list[Refused] = []
    for fact in medicines(leaf, question):
        status = fact.status or ""
        if status in DRUG_VOID or "(" in status:
            no.append(Refused(fact, f"Its status is {status}: it does not show use.", fact.start))
        elif fact.start and fact.start > question.as_of:
            no.append(Refused(fact, "It begins later.", fact.start))
        else:
            found.append(_supply(leaf, question, fact))
    return sorted(found, key=lambda one: one.first or date.min), no


def medicines(leaf: DrugTrial, question: Question) -> list[Fact]:
    """Find the drugs by code or by name, in the list of medications."""
    names = question.words[leaf.concept].pattern
    found = {fact.id: fact for fact in question.coded(leaf.value_set, ("medication",))}
    for fact in question.index.by_kind["medication"]:
        if fact.id not in found and names.search(_lead(fact)):
            found[fact.id] = fact
    return list(found.values())


def name_of(fact: Fact, names: re.Pattern[str]) -> str:
    """Give the drug one name: as the policy names it, else as the record does."""
    said = names.search(_lead(fact)) or names.search(_displays(fact))
    if said and not is_class(said.group()):
        return ingredient(said.group())
    return ingredient(re.split(r"[\s;,]", _lead(fact).removeprefix("Dispensed: "), maxsplit=1)[0])


def _lead(fact: Fact) -> str:
    return f"{fact.quote.partition(';')[0]} {_displays(fact)}"


def _displays(fact: Fact) -> str:
    return " ".join(coding.display for coding in fact.codes if coding.display)


def _supply(leaf: DrugTrial, question: Question, fact: Fact) -> Supply:
    last = _last(fact, question.as_of)
    return Supply(
        name_of(fact, question.words[leaf.concept].pattern),
        fact.start,
        last,
        _enough(leaf.dose, fact),
        fact.course.event if fact.course else None,
        fact,
    )


def _last(fact: Fact, as_of: date) -> date | None:
    """The last day of use that the record shows; none when it shows only that there was some."""
    if fact.start is None:
        return fact.end
    course = fact.course
    days = course.days_supply if course else None
    if days and course:
        refills = course.refills or 0 if course.event == "ordered" else 0
        supplied = fact.start + days * (1 + refills) * _DAY - _DAY
        return min(supplied, fact.end) if fact.end and fact.end > fact.start else supplied
    if course and course.event in ("dispensed", "administered"):
        return fact.start if course.event == "administered" else None
    if fact.end:
        return fact.end
    return as_of if fact.status in {None, "active"} else None


def _enough(dose: Dose | None, fact: Fact) -> bool | None:
    if dose is None:
        return True
    words = (fact.course.dosage if fact.course else None) or ""
    told = doses(words, dose.unit, dose.per) or doses(
        f"{_displays(fact)} {fact.quote}", dose.unit, dose.per
    )
    return max(told) >= dose.value if told else None


def covered(some: Iterable[Supply], gap: int, until: date) -> int:
    """Count the days of the longest stretch; a gap up to so many days does not end it.

    What is handed over before the last is used up is used after it. Doses that are given count
    the days between them.
    """
    best, days, reach = 0, 0, date.min
    for first, last, given in sorted(_laid(some, until)):
        if reach == date.min or (first - reach).days - 1 > gap:
            days, begin = 0, first
        else:
            begin = reach + _DAY if given else max(first, reach + _DAY)
        days += max(0, (last - begin).days + 1)
        reach = max(reach, last)
        best = max(best, days)
    return best


def _laid(some: Iterable[Supply], until: date) -> list[tuple[date, date, bool]]:
    found: list[tuple[date, date, bool]] = []
    used_up, before = date.min, date.min
    for one in sorted(some, key=lambda one: (one.first or date.min, one.last or date.min)):
        if one.first is None or one.last is None or one.last < one.first:
            continue
        first, last = one.first, one.last
        if one.event == "dispensed":
            if before < first <= used_up:
                first, last = used_up + _DAY, last + (used_up + _DAY - first)
            used_up, before = max(used_up, last), one.first
        if first <= until:
            found.append((first, min(last, until), one.event == "administered"))
    return found
