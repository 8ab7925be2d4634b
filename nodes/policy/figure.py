"""What a computation gives: figures with their day and the facts behind them, or what it lacks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nodes.chart import Fact, Quantity
from nodes.policy.finding import Refused, Voice
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.refusing import refused, why_refused
from nodes.policy.units import convert

_WANTED = re.compile(
    r"\b(?:goal|target|ideal|desired|healthy|normal|reference|criteri\w+|maximum|minimum)\W+"
    r"(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
FINAL = frozenset({None, "final", "amended", "corrected", "appended"})


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A figure, or the range it is in, of a day; ``said`` in words with what it was made of."""

    on: date | None
    low: Decimal
    high: Decimal
    said: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What could be computed, else what is lacking, with what there is of it."""

    known: tuple[Reckoned, ...]
    lacking: str
    partly: tuple[Voice, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A number in the unit asked for, of a day, and the fact that shows it."""

    on: date | None
    number: Decimal
    voice: Voice


def coded(question: Question, codes: Iterable[str], unit: str) -> list[Value]:
    """List final values with one of the LOINC codes in a unit, oldest first."""
    found = []
    known = question.index.by_code.get("LOINC", {})
    for fact in {fact.id: fact for code in codes for fact in known.get(_key(code), ())}.values():
        number = _number(fact, unit)
        if number is not None:
            found.append(Value(fact.start, number, Voice(fact, "for", fact.start)))
    return sorted(found, key=lambda one: (one.on or date.min, one.voice.fact.id))


def _key(code: str) -> str:
    return code.replace(".", "").upper()


def _number(fact: Fact, unit: str) -> Decimal | None:
    value = fact.value
    if value is None or value.comparator or fact.status not in FINAL:
        return None
    return convert(value, unit, fact.codes)


def noted(question: Question, concept: str, unit: str | None) -> tuple[list[Value], list[Refused]]:
    """List numbers that notes state of the patient now, and those that do not count."""
    found: list[Value] = []
    no: list[tuple[Mention, str]] = []
    for one in question.index.mentions(concept):
        if one.number is None:
            continue
        why = why_refused(one)
        if why is None and _WANTED.search(one.sentence.text[: one.start - one.sentence.start]):
            why = "It is a goal or a limit, not a measured value."
        if why:
            no.append((one, why))
            continue
        number: Decimal | None = Decimal(one.number)
        if unit is not None:
            said = one.words.rsplit(one.number, 1)[-1].strip().lower()
            number = convert(Quantity(value=Decimal(one.number), unit=said), unit)
        if number is not None:
            voice = Voice(quoted(one), "for", one.written, own=True)
            found.append(Value(one.written, number, voice))
    return found, refused(no)
