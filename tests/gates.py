"""A sandbox patient's packet, the people around it and a TEST key, for the tests of the gates."""

import json
from datetime import UTC, datetime
from functools import cache

from nodes.assemble_packet import AssemblePacketRequest, assemble_packet
from nodes.attest import AttestRequest, attest
from nodes.build_278 import Build278Request, Envelope, build_278
from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.fill_form import FillFormRequest, fill_form
from nodes.principal import Principal
from nodes.settings import Signing
from nodes.signing import key_of
from nodes.summarize import SummarizeRequest, summarize
from tests.ehr import AS_OF, fetched

ENVELOPE = Envelope(sender="RIVERBEND", receiver="SBXHP01")
CREATED = datetime(2026, 11, 20, 9, 30)
NOW = datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC)
STATEMENT = "I have read this request and it is true."

# A key for tests only. It protects nothing: never configure it on a server.
TEST_KEY = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgofzbso/ANjoc0z+Y
Fn4z4tRFtpZeyIn+JHcdWjLPKeihRANCAASk9ioxha5gvEGOQ1HbkZRKv1s/icKB
jHzoyC358GuQR/wgIlyGbxcMomlPwCXnMIuZQBWhIVabFRTZOT9Q/wfh
-----END PRIVATE KEY-----
"""
KEY = key_of(Signing(key=TEST_KEY, issuer="https://prior-auth.test", days=30))
PREPARER = Principal(
    subject="n8n-workflow", name="n8n", kind="service", roles=frozenset({"preparer", "submitter"})
)
REVIEWER = Principal(
    subject="dwhitfield",
    name="Dana Whitfield",
    title="MD",
    kind="person",
    roles=frozenset({"reviewer"}),
)


def key():
    return KEY


def now():
    return NOW


def built(**changes):
    """What build-278 is asked for Maria Lopez."""
    given = {"case": fetched("lopez").case, "envelope": ENVELOPE, "created_at": CREATED}
    return Build278Request(**(given | changes))


def chart():
    return fetched("lopez").chart


@cache
def assessment():
    asked = CheckPolicyRequest(case=built().case, chart=chart(), as_of=AS_OF)
    return check_policy(asked).assessment


@cache
def summary():
    asked = SummarizeRequest(case=built().case, chart=chart(), assessment=assessment())
    return summarize(asked).summary


def form(**changes):
    """The form as filled for the case, with fields of the answer changed."""
    return filled(summary()).model_copy(update=changes)


@cache
def filled(told, case=None):
    asked = FillFormRequest(case=case or built().case, summary=told, assessment=assessment())
    return fill_form(asked).form


def parts(**changes):
    given = {
        "case": built().case,
        "chart": chart(),
        "assessment": assessment(),
        "summary": summary(),
        "form": form(),
        "transaction": build_278(built()).transaction,
    }
    return AssemblePacketRequest(**(given | changes))


def assembled(**changes):
    if not changes:
        return whole_packet()
    return assemble_packet(parts(**changes), principal=PREPARER, key=key)


@cache
def whole_packet():
    return assemble_packet(parts(), principal=PREPARER, key=key)


def attested(whole=None, principal=REVIEWER):
    whole = whole or assembled()
    request = AttestRequest(packet=whole.packet, draft_seal=whole.draft_seal, statement=STATEMENT)
    return attest(request, principal=principal, key=key, now=now).attestation


def to_json(value):
    return json.dumps(value)
