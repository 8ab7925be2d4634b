"""The ``requirement`` commands: look at the rules in force, find their faults, ask them."""

import sys
import textwrap
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from nodes.check_requirement import CheckRequirementRequest, check_requirement
from nodes.errors import NotConfigured
from nodes.requirement import library
from nodes.requirement.answer import LineRequirement, RuleRef
from nodes.requirement.lint import Finding, lint
from nodes.requirement.question import AskedLine, RequirementQuestion
from nodes.requirement.table import Bounds, CodeGroup, RequirementRow, RequirementTable


def run(asked: Namespace) -> int:
    """List, lint or ask."""
    return {"list": listed, "lint": linted, "check": checked}[asked.action](asked)


def listed(asked: Namespace) -> int:
    """List every rule in force; of a payer its own, and say where rules for any payer hold too."""
    wanted = (asked.payer or "").strip().casefold()
    tables = library.in_force().tables
    own = {one for table in tables for row in table.rows for one in _payers(row)}
    general = bool(wanted) and wanted not in own
    if general:
        print("No rule held here names this payer. Rules for any payer of a line of business:")
    for table in tables:
        rows = [row for row in table.rows if not wanted or _shown(row, wanted, general)]
        if rows:
            print("\n".join(_wrapped(f"{table.title} ({table.id}, {table.version})", 0)))
        for row in rows:
            print("\n".join(_row(table, row)))
    if wanted and not general:
        lines = sorted({one for table in tables for row in table.rows if row.any_payer
                        for one in row.lines_of_business})  # fmt: skip
        said = f"For {', '.join(lines)} the rules for any payer hold too: leave out --payer."
        print("\n".join(_wrapped(said, 0)) if lines else "", end="\n" if lines else "")
    return 0


def _shown(row: RequirementRow, wanted: str, general: bool) -> bool:
    return bool(row.any_payer) if general else wanted in _payers(row)


def _payers(row: RequirementRow) -> set[str]:
    return {one.casefold() for one in row.payers}


def _row(table: RequirementTable, row: RequirementRow) -> list[str]:
    """A rule: its answer and time, every circumstance, and as many codes as fit two lines."""
    last = f" to {row.effective.last}" if row.effective.last else ""
    codes = ", ".join(_codes(table.groups(row)))
    return [
        *_wrapped(f"{row.id}: {row.needed}, from {row.effective.first}{last}", 2),
        *_wrapped("; ".join(_circumstances(table, row)), 6),
        *textwrap.wrap(codes, 79, initial_indent=" " * 6, subsequent_indent=" " * 6,
                       max_lines=2, placeholder=" ..."),
    ]  # fmt: skip


def _circumstances(table: RequirementTable, row: RequirementRow) -> list[str]:
    named: tuple[tuple[str, Sequence[str]], ...] = (
        ("payer", row.payers),
        ("", row.lines_of_business),
        ("plan", row.plans),
        ("in", row.states),
        ("not in", row.not_states),
        ("patient of", row.member_states),
        ("at", row.places),
        ("", row.urgencies),
        ("billed with", row.modifiers),
        ("diagnosis", row.diagnoses),
        ("same day as", _codes(table.code_sets[row.together]) if row.together else ()),
    )
    words = [f"{name} {', '.join(values)}".strip() for name, values in named if values]
    words += [f"age {_bounds(row.age)}"] if row.age else []
    words += [f"quantity {_bounds(row.quantity)} ({row.quantity.unit})"] if row.quantity else []
    return words


def _codes(groups: Iterable[CodeGroup]) -> list[str]:
    return [code for group in groups for code in group.codes]


def _bounds(limits: Bounds) -> str:
    ends = (("at least", limits.at_least), ("at most", limits.at_most))
    return " ".join(f"{word} {end}" for word, end in ends if end is not None)


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, 79, initial_indent=" " * indent, subsequent_indent=" " * (indent + 4)
    )


def linted(asked: Namespace) -> int:
    """Check a file, a folder beside those shipped, or what is in force; 1 when there are errors."""
    try:
        held = library.Requirements(_held(asked.path))
    except NotConfigured as error:
        print("\n".join(one.detail for one in error.complaints) or str(error))
        return 1
    found = lint(held, _today(asked))
    own = _own(asked.path)
    for name in sorted(own & {one.table.id for one in library.shipped()}):
        print(f"{'note':<9}{name:<34}goes before the shipped table of this id")
    if asked.path and not own:
        print(f"no tables: a folder has them as <id>.yaml, and {asked.path} has none")
        return 1
    for one in found:
        print(f"{one.severity:<9}{one.place:<34}{one.words}")
    rows = sum(len(table.rows) for table in held.tables)
    errors = [one for one in found if one.severity == "error"]
    print(_sum(rows, len(held.tables), found, errors))
    return 1 if errors else 0


def _own(path: str | None) -> set[str]:
    """The ids of the tables that a file or folder has, or the settings' folder."""
    if path is None:
        return {one.table.id for one in library.in_force().held if one not in library.shipped()}
    own = Path(path)
    read = library.folder(own) if own.is_dir() else [library.read(own.read_bytes(), own.name)]
    return {one.table.id for one in read}


def _held(path: str | None) -> list[library.Held]:
    if path is None:
        return list(library.in_force().held)
    own = Path(path)
    if own.is_dir():
        return [*library.shipped(), *library.folder(own)]
    return [*library.shipped(), library.read(own.read_bytes(), own.name)]


def _sum(rows: int, tables: int, found: list[Finding], errors: list[Finding]) -> str:
    state = f"{len(errors)} errors" if errors else "in order"
    return f"{state}: {rows} rules in {tables} tables, {len(found) - len(errors)} warnings"


def checked(asked: Namespace) -> int:
    """Ask about one code, and print the answer for a person."""
    try:
        request = CheckRequirementRequest(question=_question(asked), as_of=_today(asked))
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_context=False):
            place = "/".join(map(str, fault["loc"]))
            said = fault["msg"].removeprefix("Value error, ")
            print(f"prior-auth: {place}: {said}", file=sys.stderr)
        return 2
    for line in check_requirement(request).lines:
        print("\n".join(told(line)))
    return 0


def _today(asked: Namespace) -> date:
    day: date = asked.as_of or datetime.now(UTC).date()
    return day


def _question(asked: Namespace) -> RequirementQuestion:
    code = asked.code.upper()
    system: Literal["CPT", "HCPCS"] = "CPT" if code[:1].isdigit() else "HCPCS"
    return RequirementQuestion(
        payer=asked.payer,
        line_of_business=asked.lob,
        plan_name=asked.plan,
        service_state=asked.state.strip().upper() if asked.state else None,
        place_of_service=asked.place,
        urgency=asked.urgency,
        on=asked.on or _today(asked),
        age=asked.age,
        diagnoses=tuple(asked.diagnosis) if asked.diagnosis else None,
        lines=(AskedLine(system=system, code=code, quantity=asked.quantity),),
    )


def _end(rule: RuleRef) -> str:
    return f" to {rule.effective_to}" if rule.effective_to else ""


def told(line: LineRequirement) -> list[str]:
    """One line's answer, for a person."""
    said = [f"{line.code} on {line.on}: {line.needed.upper()}", f"  {line.reason}."]
    said += [f"  ask: {one.ask}" for one in line.questions]
    said += [f"  missing: {one}" for one in line.missing]
    if line.rule:
        rule = line.rule
        place = f", {rule.locator}" if rule.locator else ""
        said += [
            f"  rule: {rule.id}, in force from {rule.effective_from}{_end(rule)}",
            *textwrap.wrap(
                f"source ({rule.verified}, checked {rule.checked}, {rule.age_days} days ago):"
                f" {rule.source}{place}",
                96, initial_indent="  ", subsequent_indent="    ",
            ),
        ]  # fmt: skip
        said += [f"  answered within: {rule.answered_within}"] if rule.answered_within else []
        said += textwrap.wrap(
            f"note: {rule.note}", 96, initial_indent="  ", subsequent_indent="    "
        ) if rule.note else []  # fmt: skip
    others = [one for one in line.considered if not line.rule or one != line.rule.id]
    said += [f"  also considered: {', '.join(others)}"] if others else []
    return said + [f"  warning: {one}" for one in line.warnings]
