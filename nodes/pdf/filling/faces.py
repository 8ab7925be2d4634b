"""The typefaces a form's texts are set in, with the widths of their letters.

A field's own font is used where its letters and widths are certain: the standard ones, and
simple fonts with a named encoding, widths and no subset. Others are set in the standard face
that resembles them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject
from reportlab.pdfbase import pdfmetrics

from nodes.pdf.filling.dictionaries import number, resolved

ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
FAMILIES = (
    ("Courier", ("cour", "mono", "consol", "ocr", "typewriter")),
    ("Times", ("times", "serif", "roman", "georgia", "garamond", "minion", "cambria", "palat")),
)
STYLES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Courier": ("Courier", "Courier-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
}
STANDARD = frozenset(name for styles in STYLES.values() for name in styles)


@dataclass(frozen=True)
class Face:
    """A font as a field's text uses it; ``widths`` are thousandths of the font size by letter.

    ``codec`` is the encoding of its letters; "gid" two-byte glyph numbers. ``font`` is the font
    of the form, or None for one of ours.
    """

    name: str
    widths: Mapping[str, float]
    codec: str
    font: PdfObject | None = field(default=None, compare=False)
    glyphs: Mapping[int, int] = field(default_factory=dict, compare=False, repr=False)

    def holds(self, text: str) -> bool:
        """Whether every letter of a text is in the font."""
        widths = self.widths
        return all(letter in widths for letter in text)

    def width(self, text: str) -> float:
        """Tell how wide a text is at size 1."""
        widths = self.widths
        return sum([widths.get(letter, 0.0) for letter in text]) / 1000

    def string(self, text: str) -> bytes:
        """Write a text as a PDF string of the font's codes."""
        if self.codec == "gid":
            return b"<%b>" % "".join(f"{self.glyphs.get(ord(c), 0):04X}" for c in text).encode()
        data = text.encode(self.codec, "replace")
        data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        return b"(%b)" % data.replace(b"\r", b"\\r")


@cache
def standard(name: str) -> Face:
    """Give one of the standard fonts in Windows-1252."""
    widths = pdfmetrics.getFont(name).widths
    letters = {bytes((code,)).decode("cp1252", "ignore"): code for code in range(32, 256)}
    return Face(name, {c: float(widths[code]) for c, code in letters.items() if c}, "cp1252")


def face(font: PdfObject | None, name: str) -> Face:
    """Choose the face for the font that a field names."""
    if isinstance(font, DictionaryObject):
        return _own(font) or standard(_resembling(str(resolved(font.get("/BaseFont")) or name)))
    return standard(_resembling(name))


def _resembling(name: str) -> str:
    plain = name.lower()
    family = next((f for f, marks in FAMILIES if any(m in plain for m in marks)), "Helvetica")
    if plain.lstrip("/") in ("tiro", "tibo") or plain.startswith("/ti"):
        family = "Times"
    return STYLES[family]["bold" in plain or plain.lstrip("/") in ("hebo", "tibo", "cobo")]


def _own(font: DictionaryObject) -> Face | None:
    name = str(resolved(font.get("/BaseFont")) or "").lstrip("/")
    encoding = resolved(font.get("/Encoding"))
    widths = resolved(font.get("/Widths"))
    codec = ENCODINGS.get(encoding) if isinstance(encoding, str) else None
    if name in STANDARD or "+" in name or codec is None or not isinstance(widths, ArrayObject):
        return None
    if resolved(font.get("/Subtype")) not in ("/TrueType", "/Type1", "/MMType1"):
        return None
    first = int(number(font.get("/FirstChar")))
    found: dict[str, float] = {}
    for code, width in enumerate(widths, first):
        wide = number(width)
        if 32 <= code < 256 and wide > 0:
            found[bytes((code,)).decode(codec, "ignore")] = wide
    found.pop("", None)
    return Face(name, found, codec, font) if len(found) > 50 else None
