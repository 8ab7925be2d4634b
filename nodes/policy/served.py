"""Which service lines of a case a policy is about."""

from nodes.case import Case, ServiceLine
from nodes.policy.model import Policy


def spellings(line: ServiceLine) -> tuple[str, ...]:
    """Codes a line is found by: as it is and, for an NDC, without the two digits of the package."""
    return (line.code, line.code[:9]) if line.system == "NDC" else (line.code,)


def unserved(policy: Policy, case: Case) -> tuple[int, ...]:
    """Number the service lines, from 1, that a policy says nothing of."""
    return tuple(
        number
        for number, line in enumerate(case.service_lines, 1)
        if not any(
            one.system == line.system and code in one.codes
            for one in policy.services
            for code in spellings(line)
        )
    )
