"""Telling the 277s apart: by the guide they name, else by what kind they say they are."""

import re

from nodes.x12.envelope import TransactionSet
from nodes.x12.guide import positions
from nodes.x12.status import Guide

GUIDES: tuple[Guide, ...] = ("005010X212", "005010X213", "005010X214")
KINDS: dict[str, Guide] = {"DG": "005010X212", "RQ": "005010X213", "TH": "005010X214"}
NAMED = re.compile(r"[0-9]{6}X[0-9]{3}")
STRUCTURE = positions("BHT")["structure"][0]
KIND = positions("BHT")["kind"][0]
LEVEL = positions("HL")["level"][0]


def guide_of(transaction: TransactionSet) -> Guide:
    """The guide by ST03 or GS08; where neither names one, by BHT06, else by shape.

    Another guide that is named stays "other": it is read alike, but nothing is said of its rules.
    """
    for named in (transaction.segments[0].get(3), transaction.group.get(8)):
        if NAMED.match(named):
            return next((guide for guide in GUIDES if named.startswith(guide)), "other")
    for segment in transaction.segments[1:3]:
        if segment.id == "BHT":
            return KINDS.get(segment.get(KIND)) or shape(transaction, segment.get(STRUCTURE))
    return shape(transaction, "")


def shape(transaction: TransactionSet, structure: str) -> Guide:
    """The guide by its levels and statuses: requests have R, acknowledgments a PT level."""
    levels, categories = set(), set()
    for segment in transaction.segments:
        if segment.id == "HL":
            levels.add(segment.get(LEVEL))
        elif segment.id == "STC":
            categories.add(segment.get(1)[:1])
    if categories == {"R"}:
        return "005010X213"
    if "PT" in levels or structure == "0085":
        return "005010X214"
    return "005010X212" if levels & {"22", "23"} or structure == "0010" else "other"
