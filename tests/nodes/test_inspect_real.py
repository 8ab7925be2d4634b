"""inspect-form on public forms: labels beside tooltips, flat detection, proposals beside ours."""

import os
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from nodes.pdf.inspecting.asked import inspected
from nodes.pdf.inspecting.naming import useless
from nodes.pdf.mapping import Single
from nodes.pdf.plain_yaml import mapping_of
from nodes.pdf.template import SHIPPED

CASES = os.environ.get("PRIOR_AUTH_CASES")
pytestmark = pytest.mark.skipif(not CASES, reason="PRIOR_AUTH_CASES names no folder of real forms")
FORMS = {"texas/nofr001": "tx_nofr001", "tmhp/radiology": "tmhp_radiology"}


def form(name, **more):
    pdf = (Path(CASES) / "forms" / f"{name}.pdf").read_bytes()
    return inspected(pdf, "a/b", pictures=False, **more)[0]


def tokens(text):
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def alike(one, other):
    few = min(len(tokens(one)), len(tokens(other))) or 1
    shared = len(tokens(one) & tokens(other)) / few
    return shared >= 0.5 or SequenceMatcher(None, one.lower(), other.lower()).ratio() > 0.6


def told(mapping):
    """Each filled place of a mapping with the paths that fill it."""
    found = {}
    for entry in mapping.fields:
        if isinstance(entry, Single):
            found |= {place.pdf: set(entry.paths) for place in entry.everywhere()}
            continue
        for row in range(1, entry.repeat.max + 1):
            for column in entry.columns:
                paths = column.from_ if isinstance(column.from_, tuple) else (column.from_,)
                for place in column.everywhere(row):
                    found[place.pdf] = {f"{entry.from_}.{path}" for path in paths}
    return found


def same(paths):
    """Paths with the names that mean one provider, or the insured, made one."""
    known = {"rendering": "performer", "facility": "performer"}
    return {".".join(known.get(step, step) for step in path.split(".")) for path in paths}


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("tx_nofr001", 0.84),
        ("tmhp_radiology", 0.97),
        ("roi_mgh", 0.89),
        ("roi_nyp", 0.85),
        ("with_combed_fields", 0.85),
    ],
)
def test_the_words_beside_a_field_say_what_its_tooltip_says(name, floor):
    right = asked = 0
    for field in form(name).fields:
        if useless(field.tooltip) or field.kind == "button":
            continue
        beside = next((one.text for one in field.labels if one.by == "printed"), "")
        asked += 1
        right += alike(beside, field.tooltip) or alike(
            f"{field.question or ''} {beside}", field.tooltip
        )
    assert asked and right / asked >= floor


@pytest.mark.parametrize(
    ("name", "precise", "complete"),
    [
        ("tx_nofr001", 0.9, 0.97),
        ("roi_mgh", 0.88, 0.95),
        ("roi_nyp", 0.85, 0.88),
        ("tmhp_radiology", 0.5, 1.0),
    ],
)
def test_printed_lines_show_where_fields_are(name, precise, complete):
    """Boxes are not counted on the form whose boxes exist as fields only."""
    kinds = ("text", "list", "signature")
    real = [(one.page, one.box) for one in form(name).fields if one.kind in kinds]
    found = [(one.page, one.box) for one in form(name, flat=True).fields if one.kind in kinds]
    left = list(found)
    hits = 0
    for page, box in real:
        hit = next((one for one in left if one[0] == page and meets(one[1], box)), None)
        if hit:
            left.remove(hit)
            hits += 1
    assert hits / len(real) >= complete
    assert hits / len(found) >= precise


def meets(one, other):
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or tall <= 0:
        return False
    both = sum((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other)) - wide * tall
    return wide * tall / both >= 0.3 or (inside(one, other) and inside(other, one))


def inside(one, other):
    x, y = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2
    return other[0] - 2 <= x <= other[2] + 2 and other[1] - 2 <= y <= other[3] + 2


@pytest.mark.parametrize("template", FORMS)
def test_proposals_agree_with_the_mapping_written_by_hand(template):
    truth = told(mapping_of(template, (SHIPPED / template / "mapping.yaml").read_bytes()))
    ours = told(mapping_of("a/b", form(FORMS[template]).mapping.encode()))
    known = {name: paths for name, paths in ours.items() if name in truth}
    right = [name for name, paths in known.items() if same(paths) & same(truth[name])]
    wrong = sorted(known.keys() - set(right))
    assert len(right) / len(known) >= 0.98, wrong
    assert len(right) / len(truth) >= 0.75


def test_a_claim_form_is_known_by_where_its_fields_are():
    """Field names say next to nothing of a CMS-1500; the items' places are the same on all."""
    told = form("cms1500_blank2p")
    named = {one.name: one.path for one in told.fields if one.path}
    assert named["pin"] == "case.billing.npi" and named["tax_id"] == "case.billing.tax_id"
    assert named["diagnosis3"] == "case.diagnoses.2.code"
    assert named["ref_physician"] == "case.referrer.display"
    assert named["cpt6"] == named["sv6_mm_from"] == "case.lines"
    assert sum(bool(one.path) for one in told.fields) >= 170
    assert told.mapping.count("split:") >= 6


@pytest.mark.parametrize("name", ["roi_nyp", "roi_mgh", "f1040_prefilled", "libreoffice-form"])
def test_only_the_patients_own_is_proposed_where_no_payer_is_asked(name):
    paths = {one.path for one in form(name).fields if one.path}
    assert all(path.startswith("case.patient.") for path in paths)
