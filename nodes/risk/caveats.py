"""What a reader of the number has to know: thin or foreign outcomes, and an assessment amiss."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from nodes.assessment import Assessment
from nodes.policy.library import Library
from nodes.risk.base_rate import BaseRate, Tally
from nodes.risk.likelihood import probability
from nodes.risk.outcomes import RiskCell
from nodes.risk.signals import Term
from nodes.risk.weights import DenialWeights


def of_history(
    tally: Tally, base: BaseRate, cell: RiskCell, weights: DenialWeights
) -> Iterator[str]:
    """Warn of what the outcomes do not show."""
    if tally.later:
        yield f"{tally.later} outcomes decided after this day were left out"
    if 0 < base.all < weights.floor:
        share = round(100 * base.prior_weight)
        yield (
            f"Fewer than {weights.floor} outcomes in all: the prior makes {share} % of the base"
            " rate, outcomes the rest"
        )
    _, payer, *line = (one.decided for one in base.levels)
    if base.all and not payer and not any(line):
        yield "No outcome of this payer is in the history: others' stand for it"
    elif base.all and not any(line):
        yield (
            "No outcome of this line of business is in the history: the payer's other lines"
            " stand for it"
        )
    elif not base.own and tally.any_line(cell):
        yield "The outcomes of this payer and service are all of other lines of business"


def of_assessment(
    judged: Assessment, cell: RiskCell, as_of: date, library: Callable[[], Library]
) -> Iterator[str]:
    """Warn of an assessment of another day, of another service, or of a chart that says both."""
    away = (as_of - judged.as_of).days
    if away:
        side = "before" if away > 0 else "after"
        yield f"The assessment is of {abs(away)} days {side} the day asked about"
    if not _about(judged, cell.service_code, library()):
        yield "The assessment's policy is not about this service code: its gaps may not count here"
    if judged.conflict:
        yield (
            "The chart contradicts itself on a criterion of the assessment: no addend stands for"
            " that; look before sending"
        )


def of_addends(base: BaseRate, found: Sequence[Term]) -> tuple[str, ...]:
    """Warn of what weights made of the base rate; the basis says nothing of that way."""
    if not found:
        return ()
    rate, whole = 100 * base.mean, 100 * probability(base, found)
    return (
        f"From {rate:.1f} % (base rate) to {whole:.1f} %: {whole - rate:+.1f} points by weights"
        " that nobody validated; `basis` is about the base rate only",
    )


def _about(judged: Assessment, code: str, library: Library) -> bool:
    """Whether the assessment's policy names a code; so too where the policy is not known here."""
    named = [
        service
        for one in library.held
        if (one.policy.id, one.policy.version) == (judged.policy.id, judged.policy.version)
        for service in one.policy.services
    ]
    return not named or any(
        code in one.codes or (one.system == "NDC" and code[:9] in one.codes) for one in named
    )
