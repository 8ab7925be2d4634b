"""Layers of a PDF (optional content, ISO 32000-1, 8.11) that its author shows to nobody."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter


def hidden_layers(reader: "PdfReader") -> list[Any]:
    """Layers that the document shows to nobody, which must not appear now."""
    from pypdf.generic import ArrayObject, DictionaryObject

    found: Any = reader.trailer.get("/Root")
    for key in ("/OCProperties", "/D", "/OFF"):
        held = found.get_object() if found is not None else None
        found = held.get(key) if isinstance(held, DictionaryObject) else None
    layers = found.get_object() if found is not None else None
    return list(layers) if isinstance(layers, ArrayObject) else []


def layered(writer: "PdfWriter", hidden: Sequence[Any]) -> None:
    """Hide layers of the document that is written; they are its own objects already."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    if not hidden:
        return
    layers = ArrayObject(hidden)
    default = DictionaryObject({NameObject("/OFF"): ArrayObject(layers)})
    told = DictionaryObject({NameObject("/OCGs"): layers, NameObject("/D"): default})
    writer.root_object[NameObject("/OCProperties")] = told
