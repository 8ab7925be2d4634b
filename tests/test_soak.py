"""Orders to submission under random faults: none lost, none sent twice, none without attestation.

``SOAK_RUNS`` sets how many; ``make soak`` runs 10,000. The sandbox payer and EHR are a process
of their own; the node server is killed and started again while cases are on their way, the payer
fails before and after it acts, events come twice, and every case is also tried unattested, with
a changed packet and with another case's attestation.
"""

import json
import os
import random
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import monotonic, sleep

import pytest

from nodes.errors import NodeError, UpstreamFailed
from nodes.http import get, post
from server.road import Road, Stopped, Walk
from server.trial import free_port, furnish, serving

RUNS = int(os.environ.get("SOAK_RUNS", "150"))
SEED = int(os.environ.get("SOAK_SEED", "20261120"))
CLERKS = 6
PATIENCE = 240.0
ORDERS = {
    "ServiceRequest/sr-lopez-mri": ("Patient/pt-lopez", "certified"),
    "DeviceRequest/dr-okafor-cgm": ("Patient/pt-okafor", "pended"),
    "DeviceRequest/dr-nguyen-cpap": ("Patient/pt-nguyen", "modified"),
    "ServiceRequest/sr-berg-mri": ("Patient/pt-berg", "denied"),
    "ServiceRequest/sr-costa-mri": ("Patient/pt-costa", "certified"),
    "ServiceRequest/sr-dumas-mri": ("Patient/pt-dumas", "rejected"),
}
PASSING = {429, 502, 503, 504}


@dataclass
class Ledger:
    """What became of every case."""

    outcomes: dict[str, set[str]] = field(default_factory=dict)
    traces: dict[str, set[str]] = field(default_factory=dict)
    refused: Counter = field(default_factory=Counter)
    slips: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def close(self, case_id, outcome, trace):
        with self.lock:
            self.outcomes.setdefault(case_id, set()).add(outcome)
            self.traces.setdefault(case_id, set()).add(trace)


def insist(step, *arguments):
    """Do a step again, as the workflow's retry loop does, until it answers or patience ends."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            return step(*arguments)
        except Stopped as stopped:
            if stopped.status not in PASSING or monotonic() > deadline:
                raise
        except UpstreamFailed:
            if monotonic() > deadline:
                raise
        sleep(0.05)


def once_refused(ledger, road, walk, name, body):
    """Try what must not pass; anything but a refusal is a slip."""

    def attempt():
        road.call(Walk(walk.event, audit=list(walk.audit)), "submit-request", body)

    try:
        insist(attempt)
    except Stopped as stopped:
        with ledger.lock:
            if stopped.status in (409, 422):
                ledger.refused[name] += 1
            else:
                ledger.slips.append(f"{name}: {stopped.status}")
    else:
        ledger.slips.append(f"{name} was sent")


def attack(ledger, road, walk, other):
    """Submit without attestation, with a changed packet, with another packet's attestation."""
    packet = walk["assemble-packet"]["packet"]
    good = walk["attest"]["attestation"]
    blank = good | {"jws": "", "packet_sha256": walk["assemble-packet"]["packet_sha256"]}
    changed = json.loads(json.dumps(packet))
    changed["case"]["service_lines"][0]["quantity"] = 99
    tries = {"unattested": (packet, blank), "changed": (changed, good)}
    if other and other["packet_sha256"] != good["packet_sha256"]:
        tries["borrowed"] = (packet, other)
    for name, (content, attestation) in tries.items():
        body = {"packet": content, "attestation": attestation, "channel": road.channel}
        once_refused(ledger, road, walk, name, body)


def clerk(ledger, road, number, shared):
    """Walk one case to its end, as the workflow would, with its share of trouble."""
    chance = random.Random(SEED + number)
    order = chance.choice(list(ORDERS))
    patient, _ = ORDERS[order]
    event = {
        "case_id": f"SOAK-{number}",
        "order": order,
        "patient": {"id": patient},
        "occurred": "2026-11-20",
    }
    for _ in range(2 if chance.random() < 0.15 else 1):
        walk = Walk(event)
        assert insist(road.look, walk)["status"] == "met"
        insist(road.draft, walk, "2026-11-20T09:30:00")
        insist(road.attest, walk)
        if chance.random() < 0.2:
            attack(ledger, road, walk, shared.get("attestation"))
        shared["attestation"] = walk["attest"]["attestation"]
        for _ in range(2 if chance.random() < 0.1 else 1):
            answer = insist(road.submit, walk)
            ledger.close(
                event["case_id"], answer["outcome"], walk["submit-request"]["trace_number"]
            )


def trouble(payer, trial, stop, chance, held):
    """Break things until told to stop: the payer before and after it acts, the server itself."""
    faults = (
        {"down": 1, "status": 500},
        {"down": 2, "status": 503},
        {"drop_after_processing": 2},
        {"down": 1, "status": 429},
        {"drop_after_processing": 1},
    )
    while not stop.wait(chance.uniform(0.05, 0.4)):
        fault = json.dumps(chance.choice(faults)).encode()
        post(
            f"{payer}/faults",
            body=fault,
            headers={"Content-Type": "application/json"},
            timeout=10,
            token=None,
        )
        if chance.random() < 0.02:
            os.killpg(held["process"].pid, signal.SIGKILL)
            held["process"].wait()
            held["kills"] += 1
            held["process"] = held["stack"].enter_context(serving(trial))


@pytest.mark.slow
def test_no_order_is_lost_or_sent_twice_or_unattested(tmp_path):
    ledger = Ledger()
    with ExitStack() as stack:
        world = furnish(tmp_path / "sandbox", f"http://127.0.0.1:{free_port()}")
        stack.enter_context(serving(world, "--sandbox"))
        trial = furnish(
            tmp_path / "nodes",
            f"http://127.0.0.1:{free_port()}",
            sandbox_url=world.base_url,
        )
        payer = f"{world.base_url}/sandbox/payer"
        road = Road(trial.base_url, trial.service_token, trial.reviewer_token)
        held = {"stack": stack, "kills": 0, "process": stack.enter_context(serving(trial))}
        stop = threading.Event()
        breaker = threading.Thread(
            target=trouble,
            args=(payer, trial, stop, random.Random(SEED), held),
        )
        breaker.start()
        try:
            with ThreadPoolExecutor(CLERKS) as pool:
                shared: dict[str, object] = {}
                list(pool.map(lambda number: clerk(ledger, road, number, shared), range(RUNS)))
        finally:
            stop.set()
            breaker.join()
        state = json.loads(insist(fetch_state, payer))

    seen = {one["trace"]: one for one in state["requests"]}
    ours = {trace for traces in ledger.traces.values() for trace in traces}
    report(ledger, seen, held["kills"])
    assert ledger.slips == []
    assert len(ledger.outcomes) == RUNS, "a case was lost"
    assert all(len(traces) == 1 for traces in ledger.traces.values()), "a case was sent as two"
    assert all(len(outcomes) == 1 for outcomes in ledger.outcomes.values()), "two answers"
    assert len(ours) == RUNS, "two cases share a trace number"
    assert set(seen) == ours, "the payer knows a request that no case sent, or lacks one"
    assert min(ledger.refused[name] for name in ("unattested", "changed")) > 0


def fetch_state(payer):
    """Ask the sandbox payer what it received."""
    try:
        return get(f"{payer}/state", headers={}, timeout=30, token=None).body
    except NodeError as error:
        raise UpstreamFailed(str(error)) from None


def report(ledger, seen, kills):
    """Say what happened, for ``make soak``."""
    outcomes = Counter(outcome for found in ledger.outcomes.values() for outcome in found)
    repeats = sum(one["times"] - 1 for one in seen.values())
    print(
        f"\n{len(ledger.outcomes)} of {RUNS} cases answered {dict(outcomes)}; the payer saw"
        f" {len(seen)} requests and {repeats} repeats of them; the server was killed {kills} times;"
        f" refused: {dict(ledger.refused)}; slipped through: {len(ledger.slips)}"
    )
