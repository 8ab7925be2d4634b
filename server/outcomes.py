"""Outcomes as a caller keeps them, read from a JSON list, JSON lines or CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial

from pydantic import ValidationError

from nodes.errors import UnreadableDocument
from nodes.risk.outcomes import OutcomeRecord

SHAPE = "payer, line_of_business, service_group, service_code, decided_on, denied"
NEEDED = {"payer", "service_group", "service_code", "decided_on", "denied"}


def outcomes(raw: bytes) -> tuple[OutcomeRecord, ...]:
    """Read outcomes: a JSON list, JSON lines, or CSV with the names in its first line."""
    try:
        text = raw.decode("utf-8-sig")
        read = {"[": _entries, "{": _json_lines}.get(text.lstrip()[:1], _rows)
        return tuple(read(text))
    except UnreadableDocument:
        raise
    except (ValueError, csv.Error):
        raise UnreadableDocument(f"the history is no JSON and no CSV with {SHAPE}") from None


def _entries(text: str) -> Iterator[OutcomeRecord]:
    for number, one in enumerate(json.loads(text), 1):
        yield _record(
            f"entry {number}", partial(OutcomeRecord.model_validate_json, json.dumps(one))
        )


def _json_lines(text: str) -> Iterator[OutcomeRecord]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _record(f"line {number}", partial(OutcomeRecord.model_validate_json, line))


def _rows(text: str) -> Iterator[OutcomeRecord]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if text.strip() and not set(rows.fieldnames or ()) >= NEEDED:
        raise ValueError
    for row in rows:
        place = f"line {rows.line_num}"
        if None in row:
            raise UnreadableDocument(f"the history: {place}: more cells than the first line names")
        filled = {name: value for name, value in row.items() if value}
        yield _record(place, partial(OutcomeRecord.model_validate_strings, filled))


def _record(place: str, read: Callable[[], OutcomeRecord]) -> OutcomeRecord:
    try:
        return read()
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        fields = (name for name in first["loc"] if name in OutcomeRecord.model_fields)
        where = ": ".join((place, *map(str, fields)))
        raise UnreadableDocument(f"the history: {where}: {first['msg']}") from None
