"""The tree's logic: what is exact, what is bounded, and the way that is closest."""

from random import Random
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.policy.blocking import blocking
from nodes.policy.closest import Path, closest
from nodes.policy.importance import importance
from nodes.policy.logic import MIXED, Gate, Leaf, Not, circuit, statuses
from nodes.policy.ways import CAP, TRIED, from_met, missing, reversed_, to_met
from tests.nodes.policy_trees import Table, grown

MOST = 0.025


def both_ways(*names):
    """Met whatever the answers are, but only for one who reads each leaf as one question."""
    pairs = [Gate(f"any-{name}", 1, (Leaf(name), Not(f"not-{name}", Leaf(name)))) for name in names]
    return Gate("root", len(pairs), tuple(pairs))


def test_a_question_asked_both_ways_is_one_question():
    tree = both_ways("a", "b")
    assert statuses(tree, {}) == {
        "a": "unknown", "b": "unknown", "not-a": "unknown", "not-b": "unknown",
        "any-a": "met", "any-b": "met", "root": "met",
    }  # fmt: skip
    assert circuit(tree).mixed == (0, 1)


def test_beyond_the_bound_the_status_is_the_cautious_one():
    names = [f"l{n}" for n in range(MIXED + 1)]
    assert statuses(both_ways(*names[:MIXED]), {})["root"] == "met"
    assert statuses(both_ways(*names), {})["root"] == "unknown"
    assert statuses(both_ways(*names), {"l0": "met"})["root"] == "met"


def test_a_repeated_question_is_asked_for_once():
    care = Leaf("care")
    tree = Gate("any", 1, (Gate("x", 2, (care, Leaf("a"))), Gate("y", 2, (care, Leaf("b")))))
    found = missing(circuit(tree), {}, {"care": 1, "a": 1, "b": 1})
    assert found == [frozenset({"care", "a"}), frozenset({"care", "b"})]
    assert closest(circuit(tree), {"care": "met"}) == Path(0, 1, 2, ("care", "a"), open=("a",))
    assert importance(tree, {})["care"] == 0.75


def test_the_cheapest_set_comes_first():
    tree = Gate("any", 1, (Leaf("visit"), Gate("two", 2, (Leaf("note"), Leaf("letter")))))
    found = missing(circuit(tree), {}, {"visit": 4, "note": 1, "letter": 2})
    assert found == [frozenset({"note", "letter"}), frozenset({"visit"})]


def test_closest_prefers_what_is_not_contradicted():
    tree = Gate("any", 1, (Leaf("a"), Gate("both", 2, (Leaf("b"), Leaf("c")))))
    found = closest(circuit(tree), {"a": "not_met", "b": "met"})
    assert found == Path(0, 1, 2, ("b", "c"), open=("c",))


def test_what_nobody_is_asked_for_is_the_last_way():
    tree = Gate("any", 1, (Leaf("disease"), Gate("both", 2, (Leaf("b"), Leaf("c")))))
    told = {"disease": "not_met", "b": "not_met"}
    assert closest(circuit(tree), told).leaves == ("disease",)
    way = closest(circuit(tree), told, never={"disease"})
    assert (way.against, way.open, way.lacks) == (("b",), ("c",), ("b", "c"))


def test_an_exclusion_that_does_not_apply_lacks_nothing_and_one_that_does_blocks():
    tree = Gate("all", 3, (Leaf("a"), Not("n1", Leaf("x")), Not("n2", Leaf("y"))))
    told = {"a": "met", "x": "not_met", "y": "met"}
    way = closest(circuit(tree), told)
    assert way.lacks == way.against == ("y",)
    assert blocking(circuit(tree), told, way) == ("y",)
    open_ = {"a": "unknown", "x": "not_met", "y": "unknown"}
    assert blocking(circuit(tree), open_, closest(circuit(tree), open_)) == ("a", "y")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**40))
def test_the_closest_way_holds_exactly_when_met(seed):
    tree, told = grown(seed, once=True)
    way, status = closest(circuit(tree), told), statuses(tree, told)[tree.id]
    assert (way.lacking == 0) == (status == "met")
    assert (way.contrary > 0) == (status == "not_met")
    assert way.length == len(set(way.leaves))


def quickest(run):
    """The least CPU time of a few runs: what is measured is the work, not the neighbours."""
    run()
    times = []
    for _ in range(5):
        began = process_time()
        run()
        times.append(process_time() - began)
    return min(times)


def test_a_wide_policy_takes_no_time():
    leaves = tuple(Leaf(f"l{n}") for n in range(32))
    pairs = tuple(Gate(f"g{n}", 1, leaves[2 * n : 2 * n + 2]) for n in range(16))
    costs = {leaf.id: 1 + place % 5 for place, leaf in enumerate(leaves)}
    for tree in (Gate("some", 8, leaves), Gate("all", 16, pairs), Gate("every", 32, leaves)):
        laid = circuit(tree)
        found = missing(laid, {}, costs)
        assert 1 <= len(found) <= CAP
        paid = [sum(costs[name] for name in one) for one in found]
        assert paid == sorted(paid)
        assert quickest(lambda laid=laid: missing(laid, {}, costs)) <= MOST


def test_the_cheapest_sets_are_kept_of_too_many():
    leaves = tuple(Leaf(f"l{n}") for n in range(32))
    costs = {leaf.id: 1 + place % 5 for place, leaf in enumerate(leaves)}
    found = missing(circuit(Gate("some", 8, leaves)), {}, costs)
    assert sum(costs[name] for name in found[0]) == sum(sorted(costs.values())[:8])
    assert len(found) == CAP


def tangled(random, names):
    """A tree in which every leaf counts both ways."""
    clauses = []
    for place in range(6):
        three = [
            Leaf(name) if random.random() < 0.5 else Not(f"n{place}{name}", Leaf(name))
            for name in random.sample(names, 3)
        ]
        clauses.append(Gate(f"c{place}", random.choice((1, 2)), tuple(three)))
    return Gate("root", random.choice((3, 6)), tuple(clauses))


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**40))
def test_beyond_the_bound_sets_still_turn_the_whole(seed):
    random = Random(seed)
    names = [f"l{n}" for n in range(TRIED + 3)]
    tree = tangled(random, names)
    told = {name: random.choice(("met", "not_met", "unknown", "unknown")) for name in names}
    table, laid = Table(tree), circuit(tree)
    told = {name: told[name] for name in table.names}
    status = table.status(told)
    assert statuses(tree, told)[tree.id] == status
    costs = dict.fromkeys(told, 1)
    for one in (*missing(laid, told, costs), *to_met(laid, told, costs)):
        decided = [name for name in one if told[name] != "unknown"]
        assert table.can_be_met(reversed_(told, decided), [n for n in one if n not in decided])
    for one in from_met(laid, told) if status == "met" else ():
        assert table.status(reversed_(told, one)) != "met"
    assert set(blocking(laid, told, closest(laid, told))) <= set(told)
