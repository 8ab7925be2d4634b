"""A filled form's values read back through the template that fills it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nodes.document import Corners, DocumentPage, FormValue, PageWord
from nodes.pdf.box.asking import Boxed, ask
from nodes.pdf.template import Template
from nodes.reading import lines
from nodes.reading.known.forms import Blank, Spot, blank, every, holding
from nodes.reading.known.likeness import Laid, Lone, laid, single
from nodes.reading.misread import folded
from nodes.reading.source import Source

INK, SECONDS = "nodes.reading.known.ink:shares", 20.0
MOSTLY = 0.9
TICKED, TICKED_SCANNED = 0.05, 0.1
INNER = 0.15
SLACK = 1.5
SAME = 4.0
Lying = list[tuple[int, DocumentPage, Laid]]


def read(raw: bytes, source: Source) -> Source:
    """Tell which known form a document is, and put paths to its values; else it stays as it is."""
    templates = list(every())
    named = {value.name for value in source.values if value.name}
    for template in templates if named else ():
        if _has_fields(template, named):
            values = tuple(_told(value, template) for value in source.values)
            on = frozenset(value.page for value in values if value.path)
            return replace(source, values=values, template=template.name, form_pages=on)
    pages = [(page, single((word.text, word.box) for word in page.words)) for page in source.pages]
    best: tuple[float, Template, Blank, Lying] | None = None
    for template in templates:
        form = blank(template)
        lying = _lying(form, pages)
        alike = sum(one.alike for _, _, one in lying)
        if lying and (best is None or alike > best[0]):
            best = (alike, template, form, lying)
    if best is None:
        return source
    _, template, form, lying = best
    values = tuple(value for one in lying for value in _values(raw, form, *one))
    return replace(
        source,
        values=(*source.values, *values),
        template=template.name,
        form_pages=frozenset(page.number for _, page, _ in lying),
    )


def _has_fields(template: Template, named: set[str]) -> bool:
    fields = {name for name, _ in template.mapping.boxes()}
    needed = set(template.mapping.source.fingerprint)
    return bool(fields) and needed <= named and len(fields & named) >= MOSTLY * len(fields)


def _told(value: FormValue, template: Template) -> FormValue:
    """Say of a field's value where it belongs; of a ticked box the value it stands for."""
    held = holding(template.mapping)
    state = f"/{value.value}" if value.kind == "box" and value.value else None
    found = held.get((value.name, state))
    if found is None and value.kind == "box":
        found = next((one for (name, _), one in held.items() if name == value.name), None)
        return value.model_copy(update={"path": found.path if found else None})
    if found is None:
        return value
    return value.model_copy(update={"path": found.path, "value": found.value or value.value})


def _lying(form: Blank, pages: Sequence[tuple[DocumentPage, Lone]]) -> Lying:
    """Find for each page of a form the document's page that is most like it."""
    found: Lying = []
    taken: set[int] = set()
    for at, (printed, size) in enumerate(zip(form.single, form.sizes, strict=True), 1):
        if not any(spot.page == at for spot in form.spots):
            continue
        free = [(page, words) for page, words in pages if page.number not in taken]
        tries = [(page, laid(printed, size, page, words)) for page, words in free]
        alike = [(page, one) for page, one in tries if one is not None]
        if alike:
            page, one = max(alike, key=lambda pair: pair[1].alike)
            taken.add(page.number)
            found.append((at, page, one))
    return found


def _values(
    raw: bytes, form: Blank, number: int, page: DocumentPage, lies: Laid
) -> Iterator[FormValue]:
    spots = [spot for spot in form.spots if spot.page == number]
    printed = [(folded(text), lies.box(box)) for text, box in form.printed[number - 1]]
    entered = [word for word in page.words if not _is_printed(word, printed)]
    ticks = [spot for spot in spots if spot.tick]
    ticked = _ticked(raw, page, lies, ticks) if ticks else {}
    for spot in spots:
        box = lies.box(spot.box)
        value = ticked.get(spot) if spot.tick else _words(entered, box, spot.comb)
        yield FormValue(
            page=page.number,
            name=spot.name,
            label=spot.label.strip() or None,
            value=value,
            kind="box" if spot.tick else "text",
            box=tuple(round(edge, 2) for edge in box),  # type: ignore[arg-type]
            path=spot.held.path,
        )


def _is_printed(word: PageWord, printed: Sequence[tuple[str, Corners]]) -> bool:
    text = folded(word.text)
    return any(
        text == one and abs(word.box[0] - box[0]) < SAME and abs(word.box[1] - box[1]) < SAME
        for one, box in printed
    )


def _words(words: Sequence[PageWord], box: Corners, comb: bool) -> str | None:
    """Give what stands in a box, line by line."""
    left, top, right, bottom = box
    inside = [
        word
        for word in words
        if left - SLACK <= (word.box[0] + word.box[2]) / 2 <= right + SLACK
        and top - SLACK <= (word.box[1] + word.box[3]) / 2 <= bottom + SLACK
    ]
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
