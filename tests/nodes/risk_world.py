"""Invented outcomes and assessments for the tests of risk."""

from datetime import date, timedelta
from random import Random

from nodes.assessment import Assessment, Criterion, Evidence, Gap, PolicyRef
from nodes.chart import Fact
from nodes.predict_denial import PredictDenialRequest, predict_denial
from nodes.risk.likelihood import expit
from nodes.risk.outcomes import OutcomeCount, OutcomeRecord, RiskCell

TODAY = date(2026, 11, 20)
CELL = {
    "payer": "P1",
    "line_of_business": "commercial",
    "service_group": "IMAGING",
    "service_code": "72148",
}
POLICY = PolicyRef(
    id="test.policy", version="2026-01-01.1", title="A policy", source="Own", verification="read",
    effective_from=date(2026, 1, 1), review_by=date(2027, 1, 1), sha256="0" * 64,
)  # fmt: skip


def record(denied=False, on=TODAY, **changes):
    return OutcomeRecord(**(CELL | {"decided_on": on, "denied": denied} | changes))


def count(decided, denied, on=TODAY, **changes):
    fields = {"decided_on": on, "decided": decided, "denied": denied}
    return OutcomeCount(**(CELL | fields | changes))


def gap(criterion, kind="absent"):
    return Gap(criterion=criterion, kind=kind, ask=f"Show {criterion}")


def criterion(name, status="met", facts=()):
    shown = tuple(Evidence(fact=one, quote="said so") for one in facts)
    return Criterion(
        id=name, depth=0, operator="code_present", text=name, status=status, evidence=shown,
        reason="so",
    )  # fmt: skip


def assessment(*gaps, blocking=(), status="unknown", criteria=(), facts=(), missing_sets=()):
    return Assessment(
        policy=POLICY, as_of=TODAY, status=status, criteria=criteria, gaps=gaps, met=0, required=3,
        blocking=blocking, facts=facts, missing_sets=missing_sets,
    )  # fmt: skip


def noted(name):
    return Fact(id=name, kind="statement", quote="said so", why="test")


def predict(**changes):
    fields = {"about": RiskCell(**CELL), "as_of": TODAY}
    return predict_denial(PredictDenialRequest(**(fields | changes)))


def generated(size, seed, first=date(2024, 1, 1), days=1000):
    """Decisions of a world with true rates by payer, line, group and service."""
    dice = Random(seed)
    truth = Random(7)
    payers = [(f"P{n}", truth.gauss(-1.4, 0.5)) for n in range(8)]
    groups = [(f"G{n}", truth.gauss(0, 0.5)) for n in range(6)]
    lines = (("commercial", 0.0), ("medicare_advantage", -0.3), ("medicaid", 0.3))
    services = {
        (payer, group, n): truth.gauss(0, 0.5)
        for payer, _ in payers
        for group, _ in groups
        for n in range(12)
    }
    made = []
    for _ in range(size):
        (payer, of_payer), (group, of_group) = dice.choice(payers), dice.choice(groups)
        line, of_line = dice.choice(lines)
        service = min(int(dice.expovariate(0.4)), 11)
        rate = expit(of_payer + of_group + of_line + services[payer, group, service])
        made.append(
            OutcomeRecord(
                payer=payer,
                line_of_business=line,
                service_group=group,
                service_code=f"{group}{service:02}",
                decided_on=first + timedelta(days=dice.randrange(days)),
                denied=dice.random() < rate,
            )
        )
    return made
