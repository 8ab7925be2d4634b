"""The page "Write a policy in ten minutes": its files and outputs are made, not typed."""

from argparse import Namespace
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from nodes.policy.asked import AnyLeaf
from nodes.policy.casebook import read_cases
from nodes.policy.outline import outline
from nodes.policy.reading import read
from nodes.policy.rehearsal import rehearse
from server.policy_new import filled, words
from server.policy_text import Paper, laid_out

ID, TITLE, CODE, FILE = "acme.knee-brace", "Knee brace", "L1833", "knee-brace.yaml"
NEW = f'prior-auth policy new {FILE} --id {ID} --title "{TITLE}" --code {CODE}'
VISIT = """\
    - id: visit
      op: encounter_within                      # a visit about something
      about: knee_arthritis
      window: P3M
      when_absent: unknown
      text: Seen about the knee in the 3 months before the order
      cite: [{source: "Knee brace", at: "criterion 4"}]
      ask: "Visit note of the last 3 months about the knee"
      of: ordering_clinician
      effort: visit
"""
NOT_SEEN = """\
  - name: not seen for half a year
    expect: unknown
    criteria: {{visit: unknown}}
    notes:
      - {{id: DocumentReference/1, written: {half_a_year}, title: Office visit,
         text: "Knee osteoarthritis."}}
"""


@dataclass(frozen=True)
class Guide:
    """What the page shows."""

    policy: str
    cases: str
    show: str
    first: str
    visit: str
    failing: str
    not_seen: str
    changed: str
    changed_cases: str
    passing: str
    operators: tuple[tuple[str, str], ...]


def guide(today: date) -> Guide:
    """Walk the page's steps."""
    told = words(Namespace(id=ID, title=TITLE, code=[CODE], payer=None, source=None,
                           line_of_business=None), today)  # fmt: skip
    policy, cases = filled("policy.yaml", told), filled("cases.yaml", told)
    not_seen = NOT_SEEN.format_map(told | {"half_a_year": str(today - timedelta(days=200))})
    changed, changed_cases = policy + VISIT, with_visit(cases, not_seen)
    return Guide(
        policy=policy,
        cases=cases,
        show=laid_out(outline(read(policy), today), Paper(92)),
        first=tried(policy, cases),
        visit=VISIT,
        failing=tried(changed, cases),
        not_seen=not_seen,
        changed=changed,
        changed_cases=changed_cases,
        passing=tried(changed, changed_cases),
        operators=operators(),
    )


def with_visit(cases: str, more: str) -> str:
    """Ask for the visit in the empty chart, and add a case."""
    return cases.replace("[[diagnosis, therapy]]", "[[diagnosis, therapy, visit]]") + more


def tried(policy: str, cases: str) -> str:
    """What ``policy test`` says."""
    book = read_cases(cases, f"cases/{FILE}")
    faults = rehearse(read(policy), book).faults
    said = [f"{FILE.removesuffix('.yaml')}: {one.case}: {one.told}" for one in faults]
    count = f"{len(faults)} fault{'s'[: len(faults) != 1]}"
    return "\n".join([*said, f"1 policies, {len(book.cases)} cases, {count}"])


def operators() -> tuple[tuple[str, str], ...]:
    """Every operator with its sentence."""
    return tuple(
        (get_args(one.model_fields["op"].annotation)[0], (one.__doc__ or "").split("\n\n")[0])
        for one in get_args(get_args(AnyLeaf)[0])
    )
