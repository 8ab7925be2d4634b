"""Rules about the people and organizations of a 278."""

from collections.abc import Iterator

from nodes.x12.finding import Finding
from nodes.x12.validating.rules.scene import (
    ELEMENT_CODE,
    ELEMENT_DATE,
    ELEMENT_PATTERN,
    ELEMENT_UNWANTED,
    Scene,
)

DIGITS = {"24": "an employer number", "34": "a social security number"}


def birth_date(scene: Scene) -> Iterator[Finding]:
    """Nobody is born after the day the transaction was made."""
    written = scene.written()
    for level in scene.named("subscriber_level", "dependent_level"):
        for spot in level.called("birth_and_sex"):
            said = spot.get("birth_date")
            day = len(said) == 8 and said.isascii() and said.isdigit()
            if day and len(written) == 8 and said > written:
                words = "the birth date lies after the date of the transaction"
                yield spot.finding("birth-date", words, ELEMENT_DATE, "birth_date")


def dependent_relationship(scene: Scene) -> Iterator[Finding]:
    """A dependent's relationship to the subscriber is told, and is not self (unverified)."""
    for level in scene.named("dependent_level"):
        told = level.called("relationship")
        if scene.asks and not told:
            words = "the dependent's relationship to the subscriber is missing: add INS"
            yield scene.lacks(level.hl, "dependent-relationship", words, "relationship")
        for spot in told:
            if spot.get("relationship") == "18":
                words = "a dependent is not the subscriber: leave the level out or correct INS02"
                code = ELEMENT_CODE
                yield spot.finding("dependent-relationship", words, code, "relationship", "warning")


def organization_name(scene: Scene) -> Iterator[Finding]:
    """An organization has one name."""
    for level in scene.levels:
        for spot in level.spots:
            if spot.segment.id != "NM1" or spot.get("type") != "2":
                continue
            for value in ("given", "middle"):
                if spot.get(value):
                    words = "an organization has its whole name in NM103: or make it a person"
                    code = ELEMENT_UNWANTED
                    yield spot.finding("organization-name", words, code, value, "warning")


def identifier_shape(scene: Scene) -> Iterator[Finding]:
    """Employer and social security numbers have nine digits."""
    for level in scene.levels:
        for spot in level.spots:
            kind = DIGITS.get(spot.get("id_qualifier")) if spot.segment.id == "NM1" else None
            said = spot.get("id") if kind else ""
            if said and not (len(said) == 9 and said.isascii() and said.isdigit()):
                words = f"{kind} has nine digits and nothing else"
                yield spot.finding("identifier-shape", words, ELEMENT_PATTERN, "id", "warning")


RULES = (birth_date, dependent_relationship, organization_name, identifier_shape)
