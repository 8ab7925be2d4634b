"""An overlay put on its base: the whole policy that comes of it, and what came from where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import ValidationError

from nodes.errors import UnreadableDocument
from nodes.policy.changes import CHANGES, made
from nodes.policy.model import Policy
from nodes.policy.overlay import (
    Adjust,
    AnyChange,
    Extend,
    Narrow,
    Overlay,
    Replace,
    SetParameter,
    kind,
)
from nodes.policy.parts import walk
from nodes.policy.strength import compare

TABLES = ("parameters", "value_sets", "therapies", "concepts")
HEADER = (
    "id", "title", "kind", "version", "status", "effective", "review_by", "drafted_by",
    "approved", "applies",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """One change of an overlay: what it did, to what, and whether it can loosen."""

    what: str
    target: str
    loosens: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Laid:
    """The resolved policy; for every criterion and table entry the file it comes from."""

    policy: Policy
    origins: Mapping[str, str]
    done: tuple[Done, ...]


class Wrong(UnreadableDocument):
    """A change that cannot be made; its sentence names the change by its place."""


def lay(overlay: Overlay, base: Policy, origins: Mapping[str, str]) -> Laid:
    """Make the whole policy. Raises UnreadableDocument naming the change that is wrong.

    ``origins`` of the base: from which file each of its criteria came, where it is an overlay.
    """
    own, theirs = f"{overlay.id}@{overlay.version}", f"{base.id}@{base.version}"
    found = _begun(overlay, base)
    came = dict.fromkeys(_names(base), theirs) | dict(origins)
    came |= {name: own for name in _names(found) if name not in came}
    done = []
    for place, change in enumerate(overlay.changes):
        where = f"changes/{place}"
        before = found
        found = _checked(where, partial(CHANGES[kind(change)], before, change))
        loosens = not compare(before, found).tightens
        if loosens and not change.reason:
            raise Wrong(f"policy file: {where}: it can loosen the base and needs a `reason`")
        came |= {name: own for name in _names(found) if name not in came}
        came |= dict.fromkeys(_touched(change), own)
        done.append(Done(kind(change), _target(change), loosens, change.reason))
    came = {name: file for name, file in came.items() if name in _names(found)}
    return Laid(found, came, tuple(done))


def _begun(overlay: Overlay, base: Policy) -> Policy:
    """The base under the overlay's header and with its sources and tables."""
    fields: dict[str, Any] = {name: getattr(overlay, name) for name in HEADER}
    known = {one.id for one in overlay.sources}
    fields["sources"] = (*overlay.sources, *(one for one in base.sources if one.id not in known))
    fields["services"] = overlay.services or base.services
    fields["elsewhere"] = overlay.elsewhere or base.elsewhere
    for table in TABLES:
        theirs, own = getattr(base, table), getattr(overlay, table)
        if theirs.keys() & own.keys():
            raise Wrong(f"policy file: {table}: a name is the base's; use a change for it")
        fields[table] = theirs | own
    return _checked("header", partial(made, base, **fields))


def _checked(where: str, make: Callable[[], Policy]) -> Policy:
    try:
        return make()
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(str(part)[:64] for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise Wrong(f"policy file: {where}: {place + ': ' if place else ''}{said}") from None
    except LookupError as error:
        raise Wrong(f"policy file: {where}: {error.args[0]}") from None


def _names(policy: Policy) -> set[str]:
    """All that has an origin: criteria by id, table entries as table/name."""
    parts = {part.id for root in policy.roots for part in walk(root)}
    return parts | {f"{table}/{name}" for table in TABLES for name in getattr(policy, table)}


def _touched(change: AnyChange) -> set[str]:
    """What a change makes its own although it was there."""
    if isinstance(change, Adjust):
        return {change.adjust}
    if isinstance(change, Replace):
        return {part.id for part in walk(change.by)}
    if isinstance(change, SetParameter):
        return {f"parameters/{change.set}"}
    if isinstance(change, Extend | Narrow):
        name = change.extend if isinstance(change, Extend) else change.narrow
        return {f"value_sets/{name}", f"concepts/{name}"}
    return set()


def _target(change: AnyChange) -> str:
    told = getattr(change, kind(change) if kind(change) != "set" else "set")
    return (
        told if isinstance(told, str) else ", ".join(told) if isinstance(told, tuple) else told.id
    )
