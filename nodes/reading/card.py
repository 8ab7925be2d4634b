"""The labelled values of an insurance card, as they stand there; nothing is guessed."""

import re
from collections.abc import Iterator

from nodes.document import DocumentPage, FormValue
from nodes.reading.parts import Judged
from nodes.reading.source import Source

ID = r"([A-Z0-9][A-Z0-9 \-]{3,24}?[A-Z0-9])"
PHONE = r"((?:1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]{0,2}\d{3}[-. ]\d{4})"
END = (
    r"(?=\s{2}|\s*$|\s+(?i:group|grp|rx|suffix|name|plan|pcp|effective|member|subscriber|issuer)\b)"
)
MARK = r"\s{0,3}(?:#|no\.?|number)?\s{0,3}[:#]?\s{0,4}"
NAME = r"([A-Za-z][A-Za-z'.\-]*(?: [A-Za-z][A-Za-z'.\-]*){1,4})"
LABELS: tuple[tuple[str, str], ...] = (
    ("Rx BIN", rf"(?i:rx\s?bin|\bbin){MARK}(\d{{6}})\b"),
    ("Rx PCN", rf"(?i:rx\s?pcn|\bpcn){MARK}([A-Za-z0-9]{{2,12}})\b"),
    ("Rx group", rf"(?i:rx\s?gro?u?p|rx\s?grp){MARK}([A-Za-z0-9\-]{{2,15}})\b"),
    ("Medicare number", r"\b([1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d{2})\b"),
    ("Member ID", rf"(?i:member|subscriber|identification|\bmem(?:ber)?)\s(?i:id|#|no\.?|number)"
                  rf"{MARK}{ID}{END}"),
    ("Member ID", rf"(?:^|\s)(?i:id)(?:\s?(?i:#|no\.?|number))?\s?[:#]?\s{{1,4}}{ID}{END}"),
    ("Group number", rf"(?<![A-Za-z])(?<!(?i:rx)\s)(?i:group|grp){MARK}([A-Z0-9\-]{{3,20}})\b"),
    ("Payer ID", rf"(?i:payer|payor)\s(?i:id){MARK}([A-Z0-9]{{5,10}})\b"),
    ("Subscriber", rf"(?i:subscriber|member|insured)(?:\s(?i:name))?\s?:\s{{0,4}}{NAME}{END}"),
    ("Issuer number", r"80840\)?\s{0,3}(\d{10})\b"),
    ("Phone", rf"(?<![\d-]){PHONE}(?!\d)"),
)  # fmt: skip
PATTERNS = tuple((label, re.compile(pattern, re.MULTILINE)) for label, pattern in LABELS)
LINE = 300
ONCE = frozenset({"Member ID", "Rx BIN", "Rx PCN", "Rx group", "Group number"})


def printed(source: Source, verdict: Judged) -> Iterator[FormValue]:
    """Give the labelled values of the pages that are insurance cards; the plan's name where told.

    The label of a phone number is the words before it on its line.
    """
    cards = [part for part in verdict.parts if part.kind == "insurance_card"]
    for page in source.pages:
        if any(part.first <= page.number <= part.last for part in cards):
            yield from _of(page)


def _of(page: DocumentPage) -> Iterator[FormValue]:
    seen: set[tuple[str, str]] = set()
    for line in page.text.split("\n"):
        for label, pattern in PATTERNS:
            for found in pattern.finditer(line[:LINE]):
                value = " ".join(found[1].split())
                if _is_new(label, value, seen):
                    seen.add((label, value))
                    said = line[: found.start(1)].strip(" :|-") if label == "Phone" else ""
                    told = said[-80:].strip() or label
                    yield FormValue(
                        page=page.number, name="", label=told, value=value, kind="printed"
                    )


def _is_new(label: str, value: str, seen: set[tuple[str, str]]) -> bool:
    if not any(char.isdigit() for char in value) and label in ("Member ID", "Group number"):
        return False
    first = label not in ONCE or all(one != label for one, _ in seen)
    return first and (label, value) not in seen
