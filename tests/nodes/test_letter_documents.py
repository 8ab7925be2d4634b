"""Letters as files: PDF with its font and page numbers, HTML that nothing can break out of."""

import base64
import io
from datetime import date

import pypdf
import pytest

from nodes.draft_appeal import DraftAppealRequest, draft_appeal
from nodes.pdf.letter import SHEET, pages, pdf
from nodes.writing.page import html
from nodes.writing.paper import Paper, Passage
from tests.nodes.notices import notice
from tests.nodes.writing_world import assessment, case, chart, denial

EVIL = '<script>alert(1)</script><img src=x onerror="a()"> & "quotes" <a href="http://x">'


def paper(*texts: str, style: str = "points", **changes) -> Paper:
    known = {
        "title": "A letter",
        "head": ("Dr. Żółć Ильин", "Street 1"),
        "dated": "November 20, 2026",
        "to": ("The plan",),
        "about": (("Re", "CPT 72148"),),
        "greeting": "To whom it concerns:",
        "passages": (Passage("Facts", style, texts or ("One fact. (Encl. 1, 2)",)),),  # type: ignore[arg-type]
        "closing": ("Sincerely,", "", "____"),
        "enclosures": ("A note",),
    } | changes
    return Paper(**known)


def read(raw: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(raw))


def test_the_same_letter_is_the_same_bytes():
    assert pdf(paper()) == pdf(paper())


def test_its_text_can_be_selected_in_every_script_the_font_has():
    text = read(pdf(paper("Ωμέγα ≥ 5 µg; naïve; Дата"))).pages[0].extract_text()
    for words in ("Żółć Ильин", "Ωμέγα ≥ 5 µg; naïve; Дата", "A note", "Sincerely,"):
        assert words in text


def test_a_sign_that_the_font_lacks_is_shown_as_missing_and_breaks_nothing():
    text = read(pdf(paper("漢字 and <b>bold</b> & &amp;"))).pages[0].extract_text()
    assert "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} and <b>bold</b> & &amp;" in text


def test_pages_are_numbered_and_the_title_and_language_are_told():
    reader = read(pdf(paper(*(f"Fact {n} of many words. " * 12 for n in range(40)))))
    many = len(reader.pages)
    assert many > 2
    for number, page in enumerate(reader.pages, 1):
        assert f"Page {number} of {many}" in page.extract_text()
    assert reader.metadata.title == "A letter"
    assert reader.trailer["/Root"]["/Lang"] == "en-US"


def test_fonts_are_embedded():
    fonts = read(pdf(paper())).pages[0]["/Resources"]["/Font"]
    used = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts.values()]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph():
    for size in range(300, 420, 10):
        long = paper("word " * size, style="prose", enclosures=(), closing=())
        for page in read(pdf(long, SHEET)).pages:
            lines = [line for line in page.extract_text().splitlines() if line.startswith("word")]
            assert len(lines) != 1
    assert pages(paper(), SHEET) == 1


def test_whatever_is_long_is_laid_out():
    long = "x" * 5000 + " " + "words " * 3000
    for one in (paper(long, about=(("Re", long),), enclosures=("e " * 400,) * 60),
                paper(long, style="numbered", head=(long[:3000],))):  # fmt: skip
        assert len(read(pdf(one)).pages) > 2


def test_html_escapes_everything_and_holds_nothing_that_runs_or_is_fetched():
    page = html(paper(EVIL, title=EVIL, head=(EVIL,), to=(EVIL,), about=((EVIL, EVIL),),
                      greeting=EVIL, closing=(EVIL,), enclosures=(EVIL,)))  # fmt: skip
    lower = page.casefold()
    for bad in ("<script", "<img", "<a ", "<link", "<iframe", "url(", "@import", "src="):
        assert bad not in lower.replace("&lt;", "").replace(" src=x", "")
    assert "&lt;script&gt;" in page
    assert page.count("<h1") == 0 and "default-src 'none'" in page


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_an_appeal_is_rendered_once_in_each_format_asked_for(form):
    answer = draft_appeal(
        DraftAppealRequest(
            case=case(),
            chart=chart(),
            assessment=assessment(),
            denial=denial(),
            notice=notice(),
            as_of=date(2026, 11, 20),
            formats=(form, form),
        )
    )
    (document,) = answer.documents
    assert document.filename == f"appeal-first.{form}"
    if form == "pdf":
        words = read(base64.b64decode(document.data)).pages[0].extract_text()
        assert "We appeal your decision of 2026-11-19 to deny Ada Moss" in " ".join(words.split())
    else:
        assert "to deny Ada Moss this service" in document.data
        assert '<span class="whole">2026-11-19</span>' in document.data
    assert "Moss" not in document.filename


@pytest.mark.browser
def test_a_browser_fetches_nothing_runs_nothing_and_keeps_days_whole(chromium, tmp_path):
    file = tmp_path / "letter.html"
    file.write_text(html(paper("Seen on 2026-11-12. " * 30, EVIL)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 430, "height": 900})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append("dialog"))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert said == []
    assert page.locator("script, img, a, iframe, link").count() == 0
    tall = page.evaluate("Math.max(...[...document.querySelectorAll('.whole')]"
                         ".map(e => e.getClientRects().length))")  # fmt: skip
    assert tall == 1
    page.close()
