"""A picture as PDF pages: upright, on letter paper, every page of a TIFF, at most 300 dpi."""

import io
from typing import TYPE_CHECKING, Any

from nodes.pdf.box.verdict import Boxed

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 60_000_000
LONGEST = 3300
USUAL = (60.0, 1300.0)
LETTER = (612.0, 792.0)


def paged(data: bytes, most: int) -> bytes:
    """Write each picture of a file on a page of its own; Boxed when there are more than most."""
    from PIL import Image, ImageSequence
    from pypdf import PdfWriter

    Image.MAX_IMAGE_PIXELS = PIXELS
    writer = PdfWriter()
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as opened:
        for number, frame in enumerate(ImageSequence.Iterator(opened)):
            if number >= most:
                raise Boxed("limit")
            writer.append(io.BytesIO(_page(frame)), import_outline=False)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _page(frame: "Image") -> bytes:
    """Lay one picture on letter paper, as large as it says it is or as fits."""
    from PIL import Image, ImageOps

    across, down = _resolution(frame)
    image = _plain(ImageOps.exif_transpose(frame))
    wide, high = image.width / across * 72, image.height / down * 72
    paper = LETTER if high >= wide else LETTER[::-1]
    fit = min(paper[0] / wide, paper[1] / high, 1.0 if across != 72 else 99.0)
    wide, high = wide * fit, high * fit
    if max(image.size) > LONGEST and image.mode != "1":
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    dpi = (image.width / wide * 72, image.height / high * 72)
    image.save(target, "PDF", dpi=dpi, **({} if image.mode == "1" else {"quality": 85}))
    return target.getvalue()


def _resolution(frame: "Image") -> tuple[float, float]:
    """Pixels an inch, across and down; 72 where the picture does not say or says nonsense."""
    told = frame.info.get("dpi", (72, 72))
    across, down = (float(one) for one in told)
    usual = USUAL[0] <= across <= USUAL[1] and USUAL[0] <= down <= USUAL[1]
    return (across, down) if usual else (72.0, 72.0)


def _plain(image: "Image") -> "Image":
    """White where it is transparent; one bit, grey or colour."""
    from PIL import Image

    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info:
        full = image.convert("RGBA")
        white = Image.new("RGBA", full.size, "white")
        return Image.alpha_composite(white, full).convert("RGB")
    return image.convert("L" if image.mode.startswith(("I", "F")) else "RGB")


def free_feet(pdf: bytes, high: float) -> frozenset[int]:
    """Number the pages, from 0, that show nothing on their lowest so many points."""
    from pypdfium2 import PdfDocument

    shown = PdfDocument(pdf)
    try:
        return frozenset(n for n in range(len(shown)) if _is_free(shown[n], high))
    finally:
        shown.close()


def _is_free(page: Any, high: float) -> bool:
    above = max(0.0, page.get_height() - high)
    picture = page.render(scale=1, crop=(0, 0, 0, above), grayscale=True).to_pil()
    darkest, _ = picture.getextrema()
    return bool(darkest > 245)
