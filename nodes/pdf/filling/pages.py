"""A page's content, wrapped so that what it leaves behind moves nothing, and drawn over."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from nodes.pdf.filling.dictionaries import known_as, number, rectangle, resolved
from nodes.pdf.filling.drawing import Drawn, Matrix, numbers
from nodes.pdf.filling.output import Output
from nodes.pdf.filling.values import Box

SAVES = re.compile(rb"(?<![^\s\]>)])([qQ])(?![^\s\[</(])")


@dataclass
class Ink:
    """What is drawn over a page: operators, and the fonts and forms that they name."""

    parts: list[bytes] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    forms: dict[str, IndirectObject] = field(default_factory=dict)

    def draw(self, drawn: Drawn, matrix: Matrix) -> None:
        """Draw what we composed."""
        self.parts.append(b"q %b cm\n%b\nQ" % (numbers(*matrix).encode(), drawn.body))
        self.fonts |= drawn.fonts

    def show(self, form: IndirectObject, matrix: Matrix) -> None:
        """Draw a form XObject."""
        name = f"/PAForm{form.idnum}"
        self.parts.append(f"q {numbers6(matrix)} cm {name} Do Q".encode())
        self.forms[name] = form


def numbers6(matrix: Matrix) -> str:
    """Write a matrix finely enough that what it scales stays in its place."""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix)


def into(rect: Box, form: DictionaryObject) -> Matrix | None:
    """Map an appearance's box onto a widget's (ISO 32000-2, 12.5.5, algorithm 8.1).

    None: the appearance has no box that could show anything.
    """
    box = rectangle(form.get("/BBox"))
    if box is None:
        return None
    listed = resolved(form.get("/Matrix"))
    own = [number(n) for n in listed] if isinstance(listed, ArrayObject) else []
    a, b, c, d, e, f = own if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    wide, tall = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    if wide <= 0 or tall <= 0:
        return None
    across, up = (rect[2] - rect[0]) / wide, (rect[3] - rect[1]) / tall
    return (across, 0, 0, up, rect[0] - left * across, rect[1] - bottom * up)


def drawable(output: Output, form: StreamObject, resources: Any) -> IndirectObject:
    """Make sure that what an appearance needs to be drawn is in it."""
    if "/Subtype" not in form or "/Resources" not in form:
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        if "/Resources" not in form:
            form[NameObject("/Resources")] = resources
        output.change(form)
    return known_as(form) or output.add(form)


def finish(
    output: Output, page: DictionaryObject, ink: Ink, fonts: dict[str, IndirectObject]
) -> None:
    """Put ink over a page's own content, with the resources that both need."""
    if not ink.parts:
        return
    own = list(_streams(page))
    opened, closed = _unbalanced(own)
    before = output.stream("", b"q " * (1 + closed))
    after = output.stream("", b"Q " * (1 + opened) + b"\n" + b"\n".join(ink.parts))
    page[NameObject("/Contents")] = ArrayObject((before, *(r for r, _ in own), after))
    resources = DictionaryObject(_entries(resolved(page.get("/Resources"))))
    _merge(resources, "/Font", {name: fonts[name] for name in sorted(ink.fonts)})
    _merge(resources, "/XObject", ink.forms)
    page[NameObject("/Resources")] = resources


def _merge(resources: DictionaryObject, key: str, more: dict[str, IndirectObject]) -> None:
    if more:
        merged = DictionaryObject(_entries(resolved(resources.get(key))))
        merged.update({NameObject(name): one for name, one in more.items()})
        resources[NameObject(key)] = merged


def _entries(found: Any) -> dict[Any, Any]:
    return dict(found.items()) if isinstance(found, DictionaryObject) else {}


def _streams(page: DictionaryObject) -> Iterator[tuple[IndirectObject, StreamObject]]:
    contents = page.get("/Contents", NullObject())
    listed = resolved(contents)
    for one in listed if isinstance(listed, ArrayObject) else [listed]:
        stream = resolved(one)
        known = known_as(stream) if isinstance(stream, StreamObject) else None
        if known is not None:
            yield known, stream


def _unbalanced(streams: Sequence[tuple[IndirectObject, StreamObject]]) -> tuple[int, int]:
    """Count the states that a page's content leaves open, and those it closes too often."""
    depth = lowest = 0
    for _, stream in streams:
        for sign in SAVES.findall(_data(stream)):
            depth += 1 if sign == b"q" else -1
            lowest = min(lowest, depth)
    return depth - lowest, -lowest


def _data(stream: StreamObject) -> bytes:
    """Lay a stream open; one that cannot be read opens and closes nothing."""
    try:
        return stream.get_data()
    except (PyPdfError, NotImplementedError, ValueError, zlib.error):
        return b""
