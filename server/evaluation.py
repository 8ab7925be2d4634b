"""``prior-auth evaluate``: how good the numbers were, on the caller's own outcomes."""

from argparse import Namespace
from datetime import date
from textwrap import wrap

from nodes.risk.evaluation import DenialReport, Score, evaluate
from nodes.risk.weights import shipped
from server.commands import content
from server.evaluating import command
from server.outcomes import outcomes

WIDTH = 80


def run(asked: Namespace) -> int:
    """Evaluate what is named."""
    known = {"denial": denial, "drift": command.look_for_drift, "adopt": command.adopt}
    return known.get(asked.action, command.run)(asked)


def denial(asked: Namespace) -> int:
    """Measure the base rates of predict-denial on a history; 1 when nothing could be measured."""
    records = outcomes(content(asked.history))
    today = asked.as_of or date.today()
    report = evaluate(records, shipped()[0], asked.split, asked.half_life, today)
    if asked.json:
        print(report.model_dump_json(indent=2))
    else:
        print("\n".join(told(report)))
    return 0 if report.scores else 1


def told(report: DenialReport) -> list[str]:
    """The report for a person."""
    warnings = [line for one in report.warnings for line in wrap(f"warning: {one}", WIDTH)]
    if not report.learned and not report.foretold:
        return warnings
    learned, came = _denied(report.learned_rate), _denied(report.foretold_rate)
    said = [
        f"learned from {report.learned} outcomes before {report.split}{learned}",
        f"foretold     {report.foretold} outcomes from then on{came}",
    ]
    if report.scores:
        said += ["", _HEAD, *map(_row, report.scores), "", *_NOTES]
    return [*said, *warnings]


def _denied(rate: float | None) -> str:
    return "" if rate is None else f", {100 * rate:.1f} % denied"


_HEAD = (
    f"{'model':<17}{'Brier':>7}{'skill':>7}{'log loss':>9}{'large':>7}{'slope':>7}"
    f"{'ECE (90 %)':>20}{'AUROC':>6}"
)
_NOTES = (
    "cells: payer, line of business and service.  skill: 1 - Brier / Brier of the",
    "base rate.  large: mean forecast less what came (calibration in the large).",
    "slope: 1 is calibrated, below 1 too extreme.  ECE: ten bins of equal mass.",
    "The bootstrap adds its own noise: the interval of a small ECE sits high.",
)


def _row(one: Score) -> str:
    low, high = one.ece_interval
    error = f"{one.ece:.3f} ({low:.3f}-{high:.3f})"
    return (
        f"{one.model:<17}{one.brier:>7.4f}{_number(one.skill, 3):>7}{one.log_loss:>9.4f}"
        f"{one.in_the_large:>+7.3f}{_number(one.slope, 2):>7}{error:>20}{_number(one.auroc, 3):>6}"
    )


def _number(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:.{places}f}"
