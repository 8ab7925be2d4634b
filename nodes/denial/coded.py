"""Reasons given as codes: ``codes.tsv``, by value with our own short words, each row marked."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from nodes.audit import Used, sha256
from nodes.chart import Span
from nodes.decision import Decision, Outcome, Reason, Rejection
from nodes.denial.causes import categories_in
from nodes.entity import Said
from nodes.notice import Category, Cause
from nodes.x12.status_277.status import StatusItem

System = Literal["HCR03", "AAA03", "CARC", "RARC", "STC"]
VERSION = "2026.1"
LONGEST = 2000
STANDINGS: dict[str, Outcome] = {
    "denied": "denied",
    "rejected": "rejected",
    "information_requested": "pended",
    "waiting_for_us": "pended",
    "pending": "pended",
}


@cache
def table() -> tuple[dict[tuple[str, str], tuple[Category, str]], Used]:
    """Category and words by list and code, and the record of what was used."""
    raw = (files("nodes") / "denial" / "codes.tsv").read_bytes()
    found: dict[tuple[str, str], tuple[Category, str]] = {}
    for row in csv.DictReader(raw.decode().splitlines(), delimiter="\t"):
        assert row["category"] in get_args(Category)
        found[row["system"], row["code"]] = (cast("Category", row["category"]), row["words"])
    return found, Used(kind="table", id="denial-codes", version=VERSION, sha256=sha256(raw))


def category(system: System, code: str) -> Category:
    """Ours for a code; unknown where the table does not have it."""
    return table()[0].get((system, code), ("unknown", ""))[0]


def of_decision(decision: Decision, rejections: Sequence[Rejection]) -> tuple[Cause, ...]:
    """Give the causes of a 278: of its reasons, its rejections, else of the payer's own words."""
    words = next((_said(text) for text in decision.messages if text.strip()), None)
    found = [_cause("HCR03", reason.code, words) for reason in decision.reasons]
    found += [_cause("AAA03", one.code, words) for one in rejections]
    if not found and words:
        named = categories_in(words.quote) or ["unknown"]
        found = [Cause(category=one, words=words) for one in named]
    return tuple(found)


def _cause(system: System, code: str, words: Said | None) -> Cause:
    """A cause by its code; a code that says nothing by itself is told by the payer's words."""
    named = category(system, code)
    if named in ("unknown", "other") and words:
        named = next(iter(categories_in(words.quote)), named)
    return Cause(category=named, code=code, code_system=system, words=words)


def _said(message: str) -> Said:
    quote = message[:LONGEST]
    return Said(quote=quote, span=Span(start=0, end=len(quote)))


def of_statuses(items: Sequence[StatusItem]) -> tuple[Decision, tuple[Cause, ...]]:
    """Read the statuses of a 277: the first that is denied or rejected, else the first of all."""
    item = next((i for i in items if i.effective.outcome in ("denied", "rejected")), items[0])
    outcome = STANDINGS.get(item.effective.outcome, "unknown")
    if item.effective.category == "F1":
        outcome = "certified"
    decision = Decision(
        outcome=outcome,
        administrative_reference=item.payer_control_number,
        issued=item.effective.on,
        procedure=item.procedure,
        reasons=tuple(
            Reason(code=s.status, category=category("STC", s.status), words=s.status_words)
            for s in item.statuses
        ),
        service_from=item.service_from,
        service_to=item.service_to,
        trace_numbers=(item.trace_number,) if item.trace_number else (),
        messages=item.messages,
    )
    words = next((_said(text) for text in item.messages if text.strip()), None)
    if outcome not in ("denied", "rejected", "pended"):
        return decision, ()
    return decision, tuple(_cause("STC", s.status, words) for s in item.statuses)
