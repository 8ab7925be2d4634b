"""Pages of another PDF, taken into this one."""

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from nodes.pdf.filling.output import Output
from nodes.pdf.filling.source import Original
from nodes.pdf.filling.strip import PAGE, clean


def transplant(output: Output, pdf: bytes, parent: IndirectObject) -> list[IndirectObject]:
    """Copy every page of a PDF, with what it draws and nothing else, under ``parent``."""
    moving = _Moving(output)
    found = []
    for page in Original(pdf).pages:
        copy = DictionaryObject({key: page.raw_get(key) for key in page if key in PAGE})
        moved = moving.moved(copy)
        assert isinstance(moved, DictionaryObject)
        moved[NameObject("/Parent")] = parent
        found.append(output.add(moved))
    moving.finish()
    return found


class _Moving:
    def __init__(self, output: Output) -> None:
        self._output = output
        self._numbers: dict[int, IndirectObject] = {}
        self._waiting: list[tuple[IndirectObject, IndirectObject]] = []

    def moved(self, found: PdfObject) -> PdfObject:
        if isinstance(found, IndirectObject):
            if found.idnum not in self._numbers:
                self._numbers[found.idnum] = self._output.reserve()
                self._waiting.append((found, self._numbers[found.idnum]))
            return self._numbers[found.idnum]
        if isinstance(found, DictionaryObject):
            for key in list(found):
                found[NameObject(key)] = self.moved(found.raw_get(key))
        elif isinstance(found, ArrayObject):
            return ArrayObject([self.moved(item) for item in found])
        return found

    def finish(self) -> None:
        while self._waiting:
            old, new = self._waiting.pop()
            found = clean(old.get_object())
            if isinstance(found, DictionaryObject) and found.get("/Type") == "/Page":
                found = DictionaryObject()
            moved = self.moved(found)
            if isinstance(moved, StreamObject) and "/Length" in moved:
                del moved["/Length"]
            self._output.add(moved, new)
