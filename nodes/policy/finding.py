"""What a question to the chart found: a status, the facts behind it, and the reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from nodes.assessment import Evidence, Status
from nodes.chart import Fact
from nodes.policy.leaf import LeafBase

Speaks = Literal["for", "against", "stale"]
GapKind = Literal["absent", "stale", "conflict", "contrary"]
SHOWN = 6
HANDFUL = 5


@dataclass(frozen=True, slots=True)
class Voice:
    """A fact that speaks to a criterion; ``own`` when the rules made it, not the chart."""

    fact: Fact
    speaks: Speaks
    on: date | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact that was looked at and does not count, and why, in words for a nurse."""

    fact: Fact
    why: str
    on: date | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one leaf; ``refused`` newest first, a handful; ``amount`` was compared.

    ``fixed``: what is asked for belongs to a time that is past; nothing done now can bring it.
    """

    status: Status
    reason: str
    voices: tuple[Voice, ...] = ()
    conflict: bool = False
    gap: GapKind | None = None
    refused: tuple[Refused, ...] = ()
    amount: Decimal | None = None
    fixed: bool = False

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The facts as evidence, each once; for every voice the latest few."""
        seen: dict[tuple[str, str], Evidence] = {}
        for voice in self.voices:
            key = (voice.fact.id, voice.speaks)
            if key not in seen:
                seen[key] = Evidence(
                    fact=voice.fact.id,
                    quote=voice.fact.quote,
                    on=voice.on,
                    speaks=voice.speaks,
                )
        return tuple(seen.values())


def day(when: date | None) -> str:
    """Write a day for people; an unknown one says so."""
    return when.isoformat() if when else "an unknown date"


def latest(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Keep the latest voices, newest first, as many as people read."""
    ordered = sorted(voices, key=lambda one: one.fact.id)
    ordered.sort(key=lambda one: one.on or date.min, reverse=True)
    return tuple(ordered[:SHOWN])


def met(reason: str, voices: Iterable[Voice]) -> Finding:
    """Answer met, with the facts for it."""
    return Finding("met", reason, latest(voices))


def against(reason: str, voices: Iterable[Voice]) -> Finding:
    """Answer not met, with the facts against it."""
    return Finding("not_met", reason, latest(voices), gap="contrary")


def conflicting(reason: str, voices: Iterable[Voice]) -> Finding:
    """Answer unknown, because the chart says both."""
    return Finding("unknown", reason, latest(voices), conflict=True, gap="conflict")


def stale(reason: str, voices: Iterable[Voice]) -> Finding:
    """Answer unknown, because what there is is too old."""
    kept = (Voice(one.fact, "stale", one.on, one.own) for one in voices)
    return Finding("unknown", reason, latest(kept), gap="stale")


def gone(leaf: LeafBase, reason: str, voices: Iterable[Voice]) -> Finding:
    """Answer for what is past: too old to count, or no longer there when that is what is asked."""
    found = stale(reason, voices)
    if leaf.when_absent == "unknown":
        return found
    return Finding("not_met", reason, found.voices, gap="stale")


def beside(finding: Finding, refused: Iterable[Refused]) -> Finding:
    """Say beside an answer what did not count; what speaks in the answer itself is left out."""
    refused = list(refused)
    if not refused:
        return finding
    spoken = {voice.fact.id for voice in finding.voices}
    kept = {one.fact.id: one for one in refused if one.fact.id not in spoken}
    if not kept:
        return finding
    ordered = sorted(kept.values(), key=lambda one: one.fact.id)
    ordered.sort(key=lambda one: one.on or date.min, reverse=True)
    return replace(finding, refused=tuple(ordered[:HANDFUL]))


def silent(leaf: LeafBase, reason: str) -> Finding:
    """Answer what the leaf says that nothing recorded means."""
    if leaf.when_absent == "not_met":
        return Finding("not_met", reason, gap="contrary")
    return Finding("unknown", reason, gap="absent")
