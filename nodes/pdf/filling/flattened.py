"""A filled form whose fields have become part of its pages."""

from collections.abc import Mapping
from typing import Any

from pypdf.generic import DictionaryObject, StreamObject

from nodes.pdf.filling.dictionaries import (
    annotations,
    appearances,
    number,
    rectangle,
    resolved,
)
from nodes.pdf.filling.drawing import moved
from nodes.pdf.filling.fields import HIDDEN, NOVIEW
from nodes.pdf.filling.output import Output
from nodes.pdf.filling.pages import Ink, drawable, into
from nodes.pdf.filling.places import OFF, Place
from nodes.pdf.filling.strip import CARRIERS

UNSEEN = frozenset(("/Popup", "/Link")) | CARRIERS


def flatten(
    output: Output,
    page: DictionaryObject,
    places: Mapping[int, Place],
    ink: Ink,
    resources: Any,
    layers: frozenset[int],
) -> None:
    """Draw what a page's annotations show; ``layers`` are the optional contents switched off."""
    for annotation in annotations(page):
        place = places.get(id(annotation))
        if _unseen(annotation, place, layers):
            continue
        if place is not None and place.drawn is not None:
            left, bottom, _, _ = place.widget.box
            ink.draw(place.drawn, moved(place.drawn.matrix, left, bottom))
            continue
        form = _shown(annotation, place.state if place else None)
        rect = rectangle(annotation.get("/Rect"))
        matrix = into(rect, form) if form is not None and rect else None
        if form is not None and matrix is not None:
            ink.show(drawable(output, form, resources), matrix)


def _unseen(annotation: DictionaryObject, place: Place | None, layers: frozenset[int]) -> bool:
    if int(number(annotation.get("/F"))) & (HIDDEN | NOVIEW):
        return True
    if place is not None and place.widget.kind == "push":
        return True
    layer = annotation.get("/OC")
    if layer is not None and id(resolved(layer)) in layers:
        return True
    return str(annotation.get("/Subtype")) in UNSEEN


def _shown(annotation: DictionaryObject, state: str | None) -> StreamObject | None:
    states = appearances(annotation)
    if states:
        found = states.get(state or str(annotation.get("/AS", OFF)), states.get(OFF))
    else:
        appearance = resolved(annotation.get("/AP"))
        found = appearance.get("/N") if isinstance(appearance, DictionaryObject) else None
    form = resolved(found)
    return form if isinstance(form, StreamObject) else None
