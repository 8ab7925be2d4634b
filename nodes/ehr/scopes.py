"""Whether a token's scopes are those that were asked for (SMART App Launch, scopes v1 and v2)."""

import re
from collections.abc import Iterable

SMART = re.compile(r"(patient|user|system)/([A-Za-z*]+)\.(read|write|\*|c?r?u?d?s?)(?:\?.*)?")
V1 = {"read": "rs", "write": "cud", "*": "cruds"}


def missing(asked: str, granted: str) -> tuple[str, ...]:
    """Name the scopes asked for that what was granted does not cover.

    ``system/*.rs`` covers ``system/Patient.read``; a scope narrowed by a query covers nothing
    but itself.
    """
    held = granted.split()
    return tuple(one for one in asked.split() if one not in held and not _covered(one, held))


def _covered(asked: str, held: Iterable[str]) -> bool:
    wanted = SMART.fullmatch(asked)
    if wanted is None or "?" in asked:
        return False
    rights: set[str] = set()
    for scope in held:
        found = None if "?" in scope else SMART.fullmatch(scope)
        if found and found[1] == wanted[1] and found[2] in (wanted[2], "*"):
            rights.update(V1.get(found[3], found[3]))
    return rights.issuperset(V1.get(wanted[3], wanted[3]))
