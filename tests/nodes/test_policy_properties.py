"""What the deciding core promises, each held against brute force on a thousand random trees.

The trees have negations, gates of every width, questions at several places and both ways.
"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.policy.blocking import blocking
from nodes.policy.closest import closest, unsettled
from nodes.policy.importance import importance
from nodes.policy.logic import Gate, Leaf, circuit, statuses
from nodes.policy.ways import from_met, missing, reversed_, to_met
from tests.nodes.policy_trees import Table, grown, leaves, minimal

pytestmark = pytest.mark.slow
SEEDS = st.integers(0, 2**40)
RANK = {"not_met": 0, "unknown": 1, "met": 2}
thousand = settings(max_examples=1000, deadline=None)


@thousand
@given(SEEDS)
def test_status_is_what_every_completion_agrees_on(seed):
    tree, told = grown(seed, most=9)
    assert statuses(tree, told)[tree.id] == Table(tree).status(told)


@thousand
@given(SEEDS)
def test_the_status_of_every_part_too(seed):
    tree, told = grown(seed, most=5)
    found = statuses(tree, told)
    for part in parts(tree):
        assert found[part.id] == Table(part).status(told)


def parts(tree):
    below = getattr(tree, "children", None) or filter(None, [getattr(tree, "child", None)])
    return [tree, *(part for child in below for part in parts(child))]


@thousand
@given(SEEDS)
def test_missing_sets_are_the_minimal_ones(seed):
    tree, told = grown(seed)
    table = Table(tree)
    open_ = [name for name, status in told.items() if status == "unknown"]
    costs = {name: 1 + place % 3 for place, name in enumerate(open_) if (seed + place) % 4}
    found = missing(circuit(tree), told, costs)
    assert len(found) == len(set(found))
    assert set(found) == minimal(costs, lambda chosen: table.can_be_met(told, chosen))
    paid = [sum(costs[name] for name in one) for one in found]
    assert paid == sorted(paid)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_missing_sets_of_ten_leaves(seed):
    tree, _ = grown(seed, most=10)
    table, told = Table(tree), dict.fromkeys(leaves(tree), "unknown")
    costs = dict.fromkeys(told, 1)
    wanted = minimal(costs, lambda chosen: table.can_be_met(told, chosen))
    assert set(missing(circuit(tree), told, costs)) == wanted


@thousand
@given(SEEDS)
def test_the_least_changes_that_make_it_met(seed):
    tree, told = grown(seed, most=6)
    table = Table(tree)

    def turns(chosen):
        decided = [name for name in chosen if told[name] != "unknown"]
        open_ = [name for name in chosen if told[name] == "unknown"]
        return table.can_be_met(reversed_(told, decided), open_)

    assert set(to_met(circuit(tree), told, dict.fromkeys(told, 1))) == minimal(told, turns)


@thousand
@given(SEEDS)
def test_the_least_changes_that_undo_it(seed):
    tree, told = grown(seed)
    table = Table(tree)
    if table.status(told) != "met":
        tree = Gate("either", 1, (tree, Leaf("sure")))
        table, told = Table(tree), told | {"sure": "met"}
    decided = [name for name, status in told.items() if status != "unknown"]
    wanted = minimal(decided, lambda chosen: table.status(reversed_(told, chosen)) != "met")
    assert set(from_met(circuit(tree), told)) == wanted


@thousand
@given(SEEDS)
def test_importance_is_the_share_of_ways_in_which_a_leaf_decides(seed):
    tree, told = grown(seed, most=8)
    table, found = Table(tree), importance(tree, told)
    for name in told:
        shares = [table.outcomes(told | {name: status}) for status in ("met", "not_met")]
        better, worse = (sum(share) / len(share) for share in shares)
        assert abs(found[name] - (better - worse)) < 1e-9


@thousand
@given(SEEDS)
def test_what_nothing_hangs_on_is_not_asked_for(seed):
    tree, told = grown(seed)
    laid, found = circuit(tree), importance(tree, told)
    open_ = [name for name, status in told.items() if status == "unknown"]
    asked = frozenset().union(*missing(laid, told, dict.fromkeys(open_, 1)))
    both = {laid.leaves[place] for place in laid.mixed}
    assert all(found[name] for name in asked - both)
    if not both & set(open_):  # an answer that counts both ways can make another one needless
        assert not any(found[name] for name in set(open_) - asked)


@thousand
@given(SEEDS)
def test_what_blocks_by_itself(seed):
    tree, told = grown(seed)
    table, laid = Table(tree), circuit(tree)
    way, whole = closest(laid, told), table.status(told)
    opened = told | dict.fromkeys(way.against, "unknown")
    wanted = {
        "met": set(),
        "not_met": {n for n in way.against if table.status(opened | {n: told[n]}) == "not_met"},
        "unknown": {
            name
            for name, status in told.items()
            for answer in ("met", "not_met")
            if status == "unknown" and table.status(told | {name: answer}) == "not_met"
        },
    }
    assert set(blocking(laid, told, way)) == wanted[whole]


@thousand
@given(SEEDS)
def test_what_blocks_is_answered_against_its_place(seed):
    tree, told = grown(seed, once=True)
    laid = circuit(tree)
    status, way = statuses(tree, told)[tree.id], closest(laid, told)
    against = {laid.leaves[n] for n in laid.against}
    found = blocking(laid, told, way)
    assert bool(found) or status != "not_met"
    assert status != "not_met" or found == way.against
    for name in (*found, *way.against) if status == "not_met" else ():
        assert told[name] == ("met" if name in against else "not_met")
    for name, wanted in unsettled(tree, statuses(tree, told)).items():
        assert told[name] != ("met" if wanted else "not_met")
        assert wanted == (name not in against)
    assert status == "met" or set(way.lacks) <= set(unsettled(tree, statuses(tree, told)))


@thousand
@given(SEEDS, SEEDS)
def test_a_favourable_answer_never_makes_it_worse(seed, which):
    tree, told = grown(seed)
    laid, names = circuit(tree), sorted(told)
    name = names[which % len(names)]
    place = laid.leaves.index(name)
    if place in laid.mixed:
        status = "met" if which % 2 else "not_met"
        allowed = {"met", "not_met"} if told[name] == "unknown" else set()
        before = statuses(tree, told)[tree.id]
        after = statuses(tree, told | {name: status})[tree.id]
        assert before == "unknown" or not allowed or after == before
        return
    good = "not_met" if place in laid.against else "met"
    before, after = statuses(tree, told), statuses(tree, told | {name: good})
    assert RANK[after[tree.id]] >= RANK[before[tree.id]]


@thousand
@given(SEEDS)
def test_a_conflict_read_both_ways_is_unknown_only_where_the_readings_differ(seed):
    tree, told = grown(seed)
    table = Table(tree)
    disputed = [name for name, status in told.items() if status == "unknown"][:2]
    readings = {
        table.status(told | dict(zip(disputed, reading, strict=True)))
        for reading in product(("met", "not_met"), repeat=len(disputed))
    }
    agreed = readings.pop() if len(readings) == 1 else "unknown"
    assert statuses(tree, told)[tree.id] == agreed
