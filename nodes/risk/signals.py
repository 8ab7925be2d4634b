"""What speaks for a denial beside history: gaps of the assessment and what the caller knows."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from nodes.assessment import Assessment, Gap
from nodes.audit import Model
from nodes.case import Text
from nodes.risk.weights import DenialWeights, Signal

DocumentName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)
]


class DenialSignals(Model):
    """What the caller knows of the request beyond the criteria."""

    diagnosis_not_covered: bool = False
    out_of_network: bool = False
    duplicate: bool = False
    gold_carded: bool = False
    missing_documents: tuple[DocumentName, ...] = Field(default=(), max_length=20)


NONE = DenialSignals()


@dataclass(frozen=True)
class Term:
    """One addend of the log-odds; ``about``: the criterion or document it is about."""

    signal: Signal
    about: str
    words: Text
    log_odds: float


def terms(
    assessment: Assessment | None, signals: DenialSignals, weights: DenialWeights
) -> tuple[Term, ...]:
    """All addends, in a fixed order.

    Of more of a kind than count, each gets an equal part of what the counted ones weigh. A further
    gap therefore never lowers the sum.
    """
    found: dict[Signal, set[str]] = {}
    if assessment:
        found |= _assessed(assessment)
    for name in ("diagnosis_not_covered", "out_of_network", "duplicate", "gold_carded"):
        if getattr(signals, name):
            found[name] = {name}
    found["missing_document"] = set(signals.missing_documents)
    return tuple(
        Term(name, about, weight.words, weight.log_odds * min(len(each), weight.most) / len(each))
        for name, weight in weights.weights.items()
        if (each := found.get(name))
        for about in sorted(each)
    )


def _assessed(assessment: Assessment) -> dict[Signal, set[str]]:
    contrary = {one.criterion for one in assessment.gaps if one.kind == "contrary"}
    open_ones = {one.criterion for one in assessment.gaps if one.kind != "contrary"}
    blocking = open_ones & _required(assessment)
    refused = bool(contrary) or assessment.status == "not_met"
    return {
        "not_met": {"not_met"} if refused else set(),
        "blocking_gap": blocking,
        "other_gap": open_ones - blocking,
        "stale_evidence": {"stale"} if any(map(stale, assessment.gaps)) else set(),
        "notes_only": {"notes"} if _notes_only(assessment) else set(),
    }


def _required(assessment: Assessment) -> set[str]:
    """Criteria no way to met goes around: those that block, and those in every missing set."""
    sets = [set(one) for one in assessment.missing_sets]
    return set(assessment.blocking) | (set.intersection(*sets) if sets else set())


def stale(gap: Gap) -> bool:
    """Say whether a gap is about evidence that is too old."""
    return gap.kind == "stale"


def _notes_only(assessment: Assessment) -> bool:
    """Whether a criterion met rests on nothing but statements that rules found in notes."""
    noted = {fact.id for fact in assessment.facts}
    for criterion in assessment.criteria:
        shown = {one.fact for one in criterion.evidence if one.speaks == "for"}
        if criterion.status == "met" and shown and shown <= noted:
            return True
    return False


def without(assessment: Assessment, criterion: str) -> Assessment:
    """The assessment as it would be with a criterion shown: its gaps gone."""
    gaps = tuple(one for one in assessment.gaps if one.criterion != criterion)
    return assessment.model_copy(update={"gaps": gaps})
