"""A document read whole: its format, pages, kind, values, and why to look at it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nodes.audit import Used, sha256
from nodes.document import DocumentPage, DocumentPart, ReadDocument
from nodes.reading import formats, paper, word_file, words_only
from nodes.reading.card import printed
from nodes.reading.known import back
from nodes.reading.looking import looks
from nodes.reading.parts import Judged, judged
from nodes.reading.source import Source
from nodes.suspicion.found import MARK, told

BETWEEN = "\n\n"
FORMS = frozenset({"pdf", *formats.PICTURES})


@dataclass(frozen=True)
class Asked:
    """How a document shall be read."""

    parameters: str = ""
    ocr: paper.Ocr = "auto"


@dataclass(frozen=True)
class Whole:
    """A document, its warnings, its text, and the data that shaped the answer."""

    document: ReadDocument
    text: str
    warnings: tuple[str, ...]
    used: tuple[Used, ...]


def read(raw: bytes, asked: Asked) -> Whole:
    """Read a document's bytes; raises UnreadableDocument that says how to mend it."""
    kind = formats.told(raw)
    source = _source(raw, kind, asked)
    if kind in FORMS:
        source = back.read(raw, source)
    verdict = judged(source)
    source = replace(source, values=(*source.values, *printed(source, verdict)))
    document = ReadDocument(
        sha256=sha256(raw),
        media_type=formats.MEDIA[kind],
        kind=verdict.kind,
        reasons=verdict.reasons,
        pages=source.pages,
        parts=_placed(verdict, source.pages),
        tables=source.tables,
        values=source.values,
        template=source.template,
        must_look=tuple(dict.fromkeys([*source.looks, *looks(source, verdict)])),
    )
    return Whole(document, document.text, _warnings(source), verdict.used)


def _source(raw: bytes, kind: formats.Format, asked: Asked) -> Source:
    if kind == "pdf":
        return paper.pdf(raw, asked.ocr)
    if kind in formats.PICTURES:
        return paper.picture(raw, asked.ocr)
    if kind == "docx":
        return word_file.source(raw)
    return words_only.source(raw, kind, asked.parameters)


def _placed(verdict: Judged, pages: Sequence[DocumentPage]) -> tuple[DocumentPart, ...]:
    """Give each part its place in the whole text, in which empty pages have none."""
    start, places = 0, {}
    for page in pages:
        places[page.number] = (start, start + len(page.text))
        start += len(page.text) + len(BETWEEN) if page.text else 0
    return tuple(
        DocumentPart(
            first=part.first,
            last=part.last,
            kind=part.kind,
            cover=part.cover,
            start=places[part.first][0],
            end=max(places[part.first][0], places[part.last][1]),
        )
        for part in verdict.parts
    )


def _warnings(source: Source) -> tuple[str, ...]:
    said = told([(f"page {page.number}", page.text) for page in source.pages])
    values = told([(f"value {n}", one.value or "") for n, one in enumerate(source.values, 1)])
    kinds = ", ".join(source.hidden)
    return (*said, *values, *((f"{MARK}: the document ({kinds})",) if kinds else ()))
