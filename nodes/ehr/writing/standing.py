"""What stands in an EHR of what we filed: whether it is ours, says the same, or was changed."""

import base64
import binascii
import re

from nodes.ehr.filing import Filing
from nodes.ehr.writing.resources import CASE, CONTENT, KINDS, hashed
from nodes.fhir import tree
from nodes.fhir.tree import Resource

MARK = re.compile(r"\[([A-Za-z0-9_.\-]{1,160})\]$")
PART = re.compile(r"\.(summary|form|letter|decision|audit|task(-[0-9]{1,2})?)(\.[0-9a-f]{8})?$")
OPEN = {"draft", "requested", "received", "ready"}


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
    said = [
        tree.string(resource, "description"),
        *(tree.string(note, "text") for note in tree.items(resource.get("note"))),
    ]
    return named | {found[1] for text in said if text and (found := MARK.search(text))}


def ours(resource: Resource) -> bool:
    """Whether we filed it: what was made of a chart is no evidence in it, nor news about it."""
    filed = resource.get("resourceType") in KINDS.values()
    return filed and any(PART.search(name) for name in own(resource))


def says(resource: Resource, filing: Filing) -> bool:
    """Whether what stands there was filed with the same content.

    Where an EHR keeps neither our hash nor the document's bytes, nobody can tell: it counts.
    """
    held = recorded(resource)
    if held is not None:
        return held == filing.content
    if filing.kind == "task":
        return tree.string(resource, "description") in {None, tree.tidy(filing.words or "")}
    standing = body(resource)
    return standing is None or filing.file is None or standing == base64.b64decode(filing.file.data)


def touched(resource: Resource, filing: Filing) -> bool:
    """Whether people may have changed or completed it since; not known counts as changed."""
    if recorded(resource) is None:
        return True
    if filing.kind == "task":
        return tree.string(resource, "status") not in OPEN
    standing = body(resource)
    stated = tree.string(resource, "content", "attachment", "hash")
    return standing is None or stated != hashed(standing)


def recorded(resource: Resource) -> str | None:
    """The hash of the content that was filed."""
    for one in tree.items(resource.get("identifier")):
        if tree.string(one, "system") == CONTENT:
            return tree.string(one, "value")
    return None


def body(resource: Resource) -> bytes | None:
    """A document's bytes, where they stand in the resource itself."""
    data = tree.string(resource, "content", "attachment", "data")
    try:
        return base64.b64decode(data, validate=True) if data else None
    except (binascii.Error, ValueError):
        return None
