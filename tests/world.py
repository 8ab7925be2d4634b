"""What is impure, fixed: keyword arguments for each node's example (``for_<module>``)."""

import json
from urllib.parse import urlsplit

from flask import Flask

from nodes.catalog import NODES
from nodes.http import Answer
from nodes.settings import HttpChannel
from server.sandbox import ehr, payer
from tests import gates
from tests.ehr import case_and_chart as case_and_chart
from tests.ehr import for_fetch_chart as for_fetch_chart

PAYER = "http://sandbox.test/sandbox/payer/278"


def for_receive_order():
    return {"ehrs": for_fetch_chart()["ehrs"]}


def for_find_orders():
    return {name: for_fetch_chart()[name] for name in ("ehrs", "call")}


def for_find_patient():
    return for_find_orders()


def for_write_back():
    """The sandbox EHR in process, which has forgotten what was written to it."""
    ehr.reset()
    return {name: for_fetch_chart()[name] for name in ("ehrs", "call", "now")}


def for_assemble_packet():
    return {"principal": gates.PREPARER, "key": gates.key}


def for_attest():
    return {"principal": gates.REVIEWER, "key": gates.key, "now": gates.now}


def for_verify_attestation():
    return {"key": gates.key, "now": gates.now}


def for_submit_request():
    """The channel leads to the sandbox payer, in process."""
    return {
        "key": gates.key,
        "now": gates.now,
        "channels": lambda: {"sandbox-payer": HttpChannel(kind="http", url=PAYER)},
        "send": to_payer,
    }


def for_send_inquiry():
    """The channel leads to the sandbox payer, which knows what submit-request's example sent."""
    return {"channels": for_submit_request()["channels"], "send": to_payer_again, "now": gates.now}


def to_payer_again(url, *, body, headers, timeout, token):
    """Post an inquiry to the sandbox payer right after the request it is about."""
    sent = json.loads(NODES["submit-request"].example("request"))["packet"]["transaction"]["edi"]
    first = to_payer(url, body=sent.encode(), headers=headers, timeout=timeout, token=token)
    assert first.status == 200
    return to_payer(url, body=body, headers=headers, timeout=timeout, token=token, keep=True)


def to_payer(url, *, body, headers, timeout, token, keep=False):
    """Post to the sandbox payer without a network; it forgets what it knew before, unless told."""
    app = Flask("sandbox-payer")
    app.register_blueprint(payer.blueprint)
    if not keep:
        payer.reset()
    answer = app.test_client().post(urlsplit(url).path, data=body, headers=headers)
    return Answer(answer.status_code, dict(answer.headers), answer.data)


def same_assemble_packet(actual, expected):
    """Compare all but the seal's signature, which is random in ES256."""
    return (
        unsigned(actual.draft_seal) == unsigned(expected.draft_seal)
        and actual.model_copy(update={"draft_seal": expected.draft_seal}) == expected
    )


def same_attest(actual, expected):
    """Compare all but the signature, which is random in ES256."""
    mine, other = actual.attestation, expected.attestation
    return (
        unsigned(mine.jws) == unsigned(other.jws)
        and mine.model_copy(update={"jws": other.jws}) == other
    )


def unsigned(jws):
    """A JWS without its signature."""
    return jws.rpartition(".")[0]
