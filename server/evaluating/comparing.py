"""Two evaluations of the same cases: which cases turned, and whether that is more than chance.

Two versions of a prompt, a policy or a rule are compared by evaluating each and keeping the first
report: ``--json > before.json``, change, ``--against before.json``.
"""

from math import comb

from pydantic import Field

from nodes.audit import Model, Used
from nodes.errors import UnreadableDocument
from server.evaluating.report import EvaluationReport


class Difference(Model):
    """What turned between two reports; ``p`` is McNemar's exact test on the cases that did."""

    node: str
    same_cases: bool = Field(description="Both are of the same file, to the byte")
    cases: int = Field(ge=0, description="Cases that both have")
    mended: tuple[str, ...]
    broken: tuple[str, ...]
    p: float = Field(ge=0, le=1)
    came: tuple[Used, ...] = Field(description="Versions only the later report used")
    went: tuple[Used, ...]
    slower: float | None = Field(description="Median time now by that before")
    tokens: int = Field(description="Tokens now less those before")


def compare(before: EvaluationReport, now: EvaluationReport) -> Difference:
    """Compare case by case; raises UnreadableDocument for reports of two nodes."""
    if before.node != now.node:
        raise UnreadableDocument("the earlier report is of another node")
    was = {one.id: one.right for one in before.cases}
    both = [one for one in now.cases if one.id in was]
    mended = tuple(one.id for one in both if one.right and not was[one.id])
    broken = tuple(one.id for one in both if not one.right and was[one.id])
    median = before.spent(0.5)
    return Difference(
        node=now.node,
        same_cases=before.cases_sha256 == now.cases_sha256,
        cases=len(both),
        mended=mended,
        broken=broken,
        p=mcnemar(len(mended), len(broken)),
        came=tuple(one for one in now.used if one not in before.used),
        went=tuple(one for one in before.used if one not in now.used),
        slower=now.spent(0.5) / median if median else None,
        tokens=tokens(now) - tokens(before),
    )


def tokens(report: EvaluationReport) -> int:
    """Give all tokens an evaluation took, both ways."""
    return sum(one.input_tokens + one.output_tokens for one in report.cases)


def mcnemar(one: int, other: int) -> float:
    """Give the two-sided exact probability that so uneven a split is chance."""
    all_of = one + other
    tail = sum(comb(all_of, k) for k in range(min(one, other) + 1))
    return min(1.0, 2 * float(tail) / float(2**all_of))
