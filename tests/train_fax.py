"""Train ``nodes/reading/ocr/fax.npz``: ``python -m tests.train_fax [STEPS [PAGES]]``.

A page is drawn in grey, sent over a line of random quality, and the network learns to tell the
grey from the black and white. Cross-entropy, Adam, half an hour on one core; tests hold what it
gives. Pages that tests measure are not among those it learns from.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from nodes.reading.ocr.cleaning import mended, specks
from nodes.reading.ocr.restoring import (
    FINE,
    SPECKS,
    STANDARD,
    WEIGHTS,
    Net,
    around,
    surroundings,
)
from tests.fax_papers import drawn

FIRST, A_PAGE, HIDDEN, BATCH, RATE = 30, 60_000, (64, 32), 2048, 2e-3
WIDTH, INCHES = 1734, 11
DOWN = {STANDARD: 98, FINE: 196}
HOW = [getattr(Image.Resampling, name) for name in ("LANCZOS", "BICUBIC", "BOX", "BILINEAR")]


def main(steps: int = 8000, pages: int = 44, target: Path = WEIGHTS) -> None:
    told = {}
    for net in (STANDARD, FINE):
        weights = trained(*examples(net, pages), steps)
        told |= {f"{net.name}_{n}": part.astype(np.float16) for n, part in enumerate(weights)}
    np.savez_compressed(target, **told)


def examples(net: Net, pages: int) -> tuple[np.ndarray, np.ndarray]:
    """What is seen around pixels of sent pages, and how dark the paper was there."""
    parts = list(_pages(net, pages))
    return np.concatenate([seen for seen, _ in parts]), np.concatenate([dark for _, dark in parts])


def trained(seen: np.ndarray, dark: np.ndarray, steps: int) -> list[np.ndarray]:
    """Learn by steps over random batches."""
    chance = np.random.default_rng(7)
    sizes = (seen.shape[1], *HIDDEN, dark.shape[1])
    net = []
    for before, after in pairwise(sizes):
        net += [chance.normal(0, (2 / before) ** 0.5, (before, after)), np.zeros(after)]
    net = [part.astype(np.float32) for part in net]
    mean, square = [np.zeros_like(part) for part in net], [np.zeros_like(part) for part in net]
    for step in range(1, steps + 1):
        some = chance.integers(0, len(seen), BATCH)
        rate = RATE * min(1.0, (steps - step) / (steps * 0.6) + 0.01)
        for n, slope in enumerate(_slopes(net, seen[some], dark[some])):
            mean[n] = 0.9 * mean[n] + 0.1 * slope
            square[n] = 0.999 * square[n] + 0.001 * slope**2
            move = mean[n] / (1 - 0.9**step)
            net[n] -= rate * move / (np.sqrt(square[n] / (1 - 0.999**step)) + 1e-8)
    return net


def _slopes(net: list[np.ndarray], seen: np.ndarray, dark: np.ndarray) -> list[np.ndarray]:
    one = np.maximum(seen @ net[0] + net[1], 0)
    two = np.maximum(one @ net[2] + net[3], 0)
    last = (1 / (1 + np.exp(-(two @ net[4] + net[5]))) - dark) / len(seen)
    second = (last @ net[4].T) * (two > 0)
    first = (second @ net[2].T) * (one > 0)
    pairs = ((seen, first), (one, second), (two, last))
    return [part for a, b in pairs for part in (a.T @ b, b.sum(0))]


def _pages(net: Net, pages: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    chance = np.random.default_rng(5)
    for n in range(pages):
        skew = chance.uniform(-2, 2) if n % 4 else 0.0
        page = drawn(FIRST + n).picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
        height, scale = INCHES * DOWN[net], chance.uniform(0.85, 1.1)
        grey = _sized(page, (WIDTH, height), scale, HOW[n % len(HOW)])
        truth = _sized(page, (WIDTH, height * net.lines), scale, HOW[0])
        ink = _sent(grey, chance, dithered=n % 9 == 8)
        speckle, ink = specks(ink) * SPECKS, mended(ink)
        rows, columns = np.nonzero(around(ink, net))
        some = chance.permutation(len(rows))[:A_PAGE]
        rows, columns = rows[some], columns[some]
        seen = surroundings(ink, net)[rows, columns].reshape(len(rows), -1)
        dark = (
            1 - np.asarray(truth, np.float32).reshape(height, net.lines, -1)[rows, :, columns] / 255
        )
        yield np.hstack([seen, np.full((len(rows), 1), speckle, np.float32)]), dark


def _sized(page: Image.Image, size: tuple[int, int], scale: float, how: int) -> Image.Image:
    small = page.resize((round(size[0] * scale), round(size[1] * scale)), how)
    paper = Image.new("L", size, 255)
    paper.paste(small, ((size[0] - small.width) // 2, (size[1] - small.height) // 2))
    return paper


def _sent(grey: Image.Image, chance: np.random.Generator, *, dithered: bool) -> np.ndarray:
    threshold = int(chance.integers(105, 185))
    ink = ~np.asarray(grey.convert("1")) if dithered else np.asarray(grey) < threshold
    ink = ink ^ (chance.random(ink.shape) < chance.choice([0, 0.001, 0.004, 0.01, 0.02, 0.025]))
    for row in chance.integers(0, len(ink), chance.integers(0, 8)):
        ink[row] = chance.random() < 0.3
    return ink


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
