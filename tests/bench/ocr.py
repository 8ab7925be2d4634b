"""Faxes read: words found, identifiers found exactly, processor seconds a page."""

import resource
import time

from nodes.reading.ocr import engines, job
from tests import faxes
from tests.fax_papers import drawn

SEEDS = (2, 8, 14, 20, 26)


def report() -> None:
    """Print one row for each state of the line."""
    engine = engines.chosen("auto")
    print(f"\nfaxes read ({engine['engine']}, {len(SEEDS)} pages drawn by the tests, 8 to 12 pt)")
    for name, line in faxes.LINES.items():
        right, words, exact, keys = 0, 0, 0, 0
        before = _spent()
        for seed in SEEDS:
            paper = drawn(seed)
            fax = faxes.tiff([faxes.fax(paper.picture, line, seed)], line.down)
            told, _ = job.page(fax, {**engine, "page": 1}, ())
            text = "\n".join(" ".join(word[0] for word in row) for row in told["lines"])
            found, there = faxes.recall(paper.text, text)
            right, words = right + found, words + there
            exact, keys = exact + faxes.keys_read(paper.keys, text), keys + len(paper.keys)
        seconds = (_spent() - before) / len(SEEDS)
        held = f"identifiers {exact} of {keys}"
        print(f"  {name:9} word recall {right / words:.3f}   {held}   {seconds:.2f} CPU s/page")


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
