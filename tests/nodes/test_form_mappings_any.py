"""Whatever a mapping says: it is refused with a place, or fills a form; no value leaks."""

import json

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodes.errors import NodeError, NotConfigured
from nodes.pdf.form import request_form
from nodes.pdf.plain_yaml import PlainLoader
from nodes.pdf.template import load
from tests.nodes.forms_drawn import form, mapping
from tests.nodes.forms_world import CASE

FORM = form("a", "b", "c", "d1", "d2", boxes=[("x", "/Yes"), ("y", "/Yes")])
FIELDS = """
  - {id: name, from: case.patient.name, join: "{family}, {given}", pdf: a, limit: 20}
  - {id: born, from: case.patient.birth_date, split: [{id: mm, date: MM, pdf: b}]}
  - {id: phone, from: [case.patient.phone], validate: phone, cut: [0, 3], strip: "-", pdf: c}
  - id: sex
    from: case.patient.sex
    choice: {female: {pdf: x, on: /Yes}, male: {pdf: y, on: /Yes}}
  - {id: at, label: At, from: case.id, at: {x: 300, y: 300, w: 100}, when: {case.urgency: standard}}
  - id: dx
    label: Diagnosis
    from: case.diagnoses
    repeat: {max: 2}
    columns: [{id: code, from: code, pdf: "d{n}", words: {M54.16: M5416}}]
"""
WHOLE = yaml.load(mapping(FIELDS), PlainLoader)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**6),
    st.text(max_size=12),
    st.sampled_from(["case", "case.patient", "case.diagnoses.0", "chart.drugs", "{n}", "{", "a.b"]),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=2),
)


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from leaves(one, (*path, place))
    yield path


PATHS = [path for path in leaves(WHOLE) if path]


def changed(path, value):
    whole = json.loads(json.dumps(WHOLE))
    inside = whole
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return json.dumps(whole).encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(PATHS), value=JUNK)
def test_a_changed_mapping_is_refused_with_its_place_or_fills(path, value):
    try:
        template = load("test/form", changed(path, value), FORM)
    except NotConfigured as fault:
        assert str(fault).startswith("form template test/form: ") and len(str(fault)) > 30
        assert "Lopez" not in str(fault) and "614" not in str(fault)
        return
    try:
        done = request_form(template, CASE, None, None)
    except NodeError as fault:
        assert "Lopez" not in str(fault)
        return
    assert done.pages >= 1 and {notice.field for notice in done.notices} <= {
        field.id for field in done.fields
    }


def test_the_mapping_itself_fits():
    done = request_form(load("test/form", changed(("title",), "T"), FORM), CASE, None, None)
    assert [field.value for field in done.fields if field.value is None] == []
    assert done.notices == ()


texts = st.text(min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(family=texts, phone=texts, plan=texts)
def test_whatever_the_case_says_the_form_is_filled(family, phone, plan):
    template = load("test/form", json.dumps(WHOLE).encode(), FORM)
    name = CASE.patient.name.model_copy(update={"family": family})
    patient = CASE.patient.model_copy(update={"name": name, "phone": phone})
    coverage = CASE.coverage.model_copy(update={"plan_name": plan})
    done = request_form(
        template, CASE.model_copy(update={"patient": patient, "coverage": coverage}), None, None
    )
    told = {field.id: field.value for field in done.fields}
    assert told["phone"] is None or told["phone"].isdigit()
    assert len(told) == 6
