"""An EHR that calls itself by other addresses, such as the one behind its gateway.

The settings' ``aliases`` say which. They are never called: what stands under one of them is the
EHR's own, and asked for at its base URL.
"""

from collections.abc import Sequence
from typing import Any


def own(value: Any, aliases: Sequence[str], base_url: str) -> None:
    """Turn references and links under an alias into the EHR's own, in place.

    Text, identifiers and extensions stay as they are.
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            _mend(one, aliases, base_url)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _mend(found: dict[str, Any], aliases: Sequence[str], base_url: str) -> None:
    rest = _under(found.get("reference"), aliases)
    if rest is not None:
        found["reference"] = rest.lstrip("/")
    if any(name.startswith(("value", "extension")) for name in found):
        return
    for name in ("url", "href"):
        rest = _under(found.get(name), aliases)
        if rest is not None:
            found[name] = base_url + rest


def _under(said: Any, aliases: Sequence[str]) -> str | None:
    """Give what follows an alias; None: it is under none. Letters' case tells no server apart."""
    if not isinstance(said, str) or said[:4].lower() != "http":
        return None
    for alias in aliases:
        start = alias.rstrip("/")
        rest = said[len(start) :]
        if said[: len(start)].lower() == start.lower() and rest[:1] in {"", "/", "?"}:
            return rest
    return None
