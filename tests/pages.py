"""A PDF's pages as poppler draws and reads them."""

import io
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from PIL import Image, ImageChops

DPI = 72


class Boxed(Protocol):
    """What has a box on a page: left, bottom, right, top in points from the lower left corner."""

    page: int
    box: tuple[float, float, float, float]


def drawn(pdf: Path, dpi: int = DPI) -> list[Image.Image]:
    """Each page in shades of grey; without a resolution, a point a pixel."""
    with TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(dpi), "-gray", "-cropbox", str(pdf), f"{folder}/p"]
        subprocess.run(command, check=True, capture_output=True)
        files = sorted(Path(folder).iterdir())
        return [Image.open(io.BytesIO(file.read_bytes())) for file in files]


def changed(before: list[Image.Image], after: list[Image.Image], one: Boxed) -> bool:
    """Whether a widget's box is drawn otherwise."""
    if one.page >= min(len(before), len(after)):
        return False
    left, bottom, right, top = one.box
    tall = before[one.page].height
    area = (int(left), int(tall - top), max(int(right), int(left) + 1), int(tall - bottom))
    pair = (before[one.page].crop(area), after[one.page].crop(area))
    return ImageChops.difference(*pair).getextrema()[1] > 40


def said(pdf: Path) -> str:
    """The text of all pages."""
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")
