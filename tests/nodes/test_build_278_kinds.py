"""Each kind of request a practice makes, as the segments that make it one."""

import json

import pytest

from nodes.build_278 import Build278Request, build_278
from nodes.catalog import NODES
from nodes.errors import IncompleteCase
from nodes.parse_278 import Parse278Request, parse_278
from tests.nodes.case_of import case_of
from tests.nodes.rich_278 import ORGANIZATION, PROVIDER
from tests.nodes.told_278 import told

EARLIER = {"authorization_number": "AUTH-77"}
STAY = {
    "category": "admission",
    "place_of_service": None,
    "facility_type": "11",
    "admission": {"admitted": "2026-12-01", "discharged": "2026-12-05", "type": "3", "source": "1"},
}
ROOM = {"system": "REVENUE", "code": "0120", "quantity": 4, "unit": "day", "start": "2026-12-01"}
VISITS = {"quantity": 2, "unit": "visit", "per": "week", "periods": 6, "period": "week"}
CARE = {"prognosis": "4", "start_of_care": "2026-12-01", "medicare": False}


def line(code, system="HCPCS", **more):
    return {"system": system, "code": code, "start": "2026-12-01"} | more


KINDS = {
    "outpatient": (
        {"service_lines": [line("72148", "CPT", end="2026-12-31")]},
        ["UM*HS*I*62*11:B", "DTP*472*RD8*20261201-20261231", "SV1*HC:72148**UN*1***1"],
    ),
    "inpatient": (
        STAY | {"service_lines": [ROOM]},
        [
            "UM*AR*I*62*11:A",
            "DTP*435*D8*20261201",
            "DTP*096*D8*20261205",
            "CL1*3*1",
            "SV2*0120***DA*4",
        ],
    ),
    "equipment": (
        {
            "service_lines": [
                line("E0601", modifiers=["RR", "KX"], quantity=13, unit="month"),
                line("A7030", modifiers=["NU"], quantity=4),
            ],
            "conditions": [{"category": "09", "holds": True, "codes": ["38"]}],
        },
        ["CRC*09*Y*38", "SV1*HC:E0601:RR:KX******1", "HSD*MN*13", "SV1*HC:A7030:NU**UN*4***1"],
    ),
    "home health": (
        {
            "home_health": CARE | {"certified_from": "2026-12-01", "certified_to": "2027-01-29"},
            "service_lines": [line("G0151", quantity=12, unit="visit", delivery=VISITS)],
        },
        ["CR6*4*20261201*RD8*20261201-20270129***N*I", "SV1*HC:G0151******1", "HSD*VS*2*WK**35*6"],
    ),
    "medication": (
        {
            "service_lines": [
                line("J1745", quantity=50),
                line("57894003001", "NDC", quantity=5, unit="unit"),
            ]
        },
        ["SV1*HC:J1745**UN*50***1", "SV1*N4:57894003001**UN*5***1"],
    ),
    "referral": (
        {
            "category": "specialty_care",
            "service_type": "3",
            "providers": [PROVIDER | {"role": "referring"}],
            "service_lines": [line("99244", "CPT", quantity=3, unit="visit")],
        },
        ["UM*SC*I*3*11:B", "NM1*DN*1*OSEI*DANIEL*K***XX*9000000031", "PRV*RF*PXC*208100000X"],
    ),
    "accident": (
        {"accident": {"kind": "employment", "on": "2026-08-25"}},
        ["UM*HS*I*62*11:B*EM", "DTP*439*D8*20260825"],
    ),
    "pregnancy": (
        {"pregnancy": {"last_menstrual_period": "2026-05-01", "due": "2027-02-05"}},
        ["DTP*484*D8*20260501", "DTP*ABC*D8*20270205"],
    ),
    "diagnoses": (
        {
            "diagnoses": [
                {"code": "M54.16", "diagnosed": "2026-08-25"},
                {"code": "M51.16"},
                {"code": "R20.2", "role": "admitting"},
                {"code": "R29.2", "role": "reason_for_visit"},
            ]
        },
        ["HI*ABK:M5416:D8:20260825*ABF:M5116*ABJ:R202*APR:R292"],
    ),
    "several services": (
        {
            "attachments": [{"report": "OZ", "way": "electronic", "control_number": "DOC-1"}],
            "service_lines": [
                line("72148", "CPT", message="With contrast if needed"),
                line(
                    "97110",
                    "CPT",
                    quantity=8,
                    providers=[ORGANIZATION | {"role": "facility"}],
                    attachments=[{"report": "M1", "way": "fax", "control_number": "DOC-2"}],
                    service_type="PT",
                ),
            ],
        },
        [
            "PWK*OZ*EL***AC*DOC-1",
            "MSG*WITH CONTRAST IF NEEDED",
            "UM*HS*I*PT",
            "PWK*M1*FX***AC*DOC-2",
            "NM1*FA*2*RIVERBEND IMAGING*****XX*9000000031",
        ],
    ),
    "renewal": (EARLIER | {"certification": "renewal"}, ["UM*HS*R*62*11:B", "REF*BB*AUTH-77"]),
    "extension": (EARLIER | {"certification": "extension"}, ["UM*HS*4*62*11:B", "REF*BB*AUTH-77"]),
    "revised": (EARLIER | {"certification": "revised"}, ["UM*HS*S*62*11:B"]),
    "cancel": (
        {"certification": "cancel", "administrative_reference": "ADM-9"},
        ["UM*HS*3*62*11:B", "REF*NT*ADM-9"],
    ),
    "reconsideration": (
        {"certification": "reconsideration", "administrative_reference": "ADM-9"},
        ["UM*HS*N*62*11:B", "REF*NT*ADM-9"],
    ),
}


def request(changes, **more):
    data = json.loads(NODES["build-278"].example("request"))
    return Build278Request.model_validate_json(
        json.dumps(data | more | {"case": data["case"] | changes})
    )


def written(changes):
    return [segment.segment for segment in build_278(request(changes)).segments]


@pytest.mark.parametrize(("changes", "wanted"), KINDS.values(), ids=KINDS)
def test_what_makes_it_one_is_written(changes, wanted):
    found = written(changes)
    assert [segment for segment in found if segment in wanted] == [
        segment for segment in wanted if segment in found
    ]
    assert set(wanted) <= set(found)


@pytest.mark.parametrize("changes", [changes for changes, _ in KINDS.values()], ids=KINDS)
def test_it_is_valid_and_is_read_back(changes):
    asked = request(changes)
    built = build_278(asked)
    assert built.validation.verdict == "valid" and built.validation.counts.errors == 0
    [review] = parse_278(Parse278Request(edi=built.transaction.edi)).reviews
    assert case_of(review) == told(asked.case)


LINE = "/case/service_lines/0"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"certification": "extension"}, "/case/authorization_number"),
        (STAY | {"admission": None, "service_lines": [line("99221") | {"start": None}]},
         "/case/admission/admitted"),
        (STAY | {"place_of_service": "21"}, "/case/facility_type"),
        (STAY | {"admission": STAY["admission"] | {"discharged": "2026-11-30"}},
         "/case/admission/discharged"),
        (STAY | {"admission": STAY["admission"] | {"type": "33"}}, "/case/admission/type"),
        ({"accident": {"kind": "auto", "on": "2026-08-25"}}, "/case/accident/state"),
        ({"home_health": CARE | {"certified_to": "2027-01-29"}}, "/case/home_health/certified_to"),
        ({"diagnoses": [{"code": "R20.2", "role": "admitting"}]}, "/case/diagnoses/0/role"),
        ({"service_type": "ZQ"}, "/case/service_type"),
        ({"attachments": [{"report": "OZ"}]}, "/case/attachments/0/control_number"),
        ({"attachments": [{"report": "ZZ", "way": "voice"}]}, "/case/attachments/0/report"),
        ({"conditions": [{"category": "09", "holds": True, "codes": ["38"]}] * 2},
         "/case/conditions/1/category"),
        ({"providers": [{"role": "ordering", "npi": "9000000031"}]},
         "/case/providers/0/organization"),
        ({"service_lines": [line("72148", "CPT", providers=[PROVIDER | {"role": "admitting"}])]},
         f"{LINE}/providers/0/role"),
        ({"service_lines": [line("0120", "REVENUE", modifiers=["26"])]}, f"{LINE}/modifiers"),
        ({"service_lines": [line("1234", "NDC")]}, f"{LINE}/code"),
        ({"service_lines": [line("0120", "REVENUE", unit="minute")]}, f"{LINE}/unit"),
        ({"service_lines": [line("99221", revenue_code="012", diagnoses=[2])]},
         f"{LINE}/diagnoses"),
        ({"service_lines": [line("G0151", quantity=5, unit="visit", delivery=VISITS)]},
         f"{LINE}/quantity"),
        ({"service_lines": [line("G0151", delivery=VISITS | {"per": "year"})]},
         f"{LINE}/delivery/per"),
        ({"service_lines": [line("G0151", delivery={"quantity": 1, "periods": 3})]},
         f"{LINE}/delivery/period"),
        ({"service_lines": [line("G0151", delivery={"quantity": 1, "every": 3})]},
         f"{LINE}/delivery/per"),
        ({"service_lines": [line("72148", "CPT", message="\u4e2d")]}, f"{LINE}/message"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(changes, pointer):
    with pytest.raises(IncompleteCase) as caught:
        build_278(request(changes))
    assert {complaint.pointer for complaint in caught.value.complaints} == {pointer}


def test_what_only_the_rules_find_is_named_as_a_field_too():
    patient = json.loads(NODES["build-278"].example("request"))["case"]["patient"]
    with pytest.raises(IncompleteCase, match="would not be valid") as caught:
        build_278(request({"patient": patient | {"birth_date": "2027-08-25"}}))
    [complaint] = caught.value.complaints
    assert complaint.pointer == "/case/patient/birth_date"


def test_a_long_message_is_refused_not_cut():
    with pytest.raises(IncompleteCase) as caught:
        build_278(request({}, message="\u00e6" * 200))
    [complaint] = caught.value.complaints
    assert (complaint.pointer, "264" in complaint.detail) == ("/message", True)


def test_numbers_can_be_given():
    built = build_278(request({}, trace_number="MINE1", control_number="000000042"))
    assert built.transaction.trace_number == "MINE1"
    said = [segment.segment for segment in built.segments]
    assert {"TRN*1*MINE1*9900000003", "TRN*1*MINE1L01*9900000003"} <= set(said)
    assert said[-1] == "IEA*1*000000042"


@pytest.mark.parametrize("year", ["0001", "0900", "9999"])
def test_any_year_is_written_with_four_digits(year):
    made = request({}, created_at=f"{year}-01-02T03:04:00")
    try:
        assert f"*{year}0102*0304" in build_278(made).transaction.edi
    except IncompleteCase as refused:
        assert refused.complaints[0].pointer == "/created_at"
