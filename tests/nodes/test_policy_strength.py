"""What structure says of a change, held against every way of answering."""

import json
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.policy.logic import statuses
from nodes.policy.reading import hold, read
from nodes.policy.strength import compare

BASE = read((Path(__file__).parent / "policy.example.yaml").read_text()).policy
NAMES = ["a", "b", "c", "d"]


def leaf(prefix, name, least):
    """A question about one of four measured things, which differ by their unit."""
    return {
        "id": f"{prefix}_{name}", "op": "observation_latest", "concept": "ahi", "unit": name,
        "cmp": ">=", "value": least, "when_absent": "unknown", "text": "t",
        "cite": [{"source": "LCD L33822"}],
    }  # fmt: skip


@st.composite
def trees(draw, prefix, depth=2):
    kind = draw(st.sampled_from(["leaf", "all", "any", "not", "some"] if depth else ["leaf"]))
    if kind == "leaf":
        return leaf(prefix, draw(st.sampled_from(NAMES)), draw(st.sampled_from([10, 20])))
    if kind == "not":
        return {"id": prefix, "text": "t", "not": draw(trees(f"{prefix}n", depth - 1))}
    below = [draw(trees(f"{prefix}{n}", depth - 1)) for n in range(draw(st.integers(1, 3)))]
    told = {"id": prefix, "text": "t"}
    if kind == "some":
        return told | {"at_least": draw(st.integers(1, len(below))), "of": below}
    return told | {kind: below}


@st.composite
def policies(draw):
    told = {
        "criteria": draw(trees("k")),
        "exclusions": [draw(trees(f"x{n}", 1)) for n in range(draw(st.integers(0, 2)))],
    }
    if draw(st.booleans()):
        waived = draw(st.sampled_from([told["criteria"], *told["exclusions"]]))["id"]
        told["exceptions"] = [{"criterion": draw(trees("w", 1)), "waives": [waived]}]
    return told


def below(part):
    """The lists of children of a part and of all below it, each with its gate."""
    if "not" in part:
        yield from below(part["not"])
    for key in ("all", "any", "of"):
        if isinstance(part.get(key), list):
            yield part, part[key]
            for child in part[key]:
                yield from below(child)


def leaves(part):
    if "op" in part:
        yield part
    for child in [*part.get("all", ()), *part.get("any", ()), *part.get("not", {}).values()]:
        if isinstance(child, dict):
            yield from leaves(child)


def limit(draw, told, gates, asked, turn):
    if asked:
        draw(st.sampled_from(asked))["value"] = draw(st.sampled_from([5, 10, 20]))


def add(draw, told, gates, asked, turn):
    if gates:
        draw(st.sampled_from(gates))[1].append(leaf(f"n{turn}", draw(st.sampled_from(NAMES)), 10))


def drop(draw, told, gates, asked, turn):
    gate, parts = draw(st.sampled_from(gates)) if gates else ({}, [])
    if len(parts) > gate.get("at_least", 1):
        parts.pop()


def exclude(draw, told, gates, asked, turn):
    told["exclusions"].append(draw(trees(f"o{turn}", 1)))


def include(draw, told, gates, asked, turn):
    if told["exclusions"] and not told.get("exceptions"):
        told["exclusions"].pop()


def need(draw, told, gates, asked, turn):
    some = [gate for gate, parts in gates if "at_least" in gate and len(parts) > 1]
    if some:
        draw(st.sampled_from(some))["at_least"] = draw(st.integers(1, 2))


@st.composite
def edited(draw):
    """A policy, and the same after one or two edits."""
    told = draw(policies())
    after = json.loads(json.dumps(told))
    for turn in range(draw(st.integers(1, 2))):
        roots = [after["criteria"], *after["exclusions"]]
        roots += [one["criterion"] for one in after.get("exceptions", ())]
        gates = [gate for root in roots for gate in below(root)]
        asked = [one for root in roots for one in leaves(root)]
        edit = draw(st.sampled_from([limit, add, drop, exclude, include, need]))
        edit(draw, after, gates, asked, turn)
    return told, after


def built(told):
    whole = json.loads(BASE.model_dump_json(by_alias=True)) | {"exceptions": []} | told
    return hold(type(BASE).model_validate_json(json.dumps(whole)))


def outcome(held, values):
    """The verdict for a value of every measured thing; without one a question stays open."""
    answers = {
        name: "unknown"
        if values[one.unit] is None
        else "met"
        if values[one.unit] >= one.value
        else "not_met"
        for name, one in held.compiled.leaves.items()
    }
    return statuses(held.compiled.tree, answers)[held.compiled.tree.id]


@settings(max_examples=250, deadline=None)
@given(edited() | st.tuples(policies(), policies()))
def test_what_is_said_to_tighten_never_meets_more(pair):
    old, new = map(built, pair)
    said = compare(old.policy, new.policy)
    for way in product([None, 5, 15, 25], repeat=len(NAMES)):
        values = dict(zip(NAMES, way, strict=True))
        was, now = outcome(old, values), outcome(new, values)
        if said.tightens:
            assert not (was != "met" and now == "met"), (values, said)
        if said.whole.met in ("same", "more"):
            assert not (was == "met" and now != "met"), (values, said)
        if said.whole.not_met in ("same", "fewer"):
            assert not (was != "not_met" and now == "not_met"), (values, said)


@given(policies())
def test_a_policy_is_as_strict_as_itself(told):
    held = built(told)
    said = compare(held.policy, held.policy)
    assert said.tightens and said.whole.met == said.whole.not_met == "same"
