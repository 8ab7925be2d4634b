"""What letters and packets cost: CPU milliseconds of drawing, and of binding sixty pages.

The floors are measured facts about Typst: 147 ms for a first letter, 26 ms for one as PDF/UA-1.
What the safe box does for a packet is done here in this process, so that it is counted.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from time import process_time
from typing import Any

from nodes.pdf.box.asking import Answer
from nodes.pdf.letter import pages, pdf
from nodes.pdf.packet.joining import join
from nodes.pdf.packet.parts import Part
from nodes.pdf.packet.taking import take
from nodes.writing.paper import Paper
from tests.nodes.packet_world import bound, picture, sheet
from tests.nodes.test_letter_documents import paper

FIRST, AGAIN = 147.0, 26.0
PACKET = 1500.0
TRIES = 7
ALONE = (
    "from time import process_time as t; from tests.bench.paper import letter;"
    "from nodes.pdf.letter import pdf; b = t(); pdf(letter(0)); print((t() - b) * 1000)"
)


def letter(number: int) -> Paper:
    """A letter of two pages with a table of reference and a numbered list."""
    facts = (f"Fact {number}.{n} with a date and two lines of words. " * 3 for n in range(22))
    return paper("The policy applied.", *facts, style="numbered")


def first() -> float:
    """A process of its own that draws one letter: fonts and templates are read."""
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, check=True)
    return float(done.stdout)


def spent(work: Callable[[int], object]) -> float:
    """The quickest of some tries, with what child processes took."""
    best = float("inf")
    for number in range(TRIES):
        began = process_time()
        work(number)
        best = min(best, process_time() - began)
    return best * 1000


def here(
    job: str, data: bytes, options: Mapping[str, Any], *, files: Sequence[bytes] = ()
) -> Answer:
    """Do a job of the box without the box."""
    done = join if job.endswith(":join") else take
    told, made = done(data, options, files)
    return Answer(told, tuple(made))


def packet(number: int) -> object:
    """Cover sheet, form, letter, and 57 pages of records, five of them pictures."""
    records = [Part(f"Record {n}", sheet(*"abcdefghijklm")) for n in range(4)]
    scans = [Part(f"Scan {n}", picture("PNG"), "image/png") for n in range(5)]
    own = Part("Letter", pdf(letter(number)), own=True)
    made = bound(Part("Form", sheet("Form")), own, *records, *scans, ask=here)
    assert not made.refused
    return made


def report() -> None:
    """Print the table."""
    print(f"\nLetters and packets, CPU ({pages(letter(0))} pages a letter, all tagged as PDF/UA-1)")
    rows = [
        ("the first letter of a process", first(), FIRST),
        ("a letter after that", spent(lambda number: pdf(letter(number + 1))), AGAIN),
        ("the same letter again", spent(lambda _: pdf(letter(1))), AGAIN),
        (f"a packet of {packet(0).pages} pages", spent(packet), PACKET),  # type: ignore[attr-defined]
    ]
    for what, milliseconds, floor in rows:
        told = "" if milliseconds <= floor else f"  ABOVE THE FLOOR OF {floor:.0f}"
        print(f"{what:<32} {milliseconds:>8.1f} ms{told}")


if __name__ == "__main__":
    report()
