"""A paper as a Word document (DOCX, ECMA-376): real headings, lists, tables, header and footer.

Made from the same model as the PDF, to be changed in a word processor. The same paper gives the
same bytes.
"""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from nodes.pdf.drawn.fonts import UNKNOWN, composed
from nodes.writing.paper import Paper, Passage, unbroken

NAVY, GREY = RGBColor(0x1D, 0x35, 0x57), RGBColor(0x4A, 0x55, 0x60)
MADE = datetime(2000, 1, 1)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
SIZE, SIDE, TOP, BOTTOM = 10.5, 66, 54, 60
ABOUT = (90, 390)


def docx(paper: Paper) -> bytes:
    """Write a paper as DOCX, US letter size."""
    document = Document()
    _set_up(document, paper)
    _letterhead(document, paper)
    for text in filter(None, (paper.dated, "\n".join(paper.to))):
        document.add_paragraph(_plain(text))
    if paper.about:
        _about(document, paper.about)
    if paper.greeting:
        document.add_paragraph(_plain(paper.greeting)).paragraph_format.space_before = Pt(8)
    for passage in paper.passages:
        _passage(document, passage)
    _closing(document, paper.closing)
    if paper.enclosures:
        _passage(document, Passage("Enclosures", "numbered", ("", *paper.enclosures)))
    return _saved(document)


def _set_up(document: WordDocument, paper: Paper) -> None:
    told = document.core_properties
    told.title, told.author = _plain(paper.title)[:255], _plain("".join(paper.head[:1]))[:255]
    told.comments, told.language = "", "en-US"
    told.created = told.modified = MADE
    page = document.sections[0]
    page.page_width, page.page_height = Pt(612), Pt(792)
    page.left_margin = page.right_margin = Pt(SIDE)
    page.top_margin, page.bottom_margin = Pt(TOP), Pt(BOTTOM)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(SIZE)
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.widow_control = True
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.color.rgb = "Calibri", Pt(11.5), NAVY
    heading.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
    heading.element.rPr.rFonts.attrib.pop(qn("w:hAnsiTheme"), None)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(3)


def _letterhead(document: WordDocument, paper: Paper) -> None:
    """Head the first page with who writes, the others with the subject; number all pages."""
    page = document.sections[0]
    page.different_first_page_header_footer = True
    head = page.first_page_header
    first = head.paragraphs[0]
    for number, line in enumerate(paper.head):
        row = first if number == 0 else head.add_paragraph()
        row.paragraph_format.space_after = Pt(0)
        written = row.add_run(_plain(line))
        written.font.size = Pt(14) if number == 0 else Pt(9)
        written.font.bold, written.font.color.rgb = number == 0, NAVY if number == 0 else GREY
        if number + 1 == len(paper.head):
            _ruled(row)
    page.header.paragraphs[0].text = _plain(paper.title)
    for name in ("Header", "Footer"):
        font = document.styles[name].font
        font.size, font.color.rgb = Pt(8), GREY
    for foot in (page.first_page_footer, page.footer):
        row = foot.paragraphs[0]
        row.add_run("Page ")
        _field(row, "PAGE")
        row.add_run(" of ")
        _field(row, "NUMPAGES")


def _ruled(row: Paragraph) -> None:
    """Draw a rule below a line, and leave room under it."""
    row.paragraph_format.space_after = Pt(10)
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "1D3557")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    row._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _field(row: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    shown, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)
    row._p.append(field)


def _about(document: WordDocument, rows: Sequence[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, wide in zip(table.columns, ABOUT, strict=True):
        column.width = Pt(wide)
    for name, value in rows:
        cells = table.add_row().cells
        for cell, text, wide in zip(cells, (name, value), ABOUT, strict=True):
            cell.width = Pt(wide)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.paragraphs[0].add_run(_plain(text)).font.bold = wide == ABOUT[0]


def _passage(document: WordDocument, passage: Passage) -> None:
    if passage.title:
        document.add_heading(_plain(passage.title), level=1)
    texts = list(passage.texts)
    if passage.style == "prose":
        document.add_paragraph(_plain(" ".join(texts)))
    elif passage.style == "table":
        _table(document, passage.rows)
    elif passage.style == "points":
        for text in texts:
            document.add_paragraph(_plain(text), style="List Bullet")
    else:
        lead, *items = texts or [""]
        if lead:
            document.add_paragraph(_plain(lead))
        _numbered(document, items)


def _numbered(document: WordDocument, items: Sequence[str]) -> None:
    """Write a list that counts from 1, whatever list came before."""
    style = document.styles["List Number"]
    numbering = document.part.numbering_part.element
    known = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
    own = numbering.add_num(known)
    own.add_lvlOverride(ilvl=0).add_startOverride(1)
    for text in items:
        written: Any = document.add_paragraph(_plain(text), style="List Number")
        properties = written._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = own.numId


def _table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        added: Any = table.add_row()
        for cell, text in zip(added.cells, row, strict=True):
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.paragraphs[0].add_run(_plain(text)).font.bold = number == 0
        if number == 0:
            added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _closing(document: WordDocument, lines: Sequence[str]) -> None:
    """Keep the signature block on one page."""
    for number, line in enumerate(lines):
        row = document.add_paragraph(_plain(line))
        how = row.paragraph_format
        how.space_after, how.keep_together = Pt(0), True
        how.keep_with_next = number + 1 < len(lines)
        how.space_before = Pt(12) if number == 0 else Pt(0)


def _plain(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        UNKNOWN if unicodedata.category(c) in ("Cs", "Cn") else c for c in composed(unbroken(text))
    )


def _saved(document: WordDocument) -> bytes:
    """Save without the day on which it was saved."""
    saved, target = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as packed, zipfile.ZipFile(target, "w") as out:
        for name in packed.namelist():
            member = zipfile.ZipInfo(name, FIRST_DAY)
            out.writestr(member, packed.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
