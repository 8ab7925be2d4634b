"""Plain pages joined into one PDF with bookmarks and a line at every foot, done in the box."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter


def join(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[int, list[bytes]]:
    """Join ``files``; ``data`` has a page for each of theirs, to be laid over it.

    ``marks``: title and place of each part; ``title``: the whole's.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject

    from nodes.pdf.packet.layers import hidden_layers, layered

    writer, lines = PdfWriter(), PdfReader(io.BytesIO(data))
    writer.pdf_header = "%PDF-1.7"
    hidden: list[Any] = []
    for one in files:
        reader = PdfReader(io.BytesIO(one))
        writer.append(reader, import_outline=False)
        hidden += [layer.clone(writer) for layer in hidden_layers(reader)]
    layered(writer, hidden)
    for page, line in zip(writer.pages, lines.pages, strict=True):
        _laid(line, page, writer)
    for title, place in options["marks"]:
        writer.add_outline_item(title=title, page_number=place)
    _told(writer, options["title"])
    target = io.BytesIO()
    mark = hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in (data, *files)))
    name = ByteStringObject(mark.digest()[:16])
    writer._ID = ArrayObject((name, name))
    writer.write(target)
    return len(writer.pages), [target.getvalue()]


def _laid(line: "PageObject", page: "PageObject", writer: "PdfWriter") -> None:
    """Lay a page over another of the same size, each untouched by what the other leaves set."""
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    from nodes.pdf.packet.showing import drawing

    size = (0.0, 0.0, float(page.mediabox.width), float(page.mediabox.height))
    form = drawing(line, size, writer)
    drawings = page["/Resources"]["/XObject"]  # type: ignore[index]
    drawings[NameObject("/Line")] = form.indirect_reference
    above = StreamObject()
    above.set_data(b"/Artifact BMC /Line Do EMC")
    own = page["/Contents"].indirect_reference
    page[NameObject("/Contents")] = ArrayObject([own, writer._add_object(above)])


def _told(writer: "PdfWriter", title: str) -> None:
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer.add_metadata({"/Title": title})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("en-US")
    shown = {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    root[NameObject("/ViewerPreferences")] = DictionaryObject(shown)
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
