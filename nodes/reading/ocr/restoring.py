"""A fax's lost shades given back: how dark the paper was, told from the black and white around.

A small network (two hidden layers; ``fax.npz``, trained by ``python -m tests.train_fax`` on pages
that the tests draw) looks at one pixel's surroundings and says how dark the paper was there; of a
fax with 98 lines to the inch it says it for three lines in place of one. It sees a part of one
letter and knows no words: it cannot put a letter where none was. Only in the box.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nodes.reading.ocr.cleaning import Ink, mended, neighbours, specks

WEIGHTS = Path(__file__).with_name("fax.npz")
BATCH = 32_768
SPECKS = 50.0
WHITE = 255


@dataclass(frozen=True)
class Net:
    """What it sees (rows and columns of pixels), lines it gives for one, and its weights."""

    name: str
    rows: int
    columns: int
    lines: int
    reach: int


STANDARD = Net("standard", 5, 11, 3, 2)
FINE = Net("fine", 7, 9, 1, 1)


def net_for(across: float, down: float) -> Net | None:
    """Choose by resolution; none for a scan that is no fax."""
    if not 180 <= across <= 230:
        return None
    return STANDARD if down < 0.65 * across else FINE


def restored(ink: Ink, net: Net) -> "NDArray[np.uint8]":
    """Give a fax in grey: as wide as it was, ``net.lines`` times as high."""
    speckle = specks(ink) * SPECKS
    ink = mended(ink)
    views = surroundings(ink, net)
    rows, columns = np.nonzero(around(ink, net))
    grey = np.full((ink.shape[0], net.lines, ink.shape[1]), WHITE, np.uint8)
    for start in range(0, len(rows), BATCH):
        row, column = rows[start : start + BATCH], columns[start : start + BATCH]
        seen = views[row, column].reshape(len(row), -1)
        dark = _dark(np.hstack([seen, np.full((len(row), 1), speckle, np.float32)]), net)
        grey[row, :, column] = (WHITE * (1 - dark)).astype(np.uint8)
    return grey.reshape(-1, ink.shape[1])


def surroundings(ink: Ink, net: Net) -> "NDArray[np.float32]":
    """Give a view of each pixel's surroundings."""
    sides = ((net.rows // 2,) * 2, (net.columns // 2,) * 2)
    padded = np.pad(ink.astype(np.float32), sides)
    return np.lib.stride_tricks.sliding_window_view(padded, (net.rows, net.columns))


def around(ink: Ink, net: Net) -> Ink:
    """Say where to look: at ink that does not stand alone, and near it."""
    near = np.pad(ink & (neighbours(ink) > 0), net.reach)
    steps = range(2 * net.reach + 1)
    high = np.logical_or.reduce([near[n : n + ink.shape[0]] for n in steps])
    wide: Ink = np.logical_or.reduce([high[:, n : n + ink.shape[1]] for n in steps])
    return wide


def _dark(seen: "NDArray[np.float32]", net: Net) -> "NDArray[np.float32]":
    one, bias_one, two, bias_two, last, bias_last = _weights(net.name)
    first = np.maximum(seen @ one + bias_one, 0)
    second = np.maximum(first @ two + bias_two, 0)
    dark: NDArray[np.float32] = 1 / (1 + np.exp(-(second @ last + bias_last)))
    return dark


@cache
def _weights(name: str) -> "tuple[NDArray[np.float32], ...]":
    with np.load(WEIGHTS, allow_pickle=False) as file:
        return tuple(file[f"{name}_{n}"].astype(np.float32) for n in range(6))
