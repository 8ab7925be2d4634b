"""The jobs of inspect-form in the box: read a form and propose for it; draw the proposal."""

from collections.abc import Iterator, Mapping, Sequence
from time import process_time
from typing import Any

from nodes.pdf.inspecting.drafts import STRONG
from nodes.pdf.inspecting.mapping_text import Sheet, mapping_text
from nodes.pdf.inspecting.naming import Named, named
from nodes.pdf.inspecting.places import Place, Printed
from nodes.pdf.inspecting.proposing import Proposal, propose
from nodes.pdf.inspecting.sheets import sheets as read_pages

FIELDS = 3000
DRAWING = 8.0


def inspect(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[dict[str, Any], list[bytes]]:
    """Read a form's places with their labels, and propose a mapping.

    Options: ``template`` its name, ``flat`` to leave out the PDF's own fields.
    """
    from nodes.audit import sha256
    from nodes.pdf.box.opening import opened
    from nodes.pdf.box.verdict import Boxed
    from nodes.pdf.filling.dictionaries import shape
    from nodes.pdf.filling.fields import page_sizes, widgets
    from nodes.pdf.inspecting.flat import suggested
    from nodes.pdf.inspecting.widgets import places

    reader = opened(data)
    shapes = [shape(page) for page in reader.pages]
    own = [] if options.get("flat") else places(widgets(data)[:FIELDS], [s[2:] for s in shapes])
    flat = not any(one.kind in ("text", "box", "radio", "list") for one in own)
    sheets, notes = read_pages(data, reader, shapes)
    if notes and not sheets and not own:
        raise Boxed("limit")
    blank = Printed(0, 0)
    pages = []
    for number in range(len(shapes)):
        page = sheets.get(number, blank)
        here = [one for one in own if one.page == number]
        if flat:
            here += [p for p in suggested(page, number)] if number in sheets else []
        pages.append(named(page, in_order(here)))
    fields = [field for page in pages for field in page]
    text = " ".join(p.text for page in sheets.values() for p in page.phrases)
    proposal = propose(pages, text, () if flat else [one[1] for one in shapes])
    sheet = Sheet(
        template=str(options["template"]),
        title=_title(sheets),
        sha256=sha256(data),
        flat=flat,
        sizes=tuple(page_sizes(data)),
    )
    if not text.strip() and not notes:
        notes.append(
            "no text could be read: a scan or a picture; labels come from the fields alone"
        )
    if "/XFA" in _acroform(reader):
        notes.append("the form also has an XFA layer, which filling removes")
    told = {
        "flat": flat,
        "request": proposal.request,
        "sizes": [list(size) for size in sheet.sizes],
        "title": sheet.title,
        "notes": notes,
        "fields": list(_told(fields, proposal)),
        "mapping": mapping_text(sheet, fields, proposal),
        "said": text[:200_000],
    }
    return told, []


def draw(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[list[int], list[bytes]]:
    """Draw pages with their places; ``places`` are page, number, box and standing of each."""
    from nodes.pdf.inspecting.drawing import over
    from nodes.pdf.picture import bounded, opened, rendered

    began = process_time()
    by_page: dict[int, list[tuple[int, Any, str]]] = {}
    for page, number, box, standing in options["places"]:
        by_page.setdefault(page, []).append((number, tuple(box), standing))
    told, drawn = [], []
    with opened(data) as document:
        for number in sorted(by_page):
            if process_time() - began > DRAWING or not 0 <= number < len(document):
                break
            page = document[number]
            scale = bounded(page, float(options["dpi"]))
            image = rendered(page, scale, colour=True)
            told.append(number + 1)
            drawn.append(over(image, scale, by_page[number]))
    return told, drawn


def in_order(places: Sequence[Place]) -> list[Place]:
    """Put places as one reads them: by line, then from the left."""
    rows: list[list[Place]] = []
    for one in sorted(places, key=lambda p: (p.box[1] + p.box[3]) / 2):
        y = (one.box[1] + one.box[3]) / 2
        last = rows[-1][0].box if rows else None
        if last and y - (last[1] + last[3]) / 2 < 5:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows for one in sorted(row, key=lambda p: p.box[0])]


def _acroform(reader: Any) -> Any:
    form = reader.trailer["/Root"].get("/AcroForm")
    form = form.get_object() if form is not None else {}
    return form if isinstance(form, dict) else {}


def _title(sheets: Mapping[int, Printed]) -> str:
    """The largest words on the upper half of the first page, where some are larger than most."""
    for page in sheets.values():
        usual = sorted(p.size for p in page.phrases)[len(page.phrases) // 2 :][:1]
        upper = [
            p
            for p in page.phrases
            if p.box[3] < page.height / 2 and len(p.text) > 8 and p.size > 1.1 * usual[0]
        ]
        if upper:
            return max(upper, key=lambda p: (round(p.size), p.bold, -p.box[1])).text[:200]
    return "Form"


def _told(fields: Sequence[Named], proposal: Proposal) -> Iterator[dict[str, Any]]:
    drafts = {n: draft for draft in proposal.drafts for n in draft.numbers}
    for n, field in enumerate(fields):
        place, draft = field.place, drafts.get(n)
        standing = "unknown"
        if n in proposal.signed:
            standing = "signature"
        elif n in proposal.cleared:
            standing = "cleared"
        elif draft:
            standing = "proposed" if draft.score >= STRONG else "weak"
        yield {
            "number": n + 1,
            "name": place.name,
            "kind": place.kind,
            "page": place.page + 1,
            "box": [round(edge, 1) for edge in place.box],
            "states": list(place.states),
            "options": list(place.options[:200]),
            "max_length": place.max_length,
            "cells": place.cells,
            "required": place.required,
            "multiline": place.multiline,
            "hidden": place.hidden,
            "tooltip": place.tooltip,
            "labels": [
                {"text": one.text, "by": one.by, "score": one.score} for one in field.labels
            ],
            "question": field.question or None,
            "row": field.row,
            "above": list(field.above),
            "standing": standing,
            "entry": draft.id if draft else None,
            "path": draft.path if draft else None,
            "score": draft.score if draft else None,
            "reason": draft.reason if draft else None,
        }
