"""Page content that takes longer to follow than to write, and fonts that say too much."""

from tests.hostile.plain import FREE, HELLO, bombed, flate, one_page, stream

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
DEEP = 200_000


def ten_million_operators() -> bytes:
    return one_page(body=bombed(b"q Q\n" * 250_000, 20))


def rectangles() -> bytes:
    return one_page(body=bombed(b"0 0 9 9 re f\n" * 50_000, 10))


def text_operators() -> bytes:
    return one_page(body=bombed(b"BT /F1 9 Tf (a) Tj ET\n" * 50_000, 20))


def clips_and_curves() -> bytes:
    return one_page(body=bombed(b"0 0 m 9 9 5 5 700 700 c W n\n" * 50_000, 10))


def calls_beyond_count() -> bytes:
    forms = {}
    for level in range(29):
        held = b"/Resources<</XObject<</X %d 0 R>>>>" % (FREE + level + 1)
        forms[FREE + level] = stream(b"/X Do " * 10, FORM + held)
    forms[FREE + 29] = stream(b"0 0 1 1 re f", FORM)
    return one_page(b"/X Do\n", more=forms, resources=b"/XObject<</X 10 0 R>>")


def calls_itself() -> bytes:
    held = b"/Resources<</XObject<</X 10 0 R>>>>"
    return one_page(
        b"/X Do\n",
        more={FREE: stream(b"/X Do " * 50, FORM + held)},
        resources=b"/XObject<</X 10 0 R>>",
    )


def nested_forms() -> bytes:
    forms = {}
    for level in range(5_000):
        held = b"/Resources<</XObject<</X %d 0 R>>>>" % (FREE + level + 1)
        forms[FREE + level] = stream(b"/X Do", FORM + held)
    forms[FREE + 5_000] = stream(b"0 0 1 1 re f", FORM)
    return one_page(b"/X Do\n", more=forms, resources=b"/XObject<</X 10 0 R>>")


def deep_content() -> bytes:
    return one_page(body=flate(b"[" * DEEP + b"]" * DEEP + b" TJ\n" + HELLO))


def inline_image_without_end() -> bytes:
    return one_page(b"BI /W 9999 /H 9999 /BPC 8 /CS /RGB ID " + bytes(100_000))


def unclosed_states() -> bytes:
    return one_page(body=bombed(b"q " * 500_000, 1))


def numbers_beyond_floats() -> bytes:
    nines = b"9" * 400
    return one_page(
        b"BT /F1 %s Tf %s %s Td (x) Tj ET 1 0 0 1 %s 0 cm\n" % (nines, nines, nines, nines)
    )


def one_long_word() -> bytes:
    return one_page(body=flate(b"BT /F1 9 Tf (" + b"W" * 5_000_000 + b") Tj ET"))


def own_pattern() -> bytes:
    held = b"/Resources<</Pattern<</P 10 0 R>>>>/Type/Pattern/PatternType 1/PaintType 1"
    made = stream(
        b"/Pattern cs /P scn 0 0 612 792 re f",
        held + b"/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001",
    )
    return one_page(
        b"/Pattern cs /P scn 0 0 612 792 re f\n",
        more={FREE: made},
        resources=b"/Pattern<</P 10 0 R>>",
    )


def own_glyph() -> bytes:
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97"
    font += b"/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 11 0 R>>"
    font += b"/Resources<</Font<</F9 10 0 R>>>>>>"
    glyph = stream(b"9 0 d0 BT /F9 1 Tf (aaaaaaaaaa) Tj ET")
    return one_page(
        b"BT /F9 9 Tf (aaaaaaaaaa) Tj ET\n", more={FREE: font, 11: glyph}, fonts=b"/F9 10 0 R"
    )


def to_unicode_range() -> bytes:
    cmap = b"/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
    cmap += b"endcodespacerange 1 beginbfrange <00000000> <0FFFFFFF> <0041> endbfrange endcmap end"
    return _composite(b"/ToUnicode 12 0 R", b"", {12: stream(cmap)})


def cid_widths() -> bytes:
    return _composite(b"", b"/W[0 999999999 500]", {})


def own_cmap() -> bytes:
    cmap = stream(b"begincmap endcmap", b"/Type/CMap/CMapName/Own/UseCMap 12 0 R")
    return _composite(b"/ToUnicode 12 0 R", b"", {12: cmap}, b"12 0 R")


def endless_widths() -> bytes:
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 0/LastChar 2000000000"
    font += b"/Widths[" + b"1 " * 3_000_000 + b"]>>"
    return one_page(b"BT /F9 9 Tf (b) Tj ET\n", more={FREE: font}, fonts=b"/F9 10 0 R")


def endless_differences() -> bytes:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences["
    font += b"0" + b"/a" * 2_000_000 + b"]>>>>"
    return one_page(b"BT /F9 9 Tf (b) Tj ET\n", more={FREE: font}, fonts=b"/F9 10 0 R")


def _composite(
    upper: bytes, lower: bytes, more: dict[int, bytes], encoding: bytes = b"/Identity-H"
) -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding %s %s/DescendantFonts[11 0 R]>>"
    under = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)"
    under += b"/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName"
    under += b"/Made/Flags 4/FontBBox[0 0 9 9]/Ascent 9/Descent 0>>" + lower + b">>"
    objects = {FREE: font % (encoding, upper), 11: under} | more
    return one_page(b"BT /F9 9 Tf <0041> Tj ET\n", more=objects, fonts=b"/F9 10 0 R")
