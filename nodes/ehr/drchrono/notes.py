"""Clinical notes of the REST API as notes of the chart, section by section.

A note has no date of its own: it is of its appointment, which also says whether it is locked.
Unticked boxes say nothing. What is only a PDF (at another address) is named and not read.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import ValidationError

from nodes.chart import Note, Skipped
from nodes.ehr.drchrono.rest import Item, Listed, Rest, text
from nodes.fhir import tree
from nodes.fhir.content import normalised

WINDOW = timedelta(days=180)  # the API takes ranges of 190 days at most
VERBOSE_PAGE = 25  # its most for appointments with their notes' states
LONGEST = 400_000
TICKED = {"true": "yes", "false": None}
ANSWERED = {"0": None, "1": "no", "2": "yes"}
Fields = dict[str, Item]


def listings(rest: Rest, patient: str, since: date, until: date) -> tuple[Listed, Listed]:
    """The appointments and the notes of a time, asked in ranges the API takes."""
    appointments = Listed("drchrono appointments?patient&date_range&verbose")
    notes = Listed("drchrono clinical_notes?patient&date_range")
    for window in windows(since, until):
        asked = [("patient", patient), ("date_range", window)]
        verbose = [*asked, ("verbose", "true")]
        join(appointments, rest.listed("appointments", verbose, VERBOSE_PAGE))
        join(notes, rest.listed("clinical_notes", asked))
    return appointments, notes


def windows(since: date, until: date) -> Iterator[str]:
    """Cut a time into ranges, first and last day inclusive."""
    while since <= until:
        last = min(until, since + WINDOW)
        yield f"{since}/{last}"
        since = last + timedelta(days=1)


def join(whole: Listed, part: Listed) -> None:
    """Add a part of a list to the whole."""
    whole.items += part.items
    whole.pages += part.pages
    whole.failure = whole.failure or part.failure


def fields(rest: Rest, notes: list[Item]) -> tuple[Fields, list[Listed]]:
    """The types of the fields that the notes use, by id, asked per template."""
    sections = [section for note in notes for section in tree.items(note, "clinical_note_sections")]
    templates = {text(section.get("clinical_note_template")) for section in sections} - {None}
    lists = [
        rest.listed("clinical_note_field_types", [("clinical_note_template", template)])
        for template in sorted(template for template in templates if template)
    ]
    known = {text(one.get("id")) or "": one for found in lists for one in found.items}
    return known, lists


def note(item: Item, appointment: Item | None, known: Fields) -> Note | Skipped:
    """Read one clinical note, or say why it is not read."""
    name = name_of(item)
    if item.get("archived") is True or tree.field(appointment, "deleted_flag") is True:
        return skipped(name, "withdrawn", "it is archived, or its appointment deleted")
    written = tree.day(appointment, "scheduled_time")
    if written is None:
        return skipped(name, "unreadable", "its appointment, which dates it, was not found")
    said = normalised("\n".join(lines(item, known)))[:LONGEST]
    if not said:
        return skipped(name, "text_unreadable", "no section has words; it may be a PDF only")
    locked = tree.field(appointment, "clinical_note", "locked") is True
    sections = [tree.string(one, "name") for one in tree.items(item, "clinical_note_sections")]
    title = ": ".join(["Clinical note", *[", ".join(filter(None, sections))][: any(sections)]])
    title = title if locked else f"Not locked, may still change: {title}"
    try:
        return Note(id=name, title=title[:500], written=written, text=said)
    except ValidationError:
        return skipped(name, "unreadable", "it does not fit what a chart can hold")


def lines(item: Item, known: Fields) -> Iterator[str]:
    """The words of a note: a line per section's name, and per field that says something."""
    for section in tree.items(item, "clinical_note_sections"):
        said = [line for value in tree.items(section, "values") if (line := answer(value, known))]
        if said:
            yield tree.string(section, "name") or "Section"
            yield from said


def answer(value: Item, known: Fields) -> str | None:
    """One field's words: its name and its value; None where it says nothing."""
    kind = known.get(text(value.get("clinical_note_field")) or "", {})
    said: str | None = words(value.get("value"))
    if tree.string(kind, "data_type") == "Checkbox":
        said = TICKED.get((said or "").lower(), said)
    elif tree.string(kind, "data_type") == "NullCheckbox":
        said = ANSWERED.get(said or "0", said)
    name = tree.string(kind, "name")
    return f"{name}: {said}" if name and said else said


def words(value: object) -> str | None:
    """A value as text, its lines kept."""
    if isinstance(value, str):
        return value.strip().encode(errors="replace").decode() or None
    return text(value)


def name_of(item: Item) -> str:
    """A reference: the appointment's id is the note's; what a reference cannot hold is ``-``."""
    id_ = text(item.get("appointment")) or text(item.get("id")) or "unnamed"
    return "ClinicalNote/" + re.sub(r"[^A-Za-z0-9.\-]", "-", id_)[:64]


def skipped(what: str, reason: str, detail: str) -> Skipped:
    """Say what is not used, and why."""
    return Skipped.model_validate({"what": what, "reason": reason, "detail": detail})
