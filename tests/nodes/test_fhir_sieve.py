"""What is not read: only what no rule can keep and nothing is to be said of."""

import base64
from datetime import date

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.fhir import asked
from nodes.fhir.need import Need
from nodes.fhir.relevance import shipped

TABLE, _ = shipped()
TODAY = date(2026, 11, 20)


def need():
    line = ServiceLine(system="CPT", code="72148")
    return Need(TABLE, asked.family(TABLE, [line], [Diagnosis(code="M54.16")]), TODAY)


def document(text=b"Seen for a cough.", **more):
    attachment = {"contentType": "text/plain", "data": base64.b64encode(text).decode()}
    return {
        "resourceType": "DocumentReference",
        "id": "d",
        "status": "current",
        "type": {"text": "Progress note"},
        "date": "2026-10-01",
        "content": [{"attachment": attachment | more.pop("attachment", {})}],
    } | more


def condition(**more):
    return {"resourceType": "Condition", "id": "c", "code": {"text": "Cough"}} | more


def panel(**part):
    return {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "code": {"text": "Survey"},
        "effectiveDateTime": "2026-10-01",
        "component": [{"code": {"text": "Mood"}, "valueInteger": 1} | part],
    }


def visit(**more):
    period = {"start": "2026-10-01"}
    found = {"resourceType": "Encounter", "id": "e", "status": "finished", "period": period}
    return found | {"type": [{"text": "Office visit"}], "reasonCode": [{"text": "Cough"}]} | more


ELSEWHERE = {"data": None, "url": "Binary/1"}
NOT_PLAIN = {"contentType": "text/html"}


@pytest.mark.parametrize(
    "resource", [document(date="2019-01-01T00:00:00Z"), condition(), panel(), visit()]
)
def test_what_is_about_something_else_is_not_read(resource):
    assert not need().worth(resource)


@pytest.mark.parametrize(
    "resource",
    [
        document(b"Low  back pain.\n"),
        document("Pain of the lum\u00adbar sp\u00adine.".encode()),
        document("lumbar é".encode("latin-1")),
        document(b"\xff\xfel\x00u\x00m\x00b\x00a\x00r\x00"),
        document(b"{\\rtf1 lum\\'62ar}"),
        document(b" "),
        document(attachment=ELSEWHERE),
        document(attachment=NOT_PLAIN),
        document(attachment={"hash": "AAAA"}),
        document(attachment={"data": "not base64"}),
        document(content=[]),
        document(date=None),
        document(description="Lumbar MRI"),
        document(content=[*document()["content"], *document(b"lumbar spine")["content"]]),
        document(type={"coding": [{"system": "http://loinc.org", "code": "28628-6"}]}),
        condition(code={"text": "Low \u200bback  pain"}),
        condition(code={"coding": [{"system": "http://snomed.info/sct", "code": "279039007"}]}),
        condition(note=[{"text": "anything"}]),
        condition(stage=[{"summary": {"text": "of the spine"}}]),
        panel(code={"text": "Oswestry disability index"}),
        panel(valueString="anything"),
        panel(valueCodeableConcept={"text": "pain severity high"}),
        visit(reasonCode=[{"text": "Backache"}]),
        visit(reasonCode=[{}]),
        visit(diagnosis=[{"condition": {"display": "Sciatica"}}]),
        visit(participant=[{"individual": {"display": "Spine clinic"}}]),
    ],
)
def test_what_a_rule_may_keep_is_read(resource):
    assert need().worth(resource)


@pytest.mark.parametrize("resource", [document(), condition(), panel(), visit()])
@pytest.mark.parametrize(
    "more",
    [
        {"status": "entered-in-error"},
        {"modifierExtension": [{}]},
        {"meta": {"security": [{"code": "R"}]}},
        {"meta": [{"security": [{"code": "R"}]}]},
    ],
)
def test_what_is_withdrawn_or_withheld_is_read_to_be_reported(resource, more):
    assert need().worth(resource | more)


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [None], {"coding": [None, 5]}, True])
@pytest.mark.parametrize("resource", [document(), condition(), panel(), visit()])
def test_broken_resources_break_nothing(resource, value):
    wanted = need()
    for name in resource:
        if name not in ("resourceType", "id"):
            assert wanted.worth(resource | {name: value}) in (True, False)
