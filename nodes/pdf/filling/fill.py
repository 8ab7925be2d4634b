"""Fill a PDF form in one pass: read it, write its values, and strip what acts by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from nodes.pdf.filling import extra as extras
from nodes.pdf.filling import kept
from nodes.pdf.filling.dictionaries import annotations, known_as, lineage, resolved, shape
from nodes.pdf.filling.fields import read
from nodes.pdf.filling.flattened import flatten as flattened
from nodes.pdf.filling.fonts import Fonts
from nodes.pdf.filling.output import Output
from nodes.pdf.filling.pages import Ink, finish
from nodes.pdf.filling.places import Filling, Place, by_name
from nodes.pdf.filling.source import Original
from nodes.pdf.filling.strip import CATALOG, PAGE, TAGGED, WITH_FIELDS
from nodes.pdf.filling.transplant import transplant
from nodes.pdf.filling.values import Filled, Placement, Value


def fill(
    pdf: bytes,
    values: Mapping[str, Value],
    *,
    extra: Sequence[Placement] = (),
    flatten: bool = True,
    after: bytes | None = None,
    title: str = "",
) -> Filled:
    """Write ``values``, by full field name, into a form.

    ``extra`` are texts for places without a field; the pages of ``after`` follow the form's.
    ``flatten`` makes every visible field part of its page. The same input gives the same bytes.
    What a broken or locked PDF raises are pypdf's errors.
    """
    original = Original(pdf)
    output = Output(original)
    form = resolved(original.root_object.get("/AcroForm"))
    form = form if isinstance(form, DictionaryObject) else DictionaryObject()
    pages = list(original.pages)
    places = {id(p.annotation): p for n, page in enumerate(pages) for p in _places(n, page)}
    fonts = Fonts(output, form)
    filling = Filling(by_name(places.values()), fonts, form.get("/DA"))
    for name, value in values.items():
        filling.write(name, value)
    _show(filling, places.values(), renew=bool(resolved(form.get("/NeedAppearances"))))
    inks = [Ink() for _ in pages]
    layers = _switched_off(original.root_object)
    resources = form.get("/DR", DictionaryObject())
    for page, ink in zip(pages, inks, strict=True):
        if flatten:
            flattened(output, page, places, ink, resources, layers)
        else:
            kept.keep(output, page, places, fonts, resources)
    for placement in extra:
        _place(placement, pages, inks, filling, fonts)
    for page, ink in zip(pages, inks, strict=True):
        finish(output, page, ink, fonts.references())
    fonts.finish()
    root = _catalog(original.root_object, flatten)
    if not flatten:
        root[NameObject("/AcroForm")] = output.add(kept.fields(form, places.values(), output))
    root[NameObject("/Pages")] = _tree(output, pages, flatten, after)
    info = DictionaryObject({NameObject("/Producer"): TextStringObject("Prior Auth Nodes")})
    if title:
        info[NameObject("/Title")] = TextStringObject(title)
    written = output.write(output.add(root), output.add(info))
    return Filled(written, tuple(filling.issues), filling.shown)


def _places(number: int, page: DictionaryObject) -> Iterator[Place]:
    for annotation in annotations(page):
        if annotation.get("/Subtype") == "/Widget":
            line = lineage(annotation)
            yield Place(read(number, line), annotation, line)


def _show(filling: Filling, places: Iterable[Place], renew: bool) -> None:
    """Draw prefilled texts that the form leaves to its reader to draw."""
    for place in places:
        texts = place.widget.kind in ("text", "choice")
        if texts and place.value is None and (renew or not _drawn(place.annotation)):
            filling.show(place)


def _place(
    placement: Placement,
    pages: Sequence[DictionaryObject],
    inks: Sequence[Ink],
    filling: Filling,
    fonts: Fonts,
) -> None:
    if 0 <= placement.page < len(pages):
        page = placement.page
        extras.place(inks[page], placement, shape(pages[page]), filling, fonts)
    else:
        filling.issue("unknown_field", placement.id)


def _drawn(widget: DictionaryObject) -> bool:
    appearance = resolved(widget.get("/AP"))
    return isinstance(appearance, DictionaryObject) and resolved(appearance.get("/N")) is not None


def _switched_off(root: DictionaryObject) -> frozenset[int]:
    """List the optional contents that are not shown."""
    properties = resolved(root.get("/OCProperties"))
    default = resolved(properties.get("/D")) if isinstance(properties, DictionaryObject) else None
    off = resolved(default.get("/OFF")) if isinstance(default, DictionaryObject) else None
    return frozenset(id(resolved(one)) for one in off) if isinstance(off, list) else frozenset()


def _catalog(old: DictionaryObject, flatten: bool) -> DictionaryObject:
    wanted = CATALOG if flatten else CATALOG | TAGGED
    return DictionaryObject({key: old.raw_get(key) for key in old if key in wanted})


def _tree(
    output: Output, pages: Sequence[DictionaryObject], flatten: bool, after: bytes | None
) -> IndirectObject:
    tree = output.reserve()
    wanted = PAGE if flatten else PAGE | WITH_FIELDS
    kids: list[Any] = []
    for page in pages:
        own = DictionaryObject({key: page.raw_get(key) for key in page if key in wanted})
        own[NameObject("/Parent")] = tree
        own.setdefault(NameObject("/Resources"), DictionaryObject())
        reference = known_as(page)
        if reference is None:
            reference = output.add(own)
        else:
            output.replace(reference, own)
        kids.append(reference)
    if after:
        kids += transplant(output, after, tree)
    node = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Pages"),
            NameObject("/Kids"): ArrayObject(kids),
            NameObject("/Count"): NumberObject(len(kids)),
        }
    )
    return output.add(node, tree)
