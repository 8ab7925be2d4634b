"""Letters that no form's font has: the used part of our own wide font, embedded."""

import io
import logging
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pypdf.generic import IndirectObject

from nodes.pdf.filling.faces import Face
from nodes.pdf.filling.output import Output

FILE = Path(__file__).parents[1] / "fallback.ttf"
NAME = "PAWIDE+DejaVuSansCondensed"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@cache
def wide() -> Face:
    """Give the wide font: Latin, Greek and Cyrillic letters and common signs."""
    font = _font()
    per, glyphs, letters = font["head"].unitsPerEm, font.getReverseGlyphMap(), font.getBestCmap()
    metrics = font["hmtx"].metrics
    letters = {c: glyph for c, glyph in letters.items() if c >= 32}
    return Face(
        name="PAWide",
        widths={chr(c): metrics[glyph][0] * 1000 / per for c, glyph in letters.items()},
        codec="gid",
        glyphs={c: glyphs[glyph] for c, glyph in letters.items()},
    )


def embed(output: Output, letters: Iterable[str], reference: IndirectObject) -> None:
    """Embed the part of the wide font that holds ``letters``, glyph numbers as they are."""
    used, face = sorted(set(letters)), wide()
    data = _subset("".join(used))
    file = output.stream(f"/Length1 {len(data)}", data)
    gids = {face.glyphs[ord(c)]: (c, face.widths[c]) for c in used}
    font = _font()
    head, hhea, per = font["head"], font["hhea"], font["head"].unitsPerEm / 1000
    box = " ".join(f"{n / per:.0f}" for n in (head.xMin, head.yMin, head.xMax, head.yMax))
    descriptor = output.raw(
        f"<</Type /FontDescriptor /FontName /{NAME} /Flags 4 /FontBBox [{box}] /ItalicAngle 0"
        f" /Ascent {hhea.ascent / per:.0f} /Descent {hhea.descent / per:.0f} /CapHeight 729"
        f" /StemV 80 /FontFile2 {_reference(file)}>>"
    )
    widths = " ".join(f"{gid} [{wide:.0f}]" for gid, (_, wide) in sorted(gids.items()))
    descendant = output.raw(
        f"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{NAME} /CIDToGIDMap /Identity"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
        f" /FontDescriptor {_reference(descriptor)} /DW 600 /W [{widths}]>>"
    )
    unicode = output.stream("", _to_unicode({gid: c for gid, (c, _) in gids.items()}))
    output.raw(
        f"<</Type /Font /Subtype /Type0 /BaseFont /{NAME} /Encoding /Identity-H"
        f" /DescendantFonts [{_reference(descendant)}] /ToUnicode {_reference(unicode)}>>",
        reference,
    )


@cache
def _font() -> TTFont:
    return TTFont(FILE, lazy=False, recalcTimestamp=False)


def _subset(letters: str) -> bytes:
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    options = subset.Options(
        retain_gids=True, hinting=False, layout_features=[], name_IDs=[], notdef_outline=True
    )
    options.recalc_timestamp = False
    font = TTFont(FILE, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _to_unicode(letters: dict[int, str]) -> bytes:
    rows = [f"<{gid:04X}> <{c.encode('utf-16-be').hex()}>" for gid, c in sorted(letters.items())]
    parts = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(p)} beginbfchar\n" + "\n".join(p) + "\nendbfchar" for p in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _reference(reference: IndirectObject) -> str:
    return f"{reference.idnum} {reference.generation} R"
