"""The ``requirement`` commands: look at the rules in force, find their faults, ask them."""

import sys
import textwrap
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from nodes.check_requirement import CheckRequirementRequest, check_requirement
from nodes.errors import NotConfigured
from nodes.requirement import library
from nodes.requirement.answer import LineRequirement
from nodes.requirement.lint import Finding, lint
from nodes.requirement.question import AskedLine, RequirementQuestion
from nodes.requirement.table import RequirementRow, RequirementTable


def run(asked: Namespace) -> int:
    """List, lint or ask."""
    return {"list": listed, "lint": linted, "check": checked}[asked.action](asked)


def listed(asked: Namespace) -> int:
    """List every rule in force, of one payer if named."""
    wanted = (asked.payer or "").strip().casefold()
    for table in library.in_force().tables:
        rows = [row for row in table.rows if not wanted or wanted in _payers(row)]
        if rows:
            print(f"{table.title}  ({table.id}, {table.version})")
        for row in rows:
            print(f"  {row.id:<26}{row.needed:<13}{_since(row):<26}{_scope(table, row)}")
    return 0


def _payers(row: RequirementRow) -> set[str]:
    return {one.casefold() for one in row.payers}


def _since(row: RequirementRow) -> str:
    last = f" to {row.effective.last}" if row.effective.last else ""
    return f"from {row.effective.first}{last}"


def _scope(table: RequirementTable, row: RequirementRow) -> str:
    """The circumstances and codes, cut to what fits a line."""
    parts = [
        *row.payers,
        *row.lines_of_business,
        *(f"in {','.join(row.states)}" for _ in row.states[:1]),
        *(f"not in {','.join(row.not_states)}" for _ in row.not_states[:1]),
        *(f"at {','.join(row.places)}" for _ in row.places[:1]),
        *row.urgencies,
    ]
    codes = ", ".join(code for group in table.groups(row) for code in group.codes)
    return textwrap.shorten(f"{' '.join(parts)}: {codes}", 100, placeholder=" ...")


def linted(asked: Namespace) -> int:
    """Check a file, a folder beside those shipped, or what is in force; 1 when there are errors."""
    try:
        held = library.Requirements(_held(asked.path))
    except NotConfigured as error:
        print("\n".join(one.detail for one in error.complaints) or str(error))
        return 1
    found = lint(held, _today(asked))
    for one in found:
        print(f"{one.severity:<9}{one.place:<34}{one.words}")
    rows = sum(len(table.rows) for table in held.tables)
    errors = [one for one in found if one.severity == "error"]
    print(_sum(rows, len(held.tables), found, errors))
    return 1 if errors else 0


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
        service_state=asked.state,
        place_of_service=asked.place,
        urgency=asked.urgency,
        on=asked.on or _today(asked),
        age=asked.age,
        diagnoses=tuple(asked.diagnosis) if asked.diagnosis else None,
        lines=(AskedLine(system=system, code=code, quantity=asked.quantity),),
    )


def told(line: LineRequirement) -> list[str]:
    """One line's answer, for a person."""
    said = [f"{line.code} on {line.on}: {line.needed.upper()}", f"  {line.reason}."]
    said += [f"  ask: {one.ask}" for one in line.questions]
    said += [f"  missing: {one}" for one in line.missing]
    if line.rule:
        rule = line.rule
        place = f", {rule.locator}" if rule.locator else ""
        said += [
            f"  rule: {rule.id}, in force from {rule.effective_from}",
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
