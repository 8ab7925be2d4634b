"""What a receiver acknowledges, read: results, errors in our words, and who has to act."""

import pytest

from nodes.errors import Refused, UnreadableDocument
from nodes.parse_acknowledgment import WORDS, ParseAcknowledgmentRequest, parse_acknowledgment
from nodes.x12.acknowledging.ack_words import LISTS, advice_table
from nodes.x12.guide import dictionary
from tests.nodes.ack_text import OURS, acknowledged

BAD_DATE = (
    "AK1*HI*42*005010X217",
    "AK2*278*0001*005010X217",
    "IK3*DMG*9*2010*8",
    "CTX*TRN02:OURTRACE",
    "IK4*2*1251*8*19610230",
    "IK5*R*5",
    "AK9*R*1*1*0",
)


def parsed(edi, **more):
    return parse_acknowledgment(ParseAcknowledgmentRequest(edi=edi, **more))


def only_error(edi, **more):
    (group,) = parsed(edi, **more).groups
    (error,) = group.sets[0].errors
    return error


def told(*middle, result="IK5*R*5", last="AK9*R*1*1*0"):
    head = ("AK1*HI*42*005010X217", "AK2*278*0001*005010X217")
    return acknowledged(*head, *middle, result, last)


def test_an_accepted_group():
    response = parsed(told(result="IK5*A", last="AK9*A*1*1*1"))
    (group,) = response.groups
    assert (response.outcome, response.act, response.must_act) == ("accepted", "none", False)
    assert (group.function, group.control_number, group.guide) == ("HI", "42", "005010X217")
    counts = (group.sets_included, group.sets_received, group.sets_accepted)
    assert counts == (1, 1, 1) and group.sets[0].outcome == "accepted" and not response.unread


def test_a_rejected_set_says_where_what_and_how_to_mend_it():
    response = parsed(acknowledged(*BAD_DATE))
    assert (response.outcome, response.act, response.must_act) == ("rejected", "send_again", True)
    (error,) = response.groups[0].sets[0].errors
    assert (error.standard, error.code, error.known) == ("IK403", "8", True)
    assert (error.segment_id, error.segment, error.loop, error.element) == ("DMG", 9, "2010", 2)
    assert error.data_element == "1251" and "date" in error.words and "format" in error.mend
    assert error.context[0].name == "TRN02" and error.context[0].reference == "OURTRACE"


def test_bad_values_and_identifiers_of_persons_are_told_only_on_demand():
    edi = acknowledged(
        *(line.replace("TRN02:OUR", "SUBSCRIBER NAME NM109:OUR") for line in BAD_DATE)
    )
    assert "19610230" not in parsed(edi).model_dump_json()
    assert "OURTRACE" not in parsed(edi).model_dump_json()
    error = only_error(edi, include_values=True)
    assert error.value == "19610230" and error.context[0].reference == "OURTRACE"


def test_an_error_is_shown_in_what_we_sent():
    error = only_error(acknowledged(*BAD_DATE), request_edi=OURS)
    assert error.ours is not None and error.ours.exact
    assert (error.ours.segment, error.ours.segment_id, error.ours.loop) == (9, "DMG", "2010C")
    assert error.ours.element == "birth date" and error.ours.words
    assert "19610230" not in error.model_dump_json()


@pytest.mark.parametrize("place", [8, 10])
def test_a_receiver_who_counts_otherwise_is_understood_and_that_is_said(place):
    lines = (line.replace("DMG*9", f"DMG*{place}") for line in BAD_DATE)
    error = only_error(acknowledged(*lines), request_edi=OURS)
    assert error.segment == place and error.ours is not None
    assert (error.ours.segment, error.ours.exact) == (9, False)


FAULTY = {
    "level out of nowhere": ("HL*4*3*EV*1", "HL*9*7*EV*1"),
    "level twice": ("HL*4*3*EV*1", "HL*3*3*EV*1"),
    "no SE": ("SE*16*0001~", ""),
    "no SE nor GE": ("SE*16*0001~GE*1*42~", ""),
    "cut": ("SE*16*0001~GE*1*42~IEA*1*000000042~", ""),
    "control character": ("LOPEZ", "LO\x07PEZ"),
    "lower-case segment": ("UM*HS", "um*HS"),
    "empty segment": ("HI*ABK:M5416~", "~"),
    "text after the end": ("IEA*1*000000042~", "IEA*1*000000042~rubbish"),
    "no number of the set": ("ST*278*0001*", "ST*278**"),
    "short number of the set": ("ST*278*0001*", "ST*278*1*"),
    "no number of the group": ("0930*42*X", "0930**X"),
    "number of the group no number": ("0930*42*X", "0930*A42*X"),
    "no guide": ("ST*278*0001*005010X217", "ST*278*0001"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_an_error_is_shown_in_what_we_sent_however_faulty_that_was(name):
    response = parsed(acknowledged(*BAD_DATE), request_edi=OURS.replace(*FAULTY[name]))
    (error,) = response.groups[0].sets[0].errors
    assert response.outcome == "rejected" and error.ours is not None
    assert (error.ours.segment, error.ours.segment_id, error.ours.loop) == (9, "DMG", "2010C")
    assert error.ours.exact and (response.request_findings or name == "no guide")
    assert not response.findings and "LOPEZ" not in response.model_dump_json()


@pytest.mark.parametrize(
    ("before", "after"), [("ST*278*0001*005010X217~", ""), ("GS*HI*", "gs*HI*")]
)
def test_what_cannot_be_followed_at_all_hinders_nothing(before, after):
    response = parsed(acknowledged(*BAD_DATE), request_edi=OURS.replace(before, after))
    assert response.outcome == "rejected" and response.request_findings
    assert response.groups[0].sets[0].errors[0].ours is None


@pytest.mark.parametrize("text", ["hello", "ISA", "ISA*00*", " "])
def test_a_request_that_is_no_x12_is_refused_by_its_own_name(text):
    with pytest.raises(UnreadableDocument) as refused:
        parsed(acknowledged(*BAD_DATE), request_edi=text)
    assert {one.pointer for one in refused.value.complaints} == {"/request_edi"}


def test_a_place_beyond_what_we_sent_is_nowhere():
    lines = (line.replace("DMG*9", "DMG*99") for line in BAD_DATE)
    assert only_error(acknowledged(*lines), request_edi=OURS).ours is None


def test_a_component_and_a_repetition():
    error = only_error(told("IK3*UM*12**8", "IK4*4:1:2*1331*7"), request_edi=OURS)
    assert (error.element, error.component, error.repetition) == (4, 1, 2)
    assert error.ours is not None and error.ours.element == "place: code"


def test_a_situational_trigger():
    trigger = "CTX*SITUATIONAL TRIGGER*UM*12*2000*1:2:3"
    error = only_error(told("IK3*HI*13**8", "IK4*1**I9", trigger))
    (context,) = error.context
    assert context.trigger and (context.segment_id, context.segment) == ("UM", 12)
    assert (context.element, context.component, context.repetition) == (1, 2, 3)


def test_several_contexts_repeat_as_segments_and_as_values():
    lines = ("CTX*TRN02:A^CLM01:B", "CTX*SITUATIONAL TRIGGER*UM*12")
    error = only_error(told("IK3*HI*13**I6", *lines))
    assert [one.name for one in error.context] == ["TRN02", "CLM01", "SITUATIONAL TRIGGER"]


def test_an_unknown_code_is_kept_and_never_guessed():
    error = only_error(told("IK3*HI*13**Q7"))
    assert (error.code, error.known) == ("Q7", False) and error.mend
    response = parsed(told(result="IK5*Z*5", last="AK9*Z*1*1*1"))
    assert (response.outcome, response.act, response.must_act) == ("unknown", "look", True)
    assert response.groups[0].code == "Z" and response.groups[0].sets[0].code == "Z"


def test_wrong_elements_without_any_named_are_told_as_such():
    assert only_error(told("IK3*HI*13**8")).code == "8"
    assert only_error(told()).code == "5"


def test_a_997_tells_several_codes_for_a_segment():
    lines = ("AK1*HI*42", "AK2*278*0001", "AK3*HI*13**2*8", "AK4*1:2*1271*7*X", "AK5*R*5")
    edi = acknowledged(*lines, "AK9*R*1*1*0", kind="997", guide="005010")
    (group,) = parsed(edi).groups
    errors = group.sets[0].errors
    assert group.kind == "997"
    assert [(one.standard, one.code) for one in errors] == [("IK304", "2"), ("IK403", "7")]


def test_a_ta1_alone_that_accepts_leaves_us_waiting():
    response = parsed(acknowledged(ta1=("TA1*000000042*261120*0930*A*000",)))
    (one,) = response.interchanges
    assert (response.outcome, response.act) == ("accepted", "wait") and not response.must_act
    assert (one.control_number, one.date, one.time) == ("000000042", "261120", "0930")


@pytest.mark.parametrize(
    ("code", "act"),
    [("025", "check"), ("009", "agree"), ("023", "send_again"), ("777", "send_again")],
)
def test_a_ta1_that_refuses_says_what_to_do(code, act):
    response = parsed(acknowledged(ta1=(f"TA1*000000042*261120*0930*R*{code}",)))
    assert (response.outcome, response.act, response.must_act) == ("rejected", act, True)
    (error,) = response.interchanges[0].errors
    assert error.standard == "TA105" and error.known is (code != "777")


def test_ta1_and_999_in_one_interchange_are_both_read():
    edi = acknowledged(*BAD_DATE, ta1=("TA1*000000042*261120*0930*A*000",))
    response = parsed(edi)
    assert response.interchanges[0].outcome == "accepted" and response.outcome == "rejected"


def test_several_acknowledgments_are_told_apart_by_our_number():
    others = (line.replace("*42*", "*41*") for line in BAD_DATE)
    good = told(result="IK5*A", last="AK9*A*1*1*1").replace("000000007", "000000008")
    edi = acknowledged(*others) + good
    assert parsed(edi).outcome == "rejected"
    response = parsed(edi, expected_control_number="000000042")
    assert response.outcome == "accepted"
    assert [one.ours for one in response.groups] == [False, True]
    assert parsed(edi, request_edi=OURS).outcome == "accepted"


@pytest.mark.parametrize("more", [{"expected_control_number": "43"}, {"request_edi": OURS}])
def test_an_acknowledgment_of_something_else_is_refused(more):
    lines = (line.replace("*42*", "*44*") for line in BAD_DATE)
    with pytest.raises(Refused):
        parsed(acknowledged(*lines), **more)


def test_part_of_a_group():
    other = ("AK2*278*0002*005010X217", "IK5*A")
    edi = acknowledged(*BAD_DATE[:-1], *other, "AK9*P*2*2*1")
    response = parsed(edi)
    assert response.groups[0].outcome == "partially_accepted" and response.must_act
    assert [one.outcome for one in response.groups[0].sets] == ["rejected", "accepted"]


def test_accepted_with_errors_is_to_be_mended_later():
    edi = told("IK3*HI*13**5", result="IK5*E*5", last="AK9*E*1*1*1")
    response = parsed(edi)
    assert (response.outcome, response.act) == ("accepted_with_errors", "mend_later")
    assert not response.must_act


HEAD = "AK1*HI*42*005010X217"
FIRST, SECOND = "AK2*278*0001", "AK2*278*0002"
CONTRADICTORY = {
    "bare": (HEAD, "AK9*A"),
    "bare, with a set": (HEAD, FIRST, "IK5*A", "AK9*A"),
    "some counts": (HEAD, "AK9*A*1*1"),
    "negative": (HEAD, FIRST, "IK5*A", "AK9*A*1*-1*1"),
    "no number": (HEAD, FIRST, "IK5*A", "AK9*A*1*1*X"),
    "nothing received": (HEAD, "AK9*A*0*0*0"),
    "fewer accepted": (HEAD, "AK9*A*3*3*2"),
    "none accepted": (HEAD, FIRST, "IK5*A", "AK9*A*1*1*0"),
    "more accepted": (HEAD, FIRST, "IK5*A", "AK9*A*1*1*2"),
    "not all received": (HEAD, FIRST, "IK5*A", "AK9*A*2*1*1"),
    "more told than counted": (HEAD, FIRST, "IK5*A", SECOND, "IK5*A", "AK9*A*1*1*1"),
    "a set rejected": (HEAD, FIRST, "IK5*R*4", "AK9*A*1*1*1"),
    "errors of the group": (HEAD, FIRST, "IK5*A", "AK9*A*1*1*1*5"),
    "fewer accepted, with errors": (HEAD, FIRST, "IK5*E*5", "AK9*E*2*2*1"),
    "no code": (HEAD, FIRST, "IK5*A", "AK9**1*1*1"),
    "lower case": (HEAD, FIRST, "IK5*A", "AK9*a*1*1*1"),
    "no AK9": (HEAD, FIRST, "IK5*A"),
    "rejected for no reason": (HEAD, FIRST, "IK5*R", "AK9*R*1*1*0"),
}


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_a_person_looks_at_what_contradicts_itself_and_is_told_why(name):
    response = parsed(acknowledged(*CONTRADICTORY[name]))
    assert (response.act, response.must_act) == ("look", True)
    assert response.outcome in {"unknown", "rejected"}
    assert response.words.startswith(WORDS["look"]) and response.words != WORDS["look"]
    (group,) = response.groups
    assert group.outcome != "accepted"
    assert all(one.line and one.interchange for one in group.doubts)


@pytest.mark.parametrize(
    ("segments", "outcome", "act"),
    [
        ((HEAD, FIRST, "IK5*A", "AK9*A*1*1*1"), "accepted", "none"),
        ((HEAD, "AK9*A*3*3*3"), "accepted", "none"),
        ((HEAD, FIRST, "IK5*A", "AK9*A*2*2*2"), "accepted", "none"),
        ((HEAD, FIRST, "IK5*E*5", "AK9*E*1*1*1"), "accepted_with_errors", "mend_later"),
        ((HEAD, FIRST, "IK3*HI*13**2", "IK5*E*5", "AK9*A*1*1*1"), "accepted_with_errors",
         "mend_later"),
        ((HEAD, FIRST, "IK3*HI*13**2", "IK5*A", "AK9*A*1*1*1"), "accepted", "mend_later"),
        ((HEAD, FIRST, "IK5*R*4", "AK9*R*1*1*1"), "rejected", "send_again"),
        ((HEAD, FIRST, "IK5*R*4", SECOND, "IK5*A", "AK9*P*2*2*1"), "rejected", "send_again"),
    ],
)  # fmt: skip
def test_what_agrees_with_itself_is_taken_as_told(segments, outcome, act):
    response = parsed(acknowledged(*segments))
    assert (response.outcome, response.act) == (outcome, act)
    assert not response.groups[0].doubts and response.words == WORDS[act]


@pytest.mark.parametrize(
    ("ta1", "act"),
    [("A*000", "wait"), ("A*009", "look"), ("E*009", "mend_later"), ("R*000", "look"),
     ("Q*000", "look"), ("A*ZZZ", "look")],
)  # fmt: skip
def test_a_ta1_that_accepts_and_names_an_error_is_not_taken_as_accepted(ta1, act):
    response = parsed(acknowledged(ta1=(f"TA1*000000042*261120*0930*{ta1}",)))
    assert response.act == act and response.must_act == (act == "look")
    assert (response.words != WORDS[act]) == (act == "look")


def test_a_rejected_interchange_of_which_a_group_is_accepted_is_looked_at():
    both = acknowledged(
        *(HEAD, FIRST, "IK5*A", "AK9*A*1*1*1"), ta1=("TA1*000000042*261120*0930*R*006",)
    )
    for response in (parsed(both), parsed(both, expected_control_number="42")):
        assert (response.outcome, response.act) == ("rejected", "look")
        assert "interchange is rejected" in response.words


def test_what_is_not_understood_is_kept_in_mind():
    edi = acknowledged("AK1*HI*42", "ZZZ*1", "IK4*1**7", "IK5*A", "AK9*A*0*0*0", "AK9*A*0*0*0")
    unread = parsed(edi).unread
    assert [text.partition(" ")[0] for text in unread] == ["ZZZ", "IK4", "IK5", "AK9"]


def test_a_set_without_its_result_is_unknown():
    response = parsed(acknowledged("AK1*HI*42", "AK2*278*0001"))
    assert response.outcome == "unknown" and response.groups[0].sets[0].outcome == "unknown"


@pytest.mark.parametrize("edi", ["", "hello", OURS, OURS[:300], acknowledged()])
def test_what_is_no_acknowledgment_is_refused(edi):
    with pytest.raises((UnreadableDocument, ValueError)):
        parsed(edi)


def test_a_wrong_trailer_number_is_told_and_does_not_stop_us():
    edi = acknowledged(*BAD_DATE).replace("IEA*1*000000007", "IEA*1*000000001")
    response = parsed(edi)
    assert response.outcome == "rejected"
    assert [one.rule for one in response.findings] == ["envelope.trailer-control-number"]


def test_every_code_with_words_belongs_to_a_list_and_every_list_has_a_default():
    table = advice_table()[0].advice
    for standard, name in LISTS.items():
        known = dictionary().lists[name]
        assert "default" in table[standard]
        assert set(table[standard]) - {"default"} <= set(known)


def test_not_more_errors_are_told_than_wanted_and_that_is_said():
    lines = [line for _ in range(50) for line in ("IK3*DMG*9**8", "IK4*2*1251*8")]
    (group,) = parsed(told(*lines), max_errors=20).groups
    assert len(group.sets[0].errors) == 20 and group.sets[0].errors_left_out == 30
