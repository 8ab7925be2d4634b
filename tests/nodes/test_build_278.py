import json
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from nodes.audit import sha256
from nodes.build_278 import Build278Request, build_278
from nodes.case import ServiceLine
from nodes.catalog import NODES
from nodes.errors import IncompleteCase
from nodes.x12.characters import fold
from nodes.x12.reading.envelope import read
from nodes.x12.reading.hierarchy import hierarchy
from tests.nodes.cases_278 import requests

EXAMPLE = NODES["build-278"].example("request")
calm = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def changed(**changes):
    """The example request with places of it replaced: ``case__patient__name__family="X"``."""
    data = json.loads(EXAMPLE)
    for path, value in changes.items():
        *way, last = (int(step) if step.isdigit() else step for step in path.split("__"))
        target = data
        for step in way:
            target = target[step]
        target[last] = value
    return Build278Request.model_validate_json(json.dumps(data))


def segments(request):
    edi = build_278(request).transaction.edi
    [transaction] = read(edi).require(strict=True).sets
    return transaction.segments


def first(found, *elements):
    """The first segment that begins with these elements."""
    return next(
        segment for segment in found if tuple(segment.elements[: len(elements)]) == elements
    )


def complaints(request):
    with pytest.raises(IncompleteCase) as caught:
        build_278(request)
    return {complaint.pointer for complaint in caught.value.complaints}


@calm
@given(requests())
def test_whatever_is_built_is_sound(request):
    document = read(build_278(request).transaction.edi).require(strict=True)
    [interchange] = document.interchanges
    [transaction] = interchange.sets
    tree = hierarchy(transaction)
    assert tree.findings == ()
    assert transaction.kind == "278"
    assert transaction.guide == transaction.group.get(8) == "005010X217"
    assert int(transaction.segments[-1].get(1)) == len(transaction.segments)
    dependent = request.case.coverage.relationship != "self"
    levels = ["20", "21", "22", *(["23"] if dependent else []), "EV"]
    assert [level.code for level in tree.levels] == levels + ["SS"] * len(
        request.case.service_lines
    )
    assert interchange.header.get(13) != "000000000"


def test_separators_in_a_text_are_replaced_and_declared():
    found = segments(changed(message="Therapy: 8 weeks*, see note ~2"))
    message = first(found, "MSG")
    assert message.get(1) == "THERAPY: 8 WEEKS*, SEE NOTE ~2"
    assert message.separators.component == ">" and message.separators.element == "|"
    assert first(found, "SV1").parts(1) == ["HC", "72148"]


def test_a_text_that_uses_every_sign_is_refused():
    request = changed(message="~'?", case__patient__address__city="Day%ton")
    assert complaints(request) == {"/message", "/case/patient/address/city"}


def test_the_same_case_and_attempt_is_the_same_request():
    one, again, other, later = (
        build_278(request).transaction
        for request in (
            changed(),
            changed(),
            changed(attempt=2),
            changed(created_at="2026-11-21T08:00:00"),
        )
    )
    assert one == again
    assert one.trace_number == later.trace_number and one.control_number == later.control_number
    assert other.trace_number != one.trace_number and other.control_number != one.control_number


def test_another_certification_of_an_attempt_is_another_request():
    kinds = ["initial", "renewal", "revised", "extension", "reconsideration", "cancel"]
    made = [
        build_278(changed(case__certification=kind, case__authorization_number="A-1")).transaction
        for kind in kinds
    ]
    assert len({one.trace_number for one in made}) == len(kinds)
    assert len({one.control_number for one in made}) == len(kinds)


def test_an_initial_request_keeps_the_number_it_always_had():
    seed = "RIVERBEND\x1fPA-1\x1f1"
    known = sha256(seed.encode())[:32].upper()
    assert build_278(changed(case__id="PA-1")).transaction.trace_number == known


def test_a_given_control_number_is_used_everywhere():
    built = build_278(changed(control_number="000000042")).transaction
    [interchange] = read(built.edi).require(strict=True).interchanges
    assert interchange.header.get(13) == built.control_number == "000000042"
    assert interchange.sets[0].group.get(6) == "42"


def test_the_header_has_its_fixed_width():
    edi = build_278(changed(envelope__sender="AB")).transaction.edi
    assert edi[105] == "~" and edi[35:50] == "AB".ljust(15) and edi[106:109] == "GS*"


def test_names_are_folded():
    found = segments(
        changed(
            case__patient__name={
                "family": "Łukasz-Müller",
                "given": "Zoë",
                "middle": "O\u2019Strauß",
            }
        )
    )
    assert first(found, "NM1", "IL").elements[3:6] == ["LUKASZ-MULLER", "ZOE", "O'STRAUSS"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("98.6°F, ½ tab, 5 µg, ≥5", "98.6 DEG F, 1/2 TAB, 5 MCG, >=5"),
        ("1½ tablets ±2", "1 1/2 TABLETS +/-2"),
        ("5 mg/m²", "5 MG/M2"),
        ("10² cells", None),
        ("5 µL", None),
        ("\u0001", None),
        ("\U0001f600", None),
    ],
)
def test_signs_are_spelled_only_where_nothing_changes_its_meaning(typed, written):
    assert fold(typed) == written


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0002-1433-80", "00002143380"),
        ("50242-040-62", "50242004062"),
        ("60574-4114-1", "60574411401"),
        ("00002-1433-80", "00002143380"),
    ],
)
def test_a_hyphenated_ndc_gets_its_eleven_digits(typed, code):
    assert ServiceLine(system="NDC", code=typed).code == code


@pytest.mark.parametrize("typed", ["0002-143-80", "00002-14338-0", "0002-1433-8-0", "0002-1433"])
def test_no_other_hyphens_are_guessed_at(typed):
    with pytest.raises(ValidationError):
        ServiceLine(system="NDC", code=typed)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"case__requester__npi": None}, "/case/requester/npi"),
        ({"case__requester__person": None}, "/case/requester/organization"),
        ({"case__requester__phone": "ext. 12"}, "/case/requester/phone"),
        ({"case__patient__name__family": "李"}, "/case/patient/name/family"),
        ({"case__patient__name__given": "A" * 36}, "/case/patient/name/given"),
        ({"case__coverage__relationship": "child"}, "/case/coverage/subscriber"),
        ({"case__certification": "renewal"}, "/case/authorization_number"),
        ({"case__service_lines__0__diagnoses": [2]}, "/case/service_lines/0/diagnoses/0"),
        ({"case__service_lines__0__end": "2026-11-01"}, "/case/service_lines/0/end"),
        ({"case__service_lines__0__code": "7214"}, "/case/service_lines/0/code"),
        ({"case__performer__organization": None}, "/case/performer/organization"),
    ],
)  # fmt: skip
def test_each_missing_field_is_named(changes, pointer):
    assert complaints(changed(**changes)) == {pointer}


def test_all_complaints_come_at_once():
    request = changed(
        case__requester__npi=None, case__certification="cancel", case__coverage__member_id="й"
    )
    assert complaints(request) == {
        "/case/requester/npi",
        "/case/authorization_number",
        "/case/coverage/member_id",
    }


def test_a_complaint_says_no_value():
    with pytest.raises(IncompleteCase) as caught:
        build_278(changed(case__patient__name__family="Кузнецова"))
    assert "Кузнецова" not in repr([caught.value.complaints, str(caught.value)])


def test_an_admission_has_its_date():
    stay = {"admitted": "2026-12-02"}
    found = segments(changed(case__category="admission", case__admission=stay))
    assert first(found, "UM").get(1) == "AR"
    assert first(found, "DTP", "435").get(3) == "20261202"


@pytest.mark.parametrize("stay", [None, {}, {"type": "3"}])
def test_the_date_of_an_admission_is_never_taken_from_a_service(stay):
    request = changed(case__category="admission", case__admission=stay)
    assert complaints(request) == {"/case/admission/admitted"}


def test_a_cancellation_says_so_and_names_what_it_cancels():
    found = segments(changed(case__certification="cancel", case__authorization_number="a-1"))
    assert first(found, "BHT").get(2) == "01"
    assert first(found, "UM").get(2) == "3"
    assert first(found, "REF", "BB").get(2) == "A-1"


@pytest.mark.parametrize(
    ("modifiers", "side"),
    [
        (["LT"], "right"),
        (["RT"], "left"),
        (["50"], "left"),
        (["26", "50"], "right"),
        (["RT"], "bilateral"),
        (["LT", "RT"], "left"),
        (["TA"], "right"),
        (["F5"], "left"),
    ],
)
def test_a_side_that_a_modifier_contradicts_is_refused(modifiers, side):
    line = {"case__service_lines__0__modifiers": modifiers}
    request = changed(**line, case__service_lines__0__laterality=side)
    assert complaints(request) == {"/case/service_lines/0/laterality"}


@pytest.mark.parametrize(
    ("modifiers", "side"),
    [(["LT"], "left"), (["50"], "bilateral"), (["LT", "RT"], "bilateral"), (["T5"], "right")],
)
def test_a_side_that_a_modifier_says_too_is_fine(modifiers, side):
    line = {"case__service_lines__0__modifiers": modifiers}
    assert segments(changed(**line, case__service_lines__0__laterality=side))


HOLDER = {"name": {"family": "Lopez", "given": "Ana"}}


def test_self_with_another_subscriber_is_refused():
    request = changed(case__coverage__subscriber=HOLDER)
    assert complaints(request) == {"/case/coverage/subscriber"}


def test_a_provider_who_is_a_person_and_an_organization_is_refused():
    request = changed(case__requester__organization="Riverbend")
    assert complaints(request) == {"/case/requester/organization"}


def test_laterality_is_said_unless_a_modifier_says_it():
    assert first(segments(changed(case__service_lines__0__laterality="left")), "MSG")
    found = segments(
        changed(case__service_lines__0__laterality="left", case__service_lines__0__modifiers=["LT"])
    )
    assert not [segment for segment in found if segment.id == "MSG"]


def test_the_rendering_tells_every_segment():
    request = changed()
    built = build_278(request)
    written = [segment.segment for segment in built.segments]
    assert "".join(f"{text}~" for text in written) == built.transaction.edi
    assert [segment.split("*")[0] for segment in written[:3]] == ["ISA", "GS", "ST"]
    assert all(segment.words for segment in built.segments)


def test_created_at_is_written_as_given():
    request = changed(created_at="2026-01-02T03:04:00")
    assert request.created_at == datetime(2026, 1, 2, 3, 4)
    assert segments(request)[1].elements[4:6] == ["20260102", "0304"]
