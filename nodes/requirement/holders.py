"""Where a CRD server's answer holds its extensions, and which of those places do not count."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
DEAD = ("entered-in-error", "revoked", "cancelled", "stopped", "rejected", "failed", "noshow")
DELETED = "it stands on an order that the answer deletes"
SUGGESTED = "it stands in a card's suggestion: give the order as it was taken over"
WITHDRAWN = "it stands on an order that is withdrawn or was entered in error"
PATIENT = ("subject", "patient", "for", "beneficiary")


def extensions(given: Json, url: str) -> Iterator[tuple[Json, Json, str | None]]:
    """Each extension of a URL with the resource it stands on, and why that one does not count."""
    if given.get("url") == url:
        yield {}, given, None
    for resource, fault in _resources(given):
        for extension in dicts(resource.get("extension")):
            if extension.get("url") == url:
                yield resource, extension, fault or _withdrawn(resource)


def _resources(given: Json) -> Iterator[tuple[Json, str | None]]:
    """The resource itself, and those of a Bundle's entries or of a response's actions."""
    yield given, None
    for card in dicts(given.get("cards")):
        for suggestion in dicts(card.get("suggestions")):
            for action in dicts(suggestion.get("actions")):
                yield from ((one, SUGGESTED) for one in dicts([action.get("resource")]))
    for action in dicts(given.get("systemActions")):
        fault = DELETED if action.get("type") == "delete" else None
        yield from ((one, fault) for one in dicts([action.get("resource")]))
    for entry in dicts(given.get("entry")):
        request = entry.get("request")
        deletes = isinstance(request, dict) and request.get("method") == "DELETE"
        fault = DELETED if deletes else None
        yield from ((one, fault) for one in dicts([entry.get("resource")]))


def _withdrawn(resource: Json) -> str | None:
    dead = resource.get("status") in DEAD or resource.get("doNotPerform") is True
    return WITHDRAWN if dead else None


def patients(resource: Json) -> tuple[str, ...]:
    """Every reference by which a resource says whose it is; an empty one where it names nobody."""
    said = [resource[name] for name in PATIENT if name in resource]
    for participant in dicts(resource.get("participant")):
        said += [one for one in dicts([participant.get("actor")]) if _patient(one)]
    found = [one.get("reference") if isinstance(one, dict) else None for one in said]
    texts = [one if isinstance(one, str) else "" for one in found]
    return tuple(texts) or (("",) if resource else ())


def _patient(actor: Json) -> bool:
    return actor.get("type") == "Patient" or "Patient/" in str(actor.get("reference"))


def dicts(value: Any) -> list[Json]:
    """The objects of a list, and nothing of what is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def same(one: str | None, other: str | None, base: str | None = None) -> bool:
    """Whether two references name one resource of the EHR at ``base``, by type and id.

    A whole URL counts only below that base; one of another server, or without a base, never.
    """
    first, second = _local(one, base), _local(other, base)
    return first is not None and first == second


def _local(reference: str | None, base: str | None) -> str | None:
    text = (reference or "").split("/_history/")[0].rstrip("/")
    root = f"{base.rstrip('/')}/" if base else None
    if root and text[: len(root)].casefold() == root.casefold():
        text = text[len(root) :]
    parts = text.split("/")
    return text if len(parts) == 2 and all(parts) and ":" not in text else None
