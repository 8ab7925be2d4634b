"""The tree's logic against brute force over every completion."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.policy.logic import Gate, Leaf, Not, Path, closest, missing, statuses


@st.composite
def trees(draw, depth=3):
    names = iter(f"l{n}" for n in range(1000))

    def build(level):
        kind = draw(st.sampled_from(["leaf", "gate", "gate", "not"])) if level else "leaf"
        if kind == "leaf":
            return Leaf(next(names))
        if kind == "not":
            return Not(f"not-{next(names)}", build(level - 1))
        children = tuple(build(level - 1) for _ in range(draw(st.integers(1, 3))))
        return Gate(f"g-{next(names)}", draw(st.integers(1, len(children))), children)

    return build(depth)


def leaves(tree):
    if isinstance(tree, Leaf):
        return [tree.id]
    below = [tree.child] if isinstance(tree, Not) else tree.children
    return [leaf for child in below for leaf in leaves(child)]


def truth(tree, known):
    if isinstance(tree, Leaf):
        return known[tree.id]
    if isinstance(tree, Not):
        return not truth(tree.child, known)
    return sum(truth(child, known) for child in tree.children) >= tree.need


@st.composite
def questions(draw):
    tree = draw(trees().filter(lambda one: len(leaves(one)) <= 9))
    status = st.sampled_from(["met", "not_met", "unknown"])
    return tree, {leaf: draw(status) for leaf in leaves(tree)}


def completions(answers):
    open_ = [leaf for leaf, status in answers.items() if status == "unknown"]
    fixed = {leaf: status == "met" for leaf, status in answers.items() if status != "unknown"}
    for values in product([True, False], repeat=len(open_)):
        yield fixed | dict(zip(open_, values, strict=True))


@settings(max_examples=300, deadline=None)
@given(questions())
def test_status_is_what_every_completion_agrees_on(question):
    tree, answers = question
    outcomes = {truth(tree, known) for known in completions(answers)}
    expected = "unknown" if len(outcomes) == 2 else "met" if outcomes == {True} else "not_met"
    assert statuses(tree, answers)[tree.id] == expected


def shows(tree, answers, chosen):
    """Whether some answers to just the chosen leaves make the tree met whatever the others are."""
    for values in product(["met", "not_met"], repeat=len(chosen)):
        given_ = answers | dict(zip(chosen, values, strict=True))
        if statuses(tree, given_)[tree.id] == "met":
            return True
    return False


@settings(max_examples=200, deadline=None)
@given(questions(), st.integers(0, 4))
def test_missing_sets_are_the_minimal_ones(question, hidden):
    tree, answers = question
    open_ = sorted(leaf for leaf, status in answers.items() if status == "unknown")
    askable = frozenset(open_[hidden:]) if hidden < 3 else frozenset(open_)
    found = missing(tree, answers, askable)
    minimal = []
    for size in range(len(askable) + 1):
        for chosen in combinations(sorted(askable), size):
            smaller = any(set(one) <= set(chosen) for one in minimal)
            if not smaller and shows(tree, answers, chosen):
                minimal.append(chosen)
    assert {tuple(sorted(one)) for one in found} == set(minimal)


@settings(max_examples=200, deadline=None)
@given(questions(), st.data())
def test_an_answer_never_undoes_a_decision(question, data):
    tree, answers = question
    before = statuses(tree, answers)[tree.id]
    open_ = [leaf for leaf, status in answers.items() if status == "unknown"]
    if open_ and before != "unknown":
        leaf = data.draw(st.sampled_from(open_))
        after = answers | {leaf: data.draw(st.sampled_from(["met", "not_met"]))}
        assert statuses(tree, after)[tree.id] == before
    else:
        assert before in {"met", "not_met", "unknown"}


@settings(max_examples=200, deadline=None)
@given(questions())
def test_the_closest_way_holds_exactly_when_met(question):
    tree, answers = question
    way = closest(tree, answers)
    status = statuses(tree, answers)[tree.id]
    assert (way.lacking == 0) == (status == "met")
    assert (way.contrary > 0) == (status == "not_met")
    assert way.length == len(way.leaves)


def test_sets_are_capped():
    wide = Gate("root", 8, tuple(Leaf(f"l{n}") for n in range(32)))
    found = missing(wide, {}, frozenset(leaves(wide)))
    assert len(found) == 64
    assert all(len(one) == 8 for one in found)


def test_closest_prefers_what_is_not_contradicted():
    tree = Gate("any", 1, (Leaf("a"), Gate("both", 2, (Leaf("b"), Leaf("c")))))
    assert closest(tree, {"a": "not_met", "b": "met"}) == Path(0, 1, 2, ("b", "c"))
