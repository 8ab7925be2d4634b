"""What to show or attach, by how much it would lower the probability."""

from nodes.assessment import Assessment
from nodes.risk.base_rate import BaseRate
from nodes.risk.forecast import Suggestion
from nodes.risk.likelihood import probability
from nodes.risk.signals import DenialSignals, terms, without
from nodes.risk.weights import DenialWeights

MOST, SHOWN, SAME = 10, 0.05, 1e-9
CAPPED = "More of its kind are open than count: alone it changes nothing, with others it does"
NEAR_END = "The probability is too near 0 or 100 % for it to show"


def suggestions(
    assessment: Assessment | None,
    signals: DenialSignals,
    base: BaseRate,
    weights: DenialWeights,
    silent: bool,
) -> tuple[Suggestion, ...]:
    """Each open gap and each missing document, the one that would lower it most first.

    At most MOST. A gap that is contrary evidence is none: no paper mends it. Without a number
    (``silent``) the order stays and the numbers are left out.
    """
    now = probability(base, terms(assessment, signals, weights))
    found = [*_gaps(assessment, signals, base, weights)]
    found += _documents(assessment, signals, base, weights)
    found.sort(key=lambda one: (one.probability or 0.0, one.criterion or "", one.ask))
    found = found[:MOST]
    if silent:
        return tuple(one.model_copy(update={"probability": None}) for one in found)
    return tuple(_told(one, 100 * (now - (one.probability or 0.0))) for one in found)


def _told(one: Suggestion, points: float) -> Suggestion:
    why = None if points >= SHOWN else CAPPED if points < SAME else NEAR_END
    return one.model_copy(update={"points": max(0.0, points), "why": why})


def _gaps(
    assessment: Assessment | None, signals: DenialSignals, base: BaseRate, weights: DenialWeights
) -> list[Suggestion]:
    if assessment is None:
        return []
    return [
        Suggestion(
            criterion=gap.criterion,
            ask=gap.ask,
            addendum=gap.addendum,
            probability=probability(
                base, terms(without(assessment, gap.criterion), signals, weights)
            ),
        )
        for gap in assessment.gaps
        if gap.kind != "contrary"
    ]


def _documents(
    assessment: Assessment | None, signals: DenialSignals, base: BaseRate, weights: DenialWeights
) -> list[Suggestion]:
    made = []
    for name in dict.fromkeys(signals.missing_documents):
        left = tuple(one for one in signals.missing_documents if one != name)
        changed = signals.model_copy(update={"missing_documents": left})
        then = probability(base, terms(assessment, changed, weights))
        made.append(Suggestion(ask=f"Attach: {name}", probability=then))
    return made
