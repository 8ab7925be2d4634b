"""A webhook of DrChrono: who sent it, and that new orders have to be looked up.

Source: DrChrono API v4 documentation, Webhooks. As documented there: the header
``X-drchrono-signature`` holds the webhook's secret token itself, not a signature of the body; the
callback address is verified by a GET with ``msg``, answered with the HMAC-SHA256 of it under that
token; there is no event for orders. The patient's number in a body is one of the REST API, whose
ids are not those of the FHIR server: another patient may have it there, so it is not asked for.
"""

import hashlib
import hmac

from pydantic import Field, SecretStr

from nodes.audit import Model
from nodes.case import Text
from nodes.ehr.arriving.arrival import Arrival, lacking
from nodes.ehr.arriving.order import Lookup
from nodes.errors import Complaint, NotAllowed, NotConfigured
from nodes.fhir import tree
from nodes.fhir.tree import Resource

# A medication may be the order itself; the others end the work in which orders are written.
ORDERING = {
    "PATIENT_MEDICATION_CREATE": "a medication was added",
    "PATIENT_MEDICATION_MODIFY": "a medication was changed",
    "CLINICAL_NOTE_LOCK": "a clinical note was signed",
    "APPOINTMENT_CREATE": "an appointment was made",
    "APPOINTMENT_MODIFY": "an appointment was changed",
}
NUMBERED = "its patient's number is no FHIR id: every new order is looked for"


class DrChronoDelivery(Model):
    """What DrChrono says beside the body: its headers, or the ``msg`` of a verification."""

    event: Text | None = Field(default=None, description="X-drchrono-event")
    signature: SecretStr | None = Field(default=None, description="X-drchrono-signature")
    msg: Text | None = Field(default=None, description="Of the GET that verifies the address")


def read(delivery: DrChronoDelivery, body: Resource | None, secret: SecretStr | None) -> Arrival:
    """Check who sent a webhook and say whether to look up new orders.

    Raises NotConfigured without a secret in the settings, NotAllowed for a wrong token.
    """
    if secret is None:
        raise NotConfigured("settings: ehrs: webhook_secret is missing for this EHR")
    token = secret.get_secret_value()
    if delivery.msg is not None:
        answer = hmac.new(token.encode(), delivery.msg.encode(), hashlib.sha256).hexdigest()
        return Arrival(nothing="the address was verified", secret_token=answer)
    given = delivery.signature.get_secret_value() if delivery.signature else ""
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise NotAllowed("this webhook does not carry the secret token of its EHR")
    if delivery.event is None:
        raise lacking([Complaint("/drchrono/event", "the header X-drchrono-event")])
    if delivery.event not in ORDERING:
        ping = delivery.event == "PING"
        return Arrival(nothing="a ping" if ping else "an event that is about no order")
    _must_name_a_patient(body)
    return Arrival(lookups=[Lookup(why=f"{ORDERING[delivery.event]}; {NUMBERED}")])


def _must_name_a_patient(body: Resource | None) -> None:
    said = tree.number(body, "object", "patient")
    if said is None or said != int(said) or said < 1:
        raise lacking([Complaint("/event/object/patient", "the patient's number")])
