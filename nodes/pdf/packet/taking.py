"""A document of others as plain upright pages: the job of a packet's parts, done in the box.

Each page becomes one drawing on a new page: scripts, actions, forms, links and attachments stay
behind, what is filled in or marked stays visible. Sizes are points.
"""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nodes.pdf.box.opening import calm

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

LETTER = (612.0, 792.0)
SMALLEST, LARGEST = 200.0, 1300.0
STRIP = 22.0
"""Height at a page's foot that is kept free for its number."""

Area = tuple[float, float, float, float]


def take(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[list[tuple[float, float]], list[bytes]]:
    """Give a PDF of plain pages, and their sizes; ``strip``: leave the foot of each page free."""
    from pypdf import PdfWriter

    from nodes.pdf.packet.picturing import paged

    pdf = data if options["media_type"] == "application/pdf" else paged(data, options["pages"])
    reader, writer = calm(pdf, options["pages"]), PdfWriter()
    layers = _hidden_layers(reader)
    sizes = [_redrawn(page, writer, options["strip"]) for page in reader.pages]
    _emptied(writer)
    _layered(writer, layers)
    target = io.BytesIO()
    writer.write(target)
    return sizes, [target.getvalue()]


def _redrawn(page: "PageObject", writer: "PdfWriter", strip: bool) -> tuple[float, float]:
    """Draw a page onto a new one, turned upright; give the new one's size."""
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    area, unit = _area(page), _number(page.get("/UserUnit"), 1.0)
    upright = _upright(area, int(page.rotation) % 360)
    turned = (area[2] - area[0], area[3] - area[1])
    wide, high = (side * unit for side in (turned[::-1] if page.rotation % 180 else turned))
    size, scale = _size(wide, high)
    room = size[1] - (STRIP if strip else 0)
    fit = min(scale, room / high, size[0] / wide)
    left, foot = (size[0] - wide * fit) / 2, size[1] - high * fit
    new = writer.add_blank_page(*size)
    drawings = DictionaryObject()
    commands = [b"q", _cm(fit * unit, left, foot), _matrix(upright)]
    for number, (form, placed) in enumerate(_drawings(page, area, writer)):
        drawings[NameObject(f"/D{number}")] = form.indirect_reference
        commands.append(b"q %b /D%d Do Q" % (_matrix(placed), number))
    content = StreamObject()
    content.set_data(b"\n".join([*commands, b"Q"]))
    new[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawings})
    new[NameObject("/Contents")] = writer._add_object(content)
    return size


def _drawings(
    page: "PageObject", area: Area, writer: "PdfWriter"
) -> Iterator[tuple[Any, Sequence[float]]]:
    """The page's own content, then what annotations show, each with where it goes."""
    from nodes.pdf.packet.showing import appearances, drawing

    yield drawing(page, area, writer), (1, 0, 0, 1, 0, 0)
    yield from appearances(page, writer)


def _area(page: "PageObject") -> Area:
    """What of the page is shown, with corners in order; letter size where that is nothing."""
    for box in (page.cropbox, page.mediabox):
        corners = [float(corner) for corner in box]
        left, right = sorted(corners[0::2])
        bottom, top = sorted(corners[1::2])
        if all(map(math.isfinite, corners)) and right - left >= 1 and top - bottom >= 1:
            return left, bottom, right, top
    return 0.0, 0.0, *LETTER


def _size(wide: float, high: float) -> tuple[tuple[float, float], float]:
    """Give the new page's size and the scale: absurd sizes are fitted to letter size."""
    if min(wide, high) >= SMALLEST and max(wide, high) <= LARGEST:
        return (wide, high), 1.0
    size = LETTER if high >= wide else LETTER[::-1]
    return (size[0], size[1]), min(size[0] / wide, size[1] / high)


def _upright(area: Area, rotation: int) -> tuple[float, ...]:
    left, bottom, right, top = area
    return {
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }.get(rotation, (1, 0, 0, 1, -left, -bottom))


def _number(value: Any, otherwise: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return otherwise
    return number if math.isfinite(number) and 0.01 <= number <= 1000 else otherwise


def _cm(scale: float, x: float, y: float) -> bytes:
    return _matrix((scale, 0, 0, scale, x, y))


def _matrix(numbers: Sequence[float]) -> bytes:
    return b" ".join(b"%.5f" % number for number in numbers) + b" cm"


def _hidden_layers(reader: "PdfReader") -> list[Any]:
    """Layers that the document shows to nobody, which must not appear now."""
    from pypdf.generic import ArrayObject, DictionaryObject

    found: Any = reader.trailer.get("/Root")
    for key in ("/OCProperties", "/D", "/OFF"):
        held = found.get_object() if found is not None else None
        found = held.get(key) if isinstance(held, DictionaryObject) else None
    layers = found.get_object() if found is not None else None
    return list(layers) if isinstance(layers, ArrayObject) else []


def _layered(writer: "PdfWriter", hidden: Sequence[Any]) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    if not hidden:
        return
    layers = ArrayObject([one.clone(writer) for one in hidden])
    default = DictionaryObject({NameObject("/OFF"): ArrayObject(layers)})
    told = DictionaryObject({NameObject("/OCGs"): layers, NameObject("/D"): default})
    writer.root_object[NameObject("/OCProperties")] = told


def _emptied(writer: "PdfWriter") -> None:
    """Leave out of every stream what leads outside the page: files, metadata, other documents."""
    from pypdf.generic import DictionaryObject, StreamObject

    outward = ("/AF", "/Metadata", "/PieceInfo", "/OPI", "/Ref", "/F", "/FFilter", "/Alternates")
    for found in writer._objects:
        if isinstance(found, StreamObject):
            for key in outward:
                found.pop(key, None)
        if isinstance(found, DictionaryObject) and ("/EF" in found or "/JS" in found):
            found.clear()
