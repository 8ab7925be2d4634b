"""Policy checks a second on one core, beside the rule engines of others on the same rule.

The chart is read from FHIR before the clock starts, for everyone; what is measured is a chart's
resources to an answer (ours: indexing, deciding, evidence, gaps; the engines on flat facts: our
own flattening by hand, written for this one rule) and, for those engines, the rule alone.
"""

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

from nodes.chart import Chart, Manifest, Search
from nodes.fhir.facts import readings
from nodes.policy.assess import assess
from nodes.policy.library import Held, read, shipped
from nodes.policy.logic import statuses
from tests.bench.policy_rule import DRUG, LOW, ORDERED, SINCE, bundle, no_diabetes, without
from tests.nodes.policy_world import CGM, case
from tests.world import case_and_chart

ROOT = Path(__file__).parent.parent.parent
SECONDS = 1.0
TODAY = date(2026, 11, 20)
SMALL, LARGE = 3000, 50
RIGHT = {"all": "met", "no visit": "unknown", "no drugs": "met", "refuted, no visit": "not met"}


def chart(resources: list[dict]) -> Chart:
    """Make our chart of the resources."""
    search = Search(query="patient", pages=1, read=len(resources), kept=len(resources))
    return Chart(
        patient="Patient/p1",
        facts=tuple(one.fact("bench") for item in resources for one in readings(item)),
        notes=(),
        manifest=Manifest(
            ehr="bench",
            at=datetime(2026, 11, 20, tzinfo=UTC),
            since=date(2024, 11, 20),
            searches=(search,),
        ),
    )


def rule() -> Held:
    """Read the rule as a policy of ours."""
    return read((Path(__file__).parent / "policy_rule.yaml").read_text())


def rate(run) -> float:
    """Count calls a second of CPU time."""
    run()
    began, count = process_time(), 0
    while process_time() - began < SECONDS:
        run()
        count += 1
    return count / (process_time() - began)


def ours(given: dict[str, list[dict]]) -> dict:
    """Run the rule in this product."""
    held, asked, ready = rule(), case(CGM, ("E11.65",), "medicare"), chart(given["all"])
    found = {one.id: one.status for one in assess(held, asked, ready, TODAY).criteria}
    return {
        "answers": answers(),
        "chart": rate(lambda: assess(held, asked, ready, TODAY)),
        "rule": rate(lambda: statuses(held.compiled.tree, found)),
    }


def others(given: dict[str, list[dict]]) -> dict:
    """Run the rule in the engines of others, in their own environment."""
    folder = subprocess.run(
        [ROOT / ".ci" / "engines"], check=True, capture_output=True, text=True
    ).stdout.strip()
    told = {
        "charts": given,
        "low": LOW,
        "drug": DRUG,
        "since": SINCE.isoformat(),
        "ordered": ORDERED.isoformat(),
    }
    run = subprocess.run(
        [f"{folder}/python/bin/python", Path(__file__).parent / "policy_others.py"],
        input=json.dumps(told),
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


def charts() -> dict[str, list[dict]]:
    """The whole chart, and those in which something is missing or taken back."""
    whole = bundle(80)
    return {
        "all": whole,
        "no visit": without(whole, "Encounter"),
        "no drugs": without(whole, "MedicationRequest"),
        "refuted, no visit": no_diabetes(without(whole, "Encounter")),
    }


def answers() -> dict[str, str]:
    """Answer the rule on each chart by this product."""
    held, asked = rule(), case(CGM, ("E11.65",), "medicare")
    told = {name: assess(held, asked, chart(one), TODAY) for name, one in charts().items()}
    return {name: one.status.replace("_", " ") for name, one in told.items()}


def compared() -> dict:
    """Every engine's answers and rates."""
    return {"check-policy": ours(charts())} | others(charts())


def report() -> None:
    """Print the tables."""
    found = compared()
    base = found["check-policy"]["chart"]
    print("\nOne rule (diabetes, and insulin or two lows, and a visit in 6 months), 80 resources")
    print(f"{'':<14}{'charts/s':>10}{'of ours':>9}{'rule alone/s':>14}  answers: right is", end=" ")
    print(", ".join(f"{name} {answer}" for name, answer in RIGHT.items()))
    for name, one in found.items():
        alone = f"{one['rule']:>14,.0f}" if one["rule"] else f"{'':>14}"
        wrong = [
            f"{kind}: {one['answers'][kind]}"
            for kind, answer in RIGHT.items()
            if one["answers"][kind] != answer
        ]
        print(f"{name:<14}{one['chart']:>10,.0f}{one['chart'] / base:>9.2f}{alone}", end="  ")
        print(f"missing is {'right' if not wrong else 'WRONG (' + '; '.join(wrong) + ')'}")
    shipped_rates()


def shipped_rates() -> None:
    """Print how often a second shipped policies are decided, with all evidence and gaps."""
    held = next(one for one in shipped().held if one.policy.id == "cms.l33822.cgm.initial")
    asked = case(CGM, ("E11.65",), "medicare")
    print("\nShipped policies, checks a second on one core, indexing included")
    for size, floor in ((80, SMALL), (4800, LARGE)):
        ready = chart(bundle(size))
        found = rate(lambda ready=ready: assess(held, asked, ready, TODAY))
        mark = "" if found >= floor else f"  BELOW THE FLOOR OF {floor}"
        print(f"{held.policy.id}, {size:>5} resources, no notes{found:>10,.0f}{mark}")
    for who in ("okafor", "nguyen", "lopez"):
        asked, told = case_and_chart(who)
        held = shipped().choose(asked)
        found = rate(lambda held=held, asked=asked, told=told: assess(held, asked, told, TODAY))
        length = sum(len(one.text) for one in told.notes)
        about = f"{held.policy.id}, {len(told.facts)} facts, {length} characters of notes"
        print(f"{about:<66}{found:>6,.0f}")


if __name__ == "__main__":
    report()
