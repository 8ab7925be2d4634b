"""A case, written as a 278 request and read again, is the same case."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from nodes.build_278 import build_278
from nodes.parse_278 import Parse278Request, parse_278
from nodes.x12.characters import fold
from tests.nodes.cases_278 import requests
from tests.nodes.x12_text import HEAD, wrapped

calm = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LIKE = ("category", "certification", "urgency", "service_type", "place_of_service",
        "facility_type", "authorization_number", "administrative_reference", "home_health",
        "accident", "conditions")  # fmt: skip


def only(edi):
    [review] = parse_278(Parse278Request(edi=edi)).reviews
    return review


def folded(value):
    """What X12 carries of a value: its letters upper-case, in ASCII."""
    if isinstance(value, str):
        return (fold(value) or "").upper()
    if isinstance(value, dict):
        return {name: folded(one) for name, one in value.items()}
    return tuple(map(folded, value)) if isinstance(value, list | tuple) else value


def plain(model, **other):
    return folded(model.model_dump(exclude={"id"})) | other if model else None


def digits(phone):
    return None if phone is None else "".join(one for one in phone if one.isdigit())[-10:]


def provider(model):
    if model is None:
        return None
    found = plain(model, phone=digits(model.phone), fax=digits(model.fax))
    if found["address"]:
        found["address"]["postal_code"] = found["address"]["postal_code"].replace("-", "")
    return found


def same_address(got, asked):
    assert (got is None) == (asked is None)
    if asked:
        assert folded(got.lines) == folded(asked.lines)
        assert got.postal_code == asked.postal_code.replace("-", "")


@calm
@given(requests())
def test_the_case_comes_back(request):
    case = request.case
    review = only(build_278(request).transaction.edi)
    assert review.unread == () and review.details == () and review.unknown_codes == ()
    got = review.requested
    for name in LIKE:
        assert folded(plain_value(got, name)) == folded(plain_value(case, name)), name
    assert [one.code for one in got.diagnoses] == [with_dot(one.code) for one in case.diagnoses]
    assert [(one.role, one.diagnosed) for one in got.diagnoses] == [
        (one.role, one.diagnosed) for one in case.diagnoses
    ]
    assert got.diagnoses[0].onset == case.diagnoses[0].onset
    assert got.pregnancy == case.pregnancy
    assert [plain(one) for one in got.attachments] == [plain(one) for one in case.attachments]


def plain_value(model, name):
    value = getattr(model, name)
    if isinstance(value, tuple):
        return [plain(one) if hasattr(one, "model_dump") else one for one in value]
    return plain(value) if hasattr(value, "model_dump") else value


def with_dot(code):
    code = code.replace(".", "")
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


@calm
@given(requests())
def test_the_people_come_back(request):
    case, got = request.case, only(build_278(request).transaction.edi).requested
    assert provider(got.requester) == provider(case.requester)
    assert provider(got.performer) == provider(case.performer) or case.performer is None
    shown = [provider(one) for one in got.providers]
    asked = [provider(one) for one in case.providers]
    if case.performer is not None:
        assert shown == asked
    assert plain(got.patient.name) == plain(case.patient.name)
    assert got.patient.birth_date == case.patient.birth_date
    same_address(got.patient.address, case.patient.address)
    assert folded(got.patient.mrn or "") == folded(case.patient.mrn or "")
    coverage = case.coverage
    assert got.coverage.relationship == coverage.relationship
    assert got.coverage.member_id == folded(coverage.member_id)
    assert plain(got.coverage.payer) == plain(coverage.payer)
    if coverage.subscriber and coverage.relationship != "self":
        holder = got.coverage.subscriber
        assert plain(holder.name) == plain(coverage.subscriber.name)
        assert holder.birth_date == coverage.subscriber.birth_date
        same_address(holder.address, coverage.subscriber.address)


@calm
@given(requests())
def test_the_service_lines_come_back(request):
    case, got = request.case, only(build_278(request).transaction.edi).requested
    assert len(got.service_lines) == len(case.service_lines)
    for line, asked in zip(got.service_lines, case.service_lines, strict=True):
        for name in ("modifiers", "quantity", "unit", "start", "delivery",
                     "authorization_number", "administrative_reference", "service_type",
                     "message", "description"):  # fmt: skip
            want = getattr(asked, name)
            assert folded(plain_value(line, name)) == folded(plain_value(asked, name)), (name, want)
        assert (line.end or line.start) == (asked.end or asked.start)
        assert line.laterality in {asked.laterality, None}
        institution = asked.system == "REVENUE" or asked.revenue_code
        assert line.diagnoses == ((1,) if institution else asked.diagnoses)
        revenue = asked.code.zfill(4) if asked.system == "REVENUE" else asked.code
        assert line.code == revenue
        assert {line.system, asked.system} in ({"CPT"}, {"HCPCS"}, {"CPT", "HCPCS"},
                                               {"REVENUE"}, {"NDC"})  # fmt: skip
        assert [provider(one) for one in line.providers] == [
            provider(one) for one in asked.providers
        ]
        assert [plain(one) for one in line.attachments] == [plain(one) for one in asked.attachments]


def test_what_a_case_cannot_hold_is_said_and_stays_in_the_review():
    written = [HEAD[0].replace("*11*", "*13*").removesuffix("*18"), *HEAD[1:7], "HL*4*3*EV*1",
               "TRN*1*T1*9900000003", "UM*HS*1*73*11:B", "HI*BF:41090", "NM1*SJ*1*LEE*J****XX*1",
               "HL*5*4*SS*0", "SV1*HC:72148**UN*1.5***1"]  # fmt: skip
    review = only(wrapped(*written))
    places = {one.pointer for one in review.requested.left_out}
    assert places == {"/certification", "/diagnoses/0", "/performer/npi",
                      "/service_lines/0/quantity"}  # fmt: skip
    assert review.requested.performer.npi is None
    assert review.parties[-1].id == "1" and review.event_stated.codes.certification == "1"
    assert review.services[0].quantity == Decimal("1.5")
    assert review.requested.service_lines == ()
