"""For whom a policy is, and which of several is meant: the more specific one, never by chance."""

from collections.abc import Sequence

from nodes.case import Case
from nodes.errors import NodeError
from nodes.policy.model import Applies, Policy


class AmbiguousPolicy(NodeError):
    """More than one policy is in force for the same request."""

    slug = "ambiguous-policy"


def applies(policy: Policy, case: Case) -> bool:
    """Say whether a policy is for this coverage and kind of request.

    A policy for some plans or states is not for a case that does not say its plan or state.
    """
    return _about(policy.applies, case) and _plan(policy.applies, case) and _state(policy, case)


def closest(policies: Sequence[Policy], case: Case) -> list[Policy]:
    """Keep the most specific of those that apply; more than one when they are equally so.

    Raises AmbiguousPolicy when one that is more specific would apply in a plan or a state that
    the case does not name.
    """
    found = [one for one in policies if applies(one, case)]
    best = max((rank(one.applies, case) for one in found), default=(0, 0))
    for one in policies:
        if one not in found and rank(one.applies, case) >= best and _open(one, case):
            raise AmbiguousPolicy(
                "another policy would go first for some plans or states: give the name of the plan"
                " and the state of the patient's address, or name one in `policy`"
            )
    return [one for one in found if rank(one.applies, case) == best]


def rank(scope: Applies, case: Case) -> tuple[int, int]:
    """How specific a scope is: 3 payer and plan, 2 payer, 1 line of business or state, 0 any.

    Among equals, the one that is narrower in more respects.
    """
    payer = case.coverage.payer.id in scope.payers
    narrower = [scope.plans, scope.lines_of_business, scope.states]
    level = 3 if payer and scope.plans else 2 if payer else int(any(narrower))
    return level, sum(map(bool, narrower))


def _about(scope: Applies, case: Case) -> bool:
    coverage = case.coverage
    return (
        (not scope.lines_of_business or coverage.line_of_business in scope.lines_of_business)
        and (not scope.payers or coverage.payer.id in scope.payers)
        and (not scope.certifications or case.certification in scope.certifications)
    )


def _plan(scope: Applies, case: Case) -> bool:
    named = (case.coverage.plan_name or "").strip().casefold()
    return not scope.plans or named in {one.casefold() for one in scope.plans}


def _state(policy: Policy, case: Case) -> bool:
    address = case.patient.address
    return not policy.applies.states or (
        address is not None and address.state in policy.applies.states
    )


def _open(policy: Policy, case: Case) -> bool:
    """Say whether only an unnamed plan or state keeps a policy from applying."""
    plan = case.coverage.plan_name is None or _plan(policy.applies, case)
    state = case.patient.address is None or _state(policy, case)
    return _about(policy.applies, case) and plan and state
