"""500 fetches through a proxy that spoils answers: each ends in one of three ways, in time.

A complete chart, equal to that of an undisturbed fetch; a chart whose manifest says what is
missing; or a typed error. None is late, and none has a resource of another patient.
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from random import Random
from time import monotonic

import pytest

from nodes.errors import NodeError
from tests.fhir.faults import FAULTS, HARMLESS, HOSTILE
from tests.fhir.fetching import fetched
from tests.fhir.judging import Outcome, foreign, verdict
from tests.fhir.proxy import CANARY, Memory, Plan, Proxy

RUNS = int(os.environ.get("FETCH_FAULTS", "500"))
CHUNKS = 10
AT_ONCE = 6
DEADLINE, GRACE = 2, 1.5
KEYS = ("spine", "meniscus", "cpap", "adalimumab")
memory = Memory()
tally: Counter[str] = Counter()


@pytest.fixture(scope="module")
def good(sekmet, charts):
    """The same order's chart without any fault."""

    @cache
    def fetch(key):
        with Proxy(sekmet.root, count=20, memory=memory) as proxy:
            return fetched(proxy.base_url, charts[0], key)

    return fetch


def plan(seed):
    """A mix of one to four faults, more or less often."""
    chance = Random(seed)
    faults = chance.sample(sorted(FAULTS), chance.randint(1, 4))
    return Plan(tuple(faults), rate=chance.choice((0.1, 0.2, 0.4)), seed=seed)


def tried(sekmet, chart, key, plan, timeout=DEADLINE):
    """One fetch through the proxy, and what the proxy saw."""
    with Proxy(sekmet.root, plan, count=20, memory=memory) as proxy:
        began = monotonic()
        answer = error = None
        try:
            answer = fetched(proxy.base_url, chart, key, timeout=timeout)
        except NodeError as problem:
            error = problem
        outcome = Outcome(answer, error, monotonic() - began)
        assert not proxy.trapped(), "a link to another origin was followed"
        return outcome, proxy


def judged(outcome, proxy, good):
    """The verdict; it fails with the seed that shows the same again."""
    try:
        found = verdict(outcome, good)
        assert outcome.seconds < DEADLINE + GRACE, f"{outcome.seconds:.1f} s"
        if outcome.answer:
            assert CANARY not in outcome.answer.model_dump_json()
            assert (
                "intruder"
                not in outcome.answer.chart.model_copy(update={"manifest": None}).model_dump_json()
            )
    except AssertionError as problem:
        raise AssertionError(f"{proxy.plan} {dict(proxy.tally())}: {problem}") from problem
    return found


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_spoilt_fetch_ends_well(sekmet, charts, good, chunk):
    seeds = range(chunk, RUNS, CHUNKS)
    keys = [KEYS[seed % len(KEYS)] for seed in seeds]
    for key in set(keys):
        good(key)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = [
            pool.submit(tried, sekmet, charts[0], key, plan(seed))
            for seed, key in zip(seeds, keys, strict=True)
        ]
        done = [run.result() for run in runs]
    bad = []
    for (outcome, proxy), key in zip(done, keys, strict=True):
        tally.update(f"fault: {name}" for name in proxy.tally().elements())
        try:
            tally[judged(outcome, proxy, good(key))] += 1
        except AssertionError as problem:
            bad.append(str(problem))
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_fault_costs_nothing(sekmet, charts, good, name):
    """On every answer, or once where it asks to come again."""
    again = name.endswith(", now")
    spoil = Plan((name,), seed=3, times=(1,) if again else (99,), only="?" if again else "")
    outcome, proxy = tried(sekmet, charts[0], "spine", spoil, timeout=20)
    assert outcome.error is None
    assert proxy.tally()[name]
    assert judged(outcome, proxy, good("spine")) == "complete" or again


@pytest.mark.parametrize("name", ["another patient", "no patient"])
def test_what_is_not_the_patients_is_left_out_and_named(sekmet, charts, name):
    spoil = Plan((name,), seed=5, only="Observation?", times=(99,))
    outcome, proxy = tried(sekmet, charts[0], "meniscus", spoil, timeout=20)
    assert proxy.tally()[name]
    left_out = foreign(outcome.answer)
    assert len({one.what for one in left_out}) >= 1
    assert {one.reason for one in left_out} == {name.replace(" ", "_")}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_fault_on_one_type_leaves_the_rest(sekmet, charts, good, name):
    """Conditions never come as they should: a chart without them, or an error."""
    spoil = Plan((name,), seed=1, only="Condition?", times=(99,))
    outcome, proxy = tried(sekmet, charts[0], "spine", spoil)
    assert proxy.tally()[name]
    assert judged(outcome, proxy, good("spine")) in {"says what is missing", "typed error"}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_order_that_cannot_be_read_is_a_typed_error(sekmet, charts, good, name):
    spoil = Plan((name,), seed=1, only="/fhir/ServiceRequest/p0-72148", times=(99,))
    outcome, proxy = tried(sekmet, charts[0], "spine", spoil)
    assert outcome.answer is None or not proxy.tally()
    assert judged(outcome, proxy, good("spine")) in {"typed error", "complete"}


def test_the_tally(sekmet_installed):
    """Of the mixes above: every fault happened, and each end was met."""
    ends = {what: count for what, count in tally.items() if not what.startswith("fault: ")}
    if sum(ends.values()) < RUNS or RUNS < 500:
        pytest.skip("not all of the mixes were tried")
    print("\n" + "\n".join(f"{count:6} {what}" for what, count in sorted(tally.items())))
    assert ends.keys() == {"complete", "says what is missing", "typed error"}
    assert {f"fault: {name}" for name in FAULTS} <= tally.keys()
