"""Every form template, filled for patients of the sandbox, and looked at box by box."""

import pytest

from nodes.errors import Refused
from nodes.pdf.supply import form as supplied
from nodes.pdf.template import ROOTS, SHIPPED, faults
from tests.forms_filled import (
    NAMES,
    OFFICIAL,
    PAIRS,
    PATIENTS,
    UNSEEN,
    figure,
    filled,
    form,
    listed,
    official,
    reason,
)

OURS = [name for name in NAMES if not name.startswith("nucc/")]
LEAST = 0.8
each = pytest.mark.parametrize("name", NAMES)
each_of_ours = pytest.mark.parametrize("name", OURS)


@each
def test_a_mapping_fits_its_form_and_the_models(name):
    assert list(faults(form(name))) == []


@each_of_ours
def test_every_field_of_the_form_is_mapped_signed_or_left_on_purpose(name):
    template = form(name)
    known = {field for field, _ in template.mapping.boxes()} | set(template.mapping.clear)
    known |= {sign.pdf for sign in template.mapping.sign}
    assert {widget.name for widget in template.widgets} == known
    left = {*template.mapping.clear, *(sign.pdf for sign in template.mapping.sign)}
    states = {(w.name, state) for w in template.widgets if w.name not in left for state in w.states}
    assert states == {(field, state) for field, state in template.mapping.boxes() if state}
    assert [field for field in template.mapping.clear if not reason(name, field)] == []


@each_of_ours
def test_what_source_says_is_of_fields_that_there_are(name):
    mapping = form(name).mapping
    assert set(listed(name, "Left on purpose")) == set(mapping.clear)
    assert set(listed(name, "Applies only if")) <= {entry.id for entry in mapping.fields}


@each
def test_every_template_says_where_it_comes_from(name):
    text = (SHIPPED / name / "SOURCE.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    if name in UNSEEN:
        assert "not tried on the official file" in text
        assert "unverified" in form(name).mapping.source.revision
    assert set(ROOTS) == {"case", "summary", "assessment", "chart"}


@pytest.mark.parametrize(("name", "patient"), PAIRS)
def test_at_least_four_fifths_of_what_applies_is_filled(name, patient):
    """Fields for a person's hand, unused rows and fields whose condition fails do not count."""
    done, found = filled(name, patient), figure(name, patient)
    stands = " (stand-in, not the issuer's form)" if name in UNSEEN else ""
    print(f"{name} {patient}{stands}: {found}")
    assert found.share >= LEAST
    assert found.filled <= found.applying <= found.fields
    assert set(done.missing_required) <= {"service.to"} and done.unprintable == ()


def test_every_template_has_patients():
    assert set(PATIENTS) == set(OURS) >= {"generic/prior-auth-request", "texas/nofr001"}


@pytest.mark.parametrize("name", sorted({*OFFICIAL, *UNSEEN} & {*NAMES}))
def test_another_form_is_refused(name):
    other = "tmhp_radiology.pdf" if name != "tmhp/radiology" else "tx_nofr001.pdf"
    with pytest.raises(Refused, match="template_mismatch"):
        supplied(name, official(other))


def test_no_issuer_s_pdf_is_shipped():
    shipped = {str(path.parent.relative_to(SHIPPED)) for path in SHIPPED.rglob("*.pdf")}
    assert {name.partition("/")[0] for name in shipped} == {"generic"}
