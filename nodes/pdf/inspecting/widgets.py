"""The fields that a PDF has, as places on its upright pages."""

from collections import defaultdict
from collections.abc import Sequence

from nodes.pdf.filling.fields import Widget
from nodes.pdf.inspecting.places import Box, Place, PlaceKind
from nodes.pdf.inspecting.printed import upright

KINDS: dict[str, PlaceKind] = {
    "text": "text",
    "choice": "list",
    "button": "box",
    "push": "button",
    "signature": "signature",
}
SMALLEST = 1.0


def places(widgets: Sequence[Widget], shown: Sequence[tuple[Box, int]]) -> list[Place]:
    """Turn widgets to places, page by page; ``shown`` is each page's crop box and rotation.

    Several boxes of one name, or of a radio group, come as ``radio``.
    """
    states: dict[str, set[str]] = defaultdict(set)
    for widget in widgets:
        states[widget.name].update(widget.states)
    return [
        _place(widget, *shown[widget.page], radio=widget.radio or len(states[widget.name]) > 1)
        for widget in widgets
        if widget.page < len(shown)
    ]


def _place(widget: Widget, crop: Box, rotation: int, *, radio: bool) -> Place:
    box = upright(widget.box, crop, rotation)
    kind = KINDS[widget.kind]
    flat = min(box[2] - box[0], box[3] - box[1]) < SMALLEST
    return Place(
        name=widget.name,
        page=widget.page,
        box=box,
        kind="radio" if kind == "box" and radio else kind,
        tooltip=" ".join(widget.tooltip.split()) if widget.tooltip else None,
        states=widget.states,
        options=tuple(shown for _, shown in widget.options),
        max_length=widget.maxlen,
        required=widget.required,
        multiline=widget.multiline,
        cells=widget.maxlen if widget.comb else None,
        hidden=widget.hidden or flat,
    )
