"""The families of services: each service finds its own, each rule is sound."""

import re

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.fhir import asked
from nodes.fhir.relevance import shipped, within

TABLE, USED = shipped()
CODE = re.compile(
    r"(ICD-10-CM [A-Z][0-9A-Z.]*|SNOMED [0-9]+|LOINC [0-9]+-[0-9]|CPT [0-9]{3,5}"
    r"|HCPCS [A-Z][0-9]{1,4}|CVX [0-9]+)"
)


def chosen(system, code, diagnosis="Z00.00", display=None):
    line = ServiceLine(system=system, code=code, display=display)
    return asked.family(TABLE, [line], [Diagnosis(code=diagnosis)])


@pytest.mark.parametrize(
    ("system", "code", "diagnosis", "family"),
    [
        ("CPT", "72148", "M54.16", "spine-imaging"),
        ("CPT", "72141", "M54.12", "spine-imaging"),
        ("CPT", "70553", "R51.9", "brain-imaging"),
        ("CPT", "73721", "M23.221", "knee-imaging"),
        ("CPT", "73721", "M16.11", "hip-imaging"),
        ("CPT", "73721", "M25.571", "limb-imaging"),
        ("CPT", "73221", "M75.101", "shoulder-imaging"),
        ("CPT", "71271", "F17.210", "chest-ct"),
        ("CPT", "78452", "R07.9", "cardiac-stress"),
        ("CPT", "93351", "R07.9", "cardiac-stress"),
        ("HCPCS", "E2103", "E11.65", "glucose-monitor"),
        ("HCPCS", "A4239", "E11.65", "glucose-monitor"),
        ("HCPCS", "E0601", "G47.33", "airway-pressure"),
        ("HCPCS", "E1390", "J44.9", "home-oxygen"),
        ("HCPCS", "E0431", "J44.9", "home-oxygen"),
        ("CPT", "95810", "R06.83", "sleep-study"),
        ("HCPCS", "G0399", "R06.83", "sleep-study"),
        ("HCPCS", "J0139", "M05.79", "biologics"),
        ("HCPCS", "Q5141", "M05.79", "biologics"),
        ("CPT", "97110", "M54.50", "physical-therapy"),
        ("CPT", "27447", "M17.11", "knee-replacement"),
        ("CPT", "27130", "M16.11", "hip-replacement"),
        ("CPT", "22633", "M43.16", "spinal-fusion"),
        ("CPT", "22558", "M43.16", "spinal-fusion"),
        ("HCPCS", "K0823", "G35", "power-wheelchair"),
        ("CPT", "81162", "C50.911", "hereditary-cancer-test"),
        ("CPT", "99199", "M17.11", "any-service"),
    ],
)
def test_each_service_finds_its_family(system, code, diagnosis, family):
    assert chosen(system, code, diagnosis).id == family


@pytest.mark.parametrize(
    ("display", "family"),
    [
        ("Wegovy 2.4 MG/0.75ML pen", "weight-medicines"),
        ("Humira pen 40 mg", "biologics"),
        ("Lisinopril 10 MG", "any-service"),
    ],
)
def test_a_drug_is_found_by_its_name(display, family):
    assert chosen("NDC", "00169452514", display=display).id == family


def test_the_words_of_the_order_choose_between_families_of_a_code():
    assert chosen("CPT", "73721", display="MRI left hip").id == "hip-imaging"
    assert chosen("CPT", "73721", display="MRI left knee").id == "knee-imaging"


def test_a_range_of_services():
    assert within("CPT 72148", "CPT 72146-72149")
    assert not within("CPT 72150", "CPT 72146-72149")
    assert not within("HCPCS 72148", "CPT 72146-72149")


@pytest.mark.parametrize("family", [*TABLE.families, TABLE.default], ids=lambda one: one.id)
def test_every_rule_is_sound(family):
    assert family.version
    assert family.source
    assert family.services or family.names or family is TABLE.default
    for rule in family.rules:
        assert not [code for code in rule.codes if not CODE.fullmatch(code)], family.id
        assert not [word for word in rule.words if word != word.lower() or len(word) < 3]
        narrow = rule.codes or rule.words or rule.unsaid or rule.own or rule.active
        assert narrow or rule.kinds == ("family_history",), f"{family.id} keeps all of {rule.kinds}"


def test_no_loinc_code_is_mistyped():
    """The last digit is a check digit (mod 10, LOINC Users' Guide)."""
    rules = [rule for family in (*TABLE.families, TABLE.default) for rule in family.rules]
    codes = {code for rule in rules for code in rule.codes} | set(TABLE.never.codes)
    loinc = [code.removeprefix("LOINC ") for code in codes if code.startswith("LOINC")]
    assert len(loinc) > 100
    assert not [code for code in loinc if check_digit(code[:-2]) != code[-1]]


def check_digit(number):
    doubled = sum(sum(map(int, str(2 * int(digit)))) for digit in number[::-2])
    return str(-(doubled + sum(map(int, number[-2::-2]))) % 10)


def test_every_family_asks_for_conditions_visits_and_notes():
    for family in TABLE.families:
        assert {"condition", "encounter", "document"} <= family.kinds, family.id


def test_the_order_adds_its_own_diagnosis_to_every_family():
    own = chosen("CPT", "72148", "Q76.2").rules[-2:]
    assert "ICD-10-CM Q76" in own[0].codes
    assert "CPT 7214" in own[1].codes


def test_words_that_say_nothing_are_not_the_orders_own():
    found = asked.content("Unilateral primary osteoarthritis, right knees", TABLE.vague)
    assert found == ("osteoarthriti", "knee")


def test_the_table_tells_its_hash():
    assert (USED.id, USED.version) == ("relevance", TABLE.version)
