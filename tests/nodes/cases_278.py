"""Cases as hypothesis makes them: all that a 278 request can carry."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from nodes.build_278 import Build278Request, Envelope
from nodes.care import Accident, Admission, Attachment, Condition, HomeHealth, Pregnancy
from nodes.case import (
    Address,
    Case,
    Coverage,
    Diagnosis,
    InvolvedProvider,
    Order,
    Patient,
    Payer,
    PersonName,
    Provider,
    Subscriber,
)
from tests.nodes.lines_278 import days, ids, lines_for, maybe, past, prose, span, words

NONE, BOTH = st.none(), st.booleans()
MAYBE_ID = maybe(ids)
sexes = st.sampled_from(["female", "male", "unknown"])
NPIS = st.sampled_from(["9000000015", "9000000023", "9000000031", "9000000064"])
names = st.builds(PersonName, family=words, given=words, middle=maybe(words))
addresses = st.builds(
    Address,
    lines=st.lists(prose(20), min_size=1, max_size=2).map(tuple),
    city=words.map(lambda word: f"{word} City"),
    state=st.sampled_from(["OH", "NY"]),
    postal_code=st.sampled_from(["45402", "45402-1234", "454021234"]),
)
phones = maybe(st.sampled_from(["937-555-0110", "+1 (937) 555-0119", "9375550121"]))
ROLES = [
    "rendering",
    "attending",
    "operating",
    "ordering",
    "referring",
    "admitting",
    "facility",
    "supplier",
    "primary_care",
]
# CRC01 with codes of its category
CONDITIONS = [("07", "01"), ("08", "AB"), ("09", "37"), ("11", "ZV"), ("75", "15"), ("76", "5")]


def providers(**more):
    common = {
        "npi": NPIS,
        "taxonomy": maybe(st.just("208100000X")),
        "address": maybe(addresses),
        "phone": phones,
        "fax": phones,
        "contact": maybe(words),
        "tax_id": maybe(st.just("311234567")),
        "plan_number": maybe(ids),
        **more,
    }
    kind = InvolvedProvider if "role" in more else Provider
    return st.builds(kind, person=names, **common) | st.builds(kind, organization=words, **common)


def involved(roles):
    return st.lists(providers(role=st.sampled_from(roles)), max_size=2).map(tuple)


RELATIONSHIPS = st.sampled_from(["self", "spouse", "child", "other"])
HOLDERS = st.builds(
    Subscriber, name=names, birth_date=maybe(past), sex=sexes, address=maybe(addresses)
)


@st.composite
def coverages(draw):
    relationship = draw(RELATIONSHIPS)
    return Coverage(
        payer=Payer(id=draw(ids), name=draw(words)),
        member_id=draw(ids),
        group_number=draw(MAYBE_ID),
        relationship=relationship,
        subscriber=None if relationship == "self" else draw(HOLDERS),
    )


def attachments(most=2):
    one = st.builds(
        Attachment,
        report=st.sampled_from(["OZ", "B4", "M1", "77", "03"]),
        way=st.sampled_from(["electronic", "fax", "mail", "email", "on_request", "voice", "file"]),
        control_number=ids,
        description=maybe(prose(30)),
    )
    return st.lists(one, max_size=most).map(tuple)


def diagnoses():
    code = st.sampled_from(["M54.16", "M5116", "E11.65", "Z79.4", "G47.33", "S72.001A"])
    first = st.builds(Diagnosis, code=code, onset=maybe(past), diagnosed=maybe(past))
    roles = st.sampled_from(["diagnosis", "admitting", "reason_for_visit"])
    other = st.builds(Diagnosis, code=code, diagnosed=maybe(past), role=roles)
    rest = st.lists(other, max_size=3) | st.lists(other, min_size=11, max_size=11)
    return st.builds(lambda one, more: (one, *more), first, rest)


home_health = st.builds(
    lambda period, **fields: HomeHealth(certified_from=period[0], certified_to=period[1], **fields),
    span.map(lambda both: both if both[1] else (None, None)),
    prognosis=st.sampled_from("12345678"),
    start_of_care=days,
    medicare=maybe(st.booleans()),
    certification=st.sampled_from(["initial", "renewal", "revised"]),
    last_visit=maybe(days),
    physician_contact=maybe(days),
)
accidents = st.builds(
    Accident,
    kind=st.sampled_from(["auto", "employment", "another_party"]),
    on=maybe(past),
    state=st.sampled_from(["OH", "NY"]),
)
pregnancies = st.builds(
    lambda last, due: Pregnancy(
        last_menstrual_period=last, due=last + timedelta(280) if due else None
    ),
    past,
    st.booleans(),
)
conditions = st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True).map(
    lambda found: tuple(
        Condition(category=category, holds=code != "37", codes=(code.zfill(2),))
        for category, code in found
    )
)


TYPES = maybe(st.sampled_from("12345"))
SOURCES = maybe(st.sampled_from("1245"))
STATUSES = maybe(st.sampled_from(["30", "01"]))


@st.composite
def stays(draw, needed):
    """An admission: what the case says of it and when its first service begins."""
    if not needed and draw(BOTH):
        return None
    first, last = draw(span)
    return Admission(
        admitted=first,
        discharged=last,
        type=draw(TYPES),
        source=draw(SOURCES),
        patient_status=draw(STATUSES),
    )


def numbers(draw, certification):
    """What the payer called an earlier request, as far as this certification needs it."""
    if certification == "initial":
        return None, draw(MAYBE_ID)
    if certification in {"renewal", "extension"}:
        return draw(ids), draw(MAYBE_ID)
    authorization = draw(MAYBE_ID)
    return authorization, draw(MAYBE_ID if authorization else ids)


CATEGORIES = st.sampled_from(["health_services", "admission", "specialty_care"])
CERTIFICATIONS = st.sampled_from(
    ["initial", "renewal", "revised", "extension", "reconsideration", "cancel"]
)
URGENCIES = st.sampled_from(["standard", "urgent", "emergency"])
SERVICE_TYPES = maybe(st.sampled_from(["73", "12", "AE", "42", "3"]))
PLACES = maybe(st.sampled_from(["11", "12"]))
FACILITIES = maybe(st.sampled_from(["11", "21"]))
CASE_IDS = st.from_regex(r"\A[A-Za-z0-9_.\-]{1,60}\Z")
DIAGNOSES, REQUESTERS, PERFORMERS = diagnoses(), providers(), maybe(providers())
ON_LINES = involved([role for role in ROLES if role != "admitting"])
LINES = {
    count: st.lists(lines_for(count, attachments(1), ON_LINES), min_size=1, max_size=3).map(tuple)
    for count in range(1, 13)
}
STAYS = {needed: stays(needed) for needed in (True, False)}
PATIENTS = st.builds(
    Patient,
    id=st.just("Patient/pt-1"),
    name=names,
    birth_date=past,
    sex=sexes,
    mrn=maybe(ids),
    address=maybe(addresses),
)
REST = st.fixed_dictionaries(
    {
        "urgency": URGENCIES,
        "service_type": SERVICE_TYPES,
        "patient": PATIENTS,
        "coverage": coverages(),
        "requester": REQUESTERS,
        "performer": PERFORMERS,
        "providers": involved(ROLES),
        "home_health": maybe(home_health),
        "accident": maybe(accidents),
        "pregnancy": maybe(pregnancies),
        "conditions": conditions,
        "attachments": attachments(),
        "id": CASE_IDS,
    }
)


@st.composite
def cases(draw):
    category, certification = draw(CATEGORIES), draw(CERTIFICATIONS)
    found, facility = draw(DIAGNOSES), draw(BOTH)
    authorization, reference = numbers(draw, certification)
    return Case(
        **draw(REST),
        category=category,
        certification=certification,
        place_of_service=None if facility else draw(PLACES),
        facility_type=draw(FACILITIES) if facility else None,
        diagnoses=found,
        service_lines=draw(LINES[len(found)]),
        order=Order(reference="ServiceRequest/sr-1", authored_on=date(2026, 11, 16)),
        authorization_number=authorization,
        administrative_reference=reference,
        admission=draw(STAYS[category == "admission"]),
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
