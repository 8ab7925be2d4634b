"""Policy files that are not trusted."""

from datetime import date
from pathlib import Path

import pytest

from nodes.errors import UnreadableDocument
from nodes.policy.leaf import before
from nodes.policy.library import read
from nodes.policy.logic import statuses

GOOD = (Path(__file__).parent / "policy.example.yaml").read_text()


def test_a_good_file_is_read_and_hashed():
    held = read(GOOD)
    assert len(held.sha256) == 64
    assert held.sha256 == read("# another comment\n" + GOOD).sha256
    assert held.sha256 != read(GOOD.replace("P6M", "P7M", 1)).sha256


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1]\nb: *a\n",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "a: !!python/object/apply:os.system [id]\n",
        "[" * 60 + "]" * 60,
        "{" * 5000,
        "x" * 300_000,
        "[" + "1," * 30_000 + "1]",
        "a: 1\na: 2\n",
        "just words",
        "a: [",
        "\x00",
        "? [a, b]\n: 1\n",
        "- " * 50 + "x",
    ],
    ids=[
        "alias",
        "bomb",
        "tag",
        "deep",
        "deep open",
        "large",
        "long",
        "twice",
        "words",
        "broken",
        "control",
        "list as key",
        "deep list",
    ],
)
def test_dangerous_or_broken_yaml_is_refused(text):
    with pytest.raises(UnreadableDocument):
        read(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: lcd", "kind: lcd\nowner: me"),
        ("op: med_active", "op: eval"),
        ("concept: insulin,", "concept: 'insulin|.*',"),
        ("concept: insulin,", "pattern: '(a+)+$', concept: insulin,"),
        ("value_set: insulin,", "value_set: nothing,"),
        ("{id: insulin, op", "{id: diabetes, op"),
        ("when_absent: unknown", "when_absent: met"),
        ("window: P6M", "window: 6 months"),
        ("window: P6M", "window: P99999Y"),
        ("status: active", "status: retired"),
        ("from: 2024-01-01, to: null", "from: 2024-01-01, to: 2023-01-01"),
        ('value: "54"', "value: 54 mg"),
        ("verification: read", "verification: sure"),
        ("criteria:\n", "criteria: &whole\n"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(old, new):
    assert old in GOOD
    with pytest.raises(UnreadableDocument) as error:
        read(GOOD.replace(old, new, 1))
    assert new not in str(error.value)


def test_a_tree_too_deep_is_refused():
    leaf = "{id: x0, op: ordered, when_absent: unknown, text: t, cite: c}"
    for level in range(1, 16):
        leaf = f"{{id: x{level}, text: t, all: [{leaf}]}}"
    head = GOOD[: GOOD.index("criteria:\n")]
    with pytest.raises(UnreadableDocument):
        read(f"{head}criteria: {leaf}\n")


def test_an_exception_waives_what_it_names():
    extra = (
        "exceptions:\n  - waives: [visit]\n    criterion: {id: level3, op: attested,"
        " concept: level3_hypoglycemia, when_absent: not_met, text: Severe event,"
        " cite: [{source: LCD L33822}]}\n"
    )
    held = read(GOOD + extra)
    assert held.compiled.lines[-1].id == "level3"
    tree, others = held.compiled.tree, {"diabetes", "trained", "indicated", "insulin"}
    answers = dict.fromkeys(others, "met") | {"visit": "not_met"}
    assert statuses(tree, answers | {"level3": "not_met"})["policy"] == "not_met"
    assert statuses(tree, answers | {"level3": "met"})["policy"] == "met"
    with pytest.raises(UnreadableDocument):
        read(GOOD + extra.replace("[visit]", "[nothing]"))


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        ("2026-08-31", "P6M", "2026-02-28"),
        ("2024-08-30", "P6M", "2024-02-29"),
        ("2026-03-31", "P1M", "2026-02-28"),
        ("2026-01-15", "P1M", "2025-12-15"),
        ("2024-02-29", "P1Y", "2023-02-28"),
        ("2026-11-16", "P60D", "2026-09-17"),
        ("2026-11-16", "P6W", "2026-10-05"),
    ],
)
def test_windows(day, span, expected):
    assert before(date.fromisoformat(day), span) == date.fromisoformat(expected)
