"""Where a form's PDF comes from, and what is said when it is missing or another one."""

import shutil
from base64 import b64encode

import pytest

from nodes.audit import sha256
from nodes.errors import NotConfigured, Refused, UnknownName, UnreadableDocument
from nodes.fill_form import FillFormRequest, fill_form
from nodes.packet import FormUpload
from nodes.pdf.supply import form, uploaded
from nodes.pdf.template import SHIPPED
from tests.nodes.forms_drawn import form as drawn
from tests.nodes.forms_drawn import mapping, values
from tests.nodes.forms_world import CASE, GENERIC

FIELDS = "  - {id: who, from: case.patient.name, join: '{family}', pdf: a}"
FORM = drawn("a", "b")
OTHER = drawn("a", "c")
GET = "Ask the issuer at https://issuer.example."


def integrators(*hashes, match="false"):
    """A mapping of a form that the integrator supplies."""
    source = (
        f'source: {{supply: integrator, revision: "1", pages: 1, fields_match: {match},'
        f' get: "{GET}", sha256: [{", ".join(hashes)}]}}'
    )
    bundled = 'source: {supply: bundled, revision: "1", pages: 1}'
    return mapping(FIELDS).replace(bundled, source)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The installation's own folder of forms, with a template that needs its PDF."""
    monkeypatch.setenv("PRIOR_AUTH_FORMS", str(tmp_path))
    (tmp_path / "test" / "form").mkdir(parents=True)
    told = tmp_path / "test" / "form" / "mapping.yaml"
    told.write_text(integrators(sha256(FORM)), encoding="utf-8")
    return tmp_path


def fill(**asked):
    return values(fill_form(FillFormRequest(template="test/form", case=CASE, **asked)).form)


def b64(data):
    return b64encode(data).decode()


def test_a_pdf_that_is_not_here_is_asked_for_with_where_to_get_it(folder):
    with pytest.raises(UnknownName) as told:
        fill()
    assert GET in str(told.value) and "PRIOR_AUTH_FORMS" in str(told.value)


@pytest.mark.parametrize("place", ["test/form/form.pdf", "any name.pdf"])
def test_a_pdf_in_the_folder_is_found(folder, place):
    (folder / place).write_bytes(FORM)
    assert fill() == {"who": "Lopez"}


def test_a_pdf_of_another_hash_in_the_folder_is_not_taken(folder):
    (folder / "any.pdf").write_bytes(OTHER)
    with pytest.raises(UnknownName):
        fill()
    (folder / "test/form/form.pdf").write_bytes(OTHER)
    with pytest.raises(NotConfigured, match="not tested with"):
        fill()


def test_a_pdf_is_sent_along(folder):
    assert fill(pdf_base64=b64(FORM)) == {"who": "Lopez"}
    with pytest.raises(Refused, match="template_mismatch"):
        fill(pdf_base64=b64(OTHER))


def test_another_revision_is_taken_when_it_has_the_fields(folder):
    told = folder / "test" / "form" / "mapping.yaml"
    told.write_text(integrators(sha256(FORM), match="true"), encoding="utf-8")
    assert fill(pdf_base64=b64(OTHER)) == {"who": "Lopez"}
    with pytest.raises(Refused, match=r"template_mismatch.*no text field a"):
        fill(pdf_base64=b64(drawn("b")))


def test_a_shipped_form_takes_no_other_pdf():
    asked = FillFormRequest(template=GENERIC, pdf_base64=b64(FORM), case=CASE)
    with pytest.raises(Refused, match="its own PDF"):
        fill_form(asked)


def test_a_template_of_the_folder_goes_before_the_shipped_one(folder):
    shutil.copytree(SHIPPED / GENERIC, folder / GENERIC)
    file = folder / GENERIC / "mapping.yaml"
    own = file.read_text(encoding="utf-8").replace('revision: "2026-11"', 'revision: "own"')
    assert own != file.read_text(encoding="utf-8")
    file.write_text(own, encoding="utf-8")
    assert form(GENERIC).mapping.source.revision == "own"
    assert form(GENERIC).foreign


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\nbroken", FORM[:900]])
def test_what_is_no_pdf_is_told_as_such(data):
    with pytest.raises(UnreadableDocument):
        uploaded(data, mapping(FIELDS))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (mapping(FIELDS).replace("case.patient.name", "case.patient.nme"), "who: there is nothing"),
        (mapping(FIELDS).replace("'{family}'", "'{family'"), "fields/0/single/join"),
        (mapping(FIELDS).replace("'{family}'", "'{family!r}'"), "fields/0/single/join"),
        (mapping(FIELDS).replace("'{family}'", "'{__class__}'"), "nothing at __class__"),
        (mapping(FIELDS).replace("template: test/form", "template: form"), "template"),
        (mapping(FIELDS).replace("title: Test form", "title: ' '"), "title"),
        (mapping(FIELDS) + FIELDS + "\n", "the id who is used twice"),
        ("[]", "Input should be"),
        ("a: &a [1]\nb: [*a, *a]\n", "not plain YAML"),
        ("x: !!python/object/apply:os.system ['true']\n", "not plain YAML"),
        ("- " * 3000, "not plain YAML"),
        ("x: .nan\n", "not plain YAML"),
        ("x" * 500_000, "too long"),
    ],
)
def test_a_fault_of_an_uploaded_mapping_is_told_with_its_place(text, place):
    with pytest.raises(UnreadableDocument) as told:
        uploaded(FORM, text)
    assert place in str(told.value) and "Lopez" not in str(told.value)


@pytest.mark.parametrize(
    "asked",
    [
        {"upload": FormUpload(pdf_base64=b64(FORM), mapping="x"), "template": GENERIC},
        {"pdf_base64": b64(FORM)},
        {"template": GENERIC, "pdf_base64": "not base64!"},
        {"attachments": ({"title": "x", "media_type": "text/plain", "data_base64": "eA=="},)},
    ],
)
def test_a_request_that_contradicts_itself_is_refused(asked):
    with pytest.raises(ValueError, match="validation error"):
        FillFormRequest(case=CASE, **asked)
