"""Rules about the diagnoses of a 278 (HI)."""

import re
from collections.abc import Iterator

from nodes.x12.finding import Finding
from nodes.x12.validating.rules.scene import (
    ELEMENT_CODE,
    ELEMENT_PAIR,
    ELEMENT_PATTERN,
    Scene,
    Spot,
)

PLACES = tuple(f"code{number}" for number in range(1, 13))
PRINCIPAL = {"ABK", "BK"}
ICD10 = {"ABK", "ABF", "ABJ", "APR"}
ICD9 = {"BK", "BF", "BJ", "PR"}
SHAPE = re.compile(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}")
LAST_ICD9 = "20150930"


def _codes(scene: Scene) -> Iterator[tuple[Spot, str, str]]:
    """Every code of an event: its segment, its place and its qualifier."""
    for level in scene.named("event_level"):
        for spot in level.own("diagnoses"):
            for place in PLACES[: len(spot.segment.elements) - 1]:
                yield spot, place, spot.get(f"{place}.qualifier")


def principal_first(scene: Scene) -> Iterator[Finding]:
    """The principal diagnosis comes first, once."""
    for spot, place, qualifier in _codes(scene):
        if place == PLACES[0] and scene.asks and qualifier in {"ABF", "BF"}:
            words = "the first diagnosis is not said to be the principal one: use ABK (ICD-9: BK)"
            value = f"{place}.qualifier"
            yield spot.finding("principal-first", words, ELEMENT_CODE, value, "warning")
        elif place != PLACES[0] and qualifier in PRINCIPAL:
            words = "only the first diagnosis is the principal one: use ABF (ICD-9: BF)"
            yield spot.finding("principal-first", words, ELEMENT_CODE, f"{place}.qualifier")


def icd_shape(scene: Scene) -> Iterator[Finding]:
    """An ICD-10-CM code has three to seven characters and no decimal point."""
    for spot, place, qualifier in _codes(scene):
        said = spot.get(f"{place}.code")
        if qualifier not in ICD10 or not said or SHAPE.fullmatch(said):
            continue
        words = "this has not the shape of an ICD-10-CM code: a letter, a digit, up to five more"
        if SHAPE.fullmatch(said.replace(".", "", 1).upper()):
            words = "write the diagnosis in capitals and without its decimal point"
        yield spot.finding("icd-shape", words, ELEMENT_CODE, f"{place}.code")


def icd9_ended(scene: Scene) -> Iterator[Finding]:
    """ICD-9-CM is not used in requests written after September 2015."""
    written = scene.written()
    if len(written) != len(LAST_ICD9) or written <= LAST_ICD9:
        return
    for spot, place, qualifier in _codes(scene):
        if qualifier in ICD9:
            words = "ICD-9-CM ended on 30 September 2015: use ICD-10-CM with ABK or ABF"
            value = f"{place}.qualifier"
            yield spot.finding("icd9-ended", words, ELEMENT_CODE, value, "warning")


def code_date(scene: Scene) -> Iterator[Finding]:
    """The date of a code and its format come together, and the date is written as a day."""
    for spot, place, _ in _codes(scene):
        format_, said = spot.get(f"{place}.date_format"), spot.get(f"{place}.date")
        if bool(format_) is not bool(said):
            words = "the date of a diagnosis and its format (D8) come together or not at all"
            missing = "date" if format_ else "date_format"
            yield spot.finding("code-date", words, ELEMENT_PAIR, f"{place}.{missing}")
        elif format_ == "D8" and not (len(said) == 8 and said.isascii() and said.isdigit()):
            words = "the date of a diagnosis is written as eight digits, year first"
            yield spot.finding("code-date", words, ELEMENT_PATTERN, f"{place}.date")


def no_gap(scene: Scene) -> Iterator[Finding]:
    """Diagnoses stand side by side: pointers count them."""
    for spot, place, qualifier in _codes(scene):
        if not qualifier:
            words = "a diagnosis is left out between others: close the gap"
            yield spot.finding("no-gap", words, ELEMENT_PAIR, f"{place}.qualifier")


RULES = (principal_first, icd_shape, icd9_ended, code_date, no_gap)
