"""What an evaluation found: measures over all and by stratum, each case, time and tokens."""

from collections import Counter
from collections.abc import Sequence

from pydantic import Field

from nodes.audit import Model, Sha256, Used
from server.evaluating.measuring import Counts, Measure, measure
from server.evaluating.point import Point


class CaseResult(Model):
    """One case: what was counted under each metric, and what went wrong, for people."""

    id: str
    kind: str | None
    counted: dict[str, Counts]
    wrong: tuple[str, ...] = ()
    refused: str | None = Field(default=None, description="The problem's name, if it was refused")
    milliseconds: float = Field(ge=0)
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    writer: str | None = None

    @property
    def right(self) -> bool:
        """Whether nothing was missed and nothing said that is wrong."""
        bad = (one.get("miss", 0) + one.get("false_alarm", 0) for one in self.counted.values())
        return not self.refused and not sum(bad)


class EvaluationReport(Model):
    """An evaluation of one set; ``used`` names the versions of policies, prompts and models."""

    node: str
    about: str
    cases_sha256: Sha256
    version: str = Field(description="Of the product")
    used: tuple[Used, ...]
    measures: tuple[Measure, ...]
    strata: dict[str, tuple[Measure, ...]]
    cases: tuple[CaseResult, ...]

    @property
    def refused(self) -> int:
        """How many requests were refused."""
        return sum(one.refused is not None for one in self.cases)

    def spent(self, share: float) -> float:
        """Give a quantile of the milliseconds that a case took."""
        times = sorted(one.milliseconds for one in self.cases)
        return times[min(len(times) - 1, int(share * len(times)))]


def counted(points: Sequence[Point]) -> dict[str, Counts]:
    """Count the points of a case by metric."""
    tally = Counter((one.metric, one.kind) for one in points)
    found: dict[str, Counts] = {}
    for (metric, kind), number in tally.items():
        found.setdefault(metric, {})[kind] = number
    return found


def measures(cases: Sequence[CaseResult]) -> tuple[Measure, ...]:
    """Measure every metric over the cases that counted for it."""
    names = dict.fromkeys(name for one in cases for name in one.counted)
    return tuple(
        measure(name, [one.counted[name] for one in cases if name in one.counted]) for name in names
    )


def by_kind(cases: Sequence[CaseResult]) -> dict[str, tuple[Measure, ...]]:
    """Measure each stratum by itself."""
    kinds = dict.fromkeys(one.kind for one in cases if one.kind)
    return {kind: measures([one for one in cases if one.kind == kind]) for kind in kinds}
