"""What a filled form says on its addendum, read back into the fields that point there.

The addendum is as nodes/pdf/drawn draws it: a head on every page, each field's text under its
label, and the rows a table had no room for under the table's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nodes.document import DocumentPage, FormValue, PageWord
from nodes.pdf.pieces import POINTERS
from nodes.reading import lines
from nodes.reading.misread import folded, tokens
from nodes.reading.source import Source

FOOT, TALL = 50.0, 792.0
MOST = 12
CONTINUED = "Continued:"
GOES_ON = (folded("continued"),)
ADDENDUM = (folded(POINTERS[1]),)
TOP, LINES = 600, 3
LONGEST = 20_000
SAYS = frozenset(one.casefold() for one in POINTERS)
BARE = POINTERS[-1]


@dataclass(frozen=True)
class Told:
    """A line of the addendum: its page, its text and words."""

    page: int
    text: str
    words: tuple[PageWord, ...]


def continued(source: Source, labels: Sequence[str], tables: Sequence[str]) -> Source:
    """Put the texts of an addendum into the fields that point to it; say what could not be put.

    ``labels`` are those of the form's fields, ``tables`` those of its tables.
    """
    behind = [page for page in source.pages if page.number not in source.form_pages]
    pages = [page for page in behind if _is_addendum(page)]
    waiting = [one for one in source.values if _points(one, bool(pages))]
    found = _sections([*_lines(pages)], labels, tables, {one.label or "" for one in waiting})
    values = tuple(
        _filled(one, found) if _points(one, bool(pages)) else one for one in source.values
    )
    left = [one for one, now in zip(source.values, values, strict=True) if one is not now]
    looks = [*_left(left, found, pages), *_rows(found, tables)]
    return replace(source, values=values, looks=(*source.looks, *dict.fromkeys(looks)))


def _is_addendum(page: DocumentPage) -> bool:
    """Tell by one of the first lines, before which a fax machine may have put its own."""
    return any(_key(line)[:1] == ADDENDUM for line in page.text[:TOP].split("\n")[:LINES])


def _points(value: FormValue, there: bool) -> bool:
    said = (value.value or "").strip()
    return value.kind == "text" and said.casefold() in SAYS and (there or said != BARE)


def _lines(pages: Sequence[DocumentPage]) -> Iterator[Told]:
    """Give the lines of the addendum; after its first page without the head that is on each."""
    first: list[Told] = []
    for page in pages:
        told = _of(page)
        yield from told[_head(first, told) :]
        first = first or told


def _of(page: DocumentPage) -> list[Told]:
    foot = (TALL - FOOT) / TALL * (page.height or TALL)
    body = [word for word in page.words if (word.box[1] + word.box[3]) / 2 < foot]
    found = lines.lines(body)
    return [
        Told(page.number, " ".join(word.text for word in line.words), line.words) for line in found
    ]


def _head(first: Sequence[Told], told: Sequence[Told]) -> int:
    """Count the lines with which both pages begin, and the one that says which field goes on.

    Of a scan, whose head may be misread, the line that says so ends the head.
    """
    if first and told and told[0].words[0].confidence is not None:
        named = (at for at, one in enumerate(told[:MOST]) if _key(one.text)[:1] == GOES_ON)
        return next(named, 0) + 1
    same = [_key(one.text) == _key(other.text) for one, other in zip(first, told, strict=False)]
    count = next((at for at, one in enumerate(same) if not one), len(same))
    goes_on = count < len(told) and bool(count) and told[count].text.startswith(CONTINUED)
    return count + goes_on


def _sections(
    told: Sequence[Told], labels: Sequence[str], tables: Sequence[str], waiting: set[str]
) -> dict[str, list[Told]]:
    """Part the lines at the headings; nothing where a heading stands there more than once."""
    names = {_key(one): one for one in (*labels, *tables) if one in waiting or one in tables}
    starts = [(at, names[_key(one.text)]) for at, one in enumerate(told) if _key(one.text) in names]
    if not starts or len({name for _, name in starts}) < len(starts):
        return {}
    ends = [*(at for at, _ in starts[1:]), len(told)]
    return {name: list(told[at:end]) for (at, name), end in zip(starts, ends, strict=True)}


def _key(text: str) -> tuple[str, ...]:
    return tuple(one.word for one in tokens(text[:500]))


def _filled(value: FormValue, found: dict[str, list[Told]]) -> FormValue:
    section = found.get(value.label or "", [])[1:]
    said = "\n".join(one.text for one in section)
    if not said or len(said) > LONGEST or not value.path:
        return value.model_copy(update={"value": None, "confidence": None})
    shares = [w.confidence for one in section for w in one.words if w.confidence is not None]
    return value.model_copy(update={"value": said, "confidence": min(shares, default=None)})


def _left(
    values: Sequence[FormValue], found: dict[str, list[Told]], pages: Sequence[DocumentPage]
) -> Iterator[str]:
    """Say of each field that points on and has no text where it goes on."""
    for value in values:
        if _filled(value, found).value is not None:
            continue
        named = value.label or value.name
        section = found.get(named)
        if section or pages:
            number = section[0].page if section else pages[0].number
            yield f"form: {named} (page {value.page}) continues on page {number}"[:500]
        else:
            yield f"form: {named} continues on an addendum that is not in the document"[:500]


def _rows(found: dict[str, list[Told]], tables: Sequence[str]) -> Iterator[str]:
    for name, section in found.items():
        if name in tables:
            yield f"form: rows of {name} stand only on page {section[0].page}"[:500]
