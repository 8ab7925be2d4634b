"""Values split over fields: a date in month, day and year, a telephone number in its groups."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nodes.pdf.inspecting.concepts import WhatWords, plain, what_in
from nodes.pdf.inspecting.drafts import Draft
from nodes.pdf.inspecting.naming import Label, Named
from nodes.pdf.inspecting.places import overlap

PIECE = re.compile(r"[\s(/_-]*\b(mm|month|dd|day|yyyy|ccyy|yy|year)\b\)?$")
ORDER = {"mm": 0, "month": 0, "dd": 1, "day": 1, "yyyy": 2, "ccyy": 2, "yy": 2, "year": 2}
SHORT_YEAR = 24.0
PHONES = {2: ((0, 3), (3, 10)), 3: ((0, 3), (3, 6), (6, 10))}


def pieced(fields: Sequence[Named]) -> list[Named]:
    """Number the fields that are labelled month, day and year, and let them share their label."""
    done = list(fields)
    for n in range(len(fields) - 2):
        three = [_piece(field) for field in fields[n : n + 3]]
        if [one[0] for one in three if one] != [0, 1, 2] or not _level(fields[n : n + 3]):
            continue
        base = next((one[1] for one in three if one and one[1]), "")
        for part, field in enumerate(fields[n : n + 3], 1):
            first = (Label(base, "name", field.labels[0].score),) if base else ()
            done[n + part - 1] = replace(field, part=part, labels=(*first, *field.labels), row=None)
    for n in range(len(fields) - 1):
        if _area(fields[n]) and not _area(fields[n + 1]) and _level(fields[n : n + 2]):
            done[n] = replace(done[n], part=1)
            done[n + 1] = replace(done[n + 1], part=2)
    return done


def _area(field: Named) -> bool:
    """Whether a field takes an area code alone."""
    return any("area" in plain(label.text).split() for label in field.labels)


def split(fields: Sequence[Named], n: int, draft: Draft, what: WhatWords) -> Draft | None:
    """Spread a draft over the parts of its field; None where the parts are not understood."""
    if fields[n].part is None:
        return draft
    after = [n]
    for m in range(n + 1, min(n + 3, len(fields))):
        if fields[m].part == len(after) + 1 and _level([fields[n], fields[m]]):
            after.append(m)
    parts: list[dict[str, Any]]
    if what.date and len(after) == 3:
        formats = ["MM", "DD", _year(fields[after[2]])]
        parts = [
            {"id": name, "date": form}
            for name, form in zip(("month", "day", "year"), formats, strict=True)
        ]
    elif what.id in ("phone", "fax") and len(after) in PHONES:
        parts = [
            {"id": f"part_{k}", "cut": list(cut), "validate": "phone"}
            for k, cut in enumerate(PHONES[len(after)], 1)
        ]
    else:
        return None
    told: tuple[tuple[dict[str, Any], int], ...] = tuple(zip(parts, after, strict=True))
    return replace(draft, numbers=tuple(after), parts=told)


def _piece(field: Named) -> tuple[int, str] | None:
    """Which piece of a date a label names, and the rest of the label."""
    if field.place.kind != "text":
        return None
    for label in field.labels:
        words = plain(label.text)
        match = PIECE.search(words)
        if match:
            rest = words[: match.start()].strip(" /-_(")
            return ORDER[match[1]], rest if what_in(rest) else ""
    return None


def _level(fields: Sequence[Named]) -> bool:
    first = fields[0].place
    return all(
        one.place.page == first.page
        and overlap(one.place.box[1], one.place.box[3], first.box[1], first.box[3]) > 3
        for one in fields
    )


def _year(field: Named) -> str:
    box = field.place.box
    short = field.place.max_length == 2 or (
        field.place.max_length is None and box[2] - box[0] < SHORT_YEAR
    )
    return "YY" if short else "YYYY"
