"""The sheet takes names, places, lengths and codes from the tables, and nothing else."""

import ast
from pathlib import Path

import pytest

import nodes.x12
from nodes.errors import Complaint
from nodes.x12.characters import SETS, fold, spell
from nodes.x12.guide import guides, positions
from nodes.x12.requesting.sheet import Given, Sheet
from nodes.x12.requesting.writing import Address, Line, enveloped, separators_for
from nodes.x12.segments import Separators
from tests.gates import CREATED

GUIDE = guides()["278-request"][0]
ROOM = Path(nodes.x12.__file__).parent
WRITERS = sorted((ROOM / "requesting").glob("*.py"))


def names():
    """Every value named in a call of ``add``: file and line, segment, name."""
    for path in WRITERS:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "add":
                literals = [one.value for one in call.args if isinstance(one, ast.Constant)]
                segment = next((one for one in reversed(literals) if one in SEGMENTS), None)
                for keyword in call.keywords:
                    if segment and keyword.arg:
                        yield f"{path.name}:{call.lineno}", segment, keyword.arg


SEGMENTS = {use.segment for _, use in GUIDE.segments()}


def test_every_name_is_the_dictionarys():
    found = list(names())
    assert len(found) > 60 and {"UM", "HSD", "PWK", "CR6"} <= {one for _, one, _ in found}
    wrong = [one for one in found if one[2].replace("__", ".") not in positions(one[1])]
    assert wrong == []


def sheet(**more):
    return Sheet(GUIDE, **more)


def test_a_name_nobody_knows_is_an_error():
    with pytest.raises(KeyError):
        sheet().add("2000E", "", "UM", nonsense="HS")


@pytest.mark.parametrize(
    ("loop", "segment", "values", "words"),
    [
        ("2000F", "CL1", {"type": "3"}, "no such CL1 in 2000F"),
        ("2000E", "UM", {"category": "HS"}, "UM-2: is required"),
        ("2000E", "UM", {"category": "ZZ", "certification": "I"}, "takes no such code"),
        ("2000E", "DTP", {"qualifier": "435", "format": "D8"}, "DTP-3: is required"),
        (
            "2010C",
            "DMG",
            {"date_format": "D8", "birth_date": "20000101", "race__race": "1"},
            "-5-1",
        ),
        ("2000E", "TRN", {"kind": "1", "number": "T" * 51, "originator": "9" * 10}, "at most 50"),
        ("2000E", "TRN", {"kind": "1", "number": "T", "originator": "9"}, "at least 10"),
    ],
)
def test_what_is_ours_and_does_not_fit_is_an_error(loop, segment, values, words):
    with pytest.raises(LookupError, match=words):
        sheet().add(loop, "", segment, **values)


@pytest.mark.parametrize(
    ("text", "detail"), [("A" * 51, "X12 takes at most 50 characters here"), ("A" * 50, None)]
)
def test_what_is_the_cases_and_does_not_fit_is_a_complaint(text, detail):
    one = sheet()
    one.add("2000E", "", "REF", qualifier="BB", number=Given("/case/authorization_number", text))
    wanted = [Complaint("/case/authorization_number", detail)] if detail else []
    assert one.complaints == wanted


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Apt #4", "APT NO. 4"),
        ("50%", "50 PERCENT"),
        ("<88", "LESS THAN 88"),
        ("a@b", "A AT B"),
        ("x~y|z", "X-Y/Z"),
    ],
)
def test_prose_is_spelled_out_where_only_the_basic_set_is_taken(text, written):
    assert sheet(characters="basic").prose("/message", text) == written
    assert sheet().prose("/message", text) == text.upper()
    assert SETS["basic"].fullmatch(spell(fold(text)))


@pytest.mark.parametrize("text", ["\u0301", "\u674e", "\ud800", "a\x00b", "\u202eabc", "a\u00adb"])
def test_what_cannot_be_written_is_a_complaint(text):
    one = sheet()
    assert one.text("/message", text) == ""
    assert [complaint.pointer for complaint in one.complaints] == ["/message"]


def test_phones_have_ten_plain_digits():
    one = sheet()
    assert one.phone("/a", "+1 (937) 555-0119") == "9375550119"
    assert one.phone("/b", "\u0669\u0663\u0667\u0665\u0665\u0665\u0660\u0661\u0661\u0669") == ""
    assert [complaint.pointer for complaint in one.complaints] == ["/b"]


def test_separators_wanted_are_taken_while_they_are_free():
    wanted = Separators("+", ",", "%", "'")
    plain, taken = Line(None, "", "MSG", ("AB",)), Line(None, "", "MSG", ("A+B, C'",))
    assert separators_for([plain], wanted) == wanted
    assert separators_for([taken], wanted) == Separators("*", ":", "%", "~")
    assert separators_for([plain], Separators(":", "^", "~", "*")) == Separators(":", "^", "~", "*")
    assert len(set(separators_for([plain], Separators(">", ">", ">", ">")))) == 4


def test_a_name_in_the_envelope_keeps_its_signs():
    address = Address("ZZ", "A-B.C", "ZZ", "PLAN", False, CREATED, "000000001", "G-1", "G.2")
    wanted = enveloped(address, [], group="HI", kind="278", guide="005010X217")
    assert wanted.edi.startswith("ISA*") and "GS*HI*G-1*G.2*" in wanted.edi
    assert len(wanted.lines[0][1]) == 105
