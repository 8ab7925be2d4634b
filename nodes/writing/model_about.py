"""What a model must know beside the facts: the request, the policy's criteria, the denial.

Without the patient's name, number or birth date, and none of the EHR's identifiers: nothing that
is told here is needed to say who the patient is. Lines that speak to software are left out.
"""

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.decision import Decision
from nodes.suspicion.found import suspicious
from nodes.writing.text import clean
from nodes.writing.tree import carrying

MOST = 12_000


def requested(case: Case) -> str:
    """Say what is requested and for which diagnoses."""
    lines = [f"{s.system} {s.code} {clean(s.display or '')}".strip() for s in case.service_lines]
    lines += [f"for {d.code} {clean(d.display or '')}".strip() for d in case.diagnoses]
    if case.order.reason:
        lines.append(f"order's reason: {clean(case.order.reason)}")
    return _shown(lines)


def criteria(assessment: Assessment | None) -> str:
    """List the criteria that carry the verdict; the rules have judged them."""
    if assessment is None:
        return "no policy was checked"
    leaves = carrying(assessment.criteria)
    return _shown([f"- {clean(leaf.text)}" for leaf in leaves])


def denied(denial: Decision, reason: tuple[str, ...] = ()) -> str:
    """Say why the payer denied, in its words and ours."""
    lines = [f"reason code {reason.code} {clean(reason.words or '')}" for reason in denial.reasons]
    lines += [clean(words) for words in (*denial.messages, *reason)]
    return _shown(lines) or "no reason was given"


def _shown(lines: list[str]) -> str:
    return "\n".join(line for line in lines if not suspicious(line))[:MOST]
