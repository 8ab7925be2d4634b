"""A filled form whose fields stay fields."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from nodes.pdf.filling.dictionaries import annotations, appearances, known_as, resolved
from nodes.pdf.filling.drawing import Drawn, numbers
from nodes.pdf.filling.fonts import Fonts
from nodes.pdf.filling.output import Output
from nodes.pdf.filling.pages import drawable
from nodes.pdf.filling.places import Place
from nodes.pdf.filling.strip import CARRIERS

DROPPED = ("/A", "/AA", "/PA", "/AF", "/FS", "/Movie", "/Sound")


def keep(
    output: Output,
    page: DictionaryObject,
    places: Mapping[int, Place],
    fonts: Fonts,
    resources: Any,
) -> None:
    """Write a page's annotations anew: values, states and appearances in, actions out."""
    kept = ArrayObject()
    for annotation in annotations(page):
        if str(annotation.get("/Subtype")) in CARRIERS:
            continue
        for key in DROPPED:
            annotation.pop(key, None)
        place = places.get(id(annotation))
        for form in appearances(annotation).values() or [_single(annotation)]:
            if isinstance(resolved(form), StreamObject):
                drawable(output, resolved(form), resources)
        if place is not None:
            _write(output, place, fonts)
        kept.append(_put(output, annotation))
    page[NameObject("/Annots")] = kept


def fields(form: DictionaryObject, places: Iterable[Place], output: Output) -> PdfObject:
    """Write the form's dictionary: all fields found by it, none left to be drawn by the reader."""
    found = DictionaryObject()
    for key in ("/DR", "/DA", "/Q"):
        if key in form:
            found[NameObject(key)] = form.raw_get(key)
    listed = resolved(form.get("/Fields"))
    own = [one for one in listed if resolved(one)] if isinstance(listed, ArrayObject) else []
    known = {id(resolved(one)) for one in own}
    roots: dict[int, DictionaryObject] = {}
    attached: dict[int, set[tuple[int, int]]] = {}
    for place in places:
        _attach(output, place.line, attached)
        root = place.line[-1]
        if "/T" in root and id(root) not in known:
            roots[id(root)] = root
    more = [_put(output, root) for root in roots.values()]
    found[NameObject("/Fields")] = ArrayObject([*own, *more])
    found[NameObject("/NeedAppearances")] = BooleanObject(False)
    return found


def _attach(
    output: Output, line: Sequence[DictionaryObject], known: dict[int, set[tuple[int, int]]]
) -> None:
    """Let every field above a widget know the one below it; ``known`` is kept from call to call."""
    for child, parent in pairwise(line):
        reference = known_as(child)
        if reference is None:
            continue
        kids = resolved(parent.get("/Kids"))
        listed = list(kids) if id(parent) not in known and isinstance(kids, ArrayObject) else []
        own = known.setdefault(id(parent), {(k.idnum, k.generation) for k in listed if _is(k)})
        key = (reference.idnum, reference.generation)
        if key not in own:
            own.add(key)
            parent[NameObject("/Kids")] = ArrayObject([*(kids or ()), reference])
            output.change(parent)


def _is(kid: Any) -> bool:
    return isinstance(kid, IndirectObject)


def _single(annotation: DictionaryObject) -> Any:
    appearance = resolved(annotation.get("/AP"))
    return appearance.get("/N") if isinstance(appearance, DictionaryObject) else None


def _write(output: Output, place: Place, fonts: Fonts) -> None:
    widget = place.annotation
    field = next((node for node in place.line if "/T" in node), widget)
    if place.widget.kind == "signature":
        field.pop("/V", None)
    if place.value is not None:
        widget.pop("/DR", None)
        for node in {id(widget): widget, id(field): field}.values():
            for key in ("/V", "/RV", "/I"):
                node.pop(key, None)
        field[NameObject("/V")] = _value(place)
        _chosen(place, field)
    if place.state is not None:
        widget[NameObject("/AS")] = NameObject(place.state)
    if place.drawn is not None:
        _draw(output, place, place.drawn, fonts)
    for node in place.line:
        output.change(node)


def _value(place: Place) -> PdfObject:
    value = place.value or ""
    if place.widget.kind == "button":
        return NameObject(value)
    return TextStringObject(value)


def _chosen(place: Place, field: DictionaryObject) -> None:
    at = [n for n, (value, _) in enumerate(place.widget.options) if value == place.value]
    if at and not place.widget.combo:
        field[NameObject("/I")] = ArrayObject([NumberObject(at[0])])


def _draw(output: Output, place: Place, drawn: Drawn, fonts: Fonts) -> None:
    stream = output.stream(_form(drawn, fonts), b"/Tx BMC\n%b\nEMC" % drawn.body)
    shown: Any = stream
    if place.state is not None:
        appearance = resolved(place.annotation.get("/AP"))
        states = (
            resolved(appearance.get("/N")) if isinstance(appearance, DictionaryObject) else None
        )
        shown = DictionaryObject(states) if type(states) is DictionaryObject else DictionaryObject()
        shown[NameObject(place.state)] = stream
        if "/Off" not in shown:
            shown[NameObject("/Off")] = output.stream(f"{_box(drawn)}", b"")
    place.annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): shown})


def _form(drawn: Drawn, fonts: Fonts) -> str:
    turned = "" if drawn.matrix[0] == 1 else f" /Matrix [{numbers(*drawn.matrix)}]"
    return f"{_box(drawn)}{turned} /Resources <</Font <<{fonts.resources(drawn.fonts)}>>>>"


def _box(drawn: Drawn) -> str:
    return f"/Type /XObject /Subtype /Form /BBox [0 0 {numbers(drawn.wide, drawn.tall)}]"


def _put(output: Output, found: DictionaryObject) -> IndirectObject:
    known = known_as(found)
    if known is None:
        known = found.indirect_reference = output.add(found)
    else:
        output.change(found)
    return known
