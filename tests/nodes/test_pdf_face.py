"""Our own forms as a screen reader meets them: tags in order, every field named and reachable."""

import io

import pytest
from pypdf import PdfReader

from nodes.pdf.face import Choice, Form, Text
from nodes.pdf.template import SHIPPED

OURS = sorted(path.parent for path in SHIPPED.rglob("draw.py"))


@pytest.fixture(params=OURS, ids=lambda path: path.name)
def root(request):
    return PdfReader(request.param / "form.pdf").trailer["/Root"]


def tags(root):
    """The tags under the document, in reading order."""
    return [one.get_object() for one in root["/StructTreeRoot"]["/K"][0]["/K"]]


def widgets(root):
    return [one.get_object() for page in root["/Pages"]["/Kids"] for one in page["/Annots"]]


def test_a_form_says_that_it_is_accessible(root):
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert root["/Lang"] == "en-US"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {page["/Tabs"] for page in root["/Pages"]["/Kids"]} == {"/S"}


def test_every_field_has_a_tooltip_and_a_tag_that_leads_to_it_and_back(root):
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    seen = widgets(root)
    assert len(seen) > 80
    for widget in seen:
        tag = parents[widget["/StructParent"]].get_object()
        assert tag["/S"] == "/Form"
        assert tag["/K"]["/Obj"].get_object() == widget
        assert widget["/TU"] and tag["/Alt"].startswith(widget["/TU"])


def test_tags_and_tabs_have_the_same_order(root):
    tagged = [tag["/K"]["/Obj"].get_object() for tag in tags(root) if tag["/S"] == "/Form"]
    assert tagged == widgets(root)
    assert len({str(one["/Rect"]) + str(one["/P"]) for one in tagged}) == len(tagged)


def test_every_page_is_headed_in_order(root):
    levels = [tag["/S"] for tag in tags(root) if tag["/S"].startswith("/H")]
    assert levels[0] == "/H1"
    assert set(levels[1:]) == {"/H2"}


def test_a_field_comes_right_after_its_label():
    form = Form("A form", "Rev. 1")
    form.row(Text("first", "First", 1, "The first"), Text("second", "Second", 1, "The second"))
    form.row(Choice("pick", "Pick", 1, "One of two", (("a", "Ah"), ("b", "Bee"))))
    form.footer(1, 1)
    found = tags(PdfReader(io.BytesIO(form.finish())).trailer["/Root"])
    kinds = [tag.get("/Alt", tag["/S"]) for tag in found]
    assert kinds[:4] == ["/P", "The first", "/P", "The second"]
    assert kinds[4:9] == ["/P", "/P", "One of two: Ah", "/P", "One of two: Bee"]
    assert set(kinds[9:]) == {"/P"}
