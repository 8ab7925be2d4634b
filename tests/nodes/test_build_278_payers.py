"""What a payer's profile changes in a request, and what it refuses."""

import json
from functools import partial

import pytest

from nodes.build_278 import Build278Request, build_278
from nodes.catalog import NODES
from nodes.errors import IncompleteCase, UnknownName
from nodes.gates import edi
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.payer.companions import Library, read, shipped
from tests.nodes.rich_278 import PROVIDER
from tests.nodes.test_build_278_kinds import request

HEAD = """
id: plan
version: "1"
name: A plan
kind: commercial
status: in_use
effective: 2026-11-01
payer_ids: [SBXHP01]
sources:
  guide: {title: its guide, checked: 2026-11-01, verified: guide}
  copy: {title: a copy, checked: 2026-11-01, verified: copy}
"""
ADDRESSES = """
addresses:
  sender_qualifier: "30"
  receiver_qualifier: "01"
  receiver: HUB-1
  group_sender: SUBMITTER
  group_receiver: PLAN
  source: guide
"""


def library(*sections):
    profile = read("\n".join((HEAD, *sections)).encode(), "plan.yaml")
    return Library(shipped(), [profile])


def built(*sections, changes=None, **more):
    asked = request(changes or {}, **more)
    return build_278(asked, profiles=partial(library, *sections))


def segments(*sections, **more):
    return [segment.segment for segment in built(*sections, **more).segments]


def complaints(*sections, **more):
    with pytest.raises(IncompleteCase) as caught:
        built(*sections, **more)
    return {complaint.pointer for complaint in caught.value.complaints}


def test_the_envelope_is_the_payers():
    isa, gs, *_ = segments(ADDRESSES, envelope={"sender": "RIVERBEND"})
    assert "*30*RIVERBEND      *01*HUB-1          *" in isa
    assert gs.startswith("GS*HI*SUBMITTER*PLAN*")


def test_the_callers_envelope_goes_before_it():
    envelope = {"sender": "RIVERBEND", "receiver": "OTHER", "receiver_qualifier": "ZZ"}
    assert "*ZZ*OTHER          *" in segments(ADDRESSES, envelope=envelope)[0]


def test_without_a_receiver_the_field_is_named():
    assert complaints(envelope={"sender": "RIVERBEND"}) == {"/envelope/receiver"}


def test_the_decider_is_named_as_the_payer_wants():
    section = "reviewer: {entity: PR, id_qualifier: '46', id: '789', name: BIG PLAN, source: copy}"
    assert "NM1*PR*2*BIG PLAN*****46*789" in segments(section)


def test_separators_and_line_breaks_are_the_payers():
    section = (
        'writing: {element: "|", component: ">", segment: "\'", line_break: crlf, source: guide}'
    )
    made = built(section)
    text = made.transaction.edi
    assert text.startswith("ISA|00|") and text.endswith("'\r\n") and "HI|ABK>M5416'\r\n" in text
    assert made.validation.verdict == "valid"


def test_separators_give_way_to_the_data():
    section = 'writing: {element: "+", component: ",", source: guide}'
    text = built(section, message="A+B, C").transaction.edi
    assert text.startswith("ISA*00*") and "MSG*A+B, C~" in text and "HI*ABK:M5416~" in text


def test_signs_outside_the_basic_set_are_spelled_in_words_and_refused_in_names():
    section = "writing: {characters: basic, source: guide}"
    assert "MSG*SUITE NO. 2, 50 PERCENT" in segments(section, message="Suite #2, 50%")
    requester = PROVIDER | {"plan_number": "P#1"}
    assert complaints(section, changes={"requester": requester}) == {"/case/requester/plan_number"}


def test_numbers_go_under_the_payers_qualifier():
    section = """
references:
  - {loop: 2010B, qualifier: 1J, value: requester.plan_number, source: guide}
  - {loop: 2010C, qualifier: EJ, value: patient.mrn, usage: refused, source: guide}
"""
    found = segments(section, changes={"requester": PROVIDER})
    assert "REF*1J*P77" in found and not [one for one in found if one.startswith("REF*EJ")]


@pytest.mark.parametrize(
    ("section", "changes", "pointer"),
    [
        ("references:\n  - {loop: 2010B, qualifier: EI, value: requester.tax_id, usage: required,"
         " source: guide}", {}, "/case/requester/tax_id"),
        ("contacts:\n  - {loop: 2010B, usage: required, ways: [fax], source: guide}",
         {"requester": PROVIDER | {"fax": None}}, "/case/requester/fax"),
        ("documents:\n  - {reports: [B4], usage: required, source: guide}", {},
         "/case/attachments"),
        ("documents:\n  - {reports: [B4], ways: [EL], usage: wanted, source: guide}",
         {"attachments": [{"report": "B4", "way": "fax", "control_number": "D1"}]},
         "/case/attachments/0/way"),
        ("refuses:\n  - {about: {codes: ['72148']}, words: ask the vendor, source: guide}", {},
         "/case/service_lines/0/code"),
        ("refuses:\n  - {about: {certifications: [cancel]}, words: call, source: guide}",
         {"certification": "cancel", "authorization_number": "A1"}, "/case/certification"),
        ("unwanted:\n  - {segment: CRC, loop: 2000E, words: not read, source: guide}",
         {"conditions": [{"category": "09", "holds": True, "codes": ["38"]}]},
         "/case/conditions/0/category"),
        ("members: {own_ids: false, id_pattern: 'X[0-9]+', source: guide}", {},
         "/case/coverage/member_id"),
        ("limits: {diagnoses: 1, source: guide}",
         {"diagnoses": [{"code": "M54.16"}, {"code": "M51.16"}]}, "/case/diagnoses/1"),
    ],
)  # fmt: skip
def test_what_a_payer_refuses_names_the_field(section, changes, pointer):
    assert complaints(section, changes=changes) == {pointer}


def test_what_was_only_read_in_a_copy_is_a_warning():
    section = "members: {own_ids: false, id_pattern: 'X[0-9]+', source: copy}"
    made = built(section)
    assert ("companion.member-id", "warning") in {
        (finding.rule, finding.severity) for finding in made.validation.findings
    }


def test_what_people_are_called_is_left_out_and_told():
    section = "unwanted:\n  - {segment: N3, loop: 2010C, words: not read, source: guide}"
    made = built(section)
    assert [(one.pointer, one.loop, one.words) for one in made.left_out if one.loop] == [
        ("/case/patient/address/lines/0", "2010C", "Street: 1820 WAYNE AVENUE")
    ]
    assert "1820 WAYNE" not in made.transaction.edi


def test_where_members_have_own_ids_the_patient_is_the_subscriber():
    coverage = json.loads(NODES["build-278"].example("request"))["case"]["coverage"]
    holder = {"name": {"family": "Lopez", "given": "Ana"}}
    coverage |= {"relationship": "child", "subscriber": holder}
    found = segments("members: {own_ids: true, source: guide}", changes={"coverage": coverage})
    assert "NM1*IL*1*LOPEZ*MARIA*ELENA***MI*SBXLOPEZ01" in found
    assert not [one for one in found if one.startswith("NM1*QC")]


def test_a_profile_can_be_named_and_an_unknown_one_is_not_found():
    with pytest.raises(UnknownName):
        built(payer_profile="nobody")
    made = built(ADDRESSES, payer_profile="generic", envelope={"sender": "A1", "receiver": "B2"})
    assert made.transaction.payer_profile.id == "generic" and made.used[0].id == "generic"


@pytest.mark.parametrize("profile", [one.profile.id for one in shipped()])
def test_every_shipped_profile_takes_a_valid_request(profile):
    example = json.loads(NODES["build-278"].example("request"))
    envelope = {"sender": "RIVERBEND", "receiver": "PAYER01"}
    if profile == "sandbox":
        envelope = {"sender": "RIVERBEND"}
    asked = example | {"payer_profile": profile, "envelope": envelope}
    made = build_278(Build278Request.model_validate_json(json.dumps(asked)))
    assert made.validation.verdict == "valid"
    [review] = parse_278(Parse278Request(edi=made.transaction.edi)).reviews
    assert review.unread == () and review.member_id == "SBXLOPEZ01"
    case = Build278Request.model_validate_json(json.dumps(asked)).case
    assert list(edi.misfits(case, made.transaction)) == []


def test_a_profile_that_changed_since_is_a_hard_stop():
    asked = request({})
    transaction = build_278(asked, profiles=library).transaction
    assert list(edi.misfits(asked.case, transaction, library)) == []
    changed = partial(library, "reviewer: {entity: PR, source: guide}")
    [stop] = edi.misfits(asked.case, transaction, changed)
    assert stop.pointer == "/transaction/payer_profile" and "another by now" in stop.detail
    assert edi.words(asked.case, transaction, changed) == ()
