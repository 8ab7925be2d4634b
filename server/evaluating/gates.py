"""Gates of a release: what must be measured at least, per node, before it may be shipped."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from nodes.audit import Model
from nodes.errors import UnreadableDocument
from nodes.policy.yaml_data import data
from server.evaluating.report import EvaluationReport


class Gate(Model):
    """One floor; ``on`` says whether the value itself or the interval's lower end must reach it."""

    node: str
    metric: str
    measure: Literal["accuracy", "precision", "recall", "f1"]
    least: int = Field(ge=0, le=1000, description="Per mille")
    on: Literal["value", "low"] = "value"
    kind: str | None = Field(default=None, description="Only this stratum")


class Gates(Model):
    """The floors of a release."""

    gates: tuple[Gate, ...]


class Passed(Model):
    """A gate and what was measured; none: there was nothing to measure, which is a failure."""

    gate: Gate
    measured: float | None

    @property
    def ok(self) -> bool:
        """Whether it holds."""
        return self.measured is not None and round(self.measured * 1000, 6) >= self.gate.least


def read(path: Path) -> Gates:
    """Read the file; raises UnreadableDocument."""
    try:
        return Gates.model_validate_json(json.dumps(data(path.read_text(), "gates")))
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise UnreadableDocument(f"gates {path.name}: {place}: {first['msg']}") from None


def passed(gates: Iterable[Gate], report: EvaluationReport) -> list[Passed]:
    """Hold a report against the gates of its node."""
    return [Passed(gate=one, measured=_measured(one, report)) for one in gates if
            one.node == report.node]  # fmt: skip


def _measured(gate: Gate, report: EvaluationReport) -> float | None:
    measures = report.strata.get(gate.kind, ()) if gate.kind else report.measures
    for one in measures:
        if one.metric == gate.metric:
            rate = getattr(one, gate.measure)
            return None if rate is None else float(getattr(rate, gate.on))
    return None
