"""A form's widgets: every place where a field shows, whatever tree it hangs in."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, StreamObject

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
