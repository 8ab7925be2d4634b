"""An evaluation, a comparison or a drift report as lines for a terminal, 100 columns at most."""

from collections.abc import Iterable
from textwrap import shorten, wrap

from server.evaluating.comparing import Difference, tokens
from server.evaluating.drift import DriftReport, Forecasts
from server.evaluating.gates import Passed
from server.evaluating.measuring import Measure, Rate
from server.evaluating.report import EvaluationReport

WIDTH = 100


def report(told: EvaluationReport, price: tuple[float, float] | None, wrong: bool) -> list[str]:
    """Say what was measured; with ``wrong`` each case that is not right."""
    right = sum(one.right for one in told.cases)
    lines = [f"{told.node}: {len(told.cases)} cases, {right} without a fault"]
    lines += wrap(told.about, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
    lines += [f"  {told.spent(0.5):.1f} ms a case, {told.spent(0.95):.1f} ms at most for 95 of 100;"
              f" {_cost(told, price)}"]  # fmt: skip
    if told.refused:
        lines.append(f"  {told.refused} refused against expectation")
    lines += ["", _HEAD, *map(_row, told.measures)]
    for kind, measures in told.strata.items():
        lines += [f"  {kind}", *map(_row, measures)]
    return lines + (_wrong(told) if wrong else [])


def measured(name: str, told: Measure) -> list[str]:
    """Say one measure of a set that has no cases of ours."""
    counts = f"{told.hits} hits, {told.misses} misses, {told.false_alarms} false alarms"
    return [f"{name}: {counts}, {told.silences} rightly silent", "", _HEAD, _row(told)]


def gates(held: Iterable[Passed]) -> list[str]:
    """Say which gates hold."""
    lines = []
    for one in held:
        measured = "nothing measured" if one.measured is None else f"{one.measured:.3f}"
        of = f" ({one.gate.kind})" if one.gate.kind else ""
        low = "lower end of " if one.gate.on == "low" else ""
        lines.append(
            f"{'ok  ' if one.ok else 'FAIL'} {one.gate.node}: {low}{one.gate.measure} of"
            f" {one.gate.metric}{of} {measured}, at least {one.gate.least / 1000:.3f}"
        )
    return lines


def difference(told: Difference) -> list[str]:
    """Say what turned between two reports."""
    lines = [
        f"against the earlier report: {told.cases} cases in both,"
        f" {len(told.mended)} mended, {len(told.broken)} broken (McNemar p = {told.p:.3f})"
    ]
    if not told.same_cases:
        lines.append("  the cases are not the same file: compare with care")
    lines += _list("  mended", told.mended) + _list("  broken", told.broken)
    for name, used in (("now", told.came), ("before", told.went)):
        lines += [
            f"  {name}: {one.kind} {one.id} {one.version} ({one.sha256[:12]})" for one in used
        ]
    if told.slower is not None:
        lines.append(f"  time a case {told.slower:.2f} of before, tokens {told.tokens:+d}")
    return lines


def drift(told: DriftReport) -> list[str]:
    """Say what changed between two periods."""
    lines = [f"{'field':<22}{'before':>8}{'now':>8}{'PSI':>8}{'p':>8}  most changed"]
    for mix in told.mixes:
        lines.append(
            f"{shorten(mix.field, 22):<22}{mix.before:>8}{mix.now:>8}{mix.psi:>8.3f}{mix.p:>8.3f}"
            f"  {shorten(mix.most, 30)} ({mix.level})"
        )
    for rate in told.rates:
        mark = " *" if rate.sure else ""
        lines.append(
            f"{rate.name.replace('_', ' '):<22}{rate.before.value:>8.3f}{rate.now.value:>8.3f}"
            f"  change {rate.change:+.3f} ({rate.low:+.3f} to {rate.high:+.3f}){mark}"
        )
    for name, one in zip(("before", "now"), told.forecasts, strict=True):
        lines += [_forecasts(name, one)] if one else []
    return [*lines, *(f"warning: {one}" for one in told.warnings)]


def _forecasts(name: str, one: Forecasts) -> str:
    return (
        f"forecasts {name} ({one.of}): in the large {one.in_the_large:+.3f}, Brier"
        f" {one.brier:.4f}, ECE {one.ece:.3f}"
    )


def _cost(told: EvaluationReport, price: tuple[float, float] | None) -> str:
    every = tokens(told)
    if not every:
        return "no model was asked"
    said = f"{every} tokens"
    if price is None:
        return said
    asked = sum(one.input_tokens for one in told.cases)
    paid = (asked * price[0] + (every - asked) * price[1]) / 1e6
    return f"{said}, {paid:.4f} at the prices given"


_HEAD = f"    {'metric':<26}{'precision':>20}{'recall':>20}{'F1':>20}{'right':>7}"


def _row(one: Measure) -> str:
    right = "" if one.accuracy is None else f"{one.accuracy.value:.3f}"
    rates = "".join(f"{_rate(rate):>20}" for rate in (one.precision, one.recall, one.f1))
    return f"    {shorten(one.metric, 26):<26}{rates}{right:>7}"


def _rate(one: Rate | None) -> str:
    return "" if one is None else f"{one.value:.3f} ({one.low:.2f}-{one.high:.2f})"


def _wrong(told: EvaluationReport) -> list[str]:
    lines = [""]
    for one in told.cases:
        if not one.right:
            lines.append(f"{one.id}{f': refused, {one.refused}' if one.refused else ''}")
            lines += [shorten(f"    {fault}", WIDTH) for fault in one.wrong]
    return lines


def _list(name: str, ids: tuple[str, ...]) -> list[str]:
    return wrap(f"{name.strip()}: {', '.join(ids)}", WIDTH, initial_indent="  ",
                subsequent_indent="    ") if ids else []  # fmt: skip
