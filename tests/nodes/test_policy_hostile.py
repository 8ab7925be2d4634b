"""Hostile policy files: each is a lint error, and soon."""

import time
from datetime import date
from pathlib import Path

import pytest

from nodes.errors import UnreadableDocument
from nodes.policy.casebook import read_cases
from nodes.policy.linting import lint

GOOD = (Path(__file__).parent / "policy.example.yaml").read_text()
TODAY = date(2026, 11, 22)
LEAF = "{id: x%d, op: ordered, when_absent: unknown, text: t, cite: [{source: LCD L33822}]}"


def nested(levels):
    part = LEAF % 0
    for level in range(1, levels + 1):
        part = f"{{id: x{level}, text: t, all: [{part}]}}"
    return GOOD[: GOOD.index("criteria:\n")] + f"criteria: {part}\n"


def wide(count):
    parts = ", ".join(LEAF % n for n in range(count))
    return GOOD[: GOOD.index("criteria:\n")] + f"criteria: {{id: r, text: t, any: [{parts}]}}\n"


def phrases(count, one):
    words = ", ".join(f"{one}{n}" for n in range(count))
    return GOOD + f"concepts: {{many: {{label: l, words: [{words}]}}}}\n"


HOSTILE = {
    "aliases that double": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n" + GOOD,
    "an anchor alone": GOOD.replace("criteria:\n", "criteria: &whole\n"),
    "a merge key": GOOD + "<<: {status: active}\n",
    "a tag of Python": GOOD + "x: !!python/object/apply:os.system [id]\n",
    "a tag of the standard": GOOD.replace("kind: lcd", "kind: !!str lcd"),
    "an own tag": GOOD.replace("kind: lcd", "kind: !lcd lcd"),
    "a key twice": GOOD + "status: active\n",
    "a key twice, once in quotes": GOOD + '"status": active\n',
    "a key that is a list": GOOD + "? [a]\n: 1\n",
    "two documents": GOOD + "---\n" + GOOD,
    "a megabyte": GOOD + "# " + "x" * 1_000_000,
    "a megabyte of brackets": "[" * 1_000_000,
    "a megabyte of braces": "{a: " * 250_000,
    "a megabyte of dashes": "- " * 500_000,
    "quarter of a megabyte of question marks": "? " * 120_000,
    "a list of fifty thousand": GOOD + "x: [" + "1," * 50_000 + "1]\n",
    "nested thirty deep": nested(30),
    "nested a thousand deep": nested(1_000),
    "a thousand criteria": wide(1_000),
    "a million phrases": phrases(1_000_000, "w"),
    "twenty thousand phrases": phrases(20_000, "w"),
    "a phrase like a pattern": phrases(1, "'(a+)+$'"),
    "a phrase of ten thousand letters": phrases(1, "a" * 10_000),
    "not a number": GOOD.replace('value: "54"', "value: .nan"),
    "no number in quotes": GOOD.replace('value: "54"', 'value: "NaN"'),
    "infinite": GOOD.replace('value: "54"', 'value: "-Infinity"'),
    "a huge exponent": GOOD.replace('value: "54"', 'value: "1e999999999"'),
    "a tiny exponent": GOOD.replace('value: "54"', 'value: "1e-999999999"'),
    "a number of a hundred thousand digits": GOOD.replace('value: "54"', "value: " + "9" * 100_000),
    "a count of a hundred thousand digits": GOOD.replace("n: 2,", "n: " + "9" * 100_000 + ","),
    "a window before the calendar": GOOD.replace("window: P6M", "window: P9999Y"),
    "a day that is none": GOOD.replace("2027-01-01", "2027-02-30"),
    "a year of five digits": GOOD.replace("2027-01-01", "12027-01-01"),
    "a surrogate": GOOD.replace("title: Glucose", 'title: "\\ud800" #'),
    "a surrogate in the text": GOOD.replace("Glucose", "Glu\ud800cose", 1),
    "writing turned round": GOOD.replace("Glucose Monitors", '"Glucose \\u202e srotinoM"'),
    "a word that cannot be seen": GOOD.replace("Glucose Monitors", "Glucose\u200b Monitors"),
    "a null character": GOOD.replace("Glucose Monitors", '"Glucose\\0Monitors"'),
    "an id that looks like another": GOOD.replace("id: insulin", "id: insul\u0456n"),
    "a byte order mark inside": GOOD.replace("kind: lcd", "kind: \ufefflcd"),
    "nothing": "",
    "a word": "policy",
    "a list": "- 1\n",
    "an overlay of itself": GOOD.replace("kind: lcd", "kind: lcd\nextends: cms.l33822.cgm.initial"),
    "an overlay of nothing": "extends: nothing\n",
    "an overlay that is a list": "extends: []\n",
    "an exponent for a depth": GOOD.replace("n: 2,", "n: 1e9,"),
}


@pytest.mark.alone
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_an_error_in_well_under_a_second(name):
    begun = time.perf_counter()
    found, held = lint({"file.yaml": HOSTILE[name]}, TODAY)
    assert time.perf_counter() - begun < 0.5
    assert not held
    assert [(one.severity, one.code) for one in found] == [("error", "unreadable")]
    assert len(found[0].told) < 400


@pytest.mark.alone
def test_the_most_that_a_file_may_hold_is_read_in_time():
    words = ", ".join(f"alpha{n} beta{n}* ... gamma{n} delta epsilon" for n in range(60))
    many = "".join(f"  c{n}: {{label: l, words: [{words}]}}\n" for n in range(60))
    begun = time.perf_counter()
    found, held = lint({"file.yaml": f"{GOOD}concepts:\n{many}"}, TODAY)
    assert time.perf_counter() - begun < 3
    assert held and {one.code for one in found} == {"name-unused"}


def asked(name, age):
    return (
        f"{{id: {name}, op: age, at_least: {age}, when_absent: not_met, text: t,"
        " cite: [{source: LCD L33822}]}"
    )


def ladder(levels):
    part = asked("last", 1)
    for level in range(levels):
        kind = "all" if level % 2 else "any"
        part = f"{{id: g{level}, text: t, {kind}: [{asked(f'a{level}', level)}, {part}]}}"
    return part


HEAD = GOOD[: GOOD.index("criteria:\n")]
BUSY = {
    "two hundred alike": f"all: [{', '.join(asked(f'a{n}', 1) for n in range(190))}]",
    "two hundred steps": f"any: [{', '.join(asked(f'a{n}', n % 120) for n in range(190))}]",
    "half of two hundred": "at_least: 95, of: ["
    + ", ".join(asked(f"a{n}", n % 14) for n in range(190))
    + "]",
    "a ladder": f"all: [{ladder(11)}]",
}


@pytest.mark.alone
@pytest.mark.parametrize("name", BUSY)
def test_a_tree_made_to_keep_the_checks_busy_is_checked_in_time(name):
    begun = time.perf_counter()
    found, held = lint({"file.yaml": f"{HEAD}criteria: {{id: r, text: t, {BUSY[name]}}}\n"}, TODAY)
    assert time.perf_counter() - begun < 2
    assert held and len(found) <= 400


@pytest.mark.parametrize(
    "text",
    ["a: &a [1]\nb: *a\n", "[" * 100_000, "cases: []\nas_of: 2026-11-20\n", "", "x" * 2_000_000],
)
def test_a_hostile_cases_file_is_refused(text):
    with pytest.raises(UnreadableDocument):
        read_cases(text)


def test_what_yaml_would_guess_stays_what_was_written():
    told = GOOD.replace("title: Glucose Monitors", "title: 2024-01-01").replace(
        "title: Continuous glucose monitor, initial coverage", "title: NO"
    )
    _, held = lint({"file.yaml": told}, TODAY)
    policy = held["file.yaml"].policy
    assert (policy.title, policy.sources[0].title) == ("NO", "2024-01-01")
    for octal in ("n: 010,", "n: 0x2,", "n: 1_0,", "n: 1:30,", "n: yes,"):
        found, _ = lint({"file.yaml": GOOD.replace("n: 2,", octal)}, TODAY)
        assert found[0].code == "unreadable", octal
