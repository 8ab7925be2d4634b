"""A filled form's values read back through the template that fills it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nodes.document import Corners, DocumentPage, FormValue, PageWord
from nodes.pdf.box.asking import Boxed, ask
from nodes.pdf.mapping import Table
from nodes.pdf.template import Template
from nodes.reading import lines
from nodes.reading.known.behind import continued
from nodes.reading.known.formlike import formlike
from nodes.reading.known.forms import Blank, Spot, blank, every, holding, labels
from nodes.reading.known.likeness import Laid, Lone, laid, single
from nodes.reading.known.placed import placed
from nodes.reading.misread import folded
from nodes.reading.source import Source

INK, SECONDS = "nodes.reading.known.ink:shares", 20.0
MOSTLY = 0.9
TICKED, TICKED_SCANNED = 0.05, 0.1
INNER = 0.15
SLACK = 1.5
SAME, SAME_SCANNED = 4.0, 8.0
SURE = 0.9
Lying = list[tuple[int, DocumentPage, Laid]]


def read(raw: bytes, source: Source) -> Source:
    """Tell which known form a document is, and put paths to its values; else it stays as it is."""
    found = _read(raw, source) if formlike(source) else None
    if found is None:
        return source
    template, told = found
    tables = [one.label for one in template.mapping.fields if isinstance(one, Table)]
    return continued(told, labels(template), tables)


def _read(raw: bytes, source: Source) -> tuple[Template, Source] | None:
    named = {value.name for value in source.values if value.name}
    for template in every() if named else ():
        if _has_fields(template, named):
            values = tuple(_told(value, template) for value in source.values)
            on = frozenset(value.page for value in values if value.path)
            return template, replace(source, values=values, template=template.name, form_pages=on)
    best = _best(source)
    if best is None:
        return None
    template, form, lying = best
    values = tuple(value for one in lying for value in _values(raw, source, form, *one))
    return template, replace(
        source,
        values=(*source.values, *values),
        template=template.name,
        form_pages=frozenset(page.number for _, page, _ in lying),
    )


def _best(source: Source) -> tuple[Template, Blank, Lying] | None:
    """Find the form that is most like the document; one that is quite like it ends the search."""
    pages = [(page, single((word.text, word.box) for word in page.words)) for page in source.pages]
    best: tuple[float, tuple[Template, Blank, Lying] | None] = (0.0, None)
    for template in every():
        form = blank(template)
        lying = _lying(form, pages, source)
        alike = sum(one.alike for _, _, one in lying)
        if alike > best[0]:
            best = (alike, (template, form, lying))
        if len(form.single) == len(lying) and alike > SURE * len(lying):
            break
    return best[1]


def _has_fields(template: Template, named: set[str]) -> bool:
    fields = {name for name, _ in template.mapping.boxes()}
    needed = set(template.mapping.source.fingerprint)
    return bool(fields) and needed <= named and len(fields & named) >= MOSTLY * len(fields)


def _told(value: FormValue, template: Template) -> FormValue:
    """Say of a field's value where it belongs; of a ticked box the value it stands for."""
    held = holding(template)
    state = f"/{value.value}" if value.kind == "box" and value.value else None
    found = held.get((value.name, state))
    if found is None and value.kind == "box":
        found = next((one for (name, _), one in held.items() if name == value.name), None)
        return value.model_copy(update={"path": found.path if found else None})
    if found is None:
        return value
    said = found.value or value.value
    return value.model_copy(update={"path": found.path, "label": found.label, "value": said})


def _lying(form: Blank, pages: Sequence[tuple[DocumentPage, Lone]], source: Source) -> Lying:
    """Find for each page of a form the document's page that is most like it."""
    found: Lying = []
    taken: set[int] = set()
    for at, (printed, size) in enumerate(zip(form.single, form.sizes, strict=True), 1):
        if not any(spot.page == at for spot in form.spots):
            continue
        free = [(page, words) for page, words in pages if page.number not in taken]
        tries = [
            (page, laid(printed, size, page, words) or placed(form, at, page, source))
            for page, words in free
        ]
        alike = [(page, one) for page, one in tries if one is not None]
        if alike:
            page, one = max(alike, key=lambda pair: pair[1].alike)
            taken.add(page.number)
            found.append((at, page, one))
    return found


def _values(
    raw: bytes, source: Source, form: Blank, number: int, page: DocumentPage, lies: Laid
) -> Iterator[FormValue]:
    spots = [spot for spot in form.spots if spot.page == number]
    printed = [(folded(text), lies.box(box)) for text, box in form.printed[number - 1]]
    words = source.typed.get(page.number) or page.words
    entered = [word for word in words if not _is_printed(word, printed)]
    ticks = [spot for spot in spots if spot.tick]
    ticked = _ticked(raw, page, lies, ticks) if ticks else {}
    for spot in spots:
        box = lies.box(spot.box)
        inside = _inside(entered, box)
        value = ticked.get(spot) if spot.tick else _words(inside, spot.comb)
        shares = [word.confidence for word in inside if word.confidence is not None]
        yield FormValue(
            page=page.number,
            name=spot.name,
            label=spot.label or None,
            value=value,
            kind="box" if spot.tick else "text",
            box=tuple(round(edge, 2) for edge in box),  # type: ignore[arg-type]
            path=spot.held.path,
            confidence=min(shares, default=None) if value and not spot.tick else None,
        )


def _is_printed(word: PageWord, printed: Sequence[tuple[str, Corners]]) -> bool:
    text = folded(word.text)
    near = SAME if word.confidence is None else SAME_SCANNED
    return any(
        text == one and abs(word.box[0] - box[0]) < near and abs(word.box[1] - box[1]) < near
        for one, box in printed
    )


def _inside(words: Sequence[PageWord], box: Corners) -> list[PageWord]:
    left, top, right, bottom = box
    return [
        word
        for word in words
        if left - SLACK <= (word.box[0] + word.box[2]) / 2 <= right + SLACK
        and top - SLACK <= (word.box[1] + word.box[3]) / 2 <= bottom + SLACK
    ]


def _words(inside: Sequence[PageWord], comb: bool) -> str | None:
    """Give what stands in a box, line by line."""
    blank = "" if comb else " "
    said = [blank.join(word.text for word in line.words) for line in lines.lines(inside)]
    return "\n".join(said)[:20_000] or None


def _ticked(
    raw: bytes, page: DocumentPage, lies: Laid, spots: list[Spot]
) -> dict[Spot, str | None]:
    """Tell the boxes that are darker than on the blank form, and than most others here."""
    boxes = [_inner(lies.box(spot.box)) for spot in spots]
    scanned = page.read_by == "ocr"
    try:
        options = {"page": page.number, "boxes": boxes, "scanned": scanned}
        dark = ask(INK, raw, options, seconds=SECONDS).told
    except Boxed:
        return {}
    usual = sorted(dark)[len(dark) // 4]
    least = TICKED_SCANNED if scanned else TICKED
    return {
        spot: spot.held.value
        for spot, share in zip(spots, dark, strict=True)
        if share - usual > least
    }


def _inner(box: Corners) -> Corners:
    across, down = (box[2] - box[0]) * INNER, (box[3] - box[1]) * INNER
    return box[0] + across, box[1] + down, box[2] - across, box[3] - down
