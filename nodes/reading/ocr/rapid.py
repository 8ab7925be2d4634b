"""RapidOCR (the optional extra ``rapidocr``): its models are in its wheel, nothing is fetched."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from nodes.reading.ocr.found import Box, Found

if TYPE_CHECKING:
    from PIL.Image import Image

SAME_LINE = 0.5


def page(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[dict[str, Any], Sequence[bytes]]:
    """Recognise one page, as ``job.page``, with the memory that this engine needs."""
    from nodes.reading.ocr import job

    return job.page(data, options, files)


def recognise(image: "Image") -> list[Found]:
    """Recognise a grey picture; lines are put in order from above, in a line from the left."""
    import numpy as np

    told = _engine()(np.asarray(image.convert("RGB"))[:, :, ::-1], return_word_box=False)
    if told.boxes is None:
        return []
    parts = [
        (_box(corners), str(text), float(score))
        for corners, text, score in zip(told.boxes, told.txts, told.scores, strict=True)
    ]
    rows = _rows(sorted(parts, key=lambda part: (part[0][1] + part[0][3]) / 2))
    return [
        word
        for number, row in enumerate(rows)
        for box, text, score in sorted(row, key=lambda part: part[0][0])
        for word in _words(text, score, box, number)
    ]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # type: ignore[import-not-found]

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _box(corners: Any) -> Box:
    across = [float(corner[0]) for corner in corners]
    down = [float(corner[1]) for corner in corners]
    return min(across), min(down), max(across), max(down)


def _rows(parts: list[tuple[Box, str, float]]) -> list[list[tuple[Box, str, float]]]:
    """Gather parts whose middles are as high as the row's first."""
    rows: list[list[tuple[Box, str, float]]] = []
    for part in parts:
        middle, height = (part[0][1] + part[0][3]) / 2, part[0][3] - part[0][1]
        first = rows[-1][0][0] if rows else None
        if first and middle - (first[1] + first[3]) / 2 < SAME_LINE * max(height, 1.0):
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def _words(text: str, score: float, box: Box, row: int) -> list[Found]:
    """Share a part's box among its words by their letters, as the engine tells only the whole."""
    left, top, right, bottom = box
    each = (right - left) / max(1, len(text))
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        place = (left + start * each, top, left + at * each, bottom)
        words.append(Found(word, score, place, (row,)))
    return words
