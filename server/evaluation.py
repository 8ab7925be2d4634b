"""``prior-auth evaluate``: how good the numbers were, on the caller's own outcomes."""

import csv
import io
import json
from argparse import Namespace

from pydantic import TypeAdapter, ValidationError

from nodes.errors import UnreadableDocument
from nodes.risk.evaluation import DenialReport, Score, evaluate
from nodes.risk.outcomes import OutcomeRecord
from nodes.risk.weights import shipped
from server.commands import content

RECORDS = TypeAdapter(tuple[OutcomeRecord, ...])
SHAPE = "payer, line_of_business, service_group, service_code, decided_on, denied"


def run(asked: Namespace) -> int:
    """Measure the base rates of predict-denial on a history; 1 when nothing could be measured."""
    records = outcomes(content(asked.history))
    report = evaluate(records, shipped()[0], asked.split, asked.half_life)
    if asked.json:
        print(report.model_dump_json(indent=2))
    else:
        print("\n".join(told(report)))
    return 0 if report.scores else 1


def outcomes(raw: bytes) -> tuple[OutcomeRecord, ...]:
    """Read outcomes: a JSON list, JSON lines, or CSV with the names in its first line."""
    try:
        text = raw.decode("utf-8-sig")
        if text.lstrip()[:1] == "[":
            return RECORDS.validate_json(text)
        if text.lstrip()[:1] == "{":
            lines = [json.loads(line) for line in text.splitlines() if line.strip()]
            return RECORDS.validate_json(json.dumps(lines))
        rows = csv.DictReader(io.StringIO(text))
        return tuple(OutcomeRecord.model_validate_strings(_filled(row)) for row in rows)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise UnreadableDocument(f"the history: {place}: {first['msg']}") from None
    except (ValueError, csv.Error):
        raise UnreadableDocument(f"the history is no JSON and no CSV with {SHAPE}") from None


def _filled(row: dict[str, str]) -> dict[str, str]:
    """A row without its empty cells."""
    return {name: value for name, value in row.items() if name and value}


def told(report: DenialReport) -> list[str]:
    """The report for a person."""
    learned, came = _denied(report.learned_rate), _denied(report.foretold_rate)
    said = [
        f"learned from {report.learned} outcomes before {report.split}{learned}",
        f"foretold     {report.foretold} outcomes from then on{came}",
    ]
    if report.scores:
        said += ["", _HEAD, *map(_row, report.scores), "", *_NOTES]
    return [*said, *(f"warning: {one}" for one in report.warnings)]


def _denied(rate: float | None) -> str:
    return "" if rate is None else f", {100 * rate:.1f} % denied"


_HEAD = (
    f"{'model':<32}{'Brier':>8}{'skill':>8}{'log loss':>10}{'in large':>10}{'slope':>7}"
    f"{'ECE (90 %)':>22}{'AUROC':>7}"
)
_NOTES = (
    "skill: 1 - Brier / Brier of the base rate.  in large: mean forecast less what came.",
    "slope: 1 is calibrated, below 1 too extreme.  ECE: ten bins of equal mass.",
    "The bootstrap adds its own noise: the interval of a small ECE sits high.",
)


def _row(one: Score) -> str:
    low, high = one.ece_interval
    error = f"{one.ece:.3f} ({low:.3f}-{high:.3f})"
    return (
        f"{one.model:<32}{one.brier:>8.4f}{_number(one.skill, 3):>8}{one.log_loss:>10.4f}"
        f"{one.in_the_large:>+10.3f}{_number(one.slope, 2):>7}{error:>22}{_number(one.auroc, 3):>7}"
    )


def _number(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:.{places}f}"
