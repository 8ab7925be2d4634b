"""Codes of a policy: their shape, and whether they are valid on its dates of service."""

import re
from collections.abc import Iterator
from datetime import date

from nodes.policy.model import Policy
from nodes.policy.parts import AnyNode, walk
from nodes.policy.remark import Remarks
from nodes.policy.tables import CodeChange, code_changes
from nodes.policy.value_set import Effective, Member

SHAPES = {
    "ICD-10-CM": r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?",
    "HCPCS": r"[A-VX-Z][0-9]{4}",
    "CPT": r"[0-9]{4}[0-9AFTUM]",
    "LOINC": r"[0-9]{1,6}-[0-9]",
    "RXNORM": r"[1-9][0-9]{0,7}",
    "SNOMED": r"[1-9][0-9]{5,17}",
    "CVX": r"[0-9]{2,3}",
    "NDC": r"[0-9]{9}(?:[0-9]{2})?",
    "REVENUE": r"[0-9]{3,4}",
}
PREFIXES = {"HCPCS": r"[A-VX-Z][0-9]{0,3}", "CPT": r"[0-9]{2,4}", "ICD-10-CM": r"[A-Z][0-9]?"}
NUCC = re.compile(r"[0-9]{3}[0-9A-Z](?:[0-9A-Z]{0,5}|[0-9A-Z]{5}X)", re.ASCII)
FIRST, LAST = date(1900, 1, 1), date(9999, 12, 31)


def codes(policy: Policy, remarks: Remarks) -> None:
    """Check services, value sets and specialties."""
    for service in policy.services:
        for code in service.codes:
            _shape(service.system, code, "exact", "services", remarks)
    _services(policy, remarks)
    for name, members in policy.value_sets.items():
        path = f"value_sets/{name}"
        for member in members:
            for code in member.codes:
                _shape(member.system, code, member.match, path, remarks)
        _dated(policy, name, members, remarks)
    for root in policy.roots:
        for part in walk(root):
            _taxonomy(part, remarks)


def _taxonomy(part: AnyNode, remarks: Remarks) -> None:
    for code in getattr(part, "taxonomy", ()):
        if not NUCC.fullmatch(code):
            remarks.error(
                part.id, "code-shape", f"{code} is no NUCC taxonomy code",
                "ten characters that end in X, or its first four or more",
            )  # fmt: skip


def _shape(system: str, code: str, match: str, path: str, remarks: Remarks) -> None:
    told = code[:20]
    if match == "prefix" and re.fullmatch(PREFIXES.get(system, "(?!)"), code, re.ASCII):
        return
    if not re.fullmatch(SHAPES[system], code, re.ASCII):
        remarks.error(path, "code-shape", f"{told} is no {system} code", "look for a mistyped sign")
    elif system == "LOINC" and not _mod10(code):
        remarks.error(
            path, "code-check-digit", f"the check digit of LOINC {told} is wrong",
            "look for a mistyped digit",
        )  # fmt: skip


def _mod10(code: str) -> bool:
    """Check a LOINC number: Luhn over the digits before the hyphen."""
    digits, check = code.split("-")
    doubled = (int(d) * 2 for d in digits[-1::-2])
    total = sum(d - 9 * (d > 9) for d in doubled) + sum(int(d) for d in digits[-2::-2])
    return (10 - total % 10) % 10 == int(check)


def _services(policy: Policy, remarks: Remarks) -> None:
    asked = {(one.system, code) for one in policy.services for code in one.codes}
    for system, code in sorted(asked):
        change = code_changes().get((system, code))
        if change and not _overlaps(policy.effective, change):
            remarks.error(
                "services", "code-expired", f"{code} is not valid on any day of this version",
                _instead(change),
            )  # fmt: skip


def _dated(policy: Policy, name: str, members: tuple[Member, ...], remarks: Remarks) -> None:
    """Find codes that are not valid from the first day to the last, and whether others stand in."""
    present = {(one.system, code) for one in members for code in one.codes}
    for member, change in _changed(members):
        if member.effective:
            _beyond(member.effective, change, f"value_sets/{name}", remarks)
        else:
            stands_in = any((member.system, code) in present for code in change.now)
            _undated(policy.effective, change, stands_in, f"value_sets/{name}", remarks)


def _undated(
    dates: Effective, change: CodeChange, stands_in: bool, path: str, remarks: Remarks
) -> None:
    """Check a code that is listed without dates of its own."""
    first, last = _span(dates)
    until, instead = f"`effective: to: {change.last}`", _instead(change)
    if change.last and change.last < first:
        remarks.error(
            path, "code-expired", f"{change.code} ended on {change.last}, before this version",
            f"{instead}; for older records keep it with {until}",
        )  # fmt: skip
    elif change.first and change.first > first:
        remarks.warning(
            path, "code-not-yet-valid", f"{change.code} is valid only from {change.first}",
            f"give it `effective: from: {change.first}`",
        )  # fmt: skip
    elif change.last and change.last < last:
        add = remarks.warning if stands_in else remarks.error
        add(
            path, "code-ends", f"{change.code} ends on {change.last}, within this version",
            f"give it {until}" + ("" if stands_in else f"; {instead}"),
        )  # fmt: skip


def _changed(members: tuple[Member, ...]) -> Iterator[tuple[Member, CodeChange]]:
    for member in members:
        for code in member.codes:
            change = code_changes().get((member.system, code))
            if change and member.match == "exact":
                yield member, change


def _beyond(dates: Effective, change: CodeChange, path: str, remarks: Remarks) -> None:
    first, last = _span(dates)
    early = change.first is not None and first < change.first
    late = change.last is not None and last > change.last
    if early or late:
        remarks.error(
            path, "code-dates", f"{change.code} is not valid on all days given for it",
            f"it is valid {_valid(change)}",
        )  # fmt: skip


def _span(dates: Effective) -> tuple[date, date]:
    return dates.first, dates.last or LAST


def _overlaps(dates: Effective, change: CodeChange) -> bool:
    first, last = _span(dates)
    return (change.last or LAST) >= first and (change.first or FIRST) <= last


def _valid(change: CodeChange) -> str:
    first = f"from {change.first}" if change.first else ""
    return f"{first} to {change.last}".strip() if change.last else first


def _instead(change: CodeChange) -> str:
    return f"use {', '.join(change.now)}" if change.now else f"it is valid {_valid(change)}"
