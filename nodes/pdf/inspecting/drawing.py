"""A page's picture with the proposal drawn over it, in colours and numbers; only in the box."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from nodes.pdf.inspecting.places import Box

if TYPE_CHECKING:
    from PIL.Image import Image

Standing = Literal["proposed", "weak", "unknown", "signature", "cleared"]
COLOURS: dict[str, tuple[int, int, int]] = {
    "proposed": (0, 114, 60),
    "weak": (200, 110, 0),
    "unknown": (30, 90, 200),
    "signature": (190, 20, 60),
    "cleared": (110, 110, 110),
}
LEGEND = 26


def over(image: "Image", scale: float, places: Sequence[tuple[int, Box, str]]) -> bytes:
    """Draw each place's box and number over a page's picture, and a legend under it, as PNG."""
    from PIL import Image, ImageDraw, ImageFont

    base = image.convert("RGBA")
    sheet = Image.new("RGBA", (base.width, base.height + LEGEND), "white")
    sheet.paste(base, (0, 0))
    layer = Image.new("RGBA", sheet.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    font = ImageFont.load_default(max(9, min(12, 7.2 * scale)))
    for number, box, standing in places:
        colour = COLOURS.get(standing, COLOURS["unknown"])
        edges = _edges(box, scale, base.width, base.height)
        pen.rectangle(edges, fill=(*colour, 46), outline=(*colour, 255), width=1)
        _tag(pen, font, edges, str(number), colour)
    _legend(pen, font, base.height)
    target = io.BytesIO()
    Image.alpha_composite(sheet, layer).convert("RGB").quantize(128).save(target, "PNG")
    return target.getvalue()


def _edges(box: Box, scale: float, wide: int, tall: int) -> tuple[float, float, float, float]:
    left, top, right, bottom = (edge * scale for edge in box)
    x0, x1 = sorted((min(max(left, 0), wide - 1), min(max(right, 0), wide - 1)))
    y0, y1 = sorted((min(max(top, 0), tall - 1), min(max(bottom, 0), tall - 1)))
    return x0, y0, x1, y1


def _tag(pen, font, edges, text: str, colour: tuple[int, int, int]) -> None:  # type: ignore[no-untyped-def]
    """Set the number at the right end of a wide place, else over its corner."""
    left, top, right, bottom = pen.textbbox((0, 0), text, font=font)
    wide, tall = right - left + 3, bottom - top + 3
    roomy = edges[2] - edges[0] > 3 * wide
    x = edges[2] - wide if roomy else max(0, edges[0] - wide)
    y = edges[1] if roomy else max(0, edges[1] - 2)
    pen.rectangle((x, y, x + wide, y + tall), fill=(*colour, 235))
    pen.text((x + 2 - left, y + 1 - top), text, font=font, fill=(255, 255, 255, 255))


def _legend(pen, font, top: int) -> None:  # type: ignore[no-untyped-def]
    x = 10.0
    for standing, colour in COLOURS.items():
        pen.rectangle((x, top + 8, x + 10, top + 18), fill=(*colour, 255))
        pen.text((x + 14, top + 6), standing, font=font, fill=(0, 0, 0, 255))
        x += 34 + pen.textlength(standing, font=font)
