"""How a form's dictionaries are read: by reference or not, inherited, upside down, or absent."""

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from nodes.pdf.filling.values import Box

DEEPEST = 50


def shape(page: DictionaryObject) -> tuple[float, float, Box, int]:
    """Tell a page's shown width and height, its CropBox and how far it is turned."""
    media = rectangle(page.get("/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = rectangle(page.get("/CropBox")) or media
    shown = (
        max(crop[0], media[0]),
        max(crop[1], media[1]),
        min(crop[2], media[2]),
        min(crop[3], media[3]),
    )
    if shown[0] >= shown[2] or shown[1] >= shown[3]:
        shown = media
    turned = round(number(page.get("/Rotate")) / 90) * 90 % 360
    wide, tall = shown[2] - shown[0], shown[3] - shown[1]
    return (tall, wide, shown, turned) if turned % 180 else (wide, tall, shown, turned)


def annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """List a page's annotations that are dictionaries."""
    listed = resolved(page.get("/Annots"))
    for reference in listed if isinstance(listed, ArrayObject) else ():
        annotation = resolved(reference)
        if isinstance(annotation, DictionaryObject):
            yield annotation


def lineage(widget: DictionaryObject) -> list[DictionaryObject]:
    """List a widget and the fields above it, nearest first."""
    found = [widget]
    while len(found) < DEEPEST:
        parent = resolved(found[-1].get("/Parent"))
        if not isinstance(parent, DictionaryObject) or any(parent is one for one in found):
            break
        found.append(parent)
    return found


def full_name(line: list[DictionaryObject]) -> str:
    """Join the names of a field and those above it with dots."""
    return ".".join(str(node["/T"]) for node in reversed(line) if "/T" in node)


def inherited(line: list[DictionaryObject], key: str) -> Any:
    """Tell what the nearest of a widget and the fields above it says."""
    return next((resolved(node[key]) for node in line if key in node), None)


def appearances(widget: DictionaryObject, key: str = "/N") -> Mapping[str, Any]:
    """Tell what a widget draws in each state; one that draws but one thing has no states."""
    appearance = resolved(widget.get("/AP"))
    drawn = resolved(appearance.get(key)) if isinstance(appearance, DictionaryObject) else None
    if isinstance(drawn, DictionaryObject) and not isinstance(drawn, StreamObject):
        return {str(state): one for state, one in drawn.items()}
    return {}


def rectangle(value: Any) -> Box | None:
    """Put a rectangle of numbers, direct or not, the right way up."""
    corners = resolved(value)
    if not isinstance(corners, ArrayObject) or len(corners) < 4:
        return None
    x, y, right, top = (number(corner) for corner in corners[:4])
    return min(x, right), min(y, top), max(x, right), max(y, top)


def number(value: Any) -> float:
    """Tell a number, direct or not; 0 where there is none."""
    found = resolved(value)
    return float(found) if isinstance(found, int | float) else 0.0


def known_as(found: PdfObject) -> IndirectObject | None:
    """Tell by which reference an object is known; None: it stands inside another."""
    return getattr(found, "indirect_reference", None)


def resolved(value: Any) -> Any:
    """Follow a reference; null counts as absent."""
    if isinstance(value, IndirectObject):
        value = value.get_object()
    return None if isinstance(value, NullObject) else value
