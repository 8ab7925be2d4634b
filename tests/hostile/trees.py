"""Trees that are endless, too wide, too deep, or tables that lead nowhere."""

from tests.hostile.plain import CATALOG, CONTENT, FONT, FREE, HELLO, PAGES, flate, one_page, written

DEEP = 200_000
LEAF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
LEAF += b"/Resources<</Font<</F1 5 0 R>>>>>>"


def ten_thousand_pages() -> bytes:
    numbers = range(FREE, FREE + 10_000)
    return _tree(b" ".join(b"%d 0 R" % n for n in numbers), 10_000, dict.fromkeys(numbers, LEAF))


def the_same_page() -> bytes:
    return _tree(b"10 0 R " * 99_999, 99_999, {FREE: LEAF})


def page_tree_loop() -> bytes:
    return _tree(b"2 0 R 10 0 R", 2, {FREE: LEAF})


def deep_page_tree() -> bytes:
    inner = b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>"
    nodes = {n: inner % (n - 1, n + 1) for n in range(FREE, FREE + 20_000)}
    return _tree(b"10 0 R", 1, nodes | {FREE + 20_000: LEAF})


def parent_loop() -> bytes:
    return _tree(b"10 0 R", 1, {FREE: b"<</Type/Page/Parent 10 0 R/Contents 4 0 R>>"})


def lying_count() -> bytes:
    return _tree(b"10 0 R", 2_000_000_000, {FREE: LEAF})


def negative_count() -> bytes:
    return _tree(b"10 0 R", -5, {FREE: LEAF})


def huge_paper() -> bytes:
    return one_page(box=b"[0 0 1000000000 1000000000]")


def crooked_paper() -> bytes:
    return one_page(box=b"[612 792 0]", page=b"/Rotate 37/UserUnit 1000000")


def deep_dictionaries() -> bytes:
    return one_page(catalog=b"/Deep " + b"<</A " * DEEP + b"1" + b">>" * DEEP)


def deep_arrays() -> bytes:
    return one_page(catalog=b"/Deep " + b"[" * DEEP + b"]" * DEEP)


def outline_loop() -> bytes:
    item = b"<</Title(a)/Parent 10 0 R/Next 11 0 R/First 11 0 R/Last 11 0 R>>"
    outline = b"<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 1>>"
    return one_page(more={FREE: outline, 11: item}, catalog=b"/Outlines 10 0 R")


def name_tree_loop() -> bytes:
    names = b"/Names<</Dests 10 0 R/EmbeddedFiles 10 0 R/JavaScript 10 0 R>>"
    return one_page(more={FREE: b"<</Kids[10 0 R 10 0 R]/Limits[(a)(z)]>>"}, catalog=names)


def table_loop() -> bytes:
    made = one_page()
    place = made.rindex(b"xref\n0")
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


def endless_table() -> bytes:
    made = one_page()
    return made.replace(b"xref\n0 6\n", b"xref\n0 999999999\n")


def wide_table() -> bytes:
    entries = b"/Type/XRef/Size 999999999/Root 1 0 R/W[8 8 8]/Index[0 999999999]"
    table = b"10 0 obj\n" + flate(bytes(1 << 20), entries) + b"\nendobj\n"
    made = one_page()[:-200]
    return made + table + b"startxref\n%d\n%%%%EOF\n" % len(made)


def itself_referred() -> bytes:
    return one_page(more={FREE: b"11 0 R", 11: b"10 0 R"}, page=b"/Annots 10 0 R/CropBox 11 0 R")


def twenty_megabytes_of_objects() -> bytes:
    return b"%PDF-1.4\n" + b"1 0 obj\n" * 2_490_000


def truncated() -> bytes:
    made = one_page(HELLO * 300)
    return made[: len(made) * 2 // 5]


def nothing_but_a_head() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 4_000


def no_pages() -> bytes:
    return _tree(b"", 0, {})


def _tree(kids: bytes, count: int, more: dict[int, bytes]) -> bytes:
    objects = {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R>>",
        PAGES: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        CONTENT: flate(HELLO),
        5: FONT,
    }
    return written(objects | more)
