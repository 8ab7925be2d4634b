"""Whatever announces an order: the same key for the same order, and nothing of another server."""

import hashlib
import hmac
import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import SecretStr, ValidationError

from nodes.ehr.account import Ehr
from nodes.ehr.arriving.order import KnownOrder, OrderReference
from nodes.errors import (
    NodeError,
    NotAllowed,
    NotConfigured,
    Refused,
    UnknownName,
    UnreadableDocument,
)
from nodes.receive_order import ReceiveOrderRequest, receive_order

BASE = "https://ehr.example/tenant/fhir"
TOKEN = "a-secret-token-of-high-entropy"
EHRS = {
    "main": Ehr(base_url=BASE, webhook_secret=SecretStr(TOKEN)),
    "other": Ehr(base_url="https://other.example/fhir"),
}
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CPT = "http://www.ama-assn.org/go/cpt"
PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"family": "Canary", "given": ["Zoe"]}],
    "birthDate": "1970-01-02",
    "gender": "female",
}


def order(id_="o1", kind="ServiceRequest", code="72148", **changes):
    """A FHIR order; ``changes`` are further fields."""
    concept = {"coding": [{"system": CPT, "code": code}]}
    name = {
        "ServiceRequest": "code",
        "DeviceRequest": "codeCodeableConcept",
        "MedicationRequest": "medicationCodeableConcept",
    }[kind]
    return {
        "resourceType": kind,
        "id": id_,
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "requester": {"reference": "Practitioner/d1"},
        "authoredOn": "2026-11-19T08:00:00Z",
        name: concept,
        **changes,
    }


def receive(event=None, *, known=(), at=AT, ehr="main", **more):
    body = {"ehr": ehr, "event": event, "at": at.isoformat(), "known": list(known), **more}
    request = ReceiveOrderRequest.model_validate_json(json.dumps(body))
    return receive_order(request, ehrs=EHRS)


def one(*args, **more) -> OrderReference:
    [found] = receive(*args, **more).orders
    return found


def as_known(found: OrderReference, at=AT, **changes):
    row = KnownOrder(
        ehr=found.ehr,
        key=found.key,
        order=found.order,
        patient=found.patient.id if found.patient else None,
        services=found.services,
        case_id=found.case_id,
        at=at,
    )
    return json.loads(row.model_copy(update=changes).model_dump_json())


def hook(*drafts, name="order-sign", **context):
    entry = [{"resource": draft} for draft in drafts]
    return {
        "hook": name,
        "hookInstance": "5d4ff6f6-8b8e-4c0f-9a3c-2f6f3d0c9a11",
        "fhirServer": BASE,
        "fhirAuthorization": {"access_token": "canary-token"},
        "context": {
            "userId": "Practitioner/u1",
            "patientId": "p1",
            "draftOrders": {"resourceType": "Bundle", "entry": entry},
            **context,
        },
        "prefetch": {"patient": PATIENT},
    }


def backport(*focuses, kind="event-notification", entries=()):
    events = [
        {
            "name": "notification-event",
            "part": [{"name": "focus", "valueReference": {"reference": focus}}],
        }
        for focus in focuses
    ]
    status = {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "subscription", "valueReference": {"reference": f"{BASE}/Subscription/s"}},
            {"name": "status", "valueCode": "active"},
            {"name": "type", "valueCode": kind},
            *events,
        ],
    }
    return {"resourceType": "Bundle", "type": "history", "entry": [{"resource": status}, *entries]}


def modern(*focuses, kind="event-notification", entries=()):
    status = {
        "resourceType": "SubscriptionStatus",
        "type": kind,
        "status": "active",
        "subscription": {"reference": f"{BASE}/Subscription/s"},
        "notificationEvent": [{"eventNumber": 1, "focus": {"reference": one}} for one in focuses],
    }
    kind_of_bundle = "subscription-notification"
    entry = [{"resource": status}, *entries]
    return {"resourceType": "Bundle", "type": kind_of_bundle, "entry": entry}


NOTIFICATIONS = pytest.mark.parametrize("notify", [backport, modern])


@pytest.mark.parametrize("kind", ["ServiceRequest", "DeviceRequest", "MedicationRequest"])
def test_a_bare_order_says_whose_what_by_whom_and_when(kind):
    found = one(order(kind=kind, priority="stat"))
    assert (found.order, found.patient.id, found.clinician) == (
        f"{kind}/o1",
        "Patient/p1",
        "Practitioner/d1",
    )
    assert (found.services, found.authored) == (("CPT 72148",), date(2026, 11, 19))
    assert (found.priority, found.verdict, found.complete) == ("stat", "new", True)
    assert found.case_id.startswith("PA-") and len(found.case_id) <= 60


@NOTIFICATIONS
def test_every_way_of_announcing_an_order_gives_the_same_key(notify):
    full = {"fullUrl": f"{BASE}/ServiceRequest/o1", "resource": order()}
    ways = [
        order(),
        order(meta={"versionId": "7"}, text={"div": "changed"}),
        {"resourceType": "Bundle", "entry": [{"resource": order()}]},
        notify("ServiceRequest/o1"),
        notify(f"{BASE}/ServiceRequest/o1/_history/3"),
        notify(f"{BASE}/ServiceRequest/o1", entries=[full]),
        {"order": "ServiceRequest/o1"},
        {"order": {"reference": f"{BASE}/ServiceRequest/o1"}},
    ]
    assert len({one(way).key for way in ways}) == 1
    assert one(order(), ehr="main").key != one(order(), ehr="other").key
    assert one(order("o1")).key != one(order("o2")).key


def test_the_key_is_made_of_opaque_references_only():
    said = json.dumps(["order", "main", "ServiceRequest/o1"], separators=(",", ":"))
    assert one(order()).key == hashlib.sha256(said.encode()).hexdigest()
    same = one(order(subject={"reference": "Patient/p2"}, code="70551"))
    assert same.key == one(order()).key


def test_a_bundle_may_hold_several_orders_and_say_who_the_patient_is():
    entries = [order("a"), PATIENT, order("b", code="70551"), {"resourceType": "Coverage"}]
    answer = receive({"resourceType": "Bundle", "entry": [{"resource": e} for e in entries]})
    assert [found.order for found in answer.orders] == ["ServiceRequest/a", "ServiceRequest/b"]
    assert answer.orders[0].patient.name.family == "Canary"
    assert answer.orders[0].patient.birth_date == date(1970, 1, 2)


def test_orders_signed_as_one_group_share_a_case():
    group = {"requisition": {"system": "urn:g", "value": "G1"}}
    first, second = one(order("a", **group)), one(order("b", **group))
    assert first.case_id == second.case_id
    assert first.key != second.key
    elsewhere = one(order("b", requisition={"system": "urn:g", "value": "G2"}))
    assert elsewhere.case_id != first.case_id
    stranger = one(order("b", **group, subject={"reference": "Patient/p2"}))
    assert stranger.case_id != first.case_id
    assert one(order("b", **group), known=[as_known(first)]).verdict == "new"


def test_a_draft_has_no_reference_and_says_so():
    answer = receive(hook(order("d1", status="draft"), order("d2", status="draft", code="70551")))
    assert [found.order for found in answer.orders] == [None, None]
    assert all(found.draft and found.verdict == "not_yet" for found in answer.orders)
    assert len({found.key for found in answer.orders}) == 2
    assert answer.orders[0].patient.name.given == "Zoe"
    assert (answer.hook, [found.patient for found in answer.lookups]) == (
        "order-sign",
        ["Patient/p1"],
    )
    again = receive(hook(order("d1", status="draft"), order("d2", status="draft", code="70551")))
    assert [f.key for f in again.orders] == [f.key for f in answer.orders]
    assert "canary-token" not in answer.model_dump_json()


def test_an_order_select_counts_what_is_selected():
    drafts = order("d1"), order("d2")
    answer = receive(hook(*drafts, name="order-select", selections=["ServiceRequest/d2"]))
    assert [found.announced for found in answer.orders] == ["order-select"]
    assert answer.orders[0].key == receive(hook(*drafts)).orders[1].key
    assert answer.lookups == ()


def test_a_draft_without_requester_is_the_users():
    draft = order("d1")
    del draft["requester"]
    assert one(hook(draft)).clinician == "Practitioner/u1"
    assert one(hook(draft, userId="Patient/p1")).clinician is None


def test_a_draft_for_another_patient_than_the_hooks_is_refused():
    with pytest.raises(Refused) as error:
        receive(hook(order("d1", subject={"reference": "Patient/canary"})))
    assert error.value.complaints[0].pointer.endswith("/entry/0/resource/subject")
    assert "canary" not in str(error.value)


@NOTIFICATIONS
def test_a_notification_by_id_has_to_be_read(notify):
    answer = receive(notify("ServiceRequest/o1", f"{BASE}/DeviceRequest/o2"))
    assert answer.read == ("ServiceRequest/o1", "DeviceRequest/o2")
    assert [found.complete for found in answer.orders] == [False, False]


@NOTIFICATIONS
def test_a_full_notification_needs_no_reading(notify):
    entries = [
        {"fullUrl": f"{BASE}/ServiceRequest/o1", "resource": order()},
        {"fullUrl": f"{BASE}/Patient/p1", "resource": PATIENT},
    ]
    answer = receive(notify(f"{BASE}/ServiceRequest/o1", entries=entries))
    assert (answer.read, answer.orders[0].services) == ((), ("CPT 72148",))
    assert answer.orders[0].patient.name.family == "Canary"


@NOTIFICATIONS
@pytest.mark.parametrize("kind", ["handshake", "heartbeat"])
def test_a_handshake_is_nothing_to_do(notify, kind):
    answer = receive(notify(kind=kind))
    assert answer.nothing
    assert (answer.orders, answer.lookups) == ((), ())


def test_an_empty_notification_asks_for_everything():
    assert [found.patient for found in receive(backport()).lookups] == [None]
    bare = modern("ServiceRequest/o1")["entry"][0]["resource"]
    assert receive(bare).read == ("ServiceRequest/o1",)


def test_a_notification_about_something_else_is_nothing_to_do():
    answer = receive(backport("Encounter/e1"))
    assert (answer.orders, answer.nothing) == ((), "the notification is about no order")


def test_a_new_document_is_handed_on():
    document = {
        "resourceType": "DocumentReference",
        "id": "n1",
        "status": "current",
        "subject": {"reference": "Patient/p1"},
        "date": "2026-11-19T08:00:00Z",
    }
    answer = receive(
        backport("DocumentReference/n1", "DocumentReference/n2", entries=[{"resource": document}])
    )
    assert [(d.document, d.patient) for d in answer.documents] == [
        ("DocumentReference/n1", "Patient/p1"),
        ("DocumentReference/n2", None),
    ]
    assert answer.nothing is None


def test_a_deleted_order_is_cancelled():
    gone = {"request": {"method": "DELETE", "url": "ServiceRequest/o1"}}
    found = one(backport("ServiceRequest/o1", entries=[gone]), known=[as_known(one(order()))])
    assert (found.verdict, found.complete) == ("cancelled", True)


FOREIGN = [
    "https://evil.example/tenant/fhir/ServiceRequest/o1",
    "http://ehr.example/tenant/fhir/ServiceRequest/o1",
    "https://ehr.example:8443/tenant/fhir/ServiceRequest/o1",
    "https://ehr.example/tenant2/fhir/ServiceRequest/o1",
    "https://ehr.example/tenant/fhir/../../other/ServiceRequest/o1",
    "https://ehr.example@evil.example/tenant/fhir/ServiceRequest/o1",
    "https://ehr.example\\@evil.example/tenant/fhir/ServiceRequest/o1",
    "//evil.example/tenant/fhir/ServiceRequest/o1",
    "HTTPS://EVIL.example/tenant/fhir/ServiceRequest/o1",
    "https://ehr.example/tenant/%2e%2e/fhir2/ServiceRequest/o1",
]


@pytest.mark.parametrize("address", FOREIGN)
@pytest.mark.parametrize(
    "event",
    [
        backport,
        modern,
        lambda url: {"order": url},
        lambda url: order(subject={"reference": url.replace("ServiceRequest", "Patient")}),
        lambda url: {"resourceType": "Bundle", "entry": [{"fullUrl": url, "resource": order()}]},
        lambda url: hook(order()) | {"fhirServer": url},
        lambda url: backport("ServiceRequest/o1", entries=[{"fullUrl": url}]),
    ],
    ids=["backport", "r5", "plain", "subject", "bundle", "hook", "fullUrl"],
)
def test_another_server_is_refused(event, address):
    with pytest.raises(Refused) as error:
        receive(event(address))
    assert error.value.complaints[0].pointer.startswith("/event")
    assert "evil" not in repr(error.value.complaints) + str(error.value)


def test_the_same_server_may_be_spelled_otherwise():
    assert one({"order": "HTTPS://EHR.example:443/tenant/fhir/ServiceRequest/o1"}).order == (
        "ServiceRequest/o1"
    )


@pytest.mark.parametrize(
    ("event", "pointers"),
    [
        (None, ["/event"]),
        ({}, ["/event"]),
        ({"resourceType": "Observation", "id": "canary"}, ["/event"]),
        ({"resourceType": "ServiceRequest"}, ["/event/id", "/event/subject"]),
        (order(subject={"reference": "Group/canary"}), ["/event/subject"]),
        ({"resourceType": "Bundle", "entry": [{"resource": PATIENT}]}, ["/event/entry"]),
        ({"hook": "order-sign"}, ["/event/context/patientId", "/event/hookInstance"]),
        (
            {"hook": "order-sign", "hookInstance": "i", "context": {"patientId": "p1"}},
            ["/event/context/draftOrders"],
        ),
        ({"order": "canary"}, ["/event/order"]),
        ({"order": "Patient/canary"}, ["/event/order"]),
        (
            {
                "order": "ServiceRequest/o1",
                "case_id": "c a n a r y",
                "patient": {"id": "canary", "name": {"family": "Canary"}, "birth_date": "1970"},
                "codes": ["72148", 5],
            },
            [
                "/event/patient/id",
                "/event/patient/name",
                "/event/patient/birth_date",
                "/event/case_id",
                "/event/codes/1",
            ],
        ),
    ],
)
def test_what_is_missing_is_said_by_place_never_by_value(event, pointers):
    with pytest.raises(UnreadableDocument) as error:
        receive(event)
    assert [complaint.pointer for complaint in error.value.complaints] == pointers
    assert "anary" not in repr(error.value.complaints) + str(error.value)


def test_a_plain_order_keeps_its_case_and_hands_the_patient_on():
    said = {"family": "Canary", "given": "Zoe"}
    found = one(
        {
            "case_id": "PA-1001",
            "order": "ServiceRequest/o1",
            "patient": {
                "id": "Patient/p1",
                "name": said,
                "birth_date": "1970-01-02",
                "sex": "male",
            },
            "clinician": "Practitioner/d1",
            "codes": ["72148", {"system": "HCPCS", "code": "E0601"}, "J1745"],
            "occurred": "2026-11-20",
        }
    )
    assert (found.case_id, found.patient.sex) == ("PA-1001", "male")
    assert found.services == ("CPT 72148", "HCPCS E0601", "HCPCS J1745")
    assert (found.complete, found.order) == (False, "ServiceRequest/o1")


def test_resent_is_a_duplicate_and_changed_is_said():
    known = [as_known(one(order()))]
    assert one(order(), known=known).verdict == "duplicate"
    assert one(order(meta={"versionId": "2"}), known=known).verdict == "duplicate"
    changed = one(order(code="72158"), known=known)
    assert (changed.verdict, changed.earlier) == ("changed", known[0]["key"])


@pytest.mark.parametrize(
    ("days", "window", "verdict"), [(29, 30, "reorder"), (31, 30, "new"), (0, 0, "reorder")]
)
def test_the_same_service_soon_again_is_a_reorder(days, window, verdict):
    first = one(order("a"))
    known = [as_known(first, at=AT - timedelta(days=days))]
    found = one(order("b"), known=known, window_days=window)
    assert (found.verdict, found.earlier) == (verdict, first.key if verdict == "reorder" else None)


def test_another_patient_or_service_or_an_ended_order_is_no_reorder():
    known = [as_known(one(order("a")))]
    assert one(order("b", subject={"reference": "Patient/p2"}), known=known).verdict == "new"
    assert one(order("b") | {"code": {"text": "MRI"}}, known=known).verdict == "new"
    assert one(order("b"), known=[as_known(one(order("a")), closed=True)]).verdict == "new"


def test_an_order_that_replaces_a_known_one_is_a_reorder():
    known = [as_known(one(order("a")), at=AT - timedelta(days=300))]
    replacing = order("b", code="70551", replaces=[{"reference": "ServiceRequest/a"}])
    assert one(replacing, known=known).verdict == "reorder"


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("revoked", "cancelled"),
        ("entered-in-error", "cancelled"),
        ("stopped", "cancelled"),
        ("completed", "superseded"),
        ("draft", "not_yet"),
        ("on-hold", "not_yet"),
    ],
)
def test_an_order_that_no_longer_or_not_yet_stands(status, verdict):
    known = [as_known(one(order()))]
    assert one(order(status=status), known=known).verdict == verdict
    closed = [as_known(one(order()), closed=True)]
    again = "duplicate" if verdict in ("cancelled", "superseded") else verdict
    assert one(order(status=status), known=closed).verdict == again


def test_a_plan_and_a_do_not_perform_are_no_orders():
    assert one(order(intent="plan")).verdict == "not_yet"
    assert one(order(doNotPerform=True)).verdict == "not_yet"


def test_twice_in_one_announcement_is_taken_in_once():
    twice = {"resourceType": "Bundle", "entry": [{"resource": order()}] * 2}
    assert [found.verdict for found in receive(twice).orders] == ["new", "duplicate"]


def drchrono(event=None, body=None, **delivery):
    said = {"event": event, **({"signature": TOKEN} | delivery)}
    return receive(body, drchrono=said)


def test_drchrono_verifies_the_address():
    answer = receive(drchrono={"msg": "canary"})
    assert answer.secret_token == hmac.new(TOKEN.encode(), b"canary", hashlib.sha256).hexdigest()


def test_drchrono_says_whose_orders_to_look_up():
    body = {"receiver": {}, "object": {"id": 9, "patient": 12345, "name": "Canary"}}
    answer = drchrono("CLINICAL_NOTE_LOCK", body)
    assert [found.patient for found in answer.lookups] == [None]
    assert "number" in answer.lookups[0].why
    assert drchrono("PING", {}).nothing == "a ping"
    assert drchrono("PATIENT_ALLERGY_CREATE", body).nothing
    with pytest.raises(UnreadableDocument) as error:
        drchrono("CLINICAL_NOTE_LOCK", {"object": {"patient": "canary"}})
    assert error.value.complaints[0].pointer == "/event/object/patient"


@pytest.mark.parametrize("signature", ["", "wrong", TOKEN.upper(), f"{TOKEN}x", None])
def test_drchrono_without_its_token_is_not_believed(signature):
    with pytest.raises(NotAllowed):
        drchrono("PING", {}, signature=signature)


def test_a_signature_of_the_body_is_not_drchronos_token():
    signed = hmac.new(TOKEN.encode(), b"{}", hashlib.sha256).hexdigest()
    with pytest.raises(NotAllowed):
        drchrono("PING", {}, signature=signed)


def test_an_ehr_without_a_secret_takes_no_webhook():
    with pytest.raises(NotConfigured):
        receive({}, ehr="other", drchrono={"event": "PING", "signature": ""})


def test_an_ehr_nobody_configured_is_not_found():
    with pytest.raises(UnknownName):
        receive(order(), ehr="nobody")


def test_the_outer_model_is_strict():
    with pytest.raises(ValidationError):
        receive(order(), at=datetime(2026, 11, 20))
    with pytest.raises(ValidationError):
        receive(order(), surprise=1)


ODD = [None, 5, "x", [], {}, [5], {"reference": 5}, {"coding": "x"}, [[]], True, "\ud800", -1.5]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_shapes_are_told_or_passed_over_never_a_crash(odd):
    whole = [order(), hook(order()), backport("ServiceRequest/o1"), modern("ServiceRequest/o1")]
    seen = 0
    for event in whole:
        for path in list(paths(event)):
            broken = deepcopy(event)
            place = broken
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = odd
            try:
                assert receive_order(
                    ReceiveOrderRequest(ehr="main", event=broken, at=AT), ehrs=EHRS
                )
            except (NodeError, ValidationError):
                seen += 1
    assert seen > 0 or odd is None


def paths(value, before=()):
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps if isinstance(value, dict | list) else ():
        yield (*before, step)
        if isinstance(inner, dict | list):
            yield from paths(inner, (*before, step))


@pytest.mark.parametrize(("said", "carried"), [("MRN-17", "MRN-17"), (417, "417")])
def test_the_record_number_of_the_announcement_is_carried(said, carried):
    event = {"order": "ServiceRequest/o1", "patient": {"id": "Patient/p1", "mrn": said}}
    assert one(event).patient.mrn == carried


@pytest.mark.parametrize("said", [{}, True, "7" * 101])
def test_a_record_number_that_cannot_be_compared_is_a_complaint(said):
    event = {"order": "ServiceRequest/o1", "patient": {"id": "Patient/p1", "mrn": said}}
    with pytest.raises(UnreadableDocument) as caught:
        receive(event)
    assert [one.pointer for one in caught.value.complaints] == ["/event/patient/mrn"]


def test_the_record_number_of_a_patient_in_the_announcement_is_carried():
    number = {"type": {"coding": [{"code": "MR"}]}, "value": "MRN-17"}
    entries = [{"resource": order()}, {"resource": {**PATIENT, "identifier": [number]}}]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    assert one(bundle).patient.mrn == "MRN-17"


def test_the_same_patient_id_at_another_ehr_is_another_patient():
    elsewhere = [as_known(one(order("a"), ehr="other"))]
    assert one(order("b"), known=elsewhere).verdict == "new"
    replacing = order("b", replaces=[{"reference": "ServiceRequest/a"}], code="70551")
    assert one(replacing, known=elsewhere).verdict == "new"


def test_a_replacement_of_a_closed_order_is_a_reorder():
    known = [as_known(one(order("a")), at=AT - timedelta(days=300), closed=True)]
    found = one(order("b", replaces=[{"reference": "ServiceRequest/a"}]), known=known)
    assert (found.verdict, found.earlier) == ("reorder", known[0]["key"])


@pytest.mark.parametrize(("days", "verdict"), [(29, "reorder"), (31, "new")])
def test_what_was_carried_out_and_is_ordered_again_soon_is_a_reorder(days, verdict):
    at = AT - timedelta(days=days)
    known = [as_known(one(order("a")), at=at, closed=True, carried_out=True)]
    assert one(order("b"), known=known).verdict == verdict


@pytest.mark.parametrize("status", ["unknown", "canary", 5, ["x", 5], {}])
def test_an_order_of_unknown_standing_is_not_new(status):
    answer = receive(order(status=status))
    assert [found.verdict for found in answer.orders] == ["unknown"]
    assert any("ServiceRequest/o1" in warning for warning in answer.warnings)
    assert one(order(status="REVOKED")).verdict == "cancelled"


def test_a_foreign_requester_or_original_is_left_out_with_a_warning():
    foreign = {"reference": "https://evil.example/fhir/Practitioner/9"}
    answer = receive(order(requester=foreign, replaces=[foreign]))
    assert (answer.orders[0].clinician, answer.orders[0].replaces) == (None, ())
    assert len(answer.warnings) == 2
    assert "evil" not in answer.model_dump_json()


EVIL = "https://evil.example/fhir"
BAD = {
    "no patient": ({"resource": order("bad", subject=None)}, "subject"),
    "no id": ({"resource": order(None)}, "id"),
    "foreign patient": (
        {"resource": order("bad", subject={"reference": f"{EVIL}/Patient/p1"})},
        "subject",
    ),
    "foreign address": (
        {"fullUrl": f"{EVIL}/ServiceRequest/bad", "resource": order("bad")},
        "fullUrl",
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_entry_holds_up_no_other(bad):
    entry, place = BAD[bad]
    good = {"resource": order("good")}
    bundle = {"resourceType": "Bundle", "entry": [entry, good]}
    answer = receive(bundle)
    assert [found.order for found in answer.orders] == ["ServiceRequest/good"]
    assert [warning.partition(":")[0] for warning in answer.warnings] == [
        f"/event/entry/0/{place}" if place == "fullUrl" else f"/event/entry/0/resource/{place}"
    ]
    assert "evil" not in answer.model_dump_json()
    with pytest.raises(Refused if "foreign" in bad else UnreadableDocument):
        receive({"resourceType": "Bundle", "entry": [entry]})


@NOTIFICATIONS
@pytest.mark.parametrize("bad", ["no patient", "foreign patient", "foreign address"])
def test_one_bad_event_of_a_notification_holds_up_no_other(notify, bad):
    entry, place = BAD[bad]
    entries = [entry, {"resource": order("good")}]
    answer = receive(notify("ServiceRequest/bad", "ServiceRequest/good", entries=entries))
    assert [found.order for found in answer.orders] == ["ServiceRequest/good"]
    assert answer.warnings[0].startswith("/event/entry/1/") and place in answer.warnings[0]
    with pytest.raises(Refused if "foreign" in bad else UnreadableDocument):
        receive(notify("ServiceRequest/bad", entries=[entry]))


@NOTIFICATIONS
def test_a_foreign_focus_beside_a_good_one_is_a_warning(notify):
    answer = receive(notify("ServiceRequest/o1", f"{EVIL}/ServiceRequest/o2"))
    assert answer.read == ("ServiceRequest/o1",)
    assert len(answer.warnings) == 1 and "evil" not in answer.model_dump_json()


def test_one_bad_draft_holds_up_no_other():
    stranger = order("d2", subject={"reference": "Patient/canary"})
    answer = receive(hook(order("d1"), stranger, order(None)))
    assert [found.draft for found in answer.orders] == [True]
    assert [warning.partition(":")[0] for warning in answer.warnings] == [
        "/event/context/draftOrders/entry/1/resource/subject",
        "/event/context/draftOrders/entry/2/resource/id",
    ]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"order": "ServiceRequestX/1"}, "/event/order"),
        ({"codes": "72148"}, "/event/codes"),
        ({"codes": {"code": "72148"}}, "/event/codes"),
        ({"codes": ["72148"] * 51}, "/event/codes"),
        ({"occurred": "yesterday"}, "/event/occurred"),
        ({"occurred": 5}, "/event/occurred"),
        ({"clinician": 5}, "/event/clinician"),
        ({"case_id": 5}, "/event/case_id"),
        ({"patient": 7}, "/event/patient"),
        ({"patient": ["Patient/p1"]}, "/event/patient"),
    ],
)
def test_a_plain_order_of_the_wrong_shape_is_a_complaint(said, pointer):
    with pytest.raises(UnreadableDocument) as caught:
        receive({"order": "ServiceRequest/o1"} | said)
    assert [complaint.pointer for complaint in caught.value.complaints] == [pointer]
