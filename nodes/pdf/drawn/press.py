"""Typst, held: our own templates and fonts only, data as data, accessible PDF, the same bytes.

A template (``*.typ`` beside this file) reads one JSON text, so that nothing in it is ever markup.
No packages, no network, no fonts of the system. PDF/UA-1 (ISO 14289-1): tagged, with language
and title. A compiler serves one thread at a time: each drawing takes one of its own from a pool.
Typst's own threads do not survive a fork: a process that has drawn must not fork one that draws,
which would wait for them for ever; so that raises RuntimeError instead.
"""

import io
import json
import os
from collections import deque
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from nodes.pdf.drawn.fonts import FOLDER, printable

TEMPLATES = Path(__file__).parent
NOWHERE = TEMPLATES / "no-packages"
KEPT = 8
UNTITLED = "Untitled"
FAMILY = "DejaVu Sans"

_by: dict[str, int] = {}
_idle: deque[tuple[str, typst.Compiler]] = deque(maxlen=KEPT)


def draw(template: str, data: Mapping[str, Any]) -> bytes:
    """Draw a template with data (JSON values; every text in it is made printable) as PDF/UA-1."""
    if (first := _by.setdefault("process", os.getpid())) != os.getpid():
        raise RuntimeError(f"process {first} has drawn before it forked this one")
    compiler = _taken(template)
    shown = _printable(data)
    title = shown["title"].strip() or UNTITLED
    told = json.dumps(shown | {"title": title}, ensure_ascii=False)
    drawn = compiler.compile(
        sys_inputs={"data": told}, format="pdf", pdf_standards=["ua-1"], timestamp=0
    )
    _idle.append((template, compiler))
    assert isinstance(drawn, bytes)
    return drawn


def count(pdf: bytes) -> int:
    """Count the pages of a PDF of our own."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def _taken(template: str) -> typst.Compiler:
    """Take an idle compiler, or make one: two threads can never hold the same."""
    for _ in range(KEPT):
        try:
            name, compiler = _idle.popleft()
        except IndexError:
            break
        if name == template:
            return compiler
        _idle.append((name, compiler))
    return typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
    )


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    """Load our fonts; a text without its font would be left out without a word."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )
    assert {font.weight for font in fonts.fonts() if font.family == FAMILY} == {400, 700}
    return fonts
