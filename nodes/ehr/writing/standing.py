"""What stands in an EHR of what we filed: whether it is ours, says the same, or was changed."""

import re

from nodes.ehr.filing import Filing
from nodes.ehr.writing.resources import CASE, CONTENT, KINDS, WRITTEN, seal_of
from nodes.fhir import tree
from nodes.fhir.tree import Resource

MARK = re.compile(r"\[([A-Za-z0-9_.\-]{1,160})\]$")
PART = re.compile(r"\.(summary|form|letter|decision|audit|task(-[0-9]{1,2})?)(\.[0-9a-f]{8})?$")
LATER = re.compile(
    r"(.+\.(summary|form|letter|decision|audit|task(?:-[0-9]{1,2})?))\.([0-9a-f]{8})$"
)
GONE = {"entered-in-error", "superseded", "cancelled", "rejected"}


def own(resource: Resource) -> set[str]:
    """Our identifiers of a resource: as such, or at the end of its words.

    Some EHRs keep no identifiers of others, and all keep a description or a note.
    """
    named = {
        tree.string(one, "value") or ""
        for place in ("identifier", "masterIdentifier")
        for one in tree.items(resource.get(place))
        if tree.string(one, "system") == CASE
    }
    marks = _marks(resource)
    return named | marks | {found[1] for name in marks if (found := LATER.match(name))}


def _marks(resource: Resource) -> set[str]:
    said = [
        tree.string(resource, "description"),
        *(tree.string(note, "text") for note in tree.items(resource.get("note"))),
    ]
    return {found[1] for text in said if text and (found := MARK.search(text))}


def ours(resource: Resource) -> bool:
    """Whether we filed it: what was made of a chart is no evidence in it, nor news about it."""
    filed = resource.get("resourceType") in KINDS.values()
    return filed and any(PART.search(name) for name in own(resource))


def says(resource: Resource, filing: Filing) -> bool:
    """Whether what stands there was filed with the same content; not known counts as another."""
    if filing.version in own(resource):
        return True
    held = recorded(resource)
    return held is not None and filing.content.startswith(held)


def touched(resource: Resource) -> bool:
    """Whether anybody may have changed, signed or withdrawn it since; not known counts as yes."""
    seals = [
        tree.string(one, "value")
        for one in tree.items(resource.get("identifier"))
        if tree.string(one, "system") == WRITTEN
    ]
    return seals != [seal_of(resource)]


def withdrawn(resource: Resource) -> bool:
    """Whether somebody took it back."""
    said = {tree.string(resource, name) for name in ("status", "docStatus")}
    return not said.isdisjoint(GONE)


def recorded(resource: Resource) -> str | None:
    """The hash of the content that was filed, or as much of it as stands in the words."""
    for one in tree.items(resource.get("identifier")):
        if tree.string(one, "system") == CONTENT:
            return tree.string(one, "value")
    return next((found[3] for name in _marks(resource) if (found := LATER.match(name))), None)
