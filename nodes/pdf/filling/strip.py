"""What a form may not carry along: scripts, actions, attachments, and where they hide."""

import re

from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject, StreamObject

KEYS = frozenset(
    (
        *("/JS", "/JavaScript", "/AA", "/PA", "/OpenAction", "/XFA", "/Perms", "/CO"),
        *("/EF", "/RF", "/AF", "/EmbeddedFiles", "/Legal", "/Collection", "/RichMediaContent"),
    )
)
ACTIONS = frozenset(
    (
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR"),
        *("/GoToE", "/URI", "/Rendition", "/Movie", "/Sound", "/Hide", "/Named", "/Thread"),
        *("/SetOCGState", "/Trans", "/GoTo3DView", "/RichMediaExecute", "/GoToDp", "/Rendition"),
    )
)
CARRIERS = frozenset(
    ("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D", "/TrapNet")
)
_NAMES = "|".join(sorted({name[1:] for name in KEYS | ACTIONS} | {"EmbeddedFile"}))
SUSPECT = re.compile(rf"/(?:{_NAMES})(?![A-Za-z0-9_.-])".encode())
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
CATALOG = frozenset(("/Type", "/Lang", "/OCProperties", "/ViewerPreferences", "/Extensions"))
TAGGED = frozenset(("/MarkInfo", "/StructTreeRoot", "/PageLabels"))
PAGE = frozenset(
    (
        *("/Type", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate"),
        *("/Resources", "/Contents", "/Group", "/UserUnit"),
    )
)
WITH_FIELDS = frozenset(("/Annots", "/StructParents", "/Tabs"))


def suspect(body: bytes) -> bool:
    """Whether an object's bytes name what may not be carried along, in plain or escaped."""
    if SUSPECT.search(body):
        return True
    return b"#" in body and bool(
        SUSPECT.search(ESCAPE.sub(lambda m: bytes((int(m[1], 16),)), body))
    )


def clean(found: PdfObject | None, depth: int = 0) -> PdfObject:
    """Empty every action, and leave out every key that leads to a script or a file, in place."""
    if found is None or depth > 100:
        return NullObject()
    if isinstance(found, StreamObject) and found.get("/Type") == "/EmbeddedFile":
        return NullObject()
    if isinstance(found, DictionaryObject):
        _dictionary(found, depth)
    elif isinstance(found, ArrayObject):
        for item in found:
            if isinstance(item, DictionaryObject | ArrayObject):
                clean(item, depth + 1)
    return found


def _dictionary(found: DictionaryObject, depth: int) -> None:
    if str(found.get("/S")) in ACTIONS and "/P" not in found:
        found.clear()
    for key in KEYS & found.keys():
        del found[key]
    for value in found.values():
        if isinstance(value, DictionaryObject | ArrayObject):
            clean(value, depth + 1)
