"""How a widget wants to look: the colours, border and font that its dictionaries name."""

from dataclasses import dataclass
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from nodes.pdf.filling.dictionaries import inherited, number, resolved

PAINT = {0: "", 1: "g", 3: "rg", 4: "k"}
OPERANDS = {"g": 1, "rg": 3, "k": 4}


@dataclass(frozen=True)
class Look:
    """A widget's colours as PDF operators, its border's width and style, and its font's name."""

    colour: str = "0 g"
    font: str = "/Helv"
    background: str = ""
    border: str = ""
    width: float = 1.0
    style: str = "/S"
    mark: str = ""


def look(widget: DictionaryObject, line: list[DictionaryObject], default: Any) -> Look:
    """Read how a widget wants to look; ``default`` is the form's /DA."""
    appearance = str(inherited(line, "/DA") or default or "").split()
    colours = resolved(widget.get("/MK"))
    colours = colours if isinstance(colours, DictionaryObject) else DictionaryObject()
    stroke = _paint(resolved(colours.get("/BC"))).upper()
    width, style = _border(widget)
    return Look(
        colour=_colour(appearance),
        font=_font(appearance),
        background=_paint(resolved(colours.get("/BG"))),
        border=stroke if width > 0 else "",
        width=width,
        style=style,
        mark=str(resolved(colours.get("/CA")) or ""),
    )


def _colour(appearance: list[str]) -> str:
    for place in range(len(appearance) - 1, 0, -1):
        count = OPERANDS.get(appearance[place])
        if count and place >= count and all(map(_numeric, appearance[place - count : place])):
            return " ".join(appearance[place - count : place + 1])
    return "0 g"


def _font(appearance: list[str]) -> str:
    place = appearance.index("Tf") if "Tf" in appearance else 0
    return appearance[place - 2] if place >= 2 else "/Helv"


def _numeric(word: str) -> bool:
    return word.replace(".", "", 1).lstrip("-").isdigit()


def _paint(colour: Any) -> str:
    if not isinstance(colour, ArrayObject) or not PAINT.get(len(colour)):
        return ""
    return " ".join(f"{number(part):g}" for part in colour) + " " + PAINT[len(colour)]


def _border(widget: DictionaryObject) -> tuple[float, str]:
    styled = resolved(widget.get("/BS"))
    if isinstance(styled, DictionaryObject):
        width = number(styled["/W"]) if "/W" in styled else 1.0
        return max(0.0, width), str(resolved(styled.get("/S")) or "/S")
    border = resolved(widget.get("/Border"))
    if isinstance(border, ArrayObject) and len(border) >= 3:
        return max(0.0, number(border[2])), "/S"
    return 1.0, "/S"
