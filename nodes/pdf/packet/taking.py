"""A document of others as plain upright pages: the job of a packet's parts, done in the box.

Each page becomes one drawing on a new page: scripts, actions, forms, links and attachments stay
behind, what is filled in or marked stays visible. Sizes are points.
"""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nodes.pdf.box.opening import calm
from nodes.pdf.box.verdict import Boxed

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

LETTER = (612.0, 792.0)
SMALLEST, LARGEST = 200.0, 1300.0
STRIP = 22.0
"""Height at a page's foot that is kept free for its number."""

Area = tuple[float, float, float, float]


def take(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[list[tuple[float, float]], list[bytes]]:
    """Give a PDF of plain pages, and their sizes; ``strip``: leave the foot of each page free.

    ``look``: a page whose foot is free as it is keeps its size.
    """
    from pypdf import PdfWriter

    from nodes.pdf.packet.layers import hidden_layers, layered
    from nodes.pdf.packet.picturing import free_feet, paged

    picture = options["media_type"] != "application/pdf"
    pdf = paged(data, options["pages"]) if picture else data
    reader, writer = calm(pdf, options["pages"]), PdfWriter()
    if not reader.pages:
        raise Boxed("unreadable")
    free = free_feet(pdf, STRIP) if options.get("look") else frozenset()
    sizes = [
        _redrawn(page, writer, options["strip"] and number not in free, picture)
        for number, page in enumerate(reader.pages)
    ]
    _emptied(writer)
    layered(writer, [one.clone(writer) for one in hidden_layers(reader)])
    target = io.BytesIO()
    writer.write(target)
    return sizes, [target.getvalue()]


def _redrawn(
    page: "PageObject", writer: "PdfWriter", strip: bool, picture: bool
) -> tuple[float, float]:
    """Draw a page onto a new one, turned upright; give the new one's size."""
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    area, unit = _area(page), _number(page.get("/UserUnit"), 1.0)
    upright = _upright(area, int(page.rotation) % 360)
    turned = (area[2] - area[0], area[3] - area[1])
    wide, high = (side * unit for side in (turned[::-1] if page.rotation % 180 else turned))
    size, scale = _paper(wide, high) if picture else _size(wide, high)
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
    (across, down), _ = _paper(wide, high)
    return (across, down), min(across / wide, down / high)


def _paper(wide: float, high: float) -> tuple[tuple[float, float], float]:
    """Give letter paper, on its side for what is wider than high."""
    return ((LETTER[0], LETTER[1]) if high >= wide else (LETTER[1], LETTER[0])), 1.0


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
