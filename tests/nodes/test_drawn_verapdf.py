"""What we draw is PDF/UA-1 to veraPDF, the reference checker (``.ci/verapdf`` gets it)."""

import subprocess
from pathlib import Path

import pytest

from nodes.pdf.drawn.addendum import addendum
from nodes.pdf.letter import SHEET, pdf
from nodes.pdf.packet.cover import cover_sheet
from nodes.pdf.packet.parts import IndexEntry, PacketParts
from tests.nodes.packet_world import DAY, sheet
from tests.nodes.test_letter_documents import paper
from tests.nodes.test_letter_word import PARTS
from tests.nodes.writing_world import case

ROOT = Path(__file__).parents[2]
CLASSES = subprocess.run([ROOT / ".ci/verapdf", "where"], capture_output=True, text=True).stdout
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CLASSES.strip(), reason="veraPDF is not installed: run .ci/verapdf"),
]


def cover() -> bytes:
    enclosed = [IndexEntry(title="Form", page=2, pages=3)]
    return cover_sheet(PacketParts(case(), (), DAY), enclosed, 4)


def test_every_page_of_our_own_is_accessible_and_a_plain_pdf_is_not(tmp_path):
    strange = "漢 ≥ Ωδη " + "x" * 200
    made = {
        "letter": pdf(paper(passages=PARTS)),
        "sheet": pdf(paper(strange, title=strange, about=((strange, strange),)), SHEET),
        "long": pdf(paper(*("A long fact. " * 40 for _ in range(30)))),
        "addendum": addendum("A form", "Moss, Ada", [("Field", "word " * 2000), ("More", strange)]),
        "cover": cover(),
        "plain": sheet("x"),
    }
    for name, raw in made.items():
        (tmp_path / f"{name}.pdf").write_bytes(raw)
    files = [f"{name}.pdf" for name in made]
    source = ROOT / "tests/oracles/VeraPdf.java"
    done = subprocess.run(
        ["java", "-cp", CLASSES.strip(), source, *files],
        cwd=tmp_path, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    told = dict(line.split("\t", 1) for line in done.stdout.splitlines())
    assert told.pop("plain.pdf").startswith("false")
    assert told == dict.fromkeys(files[:-1], "true")
