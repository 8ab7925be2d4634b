"""What a field shows, drawn by us: text upright in its box, options of a list, a box's mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nodes.pdf.filling import layout
from nodes.pdf.filling.drawing import Drawn, clipped, framed, numbers, turned
from nodes.pdf.filling.faces import Face
from nodes.pdf.filling.fields import Widget
from nodes.pdf.filling.fonts import Fonts
from nodes.pdf.filling.layout import Setting
from nodes.pdf.filling.look import Look
from nodes.pdf.filling.values import Entry

MARKS = {"4": 0.846, "8": 0.760, "l": 0.791, "n": 0.761, "u": 0.788, "H": 0.816}
Run = tuple[float, float, str]


@dataclass(frozen=True)
class Style:
    """How a field's text is set: its look, its face and the document's fonts."""

    look: Look
    face: Face
    fonts: Fonts


def text(widget: Widget, entry: Entry, style: Style) -> Drawn:
    """Draw a text as its widget asks; if it does not fit, one of ``entry.instead`` that does."""
    first = _text(widget, entry.text, entry.min_font, style)
    return first if first.whole or not entry.instead else pointer(widget, entry.instead, style)


def pointer(widget: Widget, words: Sequence[str], style: Style) -> Drawn:
    """Draw the first of several words that fits instead of a text: none of the text is shown."""
    free = replace(widget, comb=False, maxlen=None)
    drawn = (_text(free, word, layout.SMALLEST, style) for word in words)
    last = None
    for last in drawn:
        if last.whole:
            break
    return replace(last or empty(widget, style.look), shown=0, whole=False)


def empty(widget: Widget, look: Look) -> Drawn:
    """Draw a field that holds nothing."""
    wide, tall, matrix = turned(widget)
    return Drawn(framed(look, wide, tall).encode(), wide, tall, matrix)


def options(widget: Widget, chosen: str, style: Style) -> Drawn:
    """Draw a list's options with the chosen one marked, moved so that it is seen."""
    wide, tall, matrix = turned(widget)
    size = widget.size or 10.0
    high, fonts = size * layout.LEADING, set()
    count = max(1, int((tall - 2) / high))
    at = next((n for n, pair in enumerate(widget.options) if chosen in pair), 0)
    start = max(0, at - count + 1)
    parts = [framed(style.look, wide, tall).encode()]
    for row, (_, label) in enumerate(widget.options[start : start + count]):
        written, face, _ = style.fonts.able(layout.clean(label), style.face)
        y, name = tall - 1 - (row + 1) * high, style.fonts.used(face, written)
        fonts.add(name)
        if start + row == at:
            parts.append(f".6 .75 .85 rg {numbers(1, y, wide - 2, high)} re f".encode())
        parts.append(_ink([(3, y + 0.25 * size, written)], size, name, face, style.look))
    body = clipped(b"\n".join(parts), wide, tall)
    return Drawn(body, wide, tall, matrix, frozenset(fonts), shown=len(chosen))


def mark(widget: Widget, style: Style) -> Drawn:
    """Draw the mark of a box that draws nothing itself when it is on."""
    wide, tall, matrix = turned(widget)
    sign = style.look.mark if style.look.mark in MARKS else "l" if widget.radio else "4"
    size = 0.8 * min(wide, tall)
    x, y = (wide - MARKS[sign] * size) / 2, tall / 2 - 0.35 * size
    name = style.fonts.marks()
    body = (
        f"{framed(style.look, wide, tall)}\nBT {style.look.colour} {name} {numbers(size)} Tf"
        f" {numbers(x, y)} Td ({sign}) Tj ET"
    )
    return Drawn(body.encode(), wide, tall, matrix, frozenset((name,)))


def _text(widget: Widget, words: str, smallest: float, style: Style) -> Drawn:
    wide, tall, matrix = turned(widget)
    written, face, known = style.fonts.able(layout.clean(words), style.face)
    if not written:
        return empty(widget, style.look)
    cells = widget.maxlen if widget.comb else None
    aside, above = _inset(style.look, wide, tall, widget.multiline)
    area = (wide - 2 * aside, tall - 2 * above)
    if cells:
        setting = layout.in_cells(written, face, (wide, tall), cells, widget.size)
        runs = _spread(setting, face, wide / cells, cells, widget.align)
    else:
        fit = layout.wrapped if widget.multiline else layout.in_line
        lowest = max(smallest, layout.SMALLEST)
        setting = fit(written, face, area, widget.size, lowest)
        if not setting.whole and not style.look.border:
            aside, above = 0.0, 0.0
            setting = fit(written, face, (wide, tall), widget.size, lowest)
        runs = _aligned(setting, face, wide, aside, widget.align)
    name = style.fonts.used(face, "".join(setting.lines))
    base = _base(widget, setting, tall, above)
    placed = [(x, base - down * layout.LEADING * setting.size, run) for x, down, run in runs]
    frame = framed(style.look, wide, tall, cells or 0).encode()
    ink = _ink(placed, setting.size, name, face, style.look)
    body = clipped(frame + b"\n" + ink, wide, tall)
    fonts = frozenset((name,))
    return Drawn(body, wide, tall, matrix, fonts, setting.shown, setting.whole, known)


def _inset(look: Look, wide: float, tall: float, multiline: bool) -> tuple[float, float]:
    edge = look.width if look.border else 0.0
    aside = min(max(2.0, edge + 1), max(edge, wide * 0.06))
    return aside, min(max(2.0, edge + 1), max(edge, tall * 0.06)) if multiline else 0.0


def _aligned(setting: Setting, face: Face, wide: float, aside: float, align: int) -> Iterator[Run]:
    for down, line in enumerate(setting.lines):
        free = wide - 2 * aside - face.width(line) * setting.size
        yield aside + max(0.0, free) * align / 2, down, line


def _spread(setting: Setting, face: Face, pitch: float, cells: int, align: int) -> Iterator[Run]:
    line = setting.lines[0]
    start = max(0, cells - len(line)) * align // 2
    for cell, letter in enumerate(line, start):
        if letter != " ":
            yield (cell + 0.5) * pitch - face.width(letter) * setting.size / 2, 0, letter


def _base(widget: Widget, setting: Setting, tall: float, above: float) -> float:
    """Tell how high the first line stands."""
    size = setting.size
    if widget.multiline and (tall > layout.TALL or not setting.whole):
        return tall - above - layout.ASCENT * size
    beside = layout.LEADING * size * (len(setting.lines) - 1)
    return (tall + beside) / 2 - layout.CAPITAL * size / 2


def _ink(runs: Sequence[Run], size: float, font: str, face: Face, look: Look) -> bytes:
    parts = [f"BT {look.colour} {font} {numbers(size)} Tf".encode()]
    before = (0.0, 0.0)
    for x, y, run in runs:
        step = numbers(x - before[0], y - before[1]).encode()
        parts.append(b"%b Td %b Tj" % (step, face.string(run)))
        before = (x, y)
    return b"\n".join((*parts, b"ET"))
