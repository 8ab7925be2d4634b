"""The node: verdicts, modes, payers, counts, and what it never says."""

import base64
import json

import pytest
from pydantic import ValidationError

from nodes.catalog import NODES
from nodes.errors import UnknownName, UnreadableDocument
from nodes.validate_x12 import ValidateX12Request, validate_x12
from tests.nodes.x12_text import HEAD, ISA, answer, wrapped

CERTIFIED = ("UM*HS*I*1", "HCR*A1*AUTH0001")
TA1_ONLY = ISA + "TA1*000000905*261120*0930*A*000~IEA*0*000000007~"


def checked(edi, **more):
    return validate_x12(ValidateX12Request(edi=edi, **more))


def test_a_right_response_is_valid_and_says_by_which_table():
    found = checked(answer(CERTIFIED))
    assert found.valid and found.verdict == "valid"
    assert found.counts.errors == 0
    [only] = found.transaction_sets
    assert (only.table, only.verdict, only.segments) == ("278-response", "valid", 13)
    assert [used.id for used in found.used] == ["278-response"]


def test_one_wrong_set_does_not_condemn_the_other():
    right = answer(CERTIFIED)
    wrong = right.replace("HCR*A1", "HCR*ZZ").replace("ST*278*0001", "ST*278*0002")
    second = wrong[wrong.index("ST*278") : wrong.index("GE*")].replace("SE*13*0001", "SE*13*0002")
    both = right.replace("GE*1*7", second + "GE*2*7")
    found = checked(both)
    assert [one.verdict for one in found.transaction_sets] == ["valid", "invalid"]
    assert [(one.verdict, one.transaction_sets) for one in found.interchanges] == [("invalid", 2)]
    assert {one.transaction for one in found.findings if one.severity == "error"} == {2}


def test_a_collapsed_header_is_an_error_for_receivers_and_none_for_our_reader():
    edi = answer(CERTIFIED).replace(" " * 10, " ", 1)
    strict, lenient = checked(edi), checked(edi, mode="lenient")
    assert not strict.valid and lenient.valid
    assert {one.rule for one in strict.findings} == {one.rule for one in lenient.findings}
    assert strict.transaction_sets[0].verdict == "valid"


@pytest.mark.parametrize("edi", ["x", "ISA", "ISA*", "\x00" * 50, "<xml/>", "ISA" + "*" * 200])
def test_what_is_no_x12_is_invalid_and_no_error_of_the_call(edi):
    found = checked(edi)
    assert not found.valid and found.verdict == "invalid"
    assert found.findings[0].severity == "error"


def test_a_guide_nobody_knows_is_unsupported_not_valid():
    edi = wrapped("BHT*0085*08*1*20261120*0405", kind="277", guide="005010X364", group="HN")
    found = checked(edi)
    assert (found.valid, found.verdict) == (False, "unsupported")
    assert [one.rule for one in found.findings] == ["guide.unsupported"]


def test_a_ta1_alone_is_checked_by_its_table():
    found = checked(TA1_ONLY)
    assert found.valid and found.transaction_sets == ()
    assert [(one.acknowledgments, one.verdict) for one in found.interchanges] == [(1, "valid")]
    assert [used.id for used in found.used] == ["ta1"]


def test_a_wrong_ta1_is_located():
    found = checked(TA1_ONLY.replace("*A*000", "*Q*000").replace("*0930*Q", "*3339*Q"))
    wrong = {(one.segment_id, one.element, one.code) for one in found.findings}
    assert wrong == {("TA1", 4, "7"), ("TA1", 3, "9")}
    assert found.verdict == "invalid"


def test_a_payers_profile_adds_its_own_rules():
    edi = json.loads(examples_request())["edi"]
    plain, payer = checked(edi), checked(edi, payer="unitedhealthcare")
    own = [one.rule for one in payer.findings if one.rule.startswith("companion.")]
    assert own and not any(one.rule.startswith("companion.") for one in plain.findings)
    assert "payer" in {used.kind for used in payer.used}


def examples_request():

    return NODES["validate-x12"].example("request")


def test_a_payer_nobody_knows():
    with pytest.raises(UnknownName):
        checked(TA1_ONLY, payer="no such payer")


def test_bytes_come_as_base64():
    request = ValidateX12Request(edi_base64=base64.b64encode(TA1_ONLY.encode()).decode())
    assert validate_x12(request).valid
    with pytest.raises(UnreadableDocument):
        validate_x12(ValidateX12Request(edi_base64="%%%"))


@pytest.mark.parametrize("body", [{}, {"edi": "x", "edi_base64": "eA=="}, {"edi": ""}])
def test_one_document_and_only_one(body):
    with pytest.raises(ValidationError):
        ValidateX12Request(**body)


def test_findings_are_listed_errors_first_up_to_what_is_asked():
    many = [f"MSG*TEXT{number}*ZZ" for number in range(40)]
    found = checked(answer((*CERTIFIED, *many)), max_findings=5)
    assert len(found.findings) == 6
    assert found.findings[-1].rule == "findings.more"
    assert found.counts.errors > 5


def test_no_value_is_ever_repeated():
    secret = "SECRETVALUE"
    edi = answer(("UM*" + secret, "HCR*" + secret, f"DTP*{secret}*D8*{secret}", f"{secret}*1"))
    found = checked(edi.replace("*MARIA*", f"*{secret * 20}*"))
    assert found.counts.errors > 5
    assert secret not in found.model_dump_json()


def test_a_4010_278_is_checked_by_pyx12s_own_map():
    segments = [line.replace("BHT*0007*11", "BHT*0078*11") for line in HEAD]
    edi = wrapped(*segments[:1], guide="004010X094A1")
    edi = (
        edi.replace("*00501*", "*00401*").replace("*^*", "*U*").replace("*004010X094A1~BHT", "~BHT")
    )
    found = checked(edi)
    [only] = found.transaction_sets
    assert only.table is None and only.verdict == "invalid"
    assert {(one.rule, one.loop) for one in found.findings if one.severity == "error"} >= {
        ("guide.loop-missing", "2000A")
    }


def test_a_group_of_another_kind_is_found_at_gs01():
    edi = answer(CERTIFIED).replace("GS*HI*", "GS*HC*")
    wrong = [one for one in checked(edi).findings if one.severity == "error"]
    assert [(one.segment_id, one.element, one.standard, one.code) for one in wrong] == [
        ("GS", 1, "AK905", "1")
    ]


def test_an_unknown_purpose_is_a_wrong_code_not_an_unknown_guide():
    edi = answer(CERTIFIED).replace("BHT*0007*11", "BHT*0007*99")
    found = checked(edi)
    assert found.transaction_sets[0].table == "278-response"
    assert ("BHT", 2, "7") in {(one.segment_id, one.element, one.code) for one in found.findings}


CLAIM_275 = (
    "BGN*11*REQ1*20261120",
    "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
    "NM1*41*2*RIVERBEND*****46*RIVERBEND",
    "NM1*1P*1*OSEI*DANIEL****XX*9000000031",
    "NM1*QC*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
    "REF*EJ*ACCT9",
    "REF*1K*CLM77",
    "DTP*472*D8*20261110",
    "LX*1",
    "TRN*2*PAYER5",
    "STC*R4:11504-8::LOI",
    "DTP*368*D8*20261120",
    "CAT*OZ*TX",
    "EFI*05",
)


def attached(data, length=None):
    """A 275 whose binary data holds whatever it likes."""
    edi = wrapped(*CLAIM_275, "BIN*0*", kind="275", guide="005010X210", group="PI").encode()
    size = len(data) if length is None else length
    return edi.replace(b"BIN*0*", b"BIN*%d*%s" % (size, data))


def in_base64(raw):
    return ValidateX12Request(edi_base64=base64.b64encode(raw).decode())


def test_binary_data_is_taken_by_its_length_and_never_looked_into():
    data = b"%PDF ~*:^ HL*1~ \r\n\x00\xff IEA*1*000000007~" + bytes(range(256)) * 100
    found = validate_x12(in_base64(attached(data)))
    assert found.transaction_sets[0].table == "275-x210"
    assert [one.where for one in found.findings if one.severity == "error"] == []


def test_binary_data_of_another_length_than_said_is_found():
    found = validate_x12(in_base64(attached(b"abc~def~ghi", length=5)))
    assert not found.valid
    assert "segment.binary-length" in {one.rule for one in found.findings}


def test_the_attachment_index_of_6020_is_checked_too():
    edi = json.loads(NODES["parse-275"].example("request"))["edi"]
    found = checked(edi)
    assert found.transaction_sets[0].table == "275-x316"
    assert [one.where for one in found.findings if one.severity == "error"] == []


def test_isa12_goes_with_the_guide():
    found = checked(answer(CERTIFIED).replace("*00501*", "*00401*"))
    wrong = [(one.segment_id, one.element, one.code) for one in found.findings]
    assert ("ISA", 12, "017") in wrong and not found.valid
