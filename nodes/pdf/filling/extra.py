"""Texts at places of a page that has no field there."""

from nodes.pdf.filling import appearance
from nodes.pdf.filling.appearance import Style
from nodes.pdf.filling.drawing import Matrix, moved
from nodes.pdf.filling.faces import standard
from nodes.pdf.filling.fields import Widget
from nodes.pdf.filling.fonts import Fonts
from nodes.pdf.filling.look import Look
from nodes.pdf.filling.pages import Ink
from nodes.pdf.filling.places import Filling
from nodes.pdf.filling.values import Box, Entry, Placement


def place(
    ink: Ink,
    placement: Placement,
    shape: tuple[float, float, Box, int],
    filling: Filling,
    fonts: Fonts,
) -> None:
    """Write a text on a page, upright as it is shown; what does not fit is reported."""
    entry = placement.value if isinstance(placement.value, Entry) else Entry(placement.value)
    left, bottom, right, top = placement.box
    cells = max(1, int((right - left) / placement.pitch + 0.01)) if placement.pitch else None
    widget = Widget(
        name=placement.id,
        page=placement.page,
        box=(0, 0, right - left if not cells else cells * (placement.pitch or 0), top - bottom),
        kind="text",
        multiline=placement.multiline,
        comb=cells is not None,
        maxlen=cells,
        size=placement.size,
        align=placement.align,
    )
    style = Style(Look(width=0), standard(placement.face), fonts)
    if cells and len(entry.text) > cells:
        drawn = appearance.pointer(widget, entry.instead, style)
        filling.issue("too_long", placement.id, shown=0)
    else:
        drawn = appearance.text(widget, entry, style)
        if not drawn.whole:
            filling.issue("overflow", placement.id, shown=drawn.shown)
    filling.count(placement.id, drawn)
    ink.draw(drawn, moved_into(shape, left, bottom))


def moved_into(shape: tuple[float, float, Box, int], x: float, y: float) -> Matrix:
    """Map a place of the page as it is shown to the page's own coordinates."""
    _, _, (left, bottom, right, top), turned = shape
    own: dict[int, Matrix] = {
        0: (1, 0, 0, 1, left + x, bottom + y),
        90: (0, 1, -1, 0, right - y, bottom + x),
        180: (-1, 0, 0, -1, right - x, top - y),
        270: (0, -1, 1, 0, left + y, top - x),
    }
    return moved(own[turned], 0, 0)
