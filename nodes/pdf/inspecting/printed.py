"""What is printed on a page, read with pdfplumber; only in the safe box."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from nodes.pdf.inspecting.phrases import phrases
from nodes.pdf.inspecting.places import Box, Printed
from nodes.pdf.inspecting.ruled import Rules, merged

GLYPHS = frozenset("☐□❏❑❒▢◻◯○⬜⎕☑☒")
SYMBOLS = re.compile("wingding|webding|dingbat|symbol", re.IGNORECASE)
BOX_CODES = frozenset("oqrnpm¨£\uf06f\uf0a8\uf071\uf072\uf0a3\uf070\uf06d\uf0a1\uf0a2")
TOO_MANY = 40_000
SMALL, LARGE = 4.5, 17.0
THIN = 2.6
DOTS = 12


def printed(page: Any, media: Box, crop: Box, rotation: int) -> Printed:
    """Read a pdfplumber page; boxes are moved to the corner of what is shown of it."""
    shown = upright(crop, media, rotation)
    width, height = shown[2] - shown[0], shown[3] - shown[1]
    chars = [one for one in page.chars[:TOO_MANY] if one["upright"] and one["text"].strip()]
    plain, runs, glyphs = _sorted_out(chars)
    rules = _rules(page)
    moved = (shown[0], shown[1])
    across = merged([*rules.across, *runs], upright=False)
    found = Printed(
        width=width,
        height=height,
        across=_moved(across, moved),
        down=_moved(merged(rules.down, upright=True), moved),
        squares=_moved([*rules.squares, *glyphs], moved),
        shades=_moved(rules.shades, moved),
        runs=_moved(runs, moved),
    )
    return phrases(found, [(c, _shift(_box(c), moved)) for c in plain])


def upright(box: Box, crop: Box, rotation: int) -> Box:
    """Turn a box of PDF coordinates into one of the page as it is shown."""
    x0, y0, x1, y1 = box
    left, bottom, right, top = crop
    turned = {
        0: (x0 - left, top - y1, x1 - left, top - y0),
        90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: (top - y1, right - x1, top - y0, right - x0),
    }
    return turned[rotation % 360 // 90 * 90]


def _box(one: Any) -> Box:
    return float(one["x0"]), float(one["top"]), float(one["x1"]), float(one["bottom"])


def _shift(box: Box, by: tuple[float, float]) -> Box:
    return box[0] - by[0], box[1] - by[1], box[2] - by[0], box[3] - by[1]


def _moved(boxes: Iterable[Box], by: tuple[float, float]) -> tuple[Box, ...]:
    return tuple(_shift(box, by) for box in boxes)


def _sorted_out(chars: list[Any]) -> tuple[list[Any], list[Box], list[Box]]:
    """Part characters that are words from those that are lines and boxes."""
    plain, lines, glyphs = [], [], []
    leaders = _leaders(chars)
    for one in chars:
        text = one["text"]
        if text in "_\u2017" or id(one) in leaders:
            lines.append(one)
        elif text in GLYPHS or (text in BOX_CODES and SYMBOLS.search(str(one["fontname"]))):
            glyphs.append(_square(_box(one)))
        else:
            plain.append(one)
    return plain, list(_runs(lines)), glyphs


def _leaders(chars: list[Any]) -> set[int]:
    """The dots that stand in rows of many: a line to write on, as a typewriter makes it."""
    dots = sorted(
        (one for one in chars if one["text"] in ".\u2026"),
        key=lambda c: (round(c["bottom"]), c["x0"]),
    )
    found: set[int] = set()
    row: list[Any] = []
    for one in [*dots, None]:
        if row and (
            one is None
            or abs(row[-1]["bottom"] - one["bottom"]) > 1.5
            or not -1 < one["x0"] - row[-1]["x1"] < 6
        ):
            if len(row) >= DOTS or (row[-1]["x1"] - row[0]["x0"] > 40 and len(row) > 4):
                found.update(id(dot) for dot in row)
            row = []
        if one is not None:
            row.append(one)
    return found


def _square(box: Box) -> Box:
    half = min(box[2] - box[0], box[3] - box[1]) / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x - half, y - half, x + half, y + half


def _runs(chars: list[Any]) -> Iterator[Box]:
    """Join underscores to lines."""
    run: list[Box] = []
    for one in sorted(chars, key=lambda c: (round(c["bottom"]), c["x0"])):
        box = _box(one)
        if run and (abs(run[-1][3] - box[3]) > 1.5 or not -2 < box[0] - run[-1][2] < 2.5):
            yield from _line(run)
            run = []
        run.append(box)
    yield from _line(run)


def _line(run: list[Box]) -> Iterator[Box]:
    if len(run) > 1:
        height = run[0][3] - run[0][1]
        y = run[0][3] - 0.12 * height
        yield run[0][0], y - 0.5, run[-1][2], y


def _rules(page: Any) -> Rules:
    found = Rules()
    for one in page.lines[:TOO_MANY]:
        found.take(_box(one))
    for one in page.rects[:TOO_MANY]:
        _take(found, one)
    for one in page.curves[:TOO_MANY]:
        if _rectangular(one):
            _take(found, one)
        elif _squarish(_box(one)) and len(one["pts"]) > 3:
            found.squares.append(_box(one))
    return found


def _take(found: Rules, one: Any) -> None:
    box = _box(one)
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        if one["fill"] and _white(one["non_stroking_color"]) and not one["stroke"]:
            return
        found.take(box)
        return
    drawn = bool(one["stroke"]) and not _white(one["stroking_color"])
    filled = bool(one["fill"]) and not _white(one["non_stroking_color"])
    if filled and box[3] - box[1] > 6:
        found.shades.append(box)
    if _squarish(box) and (drawn or filled):
        found.squares.append(box)
    if drawn or filled:
        found.sides(box)


def _rectangular(one: Any) -> bool:
    points = one.get("pts") or ()
    xs, ys = {round(x) for x, _ in points}, {round(y) for _, y in points}
    return 4 <= len(points) <= 6 and len(xs) <= 2 and len(ys) <= 2


def _squarish(box: Box) -> bool:
    wide, tall = box[2] - box[0], box[3] - box[1]
    return SMALL <= wide <= LARGE and SMALL <= tall <= LARGE and 0.65 < wide / tall < 1.55


def _white(colour: Any) -> bool:
    """Whether nothing is seen of a fill: gray or RGB near 1, CMYK near 0."""
    if not isinstance(colour, tuple | list) or not colour:
        return False
    if not all(isinstance(part, int | float) for part in colour):
        return False
    return bool(max(colour) < 0.03 if len(colour) == 4 else min(colour) > 0.97)
