"""Real forms, every field filled: seen by two renderers and read by two other readers."""

import io
import os
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from nodes.pdf.filling.fields import page_sizes, widgets
from nodes.pdf.filling.fill import fill
from nodes.pdf.filling.values import Entry
from tests.nodes.filling_world import entered, pictures, read

CASES = os.environ.get("PRIOR_AUTH_CASES")
FORMS = sorted((Path(CASES) / "forms").glob("*.pdf")) if CASES else []
pytestmark = pytest.mark.skipif(not FORMS, reason="PRIOR_AUTH_CASES names no folder of real forms")
each = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
DPI = 72
LONG = "Lumbar radiculopathy, unresponsive to therapy."
PARAGRAPH = "Nine weeks of physical therapy, ibuprofen and two injections did not relieve it. " * 5


def values(data):
    """A short text of its own for every text field, the first state of every box."""
    found = {}
    for number, widget in enumerate(widgets(data)):
        if widget.kind == "text":
            short = f"{number % 1000}"[-(widget.maxlen or 9) :]
            found.setdefault(widget.name, f"T{short}" if (widget.maxlen or 9) > 3 else short)
        elif widget.kind == "button":
            found.setdefault(widget.name, widget.states[0])
    return found


def changed(data, before, after):
    """The widgets whose box looks otherwise than before: once for poppler, once for pdfium."""
    seen = []
    for old, new in zip(pictures(before, DPI), pictures(after, DPI), strict=True):
        differences = [ImageChops.difference(a, b) for a, b in zip(old, new, strict=True)]
        seen.append({n for n, box in places(data) if _ink(differences, box)})
    return seen


def places(data):
    """Where each widget is on its page as it is shown, in pixels."""
    with pikepdf.open(io.BytesIO(data)) as document:
        media = [[float(n) for n in page.mediabox] for page in document.pages]
        turned = [int(page.get("/Rotate", 0)) % 360 for page in document.pages]
    for number, widget in enumerate(widgets(data)):
        x, y, right, top = media[widget.page]
        box = widget.box
        if turned[widget.page] == 90:
            left, up, far, down = box[1] - y, box[0] - x, box[3] - y, box[2] - x
        else:
            assert turned[widget.page] == 0 and right and page_sizes(data)
            left, up, far, down = box[0] - x, top - box[3], box[2] - x, top - box[1]
        yield number, (widget.page, [n * DPI / 72 for n in (left, up, far, down)])


def _ink(differences, place):
    page, area = place
    left, up, right, down = map(round, area)
    cut = differences[page].crop((left, up, max(right, left + 1), max(down, up + 1)))
    return sum(cut.histogram()[64:]) > 1


@each
@pytest.mark.parametrize("flat", [True, False], ids=["flat", "kept"])
def test_every_text_is_seen_in_its_box_and_every_box_is_ticked(path, flat):
    data = path.read_bytes()
    wanted, found = values(data), widgets(data)
    cleared = {
        w.name: "" if w.kind == "text" else "/Off" for w in found if w.kind in ("text", "button")
    }
    before, after = (fill(data, one, flatten=flat) for one in (cleared, wanted))
    poppler, pdfium = changed(data, before.pdf, after.pdf)
    due = {
        number
        for number, widget in enumerate(found)
        if not widget.hidden
        and (widget.kind == "text" or wanted.get(widget.name) in widget.states)
        and min(widget.box[2] - widget.box[0], widget.box[3] - widget.box[1]) > 3
    }
    missing = {r: [found[n].name for n in due - s] for r, s in (("p", poppler), ("f", pdfium))}
    kinds = Counter(found[number].kind for number in due)
    print(path.stem, "flat" if flat else "kept", dict(kinds), missing, len(after.issues))
    assert missing == {"p": [], "f": []}
    assert {issue.code for issue in after.issues} <= {"overflow", "hidden"}


@each
def test_other_readers_read_the_same_and_no_field_is_lost(path):
    data = path.read_bytes()
    wanted = values(data)
    had, has = set(entered(data)), entered(fill(data, wanted, flatten=False).pdf)
    assert had <= set(has)
    assert {name: has.get(name) for name in wanted} == wanted


@each
def test_a_long_text_is_whole_in_its_box_or_told(path):
    data = path.read_bytes()
    wanted = {
        w.name: PARAGRAPH if w.multiline else LONG
        for w in widgets(data)
        if w.kind == "text" and not w.hidden
    }
    filled = fill(data, {name: Entry(one, min_font=5) for name, one in wanted.items()})
    told = {issue.field for issue in filled.issues if issue.code in ("overflow", "too_long")}
    whole = [name for name, one in wanted.items() if filled.shown[name] == len(one.strip())]
    print(path.stem, "whole", len(whole), "of", len(wanted))
    assert set(wanted) == told | set(whole) and not told & set(whole)
    assert not any(name in told for name in whole)


@each
def test_letters_of_other_alphabets_are_read_by_poppler(path):
    data = path.read_bytes()
    name = "Nuñez Łukasz Ωδη Иван"
    wide = [
        w.name
        for w in widgets(data)
        if w.kind == "text" and not (w.maxlen or w.hidden or w.comb or w.multiline)
    ]
    filled = fill(data, {one: name for one in wide})
    whole = [one for one in wide if filled.shown[one] == len(name)]
    text = " ".join(read(filled.pdf).split())
    print(path.stem, "kept", text.count("Łukasz"), text.count("Ωδη"), "of", len(wide))
    assert text.count("Łukasz") >= len(whole) and text.count("Ωδη Иван") >= len(whole)
    assert not any(issue.code == "unencodable" for issue in filled.issues)
