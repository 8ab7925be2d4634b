"""Policy files read, overlays put on their bases, and each policy made ready for deciding."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from nodes.audit import canonical, sha256
from nodes.errors import UnreadableDocument
from nodes.policy.model import Policy
from nodes.policy.overlay import Overlay
from nodes.policy.overlaying import Done, lay
from nodes.policy.tree import Compiled, compile_policy
from nodes.policy.yaml_data import data

CHAIN = 5
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Held:
    """A policy with the hash of its content and its tree made ready.

    Of an overlay the policy is the resolved one; ``origins`` says from which file (id@version)
    each criterion and table entry comes, ``done`` what the overlay changed.
    """

    policy: Policy
    sha256: str
    compiled: Compiled
    extends: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    done: tuple[Done, ...] = ()


def read(text: str, bases: Iterable[Held] = ()) -> Held:
    """Read one policy file; it need not be trusted (``nodes.policy.yaml_data``).

    An overlay needs its base among ``bases``. The hash is over the resolved content as canonical
    JSON, so comments, layout, order of keys and what is only a default do not change it. Raises
    UnreadableDocument, naming the place but never the words of the file.
    """
    told = parse(text)
    return hold(told) if isinstance(told, Policy) else resolve(told, tuple(bases))


def parse(text: str) -> Policy | Overlay:
    """Read a file into the model it is meant for: with ``extends`` an overlay."""
    told = data(text, "the policy file")
    if isinstance(told, dict) and "extends" in told:
        return _model(Overlay, told)
    return _model(Policy, told)


def _model(model: type[M], told: Any) -> M:
    try:
        return model.model_validate_json(json.dumps(told))
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(str(part)[:64] for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise UnreadableDocument(f"policy file: {place or 'the file'}: {said}") from None


def hold(policy: Policy) -> Held:
    """Make a policy ready for deciding."""
    return Held(policy, content_hash(policy), compile_policy(policy))


def content_hash(policy: Policy) -> str:
    """Hash what a policy says: canonical JSON without what is only a default."""
    told = policy.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return sha256(canonical(told))


def resolve(overlay: Overlay, bases: tuple[Held, ...]) -> Held:
    """Put an overlay on its base, which is one of those given."""
    base = base_of(overlay, bases)
    laid = lay(overlay, base.policy, base.origins)
    held = hold(laid.policy)
    theirs = f"{base.policy.id}@{base.policy.version}"
    return Held(held.policy, held.sha256, held.compiled, theirs, laid.origins, laid.done)


def base_of(overlay: Overlay, bases: Iterable[Held]) -> Held:
    """Find the base: the version named, the only one, or the one of the overlay's first day."""
    name, _, version = overlay.extends.partition("@")
    found = [one for one in bases if one.policy.id == name]
    if version:
        found = [one for one in found if one.policy.version == version]
    elif len(found) > 1:
        found = [one for one in found if covers(one.policy, overlay.effective.first)]
    if len(found) != 1:
        said = "no policy here is" if not found else "more than one version here is"
        raise UnreadableDocument(f"policy file: extends: {said} the base that it names")
    if found[0].policy.status == "draft" and overlay.status == "active":
        raise UnreadableDocument("policy file: extends: the base is a draft")
    return found[0]


def covers(policy: Policy, day: date) -> bool:
    """Say whether a day is one of those a version is for."""
    last = policy.effective.last
    return policy.effective.first <= day and (last is None or day <= last)


def assemble(
    texts: Mapping[str, str], bases: Iterable[Held] = ()
) -> tuple[dict[str, Held], dict[str, UnreadableDocument]]:
    """Read many files, overlays after their bases; what is held and what is wrong, by file name.

    A base is one of the same files, else one of ``bases``. At most five overlays stand on another.
    """
    held: dict[str, Held] = {}
    wrong: dict[str, UnreadableDocument] = {}
    waiting: dict[str, Overlay] = {}
    for name, text in texts.items():
        try:
            told = parse(text)
            if isinstance(told, Overlay):
                waiting[name] = told
            else:
                held[name] = hold(told)
        except UnreadableDocument as error:
            wrong[name] = error
    for _ in range(CHAIN):
        for name in _ready(waiting):
            known = {version(one.policy): one for one in (*bases, *held.values())}
            try:
                held[name] = resolve(waiting[name], tuple(known.values()))
            except UnreadableDocument as error:
                wrong[name] = error
        waiting = {name: one for name, one in waiting.items() if name not in held | wrong}
    for name in waiting:
        wrong[name] = UnreadableDocument("policy file: extends: too many overlays, or a circle")
    return held, wrong


def _ready(waiting: Mapping[str, Overlay]) -> list[str]:
    """Name the overlays whose base does not itself wait."""
    ids = {one.id for one in waiting.values()}
    return [
        name for name, one in waiting.items() if one.extends.partition("@")[0] not in ids - {one.id}
    ]


def version(policy: Policy) -> str:
    """Name a version: id@version."""
    return f"{policy.id}@{policy.version}"
