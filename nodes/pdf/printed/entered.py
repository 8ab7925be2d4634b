"""What people entered in a PDF: fields, ticks, signatures, and notes laid over the page.

Only in the box. ISO 32000-1, 12.5 (annotations) and 12.7 (interactive forms).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nodes.pdf.box.opening import opened
from nodes.pdf.printed.upright import Upright

MOST = 5_000
LONGEST = 20_000
PUSH = 1 << 16
DEEP = 50
HIDDEN = 0b100010
REMARKS = frozenset({"/FreeText", "/Text", "/Stamp", "/Highlight", "/Underline", "/StrikeOut",
                     "/Squiggly", "/Caret", "/Square", "/Circle", "/Line", "/Ink"})  # fmt: skip
Json = dict[str, Any]


def read(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[Json, list[bytes]]:
    """Give values in page order, whether there is XFA, and pages drawn on by hand."""
    reader = opened(data, int(options["most"]))
    root = _dictionary(reader.trailer["/Root"])
    form = _dictionary(root.get("/AcroForm"))
    values: list[Json] = []
    drawn = []
    for number, page in enumerate(reader.pages[: int(options["pages"])], 1):
        upright = _upright(page)
        for one in _annotations(page):
            if one.get("/Subtype") == "/Ink":
                drawn.append(number)
            told = _told(one, upright)
            if told and len(values) < MOST:
                values.append({"page": number, **told})
    return {"values": values, "xfa": "/XFA" in form, "drawn": sorted(set(drawn))}, []


def _annotations(page: Any) -> Iterator[Any]:
    found = page.get("/Annots")
    found = found.get_object() if found is not None else ()
    for one in found if isinstance(found, list) else ():
        one = one.get_object()
        if isinstance(one, dict) and not _number(one.get("/F")) & HIDDEN:
            yield one


def _told(one: Any, upright: Upright) -> Json | None:
    if one.get("/Subtype") == "/Widget":
        return _field(one, upright)
    words = _words(one.get("/Contents"))
    if one.get("/Subtype") not in REMARKS or not words:
        return None
    label = str(one["/Subtype"])[1:]
    return {
        "name": "",
        "label": label,
        "value": words,
        "kind": "annotation",
        "box": _box(one, upright),
    }


def _field(widget: Any, upright: Upright) -> Json | None:
    kind, flags = str(_inherited(widget, "/FT")), _number(_inherited(widget, "/Ff"))
    if kind == "/Btn" and flags & PUSH:
        return None
    label = _words(_inherited(widget, "/TU"))
    told = {"name": _name(widget)[:500], "label": label, "box": _box(widget, upright)}
    value = _inherited(widget, "/V")
    if kind == "/Sig":
        signed = isinstance(value, dict) and ("/Contents" in value or "/ByteRange" in value)
        return told | {"kind": "signature", "value": "signed" if signed else None}
    if kind == "/Btn":
        return told | {"kind": "box", "value": _state(widget)}
    if kind == "/Ch":
        return told | {"kind": "choice", "value": _chosen(value)}
    return told | {"kind": "text", "value": _words(value)} if kind == "/Tx" else None


def _state(widget: Any) -> str | None:
    """Give a box's state, as it is shown: none where it is off."""
    state = widget.get("/AS") or _inherited(widget, "/V")
    own = _dictionary(_dictionary(widget.get("/AP")).get("/N"))
    if state is None or str(state) == "/Off" or (own and str(state) not in own):
        return None
    return str(state).removeprefix("/")


def _chosen(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)[:LONGEST] or None
    return _words(value)


def _words(value: Any) -> str | None:
    value = value.get_object() if hasattr(value, "get_object") else value
    if hasattr(value, "get_data"):
        value = value.get_data().decode("utf-8", "replace")
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    said = str(value).replace("\r\n", "\n").replace("\r", "\n").strip() if value is not None else ""
    return said[:LONGEST].encode("utf-8", "replace").decode() or None


def _inherited(node: Any, key: str) -> Any:
    for _ in range(DEEP):
        if key in node:
            found = node[key]
            return found.get_object() if hasattr(found, "get_object") else found
        node = _dictionary(node.get("/Parent"))
        if not node:
            return None
    return None


def _name(node: Any) -> str:
    parts: list[str] = []
    for _ in range(DEEP):
        if "/T" in node:
            parts.append(str(node["/T"]))
        node = _dictionary(node.get("/Parent"))
        if not node:
            break
    return ".".join(reversed(parts))


def _box(one: Any, upright: Upright) -> list[float] | None:
    rect = one.get("/Rect")
    rect = rect.get_object() if rect is not None else None
    if not isinstance(rect, list) or len(rect) != 4:
        return None
    a, b, c, d = (float(side.get_object()) for side in rect)
    return list(upright.corners(min(a, c), min(b, d), max(a, c), max(b, d)))


def _upright(page: Any) -> Upright:
    crop = page.cropbox
    edges = (float(crop.left), float(crop.bottom), float(crop.right), float(crop.top))
    return Upright(edges, _number(page.rotation) % 360)


def _dictionary(value: Any) -> Any:
    value = value.get_object() if hasattr(value, "get_object") else value
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int | float) else 0
