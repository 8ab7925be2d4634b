"""Tesseract, as a program of its own inside the box: Debian's tesseract-ocr, LSTM, English."""

import os
import subprocess
from typing import TYPE_CHECKING

from nodes.reading.ocr.found import Found

if TYPE_CHECKING:
    from PIL.Image import Image

COLUMN, BLOCK, SPARSE = 4, 6, 11
WORD_LEVEL, COLUMNS = "5", 12
LSTM = ("-l", "eng", "--oem", "1")
NO_DATA = b"loading language"


class NoLanguage(Exception):
    """Tesseract is there, its data for the language is not."""


def recognise(image: "Image", program: str, psm: int, dpi: float) -> list[Found]:
    """Recognise a grey picture; ``psm`` is tesseract's page segmentation mode."""
    head = b"P5 %d %d 255\n" % image.size
    done = subprocess.run(
        [program, "stdin", "stdout", "--dpi", str(round(dpi)), "--psm", str(psm), *LSTM, "tsv"],
        input=head + image.convert("L").tobytes(),
        capture_output=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=False,
    )
    if done.returncode:
        if NO_DATA in done.stderr:
            raise NoLanguage
        raise OSError("tesseract failed")
    return words(done.stdout.decode("utf-8", "replace"))


def words(tsv: str) -> list[Found]:
    """Read tesseract's TSV: words in its reading order, each with its line."""
    rows = (line.split("\t") for line in tsv.splitlines())
    return [
        _word(row)
        for row in rows
        if len(row) == COLUMNS and row[0] == WORD_LEVEL and row[11].strip()
    ]


def _word(row: list[str]) -> Found:
    left, top, width, height = (float(part) for part in row[6:10])
    place = tuple(int(part) for part in row[1:5])
    box = (left, top, left + width, top + height)
    return Found(row[11].strip(), max(0.0, float(row[10]) / 100), box, place)
