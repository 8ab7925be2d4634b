"""PDF drawing operators: numbers, frames, clips and turned boxes."""

from dataclasses import dataclass

from nodes.pdf.filling.fields import Widget
from nodes.pdf.filling.look import Look

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """Drawing operators in a box of ``wide`` by ``tall`` points that ``matrix`` turns upright.

    ``shown`` counts the letters to see; ``known`` is whether some font has every letter.
    """

    body: bytes
    wide: float
    tall: float
    matrix: Matrix
    fonts: frozenset[str] = frozenset()
    shown: int = 0
    whole: bool = True
    known: bool = True


def numbers(*values: float) -> str:
    """Write numbers with blanks between, to a thousandth of a point."""
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def turned(widget: Widget) -> tuple[float, float, Matrix]:
    """Tell a widget's width and height as its text sees them, and what turns that upright."""
    left, bottom, right, top = widget.box
    wide, tall = right - left, top - bottom
    if widget.rotation == 90:
        return tall, wide, (0, 1, -1, 0, wide, 0)
    if widget.rotation == 180:
        return wide, tall, (-1, 0, 0, -1, wide, tall)
    if widget.rotation == 270:
        return tall, wide, (0, -1, 1, 0, 0, tall)
    return wide, tall, (1, 0, 0, 1, 0, 0)


def framed(look: Look, wide: float, tall: float, cells: int = 0) -> str:
    """Draw a widget's background and border, and the lines between the cells of a comb."""
    parts = []
    if look.background:
        parts.append(f"q {look.background} 0 0 {numbers(wide, tall)} re f Q")
    if look.border:
        half, dash = look.width / 2, "[3] 0 d " if look.style == "/D" else ""
        edge = f"{numbers(half, half, wide - look.width, tall - look.width)} re"
        if look.style == "/U":
            edge = f"0 {numbers(half)} m {numbers(wide, half)} l"
        between = (wide * cell / cells for cell in range(1, cells))
        lines = "".join(f" {numbers(x, 0)} m {numbers(x, tall)} l" for x in between)
        parts.append(f"q {look.border} {numbers(look.width)} w {dash}{edge}{lines} S Q")
    return "\n".join(parts)


def clipped(body: bytes, wide: float, tall: float) -> bytes:
    """Let nothing be drawn outside of a box."""
    return b"q 0 0 %b re W n\n%b\nQ" % (numbers(wide, tall).encode(), body)


def moved(matrix: Matrix, x: float, y: float) -> Matrix:
    """Move what a matrix draws."""
    return (*matrix[:4], matrix[4] + x, matrix[5] + y)
