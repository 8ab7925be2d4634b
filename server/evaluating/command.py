"""``prior-auth evaluate NODE``: cases with known answers, gates, comparison, drift, corrections."""

from argparse import Namespace
from pathlib import Path

from pydantic import ValidationError

from nodes.errors import UnreadableDocument
from server.commands import content
from server.evaluating import adopting, cases, comparing, drift, gates, negation, telling
from server.evaluating.gates import Gates
from server.evaluating.report import EvaluationReport
from server.evaluating.running import run as evaluated
from server.outcomes import outcomes


def run(asked: Namespace) -> int:
    """Evaluate one node, or all that have cases; 1 when a gate does not hold."""
    if getattr(asked, "set", None):
        return _public_set(Path(asked.set))
    chosen = _chosen(asked)
    floors = _floors(asked)
    failed = False
    for number, path in enumerate(chosen):
        told, sha = cases.read(path)
        _fits(told.node, asked.action, path.name)
        report = evaluated(told, sha, asked.writer)
        held = gates.passed(floors.gates, report)
        failed = failed or not all(one.ok for one in held)
        if asked.json:
            print(report.model_dump_json(indent=2))
            continue
        lines = [""] * bool(number) + telling.report(report, asked.price, asked.wrong)
        if asked.against:
            lines += ["", *telling.difference(comparing.compare(_earlier(asked.against), report))]
        print("\n".join([*lines, *([""] if held else []), *telling.gates(held)]))
    return int(failed)


def look_for_drift(asked: Namespace) -> int:
    """Compare two periods; 1 when something changed that a person should look at."""
    told = drift.drift(_period(asked.before, "before"), _period(asked.now, "now"))
    print(told.model_dump_json(indent=2) if asked.json else "\n".join(telling.drift(told)))
    return int(told.drifted)


def _period(file: str, name: str) -> tuple[drift.DriftRecord, ...]:
    """Read a period's records: of any kind, or outcomes as predict-denial takes them."""
    raw = content(file)
    if b"decided_on" in raw:
        return drift.of_outcomes(outcomes(raw))
    return drift.records(raw, f"the period {name}")


def adopt(asked: Namespace) -> int:
    """Make a case of a reviewer's correction."""
    raw = content(asked.correction)
    if asked.request:
        told = adopting.of_packet(raw, Path(asked.request).read_bytes(), asked.id)
    else:
        told = adopting.correction(raw)
    number = adopting.adopt(told, Path(asked.to))
    print(f"{asked.to} has {number} cases now; it holds PHI: keep it as you keep charts")
    return 0


def _fits(node: str, action: str, file: str) -> None:
    if node not in cases.names():
        raise UnreadableDocument(f"evaluation cases {file}: node: nothing scores it")
    if action not in (node, "all"):
        raise UnreadableDocument(f"evaluation cases {file}: node: they are not of {action}")


def _public_set(path: Path) -> int:
    told = negation.measure(negation.read(path))
    print("\n".join(telling.measured(path.name, told)))
    return 0 if told.f1 else 1


def _chosen(asked: Namespace) -> list[Path]:
    if asked.cases:
        return [Path(asked.cases)]
    named = cases.names() if asked.action == "all" else (asked.action,)
    found = [path for name in named if (path := cases.shipped(name)).exists()]
    if not found:
        raise UnreadableDocument("no evaluation cases are here: name a file with --cases")
    return found


def _floors(asked: Namespace) -> Gates:
    if asked.gates:
        return gates.read(Path(asked.gates))
    own = cases.SHIPPED / "gates.yaml"
    return gates.read(own) if own.exists() and not asked.cases else Gates(gates=())


def _earlier(path: str) -> EvaluationReport:
    try:
        return EvaluationReport.model_validate_json(Path(path).read_bytes())
    except ValidationError:
        raise UnreadableDocument("the earlier report: it is none of `--json`") from None
