"""A letter as DOCX: what Word shows as a heading, a list, a table or a page number is one."""

import io
import shutil
import subprocess
import zipfile

import docx as python_docx
import pypdf
import pytest

from nodes.pdf.word import docx
from nodes.writing.page import html
from nodes.writing.paper import Passage
from tests.nodes.test_letter_documents import EVIL, paper

ROWS = (("Drug", "Dose"), ("Naproxen", "500 mg"), ("Gabapentin", "300 mg"))
PARTS = (
    Passage("Facts", "points", ("One fact.", "Another fact.")),
    Passage("Criteria", "numbered", ("The policy.", "First.", "Second.")),
    Passage("Again", "numbered", ("", "Third.")),
    Passage("Tried", "table", (), ROWS),
)


def opened(**changes):
    return python_docx.Document(io.BytesIO(docx(paper(passages=PARTS, **changes))))


def test_headings_and_lists_are_those_of_word():
    by_text = {one.text: one.style.name for one in opened().paragraphs}
    assert by_text["Facts"] == by_text["Enclosures"] == "Heading 1"
    assert by_text["One fact."] == "List Bullet"
    assert by_text["First."] == by_text["A note"] == "List Number"
    assert by_text["The policy."] == "Normal"


def test_each_numbered_list_counts_from_one():
    lists = [
        one._p.pPr.numPr.numId.val for one in opened().paragraphs if one.style.name == "List Number"
    ]
    assert len(lists) == 4
    assert len(set(lists)) == 3


def test_a_table_has_cells_and_repeats_its_head():
    table = opened().tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(row) for row in ROWS]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblHeader" not in table.rows[1]._tr.xml


def test_the_letterhead_is_on_the_first_page_and_all_are_numbered():
    page = opened().sections[0]
    assert page.different_first_page_header_footer
    assert [one.text for one in page.first_page_header.paragraphs] == ["Dr. Żółć Ильин", "Street 1"]
    assert page.header.paragraphs[0].text == "A letter"
    for foot in (page.first_page_footer, page.footer):
        assert 'w:instr="PAGE"' in foot.paragraphs[0]._p.xml
        assert 'w:instr="NUMPAGES"' in foot.paragraphs[0]._p.xml


def test_what_xml_cannot_hold_is_left_out_and_nothing_is_markup():
    document = opened(greeting=f"{EVIL}\x00\x0b\ud800\ufffe&amp;")
    assert any(EVIL in one.text for one in document.paragraphs)


def test_the_same_letter_is_the_same_bytes_and_refers_to_nothing_outside():
    raw = docx(paper(passages=PARTS))
    assert raw == docx(paper(passages=PARTS))
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        for name in packed.namelist():
            assert packed.getinfo(name).date_time[0] == 1980
            assert b'TargetMode="External"' not in packed.read(name)
            assert "vba" not in name.lower()


def test_html_shows_a_table_with_its_head():
    page = html(paper(passages=PARTS))
    assert '<th scope="col">Dose</th>' in page
    assert page.count("<td>") == 4 + 1


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_a_word_processor_opens_it_and_shows_every_part(tmp_path):
    (tmp_path / "letter.docx").write_bytes(docx(paper(passages=PARTS)))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to",
         "pdf", "letter.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = pypdf.PdfReader(tmp_path / "letter.pdf").pages[0].extract_text()
    for part in ("Street 1", "1. First.", "2. Second.", "1. Third.", "Naproxen", "Page 1 of 1"):
        assert part in " ".join(text.split())
