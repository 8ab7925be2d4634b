"""Policy files, read safely, and the choice of the one version in force."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nodes.audit import canonical, sha256
from nodes.case import Case, ServiceLine
from nodes.errors import NodeError, UnknownName, UnreadableDocument
from nodes.policy.model import Policy
from nodes.policy.tree import Compiled, compile_policy
from nodes.policy.yaml_data import data


class AmbiguousPolicy(NodeError):
    """More than one policy is in force for the same request."""

    slug = "ambiguous-policy"


@dataclass(frozen=True)
class Held:
    """A policy with the hash of its content and its tree made ready."""

    policy: Policy
    sha256: str
    compiled: Compiled


def read(text: str) -> Held:
    """Read one policy file; it need not be trusted (``nodes.policy.yaml_data``).

    The hash is over the content as canonical JSON: comments, order of keys and layout do not
    change it. Raises UnreadableDocument, naming the place but never the words of the file.
    """
    return hold(parse(data(text, "the policy file")))


def parse(told: Any) -> Policy:
    """Make a policy of plain data; UnreadableDocument names the first place that does not fit."""
    try:
        return Policy.model_validate_json(json.dumps(told))
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(str(part)[:64] for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise UnreadableDocument(f"policy file: {place or 'the file'}: {said}") from None


def hold(policy: Policy) -> Held:
    """Make a policy ready for deciding."""
    content = canonical(policy.model_dump(mode="json", by_alias=True))
    return Held(policy, sha256(content), compile_policy(policy))


class Library:
    """A set of policies, found by the codes they are about."""

    def __init__(self, held: Iterable[Held]) -> None:
        """Index policies by code system and code."""
        self.held = tuple(held)
        self._by_code: dict[tuple[str, str], list[Held]] = {}
        for one in self.held:
            for service in one.policy.services:
                for code in service.codes:
                    self._by_code.setdefault((service.system, code), []).append(one)

    def choose(self, case: Case, named: str | None = None) -> Held:
        """Find the one version in force for a case's service lines on their date of service.

        A payer's own policy goes before one for any payer. Raises UnknownName when there is none
        and AmbiguousPolicy when several remain; nothing is chosen by chance.
        """
        about = {
            one.sha256: one
            for line in case.service_lines
            for code in _spellings(line)
            for one in self._by_code.get((line.system, code), ())
            if in_force(one.policy, case.date_of_service)
        }
        if named is not None:
            found = [one for one in about.values() if one.policy.id == named]
        else:
            found = _closest([one for one in about.values() if applies(one.policy, case)], case)
        if not found:
            raise UnknownName(
                "no policy of that name covers this service on its date"
                if named is not None
                else "no policy here covers this service for this payer, line of business and date;"
                " that does not mean that none exists"
            )
        if len(found) > 1:
            raise AmbiguousPolicy(
                "more than one policy covers this request: name one in `policy`,"
                " or ask for one service at a time"
            )
        return found[0]


def _spellings(line: ServiceLine) -> tuple[str, ...]:
    """Codes a line is found by: as it is and, for an NDC, without the two digits of the package."""
    return (line.code, line.code[:9]) if line.system == "NDC" else (line.code,)


def in_force(policy: Policy, day: date) -> bool:
    """Say whether a version holds for services on a day; a draft never does."""
    last = policy.effective.last
    return (
        policy.status != "draft" and policy.effective.first <= day and (last is None or day <= last)
    )


def fits(policy: Policy, case: Case) -> bool:
    """Say whether a policy could decide a request: its service, date of service and coverage."""
    codes = {(one.system, code) for one in policy.services for code in one.codes}
    asked = {(line.system, code) for line in case.service_lines for code in _spellings(line)}
    return bool(codes & asked) and in_force(policy, case.date_of_service) and applies(policy, case)


def applies(policy: Policy, case: Case) -> bool:
    """Say whether a policy is for this coverage and kind of request."""
    scope = policy.applies
    return (
        (not scope.lines_of_business or case.coverage.line_of_business in scope.lines_of_business)
        and (not scope.payers or case.coverage.payer.id in scope.payers)
        and (not scope.certifications or case.certification in scope.certifications)
    )


def _closest(found: list[Held], case: Case) -> list[Held]:
    own = [one for one in found if case.coverage.payer.id in one.policy.applies.payers]
    return own or found


def shipped_files() -> list[Path]:
    """The files of ``nodes/policies``, in the order of their names."""
    return sorted((Path(__file__).parents[1] / "policies").glob("*.yaml"))


@cache
def shipped() -> Library:
    """Load the policies of ``nodes/policies`` once per process."""
    return Library(read(one.read_text(encoding="utf-8")) for one in shipped_files())
