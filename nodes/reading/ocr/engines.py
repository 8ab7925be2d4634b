"""Which engine recognises here: tesseract, a Debian package; or rapidocr, an optional extra."""

import importlib.util
import shutil
from collections.abc import Callable
from typing import Literal

from nodes.errors import NotConfigured

Engine = Literal["auto", "tesseract", "rapidocr"]
Which = Callable[[str], str | None]
INSTALL = (
    "this is a scan and no OCR engine is installed: install tesseract"
    " (Debian, Ubuntu: apt-get install tesseract-ocr; macOS: brew install tesseract),"
    " or rapidocr (pip install 'prior-auth-nodes[rapidocr]')"
)
LANGUAGE = (
    "tesseract is installed without its English data: install it (Debian, Ubuntu:"
    " apt-get install tesseract-ocr-eng), or let TESSDATA_PREFIX name the folder of eng.traineddata"
)


def rapidocr_is_there() -> bool:
    """Whether the optional extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


def chosen(
    engine: Engine, which: Which = shutil.which, extra: Callable[[], bool] = rapidocr_is_there
) -> dict[str, str]:
    """Give what the job must know: the engine and its program; NotConfigured where there is none.

    ``auto`` takes tesseract, which keeps the reading order, before rapidocr.
    """
    program = which("tesseract") if engine != "rapidocr" else None
    if program:
        return {"engine": "tesseract", "program": program}
    if engine != "tesseract" and extra():
        return {"engine": "rapidocr", "program": ""}
    raise NotConfigured(INSTALL)
