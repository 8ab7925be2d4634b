"""Fields for a person's hand: signatures, initials, and the dates beside them."""

import re
from collections.abc import Sequence

from nodes.pdf.inspecting.concepts import plain
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.places import overlap

SIGNATURE = re.compile(
    r"\bfirmas?\b|\bsign(ature|ed|here)?\b|\bsignature|^sign here|^x$|"
    r"\binitials?\b(?! (request|visit|treat|review|eval|start))"
)
NOT_ONE = re.compile(
    r"print(ed)? name|name of (person|signer)|on file|request type|^initial$|"
    r"middle initial|\bm\.?i\b"
)
DATE = re.compile(
    r"^fecha$|^fecha de (la )?firma|"
    r"^(today'?s )?dated?\b(?! of (birth|service))|date (signed|of signature)|^time$|date/time|"
    r"signature date|date of signature"
)
FAR, CLOSE = 420.0, 42.0


def signatures(fields: Sequence[Named]) -> set[int]:
    """Find a page's fields that are signed or dated by hand."""
    found = {n for n, field in enumerate(fields) if _signature(field)}
    dates = {
        n
        for n, field in enumerate(fields)
        if field.place.kind == "text"
        and any(DATE.search(plain(label.text)) for label in field.labels[:2])
        and any(_beside(fields[s], field) for s in found)
    }
    return found | dates


def _signature(field: Named) -> bool:
    if field.place.kind == "signature":
        return True
    if field.place.kind != "text":
        return False
    said = [plain(label.text) for label in field.labels]
    return any(
        SIGNATURE.search(one) and not NOT_ONE.search(one) and len(one.split()) < 16 for one in said
    )


def _beside(signature: Named, date: Named) -> bool:
    one, other = signature.place.box, date.place.box
    level = overlap(one[1] - 4, one[3] + 4, other[1], other[3]) > 2
    if level and -8 < other[0] - one[2] < FAR:
        return True
    return -4 < other[1] - one[3] < CLOSE and overlap(one[0] - 30, one[2], other[0], other[2]) > 4
