"""Small requirement tables and questions; payers invented."""

import textwrap
from datetime import date

from nodes.check_requirement import CheckRequirementRequest, check_requirement
from nodes.requirement import library
from nodes.requirement.question import AskedLine, RequirementQuestion

TODAY = date(2026, 11, 20)
HEAD = """\
id: own
version: "2026-11-01.1"
title: Test tables
sources:
  list: {title: A list, verified: read, checked: 2026-11-01, stale_after_days: 60}
  old: {title: An old list, verified: unverified, checked: 2026-01-01, stale_after_days: 60}
code_sets:
  mri: [{system: CPT, codes: ["72148"]}]
  imaging: [{system: CPT, codes: [70000-79999]}]
  seventies: [{system: CPT, codes: ["7*"]}]
  drug: [{system: HCPCS, codes: [J0585]}]
  dropped:
    - {system: CPT, codes: ["64490"]}
    - {system: CPT, codes: ["64492"], effective: {from: 2023-07-01, to: 2024-08-04}}
retired:
  - {system: HCPCS, code: K0554, last: 2022-12-31, instead: [E2103], source: list}
rows:
"""
ROW = {
    "title": "A rule",
    "codes": "[mri]",
    "payers": "[P1]",
    "effective": "{from: 2026-01-01}",
    "needed": "auth-needed",
    "source": "list",
}


def row(name, **changes):
    fields = {"id": name} | ROW | {key: value for key, value in changes.items() if value}
    if "any_payer" in changes:
        del fields["payers"]
    text = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return "  - " + textwrap.indent(text, "    ")[4:] + "\n"


def tables(*rows, head=HEAD):
    held = library.read((head + "".join(rows)).encode(), "own.yaml")
    return library.Requirements([held])


def question(code="72148", system="CPT", **changes):
    line = AskedLine(system=system, code=code, quantity=changes.pop("quantity", None))
    fields = {
        "payer": "P1",
        "line_of_business": "commercial",
        "on": TODAY,
        "lines": (line, *changes.pop("others", ())),
    }
    return RequirementQuestion(**(fields | changes))


def ask(held, asked=None, **changes):
    """The answer for the first line."""
    request = CheckRequirementRequest(
        **({"question": asked or question(), "as_of": TODAY} | changes)
    )
    return check_requirement(request, held=lambda: held).lines[0]
