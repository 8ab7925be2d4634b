"""Cases as hypothesis makes them: all that a 278 request can carry."""

from datetime import date, datetime

from hypothesis import strategies as st

from nodes.build_278 import Build278Request, Envelope
from nodes.case import (
    Address,
    Case,
    Coverage,
    Diagnosis,
    Order,
    Patient,
    Payer,
    PersonName,
    Provider,
    ServiceLine,
    Subscriber,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
words = st.text(LETTERS + "-' ", min_size=1, max_size=20).map(str.split).map(" ".join).filter(bool)
ids = st.text(LETTERS + "0123456789", min_size=2, max_size=15)
days = st.dates(date(1930, 1, 1), date(2040, 1, 1))
sexes = st.sampled_from(["female", "male", "unknown"])
NPIS = st.sampled_from(["9000000015", "9000000023", "9000000031", "9000000064"])
names = st.builds(PersonName, family=words, given=words, middle=st.none() | words)
addresses = st.builds(
    Address,
    lines=st.lists(words, min_size=1, max_size=2).map(tuple),
    city=words,
    state=st.sampled_from(["OH", "NY"]),
    postal_code=st.sampled_from(["45402", "45402-1234"]),
)
NONE = st.none()
CODES = [("CPT", "72148"), ("HCPCS", "E0601"), ("HCPCS", "E2103"), ("REVENUE", "0128")]
phones = st.none() | st.sampled_from(["937-555-0110", "+1 (937) 555-0119"])


def providers():
    common = {
        "npi": NPIS,
        "taxonomy": st.none() | st.just("208100000X"),
        "address": st.none() | addresses,
        "phone": phones,
        "fax": phones,
    }
    return st.builds(Provider, person=names, **common) | st.builds(
        Provider, organization=words, **common
    )


@st.composite
def coverages(draw):
    relationship = draw(st.sampled_from(["self", "spouse", "child", "other"]))
    holder = st.builds(Subscriber, name=names, birth_date=st.none() | days, sex=sexes)
    return Coverage(
        payer=Payer(id=draw(ids), name=draw(words)),
        member_id=draw(ids),
        group_number=draw(st.none() | ids),
        relationship=relationship,
        subscriber=None if relationship == "self" else draw(holder),
    )


@st.composite
def service_lines(draw, diagnoses):
    start = draw(st.none() | days)
    code = draw(st.sampled_from(CODES))
    pointers = st.lists(
        st.integers(1, diagnoses), min_size=1, max_size=min(4, diagnoses), unique=True
    )
    return ServiceLine(
        system=code[0],
        code=code[1],
        modifiers=tuple(draw(st.lists(st.sampled_from(["RR", "KX", "LT", "26"]), max_size=4))),
        quantity=draw(st.integers(1, 99999)),
        unit=draw(st.sampled_from(["unit", "visit", "day", "month", "hour"])),
        start=start,
        end=draw(st.none() | st.dates(start, date(2041, 1, 1))) if start else None,
        diagnoses=tuple(draw(pointers)),
    )


@st.composite
def cases(draw):
    certification = draw(
        st.sampled_from(["initial", "renewal", "revised", "extension", "reconsideration", "cancel"])
    )
    codes = draw(
        st.lists(
            st.sampled_from(["M54.16", "M51.16", "E11.65", "Z79.4", "G47.33"]),
            min_size=1,
            max_size=12,
        )
    )
    lines = draw(st.lists(service_lines(len(codes)), min_size=1, max_size=4))
    return Case(
        id=draw(st.from_regex(r"\A[A-Za-z0-9_.\-]{1,60}\Z")),
        category=draw(st.sampled_from(["health_services", "specialty_care"])),
        certification=certification,
        urgency=draw(st.sampled_from(["standard", "urgent", "emergency"])),
        service_type=draw(st.none() | st.sampled_from(["73", "12", "AE"])),
        place_of_service=draw(st.none() | st.just("11")),
        patient=Patient(
            id="Patient/pt-1",
            name=draw(names),
            birth_date=draw(days),
            sex=draw(sexes),
            address=draw(st.none() | addresses),
        ),
        coverage=draw(coverages()),
        requester=draw(providers()),
        performer=draw(st.none() | providers()),
        diagnoses=tuple(Diagnosis(code=code) for code in codes),
        service_lines=tuple(lines),
        order=Order(reference="ServiceRequest/sr-1", authored_on=date(2026, 11, 16)),
        authorization_number=draw(st.none() if certification == "initial" else ids),
    )


def requests(message=NONE):
    return st.builds(
        Build278Request,
        case=cases(),
        envelope=st.just(Envelope(sender="RIVERBEND", receiver="SBXHP01")),
        attempt=st.integers(1, 99),
        created_at=st.just(datetime(2026, 11, 20, 9, 30)),
        message=message,
    )
