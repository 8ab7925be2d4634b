"""A form's PDF objects, read and written with pypdf.

The filled form is a new document made of the old one's pages. Nothing else is taken over: no
AcroForm, XFA, JavaScript, actions or attachments. What a field shows becomes part of its page,
so that every reader shows the same and nobody can change it unnoticed.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
    StreamObject,
)

from nodes.audit import sha256

Box = tuple[float, float, float, float]
OURS = "PriorAuthNodes"
MULTILINE, PASSWORD, COMB, PUSH = 1 << 12, 1 << 13, 1 << 24, 1 << 16
HIDDEN = 0b100010
LEFT_BEHIND = ("/Annots", "/AA", "/B", "/PieceInfo", "/Metadata", "/StructParents", "/Tabs")


@dataclass(frozen=True)
class Widget:
    """Where a field shows on a page; ``box`` is left, bottom, right, top in points."""

    name: str
    page: int
    box: Box
    kind: Literal["text", "choice", "button", "push", "signature"]
    tooltip: str | None = None
    states: tuple[str, ...] = ()
    multiline: bool = False
    comb: bool = False
    maxlen: int | None = None
    size: float = 0
    align: int = 0


def widgets(pdf: bytes) -> tuple[Widget, ...]:
    """List the widgets of a form in page order; the name is the full one, with dots."""
    reader = PdfReader(io.BytesIO(pdf))
    return tuple(_widget(i, a) for i, page in enumerate(reader.pages) for a in _annotations(page))


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Tell each page's upper right corner in points."""
    boxes = (page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages)
    return [(float(box.right), float(box.top)) for box in boxes]


def flatten(
    pdf: bytes, *, ink: bytes, states: Mapping[str, str], after: bytes | None, title: str
) -> bytes:
    """Write the form with ``ink`` laid over it page by page, its boxes in the given states.

    ``states`` maps full field names to appearance states with their slash; all other boxes are
    drawn off. ``after`` is a PDF whose pages follow. The same input gives the same bytes.
    """
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    overlays = PdfReader(io.BytesIO(ink)).pages
    for page, overlay in zip(PdfReader(io.BytesIO(pdf)).pages, overlays, strict=True):
        shown = [
            (form, matrix)
            for widget in _annotations(page)
            for form, matrix in _appearance(widget, states)
        ]
        copy = writer.add_page(page, excluded_keys=LEFT_BEHIND)
        _stamp(writer, copy, [*shown, (_form(writer, overlay), Transformation())])
    if after:
        for page in PdfReader(io.BytesIO(after)).pages:
            writer.add_page(page)
    writer.metadata = {"/Title": title, "/Producer": "Prior Auth Nodes"}
    mark = ByteStringObject(bytes.fromhex(sha256(pdf + ink + (after or b"")))[:16])
    writer._ID = ArrayObject((mark, mark))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _annotations(page: PageObject) -> Iterator[DictionaryObject]:
    for reference in cast(Iterable[Any], page.get("/Annots", ArrayObject()).get_object()):
        annotation = reference.get_object()
        if annotation.get("/Subtype") == "/Widget" and "/Rect" in annotation:
            yield annotation


def _lineage(widget: DictionaryObject) -> list[DictionaryObject]:
    found = [widget]
    while "/Parent" in found[-1] and len(found) < 50:
        found.append(cast(DictionaryObject, found[-1]["/Parent"]))
    return found


def _inherited(widget: DictionaryObject, key: str) -> Any:
    return next((node[key] for node in _lineage(widget) if key in node), None)


def _name(widget: DictionaryObject) -> str:
    return ".".join(str(node["/T"]) for node in reversed(_lineage(widget)) if "/T" in node)


def _states(widget: DictionaryObject) -> DictionaryObject:
    normal = widget.get("/AP", DictionaryObject()).get_object().get("/N", DictionaryObject())
    normal = normal.get_object()
    return DictionaryObject() if isinstance(normal, StreamObject) else normal


def _widget(page: int, widget: DictionaryObject) -> Widget:
    flags = int(_inherited(widget, "/Ff") or 0)
    kind = str(_inherited(widget, "/FT"))
    text = flags if kind == "/Tx" else 0
    appearance = str(_inherited(widget, "/DA") or "").split()
    maxlen = _inherited(widget, "/MaxLen")
    tooltip = _inherited(widget, "/TU")
    return Widget(
        name=_name(widget),
        page=page,
        box=_box(widget["/Rect"]),
        kind="push" if kind == "/Btn" and flags & PUSH else KINDS[kind],
        tooltip=str(tooltip) if tooltip else None,
        states=tuple(s for s in _states(widget) if s != "/Off"),
        multiline=bool(text & MULTILINE),
        comb=bool(text & COMB and not text & (MULTILINE | PASSWORD) and maxlen),
        maxlen=int(maxlen) if maxlen else None,
        size=float(appearance[appearance.index("Tf") - 1]) if "Tf" in appearance else 0,
        align=int(_inherited(widget, "/Q") or 0),
    )


KINDS: dict[str, Literal["text", "choice", "button", "signature"]] = {
    "/Tx": "text",
    "/Ch": "choice",
    "/Btn": "button",
    "/Sig": "signature",
}


def _box(value: Any) -> Box:
    x, y, right, top = (float(number.get_object()) for number in value.get_object())
    return min(x, right), min(y, top), max(x, right), max(y, top)


def _appearance(
    widget: DictionaryObject, states: Mapping[str, str]
) -> Iterator[tuple[StreamObject, Transformation]]:
    if _inherited(widget, "/FT") != "/Btn" or int(widget.get("/F", 0)) & HIDDEN:
        return
    drawn = _states(widget)
    wanted = states.get(_name(widget), "/Off")
    stream = drawn.get(wanted if wanted in drawn else "/Off")
    form = None if stream is None else cast(StreamObject, stream.get_object())
    if form is not None and form.get_data().strip():
        yield form, _into(_box(widget["/Rect"]), form)


def _into(rect: Box, form: StreamObject) -> Transformation:
    """Map an appearance's box onto the widget's (ISO 32000-2, 12.5.5, algorithm 8.1)."""
    x0, y0, x1, y1 = _box(form["/BBox"])
    a, b, c, d, e, f = (float(n) for n in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    own = Transformation((a, b, c, d, e, f))
    corners = [own.apply_on(point) for point in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    wide, tall = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    scale = ((rect[2] - rect[0]) / (wide or 1), (rect[3] - rect[1]) / (tall or 1))
    return Transformation().translate(-left, -bottom).scale(*scale).translate(rect[0], rect[1])


def _form(writer: PdfWriter, page: PageObject) -> StreamObject:
    """Make a form XObject of another document's page."""
    stream = DecodedStreamObject()
    contents = page.get_contents()
    stream.set_data(b"" if contents is None else contents.get_data())
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = RectangleObject([float(n) for n in page.mediabox])
    stream[NameObject("/Resources")] = page["/Resources"].clone(writer)
    writer._add_object(stream)
    return stream


def _stamp(
    writer: PdfWriter, page: PageObject, forms: list[tuple[StreamObject, Transformation]]
) -> None:
    """Draw forms on a page, after what it already draws and unmoved by it."""
    resources = DictionaryObject(cast(DictionaryObject, page.get("/Resources", {})))
    named = DictionaryObject(
        cast(DictionaryObject, resources.get("/XObject", DictionaryObject()).get_object())
    )
    drawing = []
    for place, (form, matrix) in enumerate(forms):
        name = f"/{OURS}{place}"
        named[NameObject(name)] = cast(Any, form.clone(writer).indirect_reference)
        moved = " ".join(FloatObject(round(n, 4)).myrepr() for n in matrix.ctm)
        drawing.append(f"q {moved} cm {name} Do Q")
    resources[NameObject("/XObject")] = named
    page[NameObject("/Resources")] = resources
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(("\nQ\n" + "\n".join(drawing)).encode())
    drawn = page.get("/Contents", ArrayObject())
    own = drawn.get_object() if isinstance(drawn.get_object(), ArrayObject) else [drawn]
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(before), *own, writer._add_object(after)]
    )
