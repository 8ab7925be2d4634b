"""Nothing of a case is lost in silence: what does not shape the EDI is in left_out."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from nodes.build_278 import build_278
from nodes.case import Case
from nodes.errors import IncompleteCase
from nodes.x12.requesting.request_service import SIDES
from tests.nodes.cases_278 import requests
from tests.nodes.lines_278 import maybe, past, words
from tests.nodes.test_build_278 import changed

calm = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def full(draw):
    """A request whose case says what X12 has no place for, too."""
    request = draw(requests())
    case = request.case
    found = [
        one.model_copy(update={"display": draw(maybe(words)), "onset": draw(maybe(past))})
        for one in case.diagnoses
    ]
    lines = [one.model_copy(update={"display": draw(maybe(words))}) for one in case.service_lines]
    more = {
        "diagnoses": tuple(found),
        "service_lines": tuple(lines),
        "patient": case.patient.model_copy(update={"phone": draw(maybe(st.just("9375550110")))}),
        "coverage": case.coverage.model_copy(
            update={"plan_name": draw(maybe(words)), "line_of_business": "medicaid"}
        ),
        "order": case.order.model_copy(update={"reason": draw(maybe(words))}),
    }
    return request.model_copy(update={"case": case.model_copy(update=more)})


def variants(model, pointer=""):
    """The model again, once for each of its leaves without it or with another value."""
    for name, field in type(model).model_fields.items():
        value, where = getattr(model, name), f"{pointer}/{name}"
        if not field.is_required() and value != field.get_default(call_default_factory=True):
            default = field.get_default(call_default_factory=True)
            yield where, model.model_copy(update={name: default})
        if isinstance(value, BaseModel | tuple) or field.is_required():
            for inner, other in each(value, where):
                yield inner, model.model_copy(update={name: other})


def each(value, where):
    if isinstance(value, BaseModel):
        yield from variants(value, where)
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            for inner, other in each(one, f"{where}/{place}"):
                yield inner, (*value[:place], other, *value[place + 1 :])
    else:
        yield from ((where, other) for other in others(value))


def others(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, str):
        return [value + "9"]
    return [value + timedelta(1) if isinstance(value, date) else value + 1]


def told_by_a_modifier(case, pointer):
    if not pointer.endswith("/laterality"):
        return False
    line = case.service_lines[int(pointer.split("/")[3])]
    return bool(SIDES.keys() & set(line.modifiers))


def untold(request):
    """Leaves that can be changed without changing the request or being refused."""
    edi = build_278(request).transaction.edi
    for pointer, case in variants(request.case, "/case"):
        try:
            again = Case.model_validate(case.model_dump())
            same = build_278(request.model_copy(update={"case": again})).transaction.edi == edi
        except (ValidationError, IncompleteCase):
            continue
        if same and not told_by_a_modifier(request.case, pointer):
            yield pointer


def left_out(request):
    return [one.pointer for one in build_278(request).left_out]


@calm
@given(full())
def test_every_leaf_is_told_or_named(request):
    named = left_out(request)
    for pointer in untold(request):
        assert any(f"{pointer}/".startswith(f"{one}/") for one in named), pointer


def test_the_onset_of_another_diagnosis_is_named():
    two = [{"code": "M54.16"}, {"code": "M51.16", "onset": "2026-05-01"}]
    assert "/case/diagnoses/1/onset" in left_out(changed(case__diagnoses=two))


@pytest.mark.parametrize("place", ["/case/patient/id", "/case/order"])
def test_what_is_ours_alone_is_named(place):
    assert place in left_out(changed())
