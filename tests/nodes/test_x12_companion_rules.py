import json

import pytest

from nodes.build_278 import Build278Request, build_278
from nodes.catalog import NODES
from nodes.x12.guide import guides
from nodes.x12.loops import locate
from nodes.x12.payer.companion_envelope import envelope_findings
from nodes.x12.payer.companion_rules import companion_findings
from nodes.x12.payer.companions import read as profile_of
from nodes.x12.payer.companions import shipped
from nodes.x12.reading.envelope import read

CASE = json.loads(NODES["build-278"].example("request"))["case"]
WHEN = "2026-11-20T09:30:00"
BARE = """
id: mine
version: "1"
name: My plan
kind: commercial
status: in_use
effective: 2026-01-01
sources:
  guide: {title: Its guide, checked: 2026-01-02, verified: guide}
  heard: {title: Somebody said so, checked: 2026-01-02, verified: unverified}
"""


def sent(**changes):
    request = {"case": CASE | changes, "payer_profile": "generic", "created_at": WHEN,
               "envelope": {"sender": "RIVERBEND", "receiver": "SBXHP01"}}  # fmt: skip
    edi = build_278(Build278Request.model_validate_json(json.dumps(request))).transaction.edi
    return read(edi).require(strict=True).interchanges[0]


def held(rules, edi=None, table="278-request"):
    profile = profile_of((BARE + rules).encode(), "mine.yaml").profile
    [transaction] = (edi or sent()).sets
    placed = locate(guides()[table][0], transaction.segments)
    return list(companion_findings(profile, guides()[table][0], placed))


def said(findings):
    return [(one.rule, one.severity, one.loop) for one in findings]


def test_a_profile_without_rules_finds_nothing():
    assert held("") == []


CHILD = {
    "coverage": CASE["coverage"]
    | {"relationship": "child", "subscriber": {"name": {"family": "Lopez", "given": "Ana"}}}
}
TWO = {"service_lines": [CASE["service_lines"][0], {"system": "CPT", "code": "97110"}]}


@pytest.mark.parametrize(
    ("rules", "case", "found"),
    [
        ("reviewer: {entity: PR, source: guide}", {}, ("reviewer", "error", "2010A")),
        ("reviewer: {id: OTHER, source: heard}", {}, ("reviewer", "warning", "2010A")),
        ("reviewer: {id_qualifier: XV, source: guide}", {}, ("reviewer", "error", "2010A")),
        ("members: {own_ids: true, birth_date: refused, source: guide}", CHILD,
         ("dependent", "error", "2000D")),
        ('members: {id_pattern: "[0-9]+", source: guide}', {}, ("member-id", "error", "2010C")),
        ("limits: {service_lines: 1, source: guide}", TWO, ("service-lines", "error", "2000F")),
        ("unwanted: [{segment: DMG, loop: 2010C, words: No, source: guide}]", {},
         ("unwanted-segment", "error", "2010C")),
        ("refuses: [{about: {certifications: [initial]}, words: Call, source: guide}]", {},
         ("refused", "error", "2000E")),
        ('refuses: [{about: {codes: ["72148"], urgencies: [standard]}, words: Ask the vendor,'
         " source: guide}]", {}, ("refused", "error", "2000E")),
        ('references: [{loop: 2010B, qualifier: EI, value: requester.tax_id, usage: required,'
         " source: guide}]", {}, ("reference", "error", "2010B")),
        ("references: [{loop: 2010C, qualifier: 6P, value: coverage.group_number, source: guide}]",
         {"coverage": CASE["coverage"] | {"group_number": None}}, ("reference", "note", "2010C")),
        ("references: [{loop: 2010C, qualifier: 6P, value: coverage.group_number, usage: refused,"
         " source: guide}]", {"coverage": CASE["coverage"] | {"group_number": "G1"}},
         ("reference-refused", "error", "2010C")),
        ("contacts: [{loop: 2010B, ways: [phone, fax], usage: required, source: guide}]",
         {"requester": CASE["requester"] | {"phone": "5555550100", "fax": None}},
         ("contact", "error", "2010B")),
        ("contacts: [{loop: 2010B, usage: refused, source: guide}]",
         {"requester": CASE["requester"] | {"phone": "5555550100"}},
         ("contact-refused", "error", "2010B")),
        ("documents: [{reports: [OZ], usage: required, source: guide}]", {},
         ("document", "error", "2000E")),
        ("documents: [{reports: [OZ], ways: [EL], source: guide}]",
         {"attachments": [{"report": "OZ", "way": "fax", "control_number": "A1"}]},
         ("document-way", "error", "2000E")),
        ("documents: [{usage: refused, source: guide}]",
         {"attachments": [{"report": "OZ", "way": "on_request"}]},
         ("document-refused", "error", "2000E")),
    ],
)  # fmt: skip
def test_each_rule_finds_its_breach(rules, case, found):
    name, severity, loop = found
    assert (f"companion.{name}", severity, loop) in said(held(rules, sent(**case)))


@pytest.mark.parametrize(
    "rules",
    [
        "reviewer: {entity: X3, id_qualifier: PI, id: SBXHP01, source: guide}",
        'members: {own_ids: true, id_pattern: "SBX[A-Z]+[0-9]+", source: guide}',
        "limits: {service_lines: 1, diagnoses: 12, source: guide}",
        "unwanted: [{segment: DMG, loop: 2010D, words: No, source: guide}]",
        "refuses: [{about: {certifications: [cancel]}, words: Call, source: guide}]",
        "refuses: [{about: {urgencies: [urgent, emergency]}, words: Call, source: guide}]",
        'refuses: [{about: {categories: [health_services], codes: ["99999"]}, words: Call,'
        " source: guide}]",
        "references: [{loop: 2010D, qualifier: EJ, value: patient.mrn, usage: required,"
        " source: guide}]",
        "documents: [{about: {certifications: [renewal]}, usage: required, source: guide}]",
    ],
)
def test_no_rule_finds_what_keeps_to_it(rules):
    assert held(rules) == []


def test_a_finding_says_where():
    [found] = held('members: {id_pattern: "[0-9]+", source: guide}')
    [transaction] = sent().sets
    line = transaction.segments[found.segment - 1]
    assert (line.elements[:2], found.element, found.segment_id) == (["NM1", "IL"], 9, "NM1")
    assert found.line == found.segment + 2
    assert CASE["coverage"]["member_id"] not in found.words


def test_an_example_profile_says_so():
    rules = BARE.replace("status: in_use", "status: example")
    profile = profile_of(rules.encode(), "mine.yaml").profile
    guide = guides()["278-request"][0]
    [found] = companion_findings(profile, guide, locate(guide, sent().sets[0].segments))
    assert (found.rule, found.severity) == ("companion.example", "note")


def test_other_sets_have_no_rules_here():
    rules = "reviewer: {entity: PR, source: guide}"
    assert held(rules, table="278-response") == []


def test_the_shipped_profiles_find_no_error_in_what_is_built_for_them():
    guide = guides()["278-request"][0]
    for one in shipped():
        request = {"case": CASE, "payer_profile": one.profile.id, "created_at": WHEN,
                   "envelope": {"sender": "RIVERBEND", "receiver": "ANY01"}}  # fmt: skip
        asked = Build278Request.model_validate_json(json.dumps(request))
        [transaction] = read(build_278(asked).transaction.edi).require(strict=True).sets
        found = list(companion_findings(one.profile, guide, locate(guide, transaction.segments)))
        assert {item.severity for item in found} <= {"note"}, one.profile.id


@pytest.mark.parametrize(
    ("addresses", "places"),
    [
        ("{receiver: SBXHP01, receiver_qualifier: ZZ, source: guide}", []),
        ("{receiver: OTHER, source: guide}", [("ISA", 8, "error")]),
        ("{receiver_qualifier: '30', source: heard}", [("ISA", 7, "warning")]),
        ("{group_receiver: OTHER, source: guide}", [("GS", 3, "error")]),
        ("{usage: [production], source: guide}", [("ISA", 15, "error")]),
    ],
)
def test_the_envelope_is_held_against_what_is_agreed(addresses, places):
    profile = profile_of((BARE + f"addresses: {addresses}").encode(), "mine.yaml").profile
    interchange = sent()
    found = envelope_findings(profile, interchange.header, interchange.sets[0].group)
    assert [(one.segment_id, one.element, one.severity) for one in found] == places
