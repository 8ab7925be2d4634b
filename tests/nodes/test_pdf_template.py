"""Form templates: form.pdf and mapping.yaml must fit each other and the models."""

import io
import runpy
from pathlib import Path

import pytest
from pypdf import PdfReader

from nodes.errors import NotConfigured, UnknownName
from nodes.pdf.plain_yaml import mapping_of
from nodes.pdf.template import SHIPPED, load, template
from tests.nodes.forms_drawn import form, mapping
from tests.nodes.forms_world import GENERIC

FOLDER = SHIPPED / GENERIC
PDF = (FOLDER / "form.pdf").read_bytes()
MAPPING = (FOLDER / "mapping.yaml").read_text(encoding="utf-8")


def changed(old, new):
    assert old in MAPPING
    return load(GENERIC, MAPPING.replace(old, new, 1).encode(), PDF)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("pdf: [payer_name]", "pdf: [payer_nam]", "the form has no text field payer_nam"),
        ("on: /urgent", "on: /Urgent", "no box urgency with the state /Urgent"),
        ("on: /urgent", "on: urgent", "/on: String should match"),
        ("from: case.urgency", "from: case.urgent", "there is nothing at case.urgent"),
        ("from: case.urgency", "from: kase.urgency", "there is nothing at kase.urgency"),
        ("      urgent: {", "      rush: {", "case.urgency is never rush"),
        ("{family}, {given}", "{surname}, {given}", "there is nothing at surname"),
        ("from: display, pdf", "from: words, pdf", "there is nothing at words"),
        ("from: case.diagnoses", "from: case.order", "case.order is not a list"),
        ('join: "{family}, {given} {middle}"', "required: false", "needs join"),
        ("only: {status: [met]}", "only: {state: [met]}", "there is nothing at state"),
        ('"{title}\\n{text}"', '"{title}\\n{sentences}"', "sentences of its value has several"),
        ("pdf: [payer_id]", "pdf: [payer_name]", "payer_name is filled twice"),
        ("pdf: [payer_id]", "pdf: [signature]", "signature must stay empty"),
        ("pdf: [payer_id]", "pdf: [urgency]", "no text field urgency"),
        ("id: payer.id", "id: payer.name", "the id payer.name is used twice"),
        ("pdf: signature,", "pdf: signatur,", "the form has no field signatur"),
        ("never_fill: true", "never_fill: false", "never_fill"),
        ("pages: 2", "pages: 3", "has 2 pages, the mapping is for 3"),
        ("flatten: true", "flatten: false", "after/flatten"),
        ("template: generic", "template: special", "not the name of its folder"),
        ("supply: bundled", "supply: integrator", "or unverified: true"),
        ('pdf: "dx_{n}_code"', "pdf: dx_1_code", "needs {n}"),
        ("required: true", "requierd: true", "Extra inputs"),
        ("template: generic", "template: [generic", "not plain YAML"),
    ],
)
def test_a_fault_is_told_with_its_place(old, new, told):
    with pytest.raises(NotConfigured) as fault:
        changed(old, new)
    assert told in str(fault.value)


def test_an_untested_revision_of_an_issuers_form_is_refused():
    supply = "supply: integrator, sha256: [" + "a" * 64 + "]"
    with pytest.raises(NotConfigured, match="not tested with"):
        changed("supply: bundled", supply)


def test_the_hash_covers_both_files():
    first = template(GENERIC).sha256
    assert changed("# 2 Patient", "# Patient").sha256 != first
    assert load(GENERIC, MAPPING.encode(), PDF).sha256 == first


def test_a_mapping_without_its_pdf_says_that_it_is_needed(tmp_path):
    folder = tmp_path / GENERIC
    folder.mkdir(parents=True)
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    with pytest.raises(UnknownName, match="must be supplied"):
        template(GENERIC, tmp_path)


def content(pdf):
    """What a PDF draws and asks, whatever compressed it."""
    reader = PdfReader(io.BytesIO(pdf))
    return [
        (
            page.get_contents().get_data(),
            [(str(a.get_object()["/Rect"]), a.get_object().get("/TU")) for a in page["/Annots"]],
        )
        for page in reader.pages
    ]


@pytest.mark.parametrize("script", sorted(SHIPPED.rglob("draw.py")), ids=lambda p: p.parent.name)
def test_a_form_of_ours_is_what_its_script_draws(script):
    drawn = runpy.run_path(str(script))["draw"]()
    assert content(drawn) == content(Path(script).with_name("form.pdf").read_bytes())


def test_a_mapping_without_a_field_loads_and_says_that_nothing_is_mapped_yet():
    text = mapping("").replace("fields:", "fields: []").encode()
    assert mapping_of("test/form", text).fields == ()
    with pytest.raises(NotConfigured, match="nothing is mapped yet"):
        load("test/form", text, form("a"))


UNSEEN = "supply: integrator, unverified: true, fingerprint: [a]"


@pytest.mark.parametrize(
    ("names", "source", "told"),
    [
        (("a", "b"), UNSEEN, None),
        (("b",), UNSEEN, "the form has no field a"),
        (("a",), UNSEEN, "the form has no text field b"),
        (("a", "b"), UNSEEN.replace(", fingerprint: [a]", ""), "needs a fingerprint"),
        (("a", "b"), f"{UNSEEN}, sha256: [{'a' * 64}]", "or unverified: true"),
        (("a", "b"), "supply: bundled, unverified: true", "that the integrator supplies"),
    ],
)
def test_a_form_that_was_never_tried_is_known_by_its_fields(names, source, told):
    text = mapping("  - {id: x, text: x, pdf: b}").replace("supply: bundled", source)
    sheet = form(*names)
    if told is None:
        assert load("test/form", text.encode(), sheet).mapping.source.unverified
        return
    with pytest.raises(NotConfigured, match=told):
        load("test/form", text.encode(), sheet)
