"""A form's widgets: every place where a field shows, whatever tree it hangs in."""

import io
from dataclasses import dataclass
from typing import Any, Literal

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from nodes.pdf.filling.dictionaries import (
    annotations,
    appearances,
    full_name,
    inherited,
    lineage,
    number,
    rectangle,
    resolved,
    shape,
)
from nodes.pdf.filling.values import Box

Kind = Literal["text", "choice", "button", "push", "signature"]
READONLY, REQUIRED = 1, 2
MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24
RADIO, PUSH = 1 << 15, 1 << 16
COMBO, EDIT = 1 << 17, 1 << 18
HIDDEN, NOVIEW = 1 << 1, 1 << 5
KINDS: dict[str, Kind] = {
    "/Tx": "text",
    "/Ch": "choice",
    "/Btn": "button",
    "/Sig": "signature",
}
DEEPEST = 50


@dataclass(frozen=True)
class Widget:
    """Where a field shows on a page; ``box`` is left, bottom, right, top in points.

    ``states`` are a box's exact states with their slash, without /Off; ``options`` a list's
    (value, shown) pairs. ``value`` is the text or state now; ``rotation`` the clockwise degrees
    by which its text is turned against the page; ``size`` 0 means that the size is free.
    """

    name: str
    page: int
    box: Box
    kind: Kind
    tooltip: str | None = None
    states: tuple[str, ...] = ()
    multiline: bool = False
    comb: bool = False
    maxlen: int | None = None
    size: float = 0
    align: int = 0
    rotation: int = 0
    options: tuple[tuple[str, str], ...] = ()
    radio: bool = False
    combo: bool = False
    editable: bool = False
    value: str | None = None
    checked: bool = False
    readonly: bool = False
    required: bool = False
    hidden: bool = False


def widgets(pdf: bytes) -> tuple[Widget, ...]:
    """List the widgets of a form in page order; the name is the full one, with dots."""
    reader = PdfReader(io.BytesIO(pdf))
    return tuple(
        read(number, lineage(annotation))
        for number, page in enumerate(reader.pages)
        for annotation in annotations(page)
        if annotation.get("/Subtype") == "/Widget"
    )


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Tell the width and height in points of each page as it is shown."""
    return [shape(page)[:2] for page in PdfReader(io.BytesIO(pdf)).pages]


def read(page: int, line: list[DictionaryObject]) -> Widget:
    """Read one widget with all that its field and the fields above it say."""
    widget = line[0]
    flags = int(number(inherited(line, "/Ff")))
    kind = _kind(widget, line, flags)
    text = flags if kind == "text" else 0
    maxlen = int(number(inherited(line, "/MaxLen"))) if kind == "text" else 0
    hidden = int(number(widget.get("/F"))) & (HIDDEN | NOVIEW)
    tooltip = inherited(line, "/TU")
    value = _value(resolved(inherited(line, "/V")))
    return Widget(
        name=full_name(line),
        page=page,
        box=rectangle(widget.get("/Rect")) or (0.0, 0.0, 0.0, 0.0),
        kind=kind,
        tooltip=str(tooltip) if tooltip else None,
        states=states(widget) if kind == "button" else (),
        multiline=bool(text & MULTILINE),
        comb=bool(text & COMB and not text & (MULTILINE | PASSWORD) and maxlen > 0),
        maxlen=maxlen if maxlen > 0 else None,
        size=_size(inherited(line, "/DA")),
        align=int(number(inherited(line, "/Q"))) % 3,
        rotation=_rotation(widget),
        options=_options(resolved(inherited(line, "/Opt"))) if kind == "choice" else (),
        radio=kind == "button" and bool(flags & RADIO),
        combo=kind == "choice" and bool(flags & COMBO),
        editable=kind == "choice" and bool(flags & COMBO and flags & EDIT),
        value=value,
        checked=kind == "button" and str(widget.get("/AS", "/Off")) != "/Off",
        readonly=bool(flags & READONLY),
        required=bool(flags & REQUIRED),
        hidden=bool(hidden),
    )


def states(widget: DictionaryObject) -> tuple[str, ...]:
    """List a box's exact states without /Off; a box that draws none has /Yes."""
    drawn = [state for key in ("/N", "/D") for state in appearances(widget, key)]
    return tuple(dict.fromkeys(s for s in drawn if s != "/Off")) or ("/Yes",)


def _kind(widget: DictionaryObject, line: list[DictionaryObject], flags: int) -> Kind:
    kind = KINDS.get(str(inherited(line, "/FT")))
    if kind is None:
        return "button" if appearances(widget) else "text"
    return "push" if kind == "button" and flags & PUSH else kind


def _size(appearance: Any) -> float:
    parts = str(appearance or "").split()
    try:
        return max(0.0, float(parts[parts.index("Tf") - 1]))
    except (ValueError, IndexError):
        return 0.0


def _rotation(widget: DictionaryObject) -> int:
    colours = resolved(widget.get("/MK"))
    turned = number(colours.get("/R")) if isinstance(colours, DictionaryObject) else 0
    return round(turned / 90) * 90 % 360


def _options(listed: Any) -> tuple[tuple[str, str], ...]:
    found = []
    for one in listed if isinstance(listed, ArrayObject) else ():
        option = resolved(one)
        pair = option if isinstance(option, ArrayObject) and option else [option, option]
        found.append((str(resolved(pair[0])), str(resolved(pair[-1]))))
    return tuple(found)


def _value(value: Any) -> str | None:
    if isinstance(value, ArrayObject) and value:
        value = resolved(value[0])
    if isinstance(value, StreamObject):
        return value.get_data().decode("utf-8", "replace")
    return str(value) if isinstance(value, str) else None
