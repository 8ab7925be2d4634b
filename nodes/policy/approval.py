"""A drafted policy approved by a named person: what must hold first, and how it is written down."""

import json
import re
from dataclasses import dataclass
from datetime import date

from nodes.errors import NodeError, UnreadableDocument
from nodes.policy.casebook import read_cases
from nodes.policy.linting import lint
from nodes.policy.model import Policy
from nodes.policy.reading import Held, hold, parse, read
from nodes.policy.rehearsal import STATUSES, rehearse
from nodes.policy.yaml_data import data

_STATUS = re.compile(r"^status:.*$", re.MULTILINE)
_APPROVED = re.compile(r"^approved:.*\n?(?:[ \t]+.*\n?)*", re.MULTILINE)


@dataclass(frozen=True)
class Ready:
    """A policy as it would decide, and what speaks against that."""

    held: Held
    faults: tuple[str, ...]


def ready(text: str, cases: str | None, on: date) -> Ready:
    """Read a draft, or a policy changed since its approval; check it, and try its cases.

    Raises UnreadableDocument when the file itself does not load.
    """
    told = data(text, "the policy file")
    if not isinstance(told, dict):
        raise UnreadableDocument("the policy file must be a mapping")
    told.pop("approved", None)
    draft = json.dumps(told | {"status": "draft"}, ensure_ascii=False)
    policy = parse(draft)
    if not isinstance(policy, Policy):
        raise UnreadableDocument("an overlay is not approved by itself: approve its base")
    held = hold(policy.model_copy(update={"status": "active"}))
    remarks, _ = lint({"policy": draft}, on)
    wrong = (one for one in remarks if one.severity == "error")
    faults = [f"{one.path or 'the file'}: {one.told}; {one.mend}" for one in wrong]
    if cases is None:
        return Ready(held, (*faults, "it has no cases file beside it, in cases/"))
    return Ready(held, (*faults, *_tried(held, cases)))


def _tried(held: Held, cases: str) -> list[str]:
    try:
        done = rehearse(held, read_cases(cases, "the cases file"))
    except NodeError as error:
        return [str(error)]
    found = [f"case {fault.case}: {fault.told}" for fault in done.faults]
    return found + [f"no case is {one}" for one in STATUSES if one not in done.overall]


def approve(text: str, policy: Policy, by: str, on: date) -> str:
    """Write the approval into the file's text; the rest of it stays as it is."""
    if not by.strip():
        raise UnreadableDocument("an approval needs a name")
    signed = json.dumps({"by": by, "on": str(on), "sha256": policy.approvable}, ensure_ascii=False)
    line = f"status: active\napproved: {signed}"
    written, count = _STATUS.subn(lambda _: line, _APPROVED.sub("", text), count=1)
    found = read(written).policy if count else None
    if found is None or found.status != "active" or found.approvable != policy.approvable:
        raise UnreadableDocument("write `status: draft` on a line of its own, then approve again")
    return written
