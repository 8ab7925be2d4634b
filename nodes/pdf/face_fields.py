"""AcroForm fields on a page that is already drawn and tagged, each with a tag of its own.

ISO 14289-1 (PDF/UA-1) 7.18: every widget stands in a /Form element with a reference to it, has a
tooltip, and the pages are tabbed through in the order of the tags.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

FLAGS = {"": 0, "multiline": 1 << 12, "comb": 1 << 24}
RADIO = 1 << 15
PRINTED = 4


@dataclass(frozen=True)
class Field:
    """A text field, or with ``state`` one box of a choice; ``after`` is the text before it."""

    name: str
    tooltip: str
    page: int
    box: tuple[float, float, float, float]
    after: int
    size: float = 9.5
    flags: str = ""
    maxlen: int | None = None
    state: str | None = None
    option: str = ""


def with_fields(face: bytes, fields: Sequence[Field]) -> bytes:
    """Put fields on a tagged PDF; the same input gives the same bytes."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(face)))
    writer.pdf_header = "%PDF-1.7"
    form = _named(Fields=ArrayObject())
    form[NameObject("/DA")] = TextStringObject("/Helv 0 Tf 0 g")
    form[NameObject("/DR")] = _named(Font=_named(Helv=_font(writer)))
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
    placed = list(_widgets(writer, form, fields))
    _tag(writer, placed)
    root: Any = writer.root_object
    root["/MarkInfo"].pop("/Suspects", None)
    for page in writer.pages:
        page[NameObject("/Tabs")] = NameObject("/S")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _widgets(
    writer: PdfWriter, form: Any, fields: Sequence[Field]
) -> Iterator[tuple[Field, IndirectObject]]:
    groups: dict[str, Any] = {}
    for field in fields:
        widget = _widget(writer, field)
        ref = writer._add_object(widget)
        page: Any = writer.pages[field.page]
        page.setdefault(NameObject("/Annots"), ArrayObject()).append(ref)
        if field.state is None:
            widget.update(_text(field))
            form["/Fields"].append(ref)
        else:
            if field.name not in groups:
                groups[field.name] = writer._add_object(_group(field))
                form["/Fields"].append(groups[field.name])
            group = groups[field.name]
            widget[NameObject("/Parent")] = group
            group.get_object()["/Kids"].append(ref)
            widget.update(_box(writer, field))
        yield field, ref


def _widget(writer: PdfWriter, field: Field) -> DictionaryObject:
    widget = _named(Type=NameObject("/Annot"), Subtype=NameObject("/Widget"))
    widget[NameObject("/Rect")] = ArrayObject(FloatObject(round(n, 3)) for n in field.box)
    widget[NameObject("/F")] = NumberObject(PRINTED)
    widget[NameObject("/P")] = writer.pages[field.page].indirect_reference
    widget[NameObject("/TU")] = TextStringObject(field.tooltip)
    return widget


def _text(field: Field) -> DictionaryObject:
    text = _named(FT=NameObject("/Tx"), T=TextStringObject(field.name))
    text[NameObject("/Ff")] = NumberObject(FLAGS[field.flags])
    text[NameObject("/DA")] = TextStringObject(f"/Helv {field.size:g} Tf 0.067 g")
    if field.maxlen:
        text[NameObject("/MaxLen")] = NumberObject(field.maxlen)
    return text


def _group(field: Field) -> DictionaryObject:
    group = _named(FT=NameObject("/Btn"), T=TextStringObject(field.name), Kids=ArrayObject())
    group[NameObject("/Ff")] = NumberObject(RADIO)
    group[NameObject("/V")] = NameObject("/Off")
    group[NameObject("/TU")] = TextStringObject(field.tooltip)
    return group


def _box(writer: PdfWriter, field: Field) -> DictionaryObject:
    wide, tall = field.box[2] - field.box[0], field.box[3] - field.box[1]
    cross = f"q 1.1 w 2 2 m {wide - 2:g} {tall - 2:g} l 2 {tall - 2:g} m {wide - 2:g} 2 l S Q"
    drawn = {f"/{field.state}": cross, "/Off": ""}
    states = DictionaryObject()
    for state, content in drawn.items():
        look = StreamObject()
        look.update(_named(Type=NameObject("/XObject"), Subtype=NameObject("/Form")))
        look[NameObject("/BBox")] = ArrayObject(map(FloatObject, (0, 0, wide, tall)))
        look.set_data(content.encode())
        states[NameObject(state)] = writer._add_object(look)
    return _named(
        AS=NameObject("/Off"),
        AP=_named(N=states),
        MK=_named(CA=TextStringObject("8")),
        DA=TextStringObject("/ZaDb 0 Tf 0.067 g"),
    )


def _tag(writer: PdfWriter, placed: Sequence[tuple[Field, IndirectObject]]) -> None:
    """Hang each widget into the tags, after the text that stands before it."""
    root: Any = writer.root_object["/StructTreeRoot"]
    document = root["/K"].get_object()
    document = document[0].get_object() if isinstance(document, list) else document
    before, parents = list(document["/K"]), root["/ParentTree"]["/Nums"]
    key, tags = int(root["/ParentTreeNextKey"]), ArrayObject()
    for number, tag in enumerate(before, 1):
        tags.append(tag)
        for field, ref in (pair for pair in placed if pair[0].after == number):
            element = _element(writer, field, ref, document.indirect_reference)
            widget: Any = ref.get_object()
            widget[NameObject("/StructParent")] = NumberObject(key)
            parents.extend([NumberObject(key), element])
            tags.append(element)
            key += 1
    document[NameObject("/K")] = tags
    root[NameObject("/ParentTreeNextKey")] = NumberObject(key)


def _element(
    writer: PdfWriter, field: Field, widget: IndirectObject, parent: IndirectObject
) -> IndirectObject:
    reference = _named(Type=NameObject("/OBJR"), Obj=widget)
    element = _named(Type=NameObject("/StructElem"), S=NameObject("/Form"), P=parent)
    element[NameObject("/Pg")] = writer.pages[field.page].indirect_reference
    element[NameObject("/K")] = reference
    said = f"{field.tooltip}: {field.option}" if field.option else field.tooltip
    element[NameObject("/Alt")] = TextStringObject(said)
    return writer._add_object(element)


def _font(writer: PdfWriter) -> IndirectObject:
    return writer._add_object(
        _named(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type1"),
            BaseFont=NameObject("/Helvetica"),
            Encoding=NameObject("/WinAnsiEncoding"),
        )
    )


def _named(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})
