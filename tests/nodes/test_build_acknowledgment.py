"""The answer to what was received: 999 for each group, TA1 where all is refused."""

import logging
from collections import defaultdict
from datetime import datetime
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyx12.params import params
from pyx12.x12n_document import x12n_document

from nodes.build_acknowledgment import BuildAcknowledgmentRequest, build_acknowledgment
from nodes.errors import NodeError, UnreadableDocument
from nodes.parse_acknowledgment import ParseAcknowledgmentRequest, parse_acknowledgment
from nodes.x12.finding import Finding
from nodes.x12.reading.envelope import read
from nodes.x12.validating.validate import validate
from tests.nodes.ack_text import OURS, acknowledged

CREATED = datetime(2026, 11, 20, 9, 31)
DATE = Finding(
    rule="date", words="no date", interchange=1, group=1, transaction=1, loop="2010C",
    segment=9, segment_id="DMG", element=2, standard="IK403", code="8",
)  # fmt: skip


def built(edi, *findings, **more):
    asked = {"control_number": "000000731", "created_at": CREATED} | more
    request = BuildAcknowledgmentRequest(edi=edi, findings=findings, **asked)
    return build_acknowledgment(request).acknowledgments


def lines(edi):
    return edi.split("~")[:-1]


def body(edi):
    rows = lines(edi)
    return rows[rows.index(next(row for row in rows if row.startswith("AK1"))) : -3]


def valid_for_pyx12(edi):
    """By the map as pyx12 ships it: an independent reading of the guide."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL + 1)
    return x12n_document(params(), StringIO(edi), None, None)


def test_a_clean_interchange_is_accepted_by_a_999():
    (one,) = built(OURS.replace("*1*T*:", "*0*T*:").replace("HL*4*3*EV*1", "HL*4*3*EV*1"))
    assert body(one.edi) == [
        "AK1*HI*42*005010X217",
        "AK2*278*0001*005010X217",
        "IK5*A",
        "AK9*A*1*1*1",
    ]
    assert one.outcome == "accepted" and one.note is None
    assert read(one.edi).require(strict=True) and valid_for_pyx12(one.edi)


def test_a_bad_date_is_told_with_context_and_without_its_value():
    (one,) = built(OURS, DATE)
    assert body(one.edi) == [
        "AK1*HI*42*005010X217",
        "AK2*278*0001*005010X217",
        "IK3*DMG*9*2010*8",
        "IK4*2*1251*8",
        "IK5*R*5",
        "AK9*R*1*1*0",
    ]
    assert "19610230" not in one.edi and valid_for_pyx12(one.edi)


def test_the_bad_value_is_repeated_on_demand():
    (one,) = built(OURS, DATE, include_values=True)
    assert "IK4*2*1251*8*19610230" in lines(one.edi) and valid_for_pyx12(one.edi)


def test_without_findings_the_document_is_validated_here():
    asked = {"control_number": "000000731", "created_at": CREATED}
    request = BuildAcknowledgmentRequest(edi=OURS, **asked)
    (one,) = build_acknowledgment(request).acknowledgments
    assert "IK3*DMG*9*2010*8" in lines(one.edi) and "IK4*2*1251*8" in lines(one.edi)
    mended = OURS.replace("19610230", "19610228")
    (one,) = build_acknowledgment(request.model_copy(update={"edi": mended})).acknowledgments
    assert "IK5*A" in lines(one.edi)


def test_a_guide_nobody_knows_is_not_accepted_unchecked():
    strange = OURS.replace("005010X217", "005010X999")
    request = BuildAcknowledgmentRequest(
        edi=strange, control_number="000000731", created_at=CREATED
    )
    (one,) = build_acknowledgment(request).acknowledgments
    assert "~IK5*R*I6" in one.edi and "AK9*R*1*1*0" in lines(one.edi)


def test_what_was_collapsed_is_refused_only_in_strict_mode():
    squeezed = OURS.replace("SBXHP01        ", "SBXHP01")
    asked = {"edi": squeezed, "control_number": "000000731", "created_at": CREATED}
    (one,) = build_acknowledgment(BuildAcknowledgmentRequest(**asked)).acknowledgments
    assert (one.outcome, one.note) == ("rejected", "022")
    lenient = BuildAcknowledgmentRequest(**asked, mode="lenient")
    (one,) = build_acknowledgment(lenient).acknowledgments
    assert (one.outcome, one.note) == ("accepted_with_errors", "022") and one.groups


SOUND = OURS.replace("19610230", "19610228")
FORMS = {
    "byte order mark": ("\ufeff" + SOUND, "022"),
    "blank": ("\r\n " + SOUND, "022"),
    "wrapped": ("\n".join(SOUND[at : at + 80] for at in range(0, len(SOUND), 80)), "022"),
    "no last terminator": (SOUND[:-1], "023"),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_strict_validation_refuses_of_the_form_is_not_accepted(name):
    edi, code = FORMS[name]
    asked = {"edi": edi, "control_number": "000000731", "created_at": CREATED}
    assert validate(edi, strict=True).verdict == "invalid"
    (one,) = build_acknowledgment(BuildAcknowledgmentRequest(**asked)).acknowledgments
    assert (one.outcome, one.note, one.groups) == ("rejected", code, ())
    assert validate(edi, strict=False).verdict == "valid"
    request = BuildAcknowledgmentRequest(**asked, mode="lenient")
    (one,) = build_acknowledgment(request).acknowledgments
    assert one.outcome == "accepted_with_errors" and one.groups[0].outcome == "accepted"


def refused(edi, mode):
    answers = build_acknowledgment(
        BuildAcknowledgmentRequest(
            edi=edi, control_number="000000731", created_at=CREATED, mode=mode
        )
    ).acknowledgments
    bad = {"rejected", "partially_accepted"}
    return any(bad & {one.outcome, *(each.outcome for each in one.groups)} for one in answers)


@pytest.mark.parametrize("mode", ["strict", "lenient"])
@settings(max_examples=50, deadline=None)
@given(st.data())
def test_the_answer_and_validation_agree_on_what_is_refused(mode, data):
    at = data.draw(st.integers(0, len(SOUND) - 1))
    piece = data.draw(st.sampled_from(["", "~", "*", "^", "GE*1*42~", " ", "\n", "\0", "~~", "0"]))
    edi = SOUND[:at] + piece + SOUND[at + data.draw(st.integers(0, 9)) :]
    verdict = validate(edi, strict=mode == "strict").verdict
    try:
        assert refused(edi, mode) == (verdict == "invalid") or verdict == "unsupported"
    except UnreadableDocument:
        assert verdict == "invalid"


def test_control_numbers_that_are_no_digits_are_repeated_as_they_stand():
    (one,) = built(OURS.replace("000000042", "A00000042"))
    assert "TA1*A00000042*261120*0930*R*018" in lines(one.edi)
    (one,) = built(OURS.replace("0930*42*X", "0930*A42*X").replace("GE*1*42", "GE*1*A42"))
    assert "AK1*HI*A42*005010X217" in lines(one.edi) and "AK9*R*1*1*0*6" in lines(one.edi)


def test_numbers_and_time_are_the_callers_and_nothing_is_random():
    (one,) = built(OURS, DATE)
    assert one.control_number == "000000731" and built(OURS, DATE)[0].edi == one.edi
    rows = lines(one.edi)
    assert rows[0][70:81] == "261120*0931" and "IEA*1*000000731" in rows
    assert "GS*FA*SBXHP01*RIVERBEND*20261120*0931*731*X*005010X231A1" in rows


def test_ends_are_turned_and_separators_kept():
    other = OURS.replace("*", "|").replace(":", ">").replace("^", "!").replace("~", "'")
    event = DATE.model_copy(update={"segment": 12, "segment_id": "UM", "loop": "2000E"})
    (one,) = built(other, event)
    assert one.edi.startswith("ISA|00|          |00|          |ZZ|SBXHP01        |ZZ|RIVERBEND")
    assert one.edi[82] == "!" and one.edi[104:106] == ">'" and "CTX|TRN02>OURTRACE" in one.edi


def test_a_ta1_is_added_when_asked_for():
    (one,) = built(OURS, DATE)
    assert lines(one.edi)[1] == "TA1*000000042*261120*0930*A*000" and one.note == "000"
    quiet = OURS.replace("*1*T*:", "*0*T*:")
    assert "TA1*" not in built(quiet)[0].edi
    assert "TA1*" in built(quiet, always_ta1=True)[0].edi


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("IEA*1*000000042", "IEA*1*000000043"), "001"),
        (("IEA*1*", "IEA*7*"), "021"),
        (("~IEA*1*000000042~", "~"), "023"),
        (("*261120*0930*^", "*261399*0930*^"), "014"),
        (("SE*16*0001~GE*1*42~", "SE*16*0001~GE*1*42~ZZZ*1~"), "024"),
    ],
)
def test_a_refused_interchange_gets_a_ta1_and_no_999(change, code):
    (one,) = built(OURS.replace(*change))
    rows = lines(one.edi)
    assert len(rows) == 3 and rows[1].endswith(f"*R*{code}") and rows[2] == "IEA*0*000000731"
    assert (one.outcome, one.note, one.groups) == ("rejected", code, ())
    assert validate(one.edi).verdict == "valid"


def test_every_group_gets_its_own_999():
    group = OURS[OURS.index("GS*") : OURS.index("IEA")]
    second = group.replace("*42*X", "*43*X").replace("GE*1*42", "GE*1*43")
    edi = OURS.replace("IEA*1", second + "IEA*2")
    late = DATE.model_copy(update={"group": 2})
    (one,) = built(edi, late)
    rows = lines(one.edi)
    assert [row for row in rows if row.startswith(("AK1", "AK9"))] == [
        "AK1*HI*42*005010X217",
        "AK9*A*1*1*1",
        "AK1*HI*43*005010X217",
        "AK9*R*1*1*0",
    ]
    assert [row for row in rows if row.startswith("ST")] == [
        "ST*999*0001*005010X231A1",
        "ST*999*0002*005010X231A1",
    ]
    assert "GE*2*731" in rows and valid_for_pyx12(one.edi)
    (alone,) = built(edi, late, group=2)
    assert "AK1*HI*42" not in alone.edi and "AK1*HI*43" in alone.edi


def test_part_of_a_group_is_accepted_in_part():
    whole = OURS[OURS.index("ST*") : OURS.index("GE*")]
    second = whole.replace("*0001", "*0002")
    edi = OURS.replace("GE*1", second + "GE*2")
    (one,) = built(edi, DATE)
    assert "AK9*P*2*2*1" in lines(one.edi) and one.groups[0].outcome == "partially_accepted"


def test_what_the_sender_counted_is_told_as_he_counted_it():
    (one,) = built(OURS.replace("GE*1*42", "GE*3*42"))
    assert "AK9*R*3*1*0*5" in lines(one.edi)


def test_a_wrong_count_of_segments_rejects_the_set():
    (one,) = built(OURS.replace("SE*16", "SE*17"))
    assert "IK5*R*4" in lines(one.edi) and "AK9*R*1*1*0" in lines(one.edi)


def test_what_made_a_rule_apply_is_named():
    missing = DATE.model_copy(
        update={"segment": 12, "segment_id": "UM", "element": 4, "component": 2, "code": "I9"}
    )
    (one,) = built(OURS, missing)
    assert "IK4*4:2*1332*I9" in lines(one.edi)
    assert "CTX*SITUATIONAL TRIGGER*UM*12*2010*4:2" in lines(one.edi)
    assert valid_for_pyx12(one.edi)


def test_several_errors_of_a_segment_stand_under_it_in_order():
    first = DATE.model_copy(update={"element": 1, "code": "7"})
    more = Finding(
        rule="twice", words="twice", interchange=1, group=1, transaction=1, loop="2010C",
        segment=9, segment_id="DMG", standard="IK304", code="5",
    )  # fmt: skip
    (one,) = built(OURS, DATE, more, first)
    starts = [row for row in body(one.edi) if row.startswith("IK")]
    assert starts == [
        "IK3*DMG*9*2010*5",
        "IK3*DMG*9*2010*8",
        "IK4*1*1250*7",
        "IK4*2*1251*8",
        "IK5*R*5",
    ]


def test_one_fault_found_twice_is_told_once_in_its_finer_loop():
    whole = DATE.model_copy(update={"loop": "2000C", "element": None, "standard": "IK304"})
    (one,) = built(OURS, DATE, DATE, whole, DATE.model_copy(update={"loop": "2000C"}))
    assert [row for row in body(one.edi) if row.startswith("IK")] == [
        "IK3*DMG*9*2010*8",
        "IK4*2*1251*8",
        "IK5*R*5",
    ]


def test_two_segments_missing_at_one_place_are_two_faults():
    first = Finding(
        rule="lacks", words="lacks", interchange=1, group=1, transaction=1, loop="2010A",
        segment=4, segment_id="NM1", standard="IK304", code="3",
    )  # fmt: skip
    (one,) = built(OURS, first, first.model_copy(update={"loop": "2000A"}), first)
    assert sorted(row for row in body(one.edi) if row.startswith("IK3")) == [
        "IK3*NM1*4*2000*3",
        "IK3*NM1*4*2010*3",
    ]


@pytest.mark.parametrize("loop", ["HEADER", "ST_LOOP", None])
def test_the_header_stands_in_no_loop(loop):
    changes = {"segment": 2, "segment_id": "BHT", "loop": loop}
    (one,) = built(OURS, DATE.model_copy(update=changes))
    assert "IK3*BHT*2**8" in lines(one.edi)


@pytest.mark.parametrize(("name", "told"), [("HCR", "HCR"), ("HI", "HI"), ("hi", "ZZZ")])
def test_a_segment_that_does_not_belong_is_told_by_its_name(name, told):
    wrong = Finding(
        rule="odd", words="odd", interchange=1, group=1, transaction=1, loop="2000E",
        segment=13, standard="IK304", code="1",
    )  # fmt: skip
    (one,) = built(OURS.replace("HI*ABK", f"{name}*ABK"), wrong)
    assert f"IK3*{told}*13*2000*1" in lines(one.edi)


TWO_PATIENTS = OURS.replace(
    "HL*5*4*SS*0~",
    "HL*5*4*SS*0~TRN*1*SERVICE*9900000003~",
).replace(
    "SE*16*0001~",
    "HL*6*4*SS*0~SV1*HC:72149*900*UN*1~HL*7*2*22*1~NM1*IL*1*ROE*ANN****MI*SBXROE01~"
    "HL*8*7*EV*0~TRN*1*NEXTTRACE*9900000003~UM*HS*I*4*22:B~SE*24*0001~",
)
CLAIMS = OURS[: OURS.index("HL*4*")] + (
    "TRN*1*CLAIMA~REF*BLT*111~TRN*1*CLAIMB~REF*BLT*111~HL*4*2*22*0~NM1*IL*1*ROE*ANN~"
    "TRN*1*CLAIMC~REF*BLT*111~SE*16*0001~GE*1*42~IEA*1*000000042~"
)


@pytest.mark.parametrize(
    ("edi", "segment", "name", "unit"),
    [
        (TWO_PATIENTS, 2, "BHT", None),
        (TWO_PATIENTS, 9, "DMG", None),
        (TWO_PATIENTS, 10, "HL", "OURTRACE"),
        (TWO_PATIENTS, 13, "HI", "OURTRACE"),
        (TWO_PATIENTS, 14, "HL", "SERVICE"),
        (TWO_PATIENTS, 16, "SV1", "SERVICE"),
        (TWO_PATIENTS, 18, "SV1", "OURTRACE"),
        (TWO_PATIENTS, 19, "HL", None),
        (TWO_PATIENTS, 20, "NM1", None),
        (TWO_PATIENTS, 23, "UM", "NEXTTRACE"),
        (CLAIMS, 8, "NM1", None),
        (CLAIMS, 10, "TRN", "CLAIMA"),
        (CLAIMS, 11, "REF", "CLAIMA"),
        (CLAIMS, 13, "REF", "CLAIMB"),
        (CLAIMS, 15, "NM1", None),
        (CLAIMS, 17, "REF", "CLAIMC"),
    ],
)
def test_an_error_is_never_laid_to_another_patient_or_claim(edi, segment, name, unit):
    (one,) = built(edi, DATE.model_copy(update={"segment": segment, "segment_id": name}))
    rows = body(one.edi)
    assert any(row.startswith(f"IK3*{name}*{segment}*") for row in rows)
    assert [row for row in rows if row.startswith("CTX")] == ([f"CTX*TRN02:{unit}"] if unit else [])


def test_what_is_missing_is_laid_to_the_unit_it_is_missing_from():
    missing = Finding(
        rule="lacks", words="lacks", interchange=1, group=1, transaction=1, loop="2220D",
        segment=12, segment_id="STC", standard="IK304", code="3",
    )  # fmt: skip
    assert "IK3*STC*12*2220*3~CTX*TRN02:CLAIMA~" in built(CLAIMS, missing)[0].edi
    last = missing.model_copy(update={"segment": 14})
    assert "IK3*STC*14*2220*3~CTX*TRN02:CLAIMB~" in built(CLAIMS, last)[0].edi


def test_a_warning_is_accepted_with_errors_and_a_note_is_nobodys_business():
    (one,) = built(OURS, DATE.model_copy(update={"severity": "warning"}))
    assert "IK5*E*5" in lines(one.edi) and "AK9*E*1*1*1" in lines(one.edi)
    (one,) = built(OURS, DATE.model_copy(update={"severity": "note"}))
    assert "IK5*A" in lines(one.edi)


def test_not_more_errors_are_told_than_wanted_and_that_is_said():
    findings = [DATE.model_copy(update={"repetition": number}) for number in range(1, 30)]
    (one,) = built(OURS, *findings, most_errors=10)
    assert one.edi.count("IK4*") == 10 and one.groups[0].errors_left_out == 19


def test_acknowledgments_are_never_acknowledged():
    edi = acknowledged("AK1*HI*42", "AK9*A*1*1*1", ta1=("TA1*000000042*261120*0930*A*000",))
    assert built(edi) == () and built(edi, always_ta1=True) == ()
    assert built(acknowledged("AK1*HI*42", "AK9*A*1*1*1")) == ()


def test_several_interchanges_are_answered_one_by_one():
    other = OURS.replace("000000042", "000000043")
    answers = built(OURS + other, DATE.model_copy(update={"interchange": 2}))
    assert [one.control_number for one in answers] == ["000000731", "000000732"]
    assert [one.groups[0].outcome for one in answers] == ["accepted", "rejected"]


@pytest.mark.parametrize("edi", ["hello", "ISA", "ISA*00*"])
def test_nobody_can_be_answered_without_an_isa(edi):
    with pytest.raises(UnreadableDocument):
        built(edi)


def test_nothing_of_a_finding_can_be_smuggled_into_the_answer():
    evil = DATE.model_copy(update={"loop": "A~SE*1*", "code": "8~X", "segment_id": "N~1"})
    (one,) = built(OURS, evil)
    assert one.edi.count("~SE*") == 1 and read(one.edi).require(strict=True)
    assert "IK3*ZZZ*9**8" in lines(one.edi) and "IK4*2**I12" in lines(one.edi)


CODES = st.sampled_from(["1", "2", "4", "5", "6", "7", "8", "10", "I6", "I9", "I12"])
ERRORS = st.builds(
    Finding,
    rule=st.just("any"),
    words=st.just("any"),
    interchange=st.just(1),
    group=st.just(1),
    transaction=st.just(1),
    loop=st.sampled_from([None, "2000E", "2010C", "2000"]),
    segment=st.integers(1, 16),
    segment_id=st.sampled_from(["DMG", "UM", "HI", "SV1", "NM1"]),
    element=st.integers(1, 9),
    component=st.none() | st.integers(1, 9),
    standard=st.just("IK403"),
    code=CODES,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ERRORS, max_size=6))
def test_whatever_is_told_is_valid_for_pyx12(findings):
    assert valid_for_pyx12(built(OURS, *findings)[0].edi)


@settings(max_examples=150, deadline=None)
@given(st.lists(ERRORS, max_size=12), st.booleans())
def test_what_is_built_is_read_back_as_it_was_meant(findings, values):
    (one,) = built(OURS, *findings, include_values=values)
    assert validate(one.edi).verdict == "valid"
    request = ParseAcknowledgmentRequest(edi=one.edi, request_edi=OURS)
    (group,) = parse_acknowledgment(request).groups
    loops = defaultdict(str)
    for each in findings:
        at = (each.segment, each.segment_id)
        loops[at] = max(loops[at], (each.loop or "")[:4])
    told = {
        (each.segment, each.segment_id, (each.loop or ""), each.element, each.component, each.code)
        for each in group.sets[0].errors
    }
    meant = {
        (each.segment, each.segment_id, loops[each.segment, each.segment_id], each.element,
         each.component, each.code)
        for each in findings
    }  # fmt: skip
    assert len(told) == len(group.sets[0].errors)
    assert told == meant


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_broken_interchange_is_answered_or_refused_never_worse(data):
    at = data.draw(st.integers(0, len(OURS) - 1))
    piece = data.draw(
        st.sampled_from(["", "~", "*", ":", "^", "ISA*", "GE*", "ST*", "\0", "é", "~~"])
    )
    cut = data.draw(st.integers(0, 40))
    try:
        answers = built(OURS[:at] + piece + OURS[at + cut :], DATE)
    except NodeError:
        return
    for one in answers:
        assert read(one.edi).require().interchanges
