"""Policy files, read safely, and the choice of the one version in force."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import ValidationError

from nodes.audit import sha256
from nodes.case import Case, ServiceLine
from nodes.errors import NodeError, UnknownName, UnreadableDocument
from nodes.policy.model import Policy
from nodes.policy.tree import Compiled, compile_policy

BYTES, EVENTS, NESTING = 256_000, 20_000, 40


class AmbiguousPolicy(NodeError):
    """More than one policy is in force for the same request."""

    slug = "ambiguous-policy"


@dataclass(frozen=True)
class Held:
    """A policy with the hash of its file and its tree made ready."""

    policy: Policy
    sha256: str
    compiled: Compiled


class _Loader(yaml.SafeLoader):
    """Safe loader that refuses a key given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, "a key is given twice")
        return super().construct_mapping(node, deep)


def read(text: str) -> Held:
    """Read one policy file; it need not be trusted.

    At most 256 kB and 40 levels; no anchors or aliases (they multiply), no tags, no key twice,
    no unknown key. Raises UnreadableDocument, naming the place but never the words of the file.
    """
    raw = text.encode()
    if len(raw) > BYTES:
        raise UnreadableDocument("the policy file is larger than 256 kB")
    try:
        _bounded(text)
        data = yaml.load(text, Loader=_Loader)
        policy = Policy.model_validate_json(json.dumps(data, default=str))
    except (yaml.YAMLError, RecursionError, TypeError):
        raise UnreadableDocument("the policy file cannot be read as plain YAML") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise UnreadableDocument(f"policy file: {place}: {first['msg']}") from None
    return Held(policy, sha256(raw), compile_policy(policy))


def _bounded(text: str) -> None:
    """Refuse YAML that grows when loaded, before loading it."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableDocument("a policy file may not use anchors or aliases")
        if getattr(event, "tag", None):
            raise UnreadableDocument("a policy file may not use tags")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > NESTING or count > EVENTS:
            raise UnreadableDocument("the policy file is nested too deep or too long")


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


@cache
def shipped() -> Library:
    """Load the policies of ``nodes/policies`` once per process."""
    folder = files("nodes") / "policies"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml"))
    return Library(read((folder / name).read_text(encoding="utf-8")) for name in names)
