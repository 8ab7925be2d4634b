"""Rules of the 278 beyond its table: each is quiet on a sound request or answer, and speaks up."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from nodes.x12.finding import Finding
from nodes.x12.guide import guides
from nodes.x12.loops import locate
from nodes.x12.segments import Segment
from nodes.x12.validating import rules as folder
from nodes.x12.validating.rules_278 import RULES, rules

REQUEST = """ST*278*0001*005010X217
BHT*0007*13*T1*20261120*0900
HL*1**20*1
NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01
HL*2*1*21*1
NM1*1P*2*RIVERBEND*****XX*9000000001
HL*3*2*22*1
NM1*IL*1*STONE*ADA****MI*M1
DMG*D8*19700101*F
HL*4*3*23*1
NM1*QC*1*STONE*BEN
DMG*D8*20050101*M
INS*N*19
HL*5*4*EV*1
TRN*1*T1*9900000001
UM*AR*I*2*11:B*AP:::TX**2*5*Y
DTP*439*D8*20261101
DTP*431*D8*20261102
DTP*435*D8*20261201
DTP*096*D8*20261203
HI*ABK:M545:D8:20261101*ABF:M5416
HSD*VS*2*WK*1*35*6
CL1*3*1*30
PWK*OZ*FX***AC*DOC1
NM1*71*1*MOSS*CARA****XX*9000000001
HL*6*5*SS*0
TRN*1*T1L01*9900000001
UM*HS*I*2*21:A
DTP*472*D8*20261201
SV1*HC:63030*1*UN*1***1:2
HL*7*5*SS*0
UM*HS*I**11:B
SV2*0120*HC:63035*1*DA*2""".splitlines()

ANSWER = """ST*278*0001*005010X217
BHT*0007*11*T1*20261120*0900*18
HL*1**20*1
NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01
HL*2*1*21*1
NM1*1P*2*RIVERBEND*****XX*9000000001
HL*3*2*22*1
NM1*IL*1*STONE*ADA****MI*M1
HL*4*3*EV*1
TRN*2*T1*9900000001
UM*HS*I
HCR*A2*AUTH1
DTP*102*D8*20261120
DTP*036*D8*20270120
DTP*007*RD8*20261120-20270120
HL*5*4*SS*0
HCR*A1*AUTH1
SV1*HC:63030**UN*1
HL*6*4*SS*0
HCR*A3**0F
SV3*AD:D2740
TOO*JP*3
HL*7*4*SS*0
AAA*N**15*C""".splitlines()

NO_REVIEW = [*ANSWER[:11], *ANSWER[15:16]]


def found(table: str, rows: list[str]) -> list[Finding]:
    guide = guides()[table][0]
    segments = [Segment(n, row.split("*")) for n, row in enumerate(rows, start=3)]
    return list(rules(guide, locate(guide, segments)))


def swap(rows: list[str], **changes: str | None) -> list[str]:
    """Change rows by number (``r15``), or take them away."""
    edited = dict(enumerate(rows))
    for name, row in changes.items():
        edited[int(name[1:])] = row or ""
    return [row for row in edited.values() if row]


def request(**changes: str | None) -> tuple[str, list[str]]:
    return "278-request", swap(REQUEST, **changes)


def answer(**changes: str | None) -> tuple[str, list[str]]:
    return "278-response", swap(ANSWER, **changes)


Broken = tuple[str, str, tuple[str, list[str]], tuple[str, str | None, int | None]]
BROKEN: list[Broken] = [
    ("level-parent", "error", request(r25="HL*6*4*SS*0"), ("HL", "2000F", 2)),
    ("event-of-dependent", "error", request(r13="HL*5*3*EV*1"), ("HL", "2000E", 2)),
    ("reservation", "error", request(r1="BHT*0007*13*T1*20261120*0900*RU"), ("UM", "2000E", 1)),
    ("reservation", "error", request(r15="UM*IN*I"), ("BHT", "HEADER", 6)),
    ("purpose", "warning", request(r1="BHT*0007*36*T1*20261120*0900"), ("BHT", "HEADER", 2)),
    ("purpose", "warning", request(r1="BHT*0007*01*T1*20261120*0900"), ("UM", "2000E", 2)),
    (
        *("event-services", "warning"),
        ("278-request", [*REQUEST[:15], "UM*HS*I"]),
        ("HL", "2000F", None),
    ),
    ("birth-date", "error", request(r11="DMG*D8*20270101*M"), ("DMG", "2010D", 2)),
    ("dependent-relationship", "warning", request(r12=None), ("INS", "2010D", None)),
    ("dependent-relationship", "warning", request(r12="INS*N*18"), ("INS", "2010D", 2)),
    ("organization-name", "warning", request(r5="NM1*1P*2*A*B****XX*1"), ("NM1", "2010B", 4)),
    ("identifier-shape", "warning", request(r5="NM1*1P*2*A*****24*12"), ("NM1", "2010B", 9)),
    ("identifier-shape", "warning", request(r24="NM1*71*1*A*****34*12X"), ("NM1", "2010EA", 9)),
    ("earlier-number", "warning", request(r15="UM*AR*4*2"), ("REF", "2000E", None)),
    ("earlier-number", "warning", request(r27="UM*HS*R*2"), ("REF", "2000F", None)),
    ("accident", "warning", request(r16=None), ("DTP", "2000E", None)),
    ("accident", "warning", request(r15="UM*AR*I*2*11:B*AA"), ("UM", "2000E", 5)),
    ("admission", "warning", request(r18=None), ("DTP", "2000E", None)),
    ("admission", "warning", request(r22=None), ("CL1", "2000E", None)),
    ("dates-in-order", "error", request(r19="DTP*096*D8*20261130"), ("DTP", "2000E", 3)),
    ("dates-in-order", "error", answer(r13="DTP*036*D8*20260101"), ("DTP", "2000E", 3)),
    ("past-dates", "warning", request(r17="DTP*431*D8*20261121"), ("DTP", "2000E", 3)),
    ("attachment-number", "error", request(r23="PWK*OZ*EL"), ("PWK", "2000E", 6)),
    ("principal-first", "warning", request(r20="HI*ABF:M545*ABF:M5416"), ("HI", "2000E", 1)),
    ("principal-first", "error", request(r20="HI*ABK:M545*ABK:M5416"), ("HI", "2000E", 2)),
    ("icd-shape", "error", request(r20="HI*ABK:M54.5*ABF:M5416"), ("HI", "2000E", 1)),
    ("icd-shape", "error", request(r20="HI*ABK:M545*ABF:72210"), ("HI", "2000E", 2)),
    ("icd-shape", "error", request(r20="HI*ABK:M545*ABF:m5416"), ("HI", "2000E", 2)),
    ("icd9-ended", "warning", request(r20="HI*BK:7222*ABF:M5416"), ("HI", "2000E", 1)),
    ("code-date", "error", request(r20="HI*ABK:M545:D8*ABF:M5416"), ("HI", "2000E", 1)),
    ("code-date", "error", request(r20="HI*ABK:M545::20261101*ABF:M541"), ("HI", "2000E", 1)),
    ("code-date", "error", request(r20="HI*ABK:M545:D8:261101*ABF:M541"), ("HI", "2000E", 1)),
    ("no-gap", "error", request(r20="HI*ABK:M545**ABF:M5416"), ("HI", "2000E", 2)),
    ("one-service", "error", request(r28="SV2*0120"), ("SV1", "2000F", None)),
    ("service-setting", "warning", request(r29="SV3*AD:D2740"), ("SV3", "2000F", None)),
    ("service-setting", "warning", request(r28="TOO*JP*3"), ("TOO", "2000F", None)),
    (
        *("service-told", "warning"),
        request(r15="UM*AR*I*****2*5", r27=None, r29=None),
        ("SV1", "2000F", None),
    ),
    ("diagnosis-pointers", "error", request(r29="SV1*HC:63030*1*UN*1***1:3"), ("SV1", "2000F", 7)),
    ("diagnosis-pointers", "error", request(r29="SV1*HC:63030*1*UN*1***0"), ("SV1", "2000F", 7)),
    ("diagnosis-pointers", "warning", answer(r17="SV1*HC:63030**UN*1***1"), ("SV1", "2000F", 7)),
    ("procedure-shape", "warning", request(r29="SV1*HC:630*1*UN*1***1"), ("SV1", "2000F", 1)),
    ("procedure-shape", "warning", request(r29="SV1*N4:0173-0423-04"), ("SV1", "2000F", 1)),
    ("procedure-shape", "warning", request(r32="SV2*12"), ("SV2", "2000F", 1)),
    ("delivery", "error", request(r21="HSD*VS*0"), ("HSD", "2000E", 2)),
    ("delivery", "warning", request(r21="HSD*VS*2**1"), ("HSD", "2000E", 3)),
    ("place-code", "error", request(r15="UM*AR*I*2*1:B"), ("UM", "2000E", 4)),
    ("decision-number", "error", answer(r11="HCR*A2"), ("HCR", "2000E", 2)),
    ("decision-number", "error", answer(r16="HCR*A6**10"), ("HCR", "2000F", 2)),
    ("decision-reason", "error", answer(r19="HCR*A3"), ("HCR", "2000F", 3)),
    ("decision-reason", "error", answer(r11="HCR*A4"), ("HCR", "2000E", 3)),
    ("partial-event-only", "error", answer(r16="HCR*A2*AUTH1"), ("HCR", "2000F", 1)),
    ("decided", "warning", ("278-response", NO_REVIEW), ("HCR", "2000E", None)),
    ("rejection-reason", "warning", answer(r23="AAA*N"), ("AAA", "2000F", 3)),
    ("rejection-follow-up", "warning", answer(r23="AAA*N**15"), ("AAA", "2000F", 4)),
    (
        *("rejected-and-certified", "warning"),
        ("278-response", [*ANSWER, "HCR*A1*1"]),
        ("HCR", "2000F", None),
    ),
    ("trace-originator", "warning", request(r14="TRN*1*T1*1EIN000001"), ("TRN", "2000E", 3)),
    ("trace-originator", "warning", request(r26="TRN*1*T1*5000000001"), ("TRN", "2000F", 3)),
    ("trace-echo", "note", answer(r9="TRN*1*T1*9900000001"), ("TRN", "2000E", 1)),
]


def test_a_sound_request_and_a_sound_answer_are_left_alone() -> None:
    assert found(*request()) == []
    assert found(*answer()) == []
    assert found("278-inquiry", ANSWER[:8]) == []


@pytest.mark.parametrize(
    ("rule", "severity", "case", "place"),
    BROKEN,
    ids=[f"{n}-{one[0]}" for n, one in enumerate(BROKEN)],
)
def test_each_rule_speaks_up_where_it_is_broken(
    rule: str,
    severity: str,
    case: tuple[str, list[str]],
    place: tuple[str, str | None, int | None],
) -> None:
    told = [one for one in found(*case) if one.rule == f"278.{rule}"]
    assert told
    assert {(one.severity, one.segment_id, one.loop, one.element) for one in told} == {
        (severity, *place)
    }
    for one in told:
        assert one.segment and one.line == one.segment + 2
        here = case[1][one.segment - 1].partition("*")[0]
        assert here == one.segment_id or (one.code == "I6" and here in {"HL", "UM"})
        assert one.standard == ("IK403" if one.element else "IK304")


@pytest.mark.parametrize(
    "case",
    [
        request(r1="BHT*0007*13*T1*20261120*0900*RU", r15="UM*IN*I"),
        request(r1="BHT*0007*01*T1*20261120*0900", r15="UM*HS*3"),
        request(r15="UM*HS*3", r25=None, r26=None, r27=None, r28=None, r29=None),
        request(r15="UM*AR*4*2*11:B", r16="REF*BB*1"),
        request(r15="UM*AR*N*2*11:B", r16="REF*NT*1"),
        request(r1="BHT*0007*13*T1*20150930*0900", r20="HI*BK:7222*BF:M5416"),
        request(r20="HI*ABK:U071*ABF:C9211*LOI:18842-5"),
        request(r23="PWK*OZ*AA"),
        request(r29="SV1*N4:00173042304"),
        answer(r11="HCR*CT"),
        answer(r11="HCR*A4**0V^0P"),
        answer(r9="TRN*1*T2*9900000001^", r10="TRN*2*T1*9900000001"),
    ],
)
def test_what_is_allowed_is_not_an_error(case: tuple[str, list[str]]) -> None:
    rules_broken = {one.rule for one in found(*case) if one.severity == "error"}
    assert not rules_broken - {"278.birth-date", "278.dates-in-order"}


def test_every_rule_has_a_broken_case() -> None:
    assert {rule.__name__.replace("_", "-") for rule in RULES} <= {one[0] for one in BROKEN}
    assert len(RULES) == len(set(RULES))


def test_every_rule_of_the_folder_is_in_the_list() -> None:
    root = Path(folder.__file__ or "").parent
    shelves = [path.stem for path in root.glob("*.py") if not path.stem.startswith(("_", "scene"))]
    shelves = [name for name in shelves if not name.endswith(("276", "277"))]
    assert {rule.__module__.rpartition(".")[2] for rule in RULES} == set(shelves)


def test_no_finding_holds_a_value_of_the_document() -> None:
    rows = [row.replace("M545", "QQ7Q7Q7Q7") for row in REQUEST]
    told = found("278-request", rows)
    assert told and not any("QQ7" in one.model_dump_json() for one in told)


def mangled(rows: list[str], luck: random.Random) -> list[str]:
    edits: list[Callable[[list[str]], list[str]]] = [
        lambda row: row[: luck.randrange(1, len(row) + 1)],
        lambda row: [row[0], *("" if luck.random() < 0.5 else one for one in row[1:])],
        lambda row: [*row, *(":^~" for _ in range(luck.randrange(20)))],
        lambda row: [row[0], *(one[::-1] for one in row[1:])],
        lambda row: [row[0], *(f"{one}:{one}:\u0663" for one in row[1:])],
    ]
    kept = [row for row in rows if luck.random() < 0.95]
    return [
        "*".join(luck.choice(edits)(row.split("*"))) if luck.random() < 0.3 else row for row in kept
    ]


@pytest.mark.parametrize("table", ["278-request", "278-response", "278-inquiry-response"])
def test_no_document_makes_a_rule_fail(table: str) -> None:
    luck = random.Random(20261120)
    for _ in range(300):
        rows = mangled(REQUEST if luck.random() < 0.5 else ANSWER, luck)
        luck.shuffle(rows) if luck.random() < 0.2 else None
        assert all(one.segment for one in found(table, rows))


def test_rules_of_the_278_leave_other_transactions_alone() -> None:
    assert found("277-status", ["ST*277*1*005010X212", "HL*1**20*1"]) == []
