"""Telling the 277s apart: by the guide they name, else by what kind they say they are."""

import re
from collections.abc import Iterable

from nodes.x12.guide import positions
from nodes.x12.status_277.status import Guide, StatusItem

GUIDES: tuple[Guide, ...] = ("005010X212", "005010X213", "005010X214")
KINDS: dict[str, Guide] = {"DG": "005010X212", "RQ": "005010X213", "TH": "005010X214"}
NAMED = re.compile(r"[0-9]{6}X[0-9]{3}")
KIND = positions("BHT")["kind"][0]
ST_GUIDE, GS_GUIDE = positions("ST")["guide"][0], positions("GS")["guide"][0]


def by_name(start: list[str], group: list[str]) -> Guide | None:
    """The guide by ST03 or GS08; none where neither names one.

    Another guide that is named stays "other": it is read alike, but nothing is said of its rules.
    """
    for row, number in ((start, ST_GUIDE), (group, GS_GUIDE)):
        text = row[number] if len(row) > number else ""
        if NAMED.match(text):
            return next((guide for guide in GUIDES if text.startswith(guide)), "other")
    return None


def by_kind(row: list[str]) -> Guide | None:
    """The guide by BHT06."""
    return KINDS.get(row[KIND]) if len(row) > KIND else None


def by_shape(structure: str, levels: set[str], items: Iterable[StatusItem]) -> Guide:
    """The guide by BHT01, levels and statuses: requests have R, acknowledgments a PT level."""
    categories = {code.category[:1] for item in items for code in item.statuses}
    if categories == {"R"}:
        return "005010X213"
    if "PT" in levels or structure == "0085":
        return "005010X214"
    return "005010X212" if levels & {"22", "23"} or structure == "0010" else "other"
