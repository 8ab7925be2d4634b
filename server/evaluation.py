"""``prior-auth evaluate``: how good the numbers were, on the caller's own outcomes."""

import csv
import io
import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from textwrap import wrap

from pydantic import ValidationError

from nodes.errors import UnreadableDocument
from nodes.risk.evaluation import DenialReport, Score, evaluate
from nodes.risk.outcomes import OutcomeRecord
from nodes.risk.weights import shipped
from server.commands import content
from server.evaluating import command

SHAPE = "payer, line_of_business, service_group, service_code, decided_on, denied"
NEEDED = {"payer", "service_group", "service_code", "decided_on", "denied"}
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


def outcomes(raw: bytes) -> tuple[OutcomeRecord, ...]:
    """Read outcomes: a JSON list, JSON lines, or CSV with the names in its first line."""
    try:
        text = raw.decode("utf-8-sig")
        read = {"[": _entries, "{": _json_lines}.get(text.lstrip()[:1], _rows)
        return tuple(read(text))
    except UnreadableDocument:
        raise
    except (ValueError, csv.Error):
        raise UnreadableDocument(f"the history is no JSON and no CSV with {SHAPE}") from None


def _entries(text: str) -> Iterator[OutcomeRecord]:
    for number, one in enumerate(json.loads(text), 1):
        yield _record(
            f"entry {number}", partial(OutcomeRecord.model_validate_json, json.dumps(one))
        )


def _json_lines(text: str) -> Iterator[OutcomeRecord]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _record(f"line {number}", partial(OutcomeRecord.model_validate_json, line))


def _rows(text: str) -> Iterator[OutcomeRecord]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if text.strip() and not set(rows.fieldnames or ()) >= NEEDED:
        raise ValueError
    for row in rows:
        place = f"line {rows.line_num}"
        if None in row:
            raise UnreadableDocument(f"the history: {place}: more cells than the first line names")
        filled = {name: value for name, value in row.items() if value}
        yield _record(place, partial(OutcomeRecord.model_validate_strings, filled))


def _record(place: str, read: Callable[[], OutcomeRecord]) -> OutcomeRecord:
    try:
        return read()
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        fields = (name for name in first["loc"] if name in OutcomeRecord.model_fields)
        where = ": ".join((place, *map(str, fields)))
        raise UnreadableDocument(f"the history: {where}: {first['msg']}") from None


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
