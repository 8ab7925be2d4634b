"""What a page shows, as drawings: its own content, and what its annotations look like."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

UNSEEN, PUSH = 1 << 1 | 1 << 5, 1 << 16
SILENT = frozenset(
    ("/Popup", "/Link", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D")
)
MOST = 5_000
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


def drawing(page: "PageObject", area: Box, writer: "PdfWriter") -> Any:
    """Make one drawing of a page's content."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    content = page.get_contents()
    form = StreamObject()
    form.set_data(b"" if content is None else content.get_data())
    form = form.flate_encode()
    known = page.get("/Resources")
    resources = known.get_object() if known is not None else None
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(side) for side in area),
            NameObject("/Resources"): resources.clone(writer)
            if isinstance(resources, DictionaryObject)
            else DictionaryObject(),
        }
    )
    if "/Group" in page:
        form[NameObject("/Group")] = page["/Group"].clone(writer)
    writer._add_object(form)
    return form


def appearances(page: "PageObject", writer: "PdfWriter") -> Iterator[tuple[Any, Matrix]]:
    """Give what each visible annotation or field shows, and the matrix that puts it in place."""
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    listed = page.get("/Annots")
    found = listed.get_object() if listed is not None else ()
    for reference in list(found or ())[:MOST]:
        one = reference.get_object()
        if not isinstance(one, DictionaryObject) or _unseen(one):
            continue
        shown, rect = _appearance(one), _box(one.get("/Rect"))
        if not isinstance(shown, StreamObject) or rect is None:
            continue
        placed = _placed(shown, rect)
        if placed is None:
            continue
        form = shown.clone(writer)
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        yield form, placed


def _unseen(one: Any) -> bool:
    """Whether it is hidden, shows another thing than itself, or is a button to press."""
    flags = _inherited(one, "/F", 1)
    if str(one.get("/Subtype")) in SILENT or (isinstance(flags, int) and flags & UNSEEN):
        return True
    kind, how = str(_inherited(one, "/FT")), _inherited(one, "/Ff")
    return kind == "/Btn" and isinstance(how, int) and bool(how & PUSH)


def _inherited(one: Any, key: str, depth: int = 8) -> Any:
    """Give an entry of a field, or of the field above it."""
    for _ in range(depth):
        if key in one:
            return one[key].get_object()
        above = one.get("/Parent")
        one = above.get_object() if above is not None else {}
    return None


def _appearance(one: Any) -> Any:
    from pypdf.generic import DictionaryObject, StreamObject

    looks = one.get("/AP")
    looks = looks.get_object() if looks is not None else None
    normal = looks.get("/N") if isinstance(looks, DictionaryObject) else None
    normal = normal.get_object() if normal is not None else None
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
        state = normal.get(str(one.get("/AS", "/Off")))
        normal = state.get_object() if state is not None else None
    return normal


def _placed(shown: Any, rect: Box) -> Matrix | None:
    """Put the appearance's box, turned by its matrix, onto the rectangle (ISO 32000-1, 12.5.5)."""
    box, turn = _box(shown.get("/BBox")), shown.get("/Matrix")
    if box is None:
        return None
    a, b, c, d, e, f = [float(n) for n in turn.get_object()] if turn is not None else _SAME
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[0::2] for y in box[1::2]]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if right - left <= 0 or top - bottom <= 0:
        return None
    wide, high = (rect[2] - rect[0]) / (right - left), (rect[3] - rect[1]) / (top - bottom)
    return wide, 0, 0, high, rect[0] - left * wide, rect[1] - bottom * high


_SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _box(value: Any) -> Box | None:
    told = value.get_object() if value is not None else None
    if not isinstance(told, list) or len(told) != 4:
        return None
    try:
        numbers = [float(one.get_object()) for one in told]
    except (TypeError, ValueError):
        return None
    left, right = sorted(numbers[0::2])
    bottom, top = sorted(numbers[1::2])
    return left, bottom, right, top
