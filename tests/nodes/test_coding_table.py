"""The packed ICD-10-CM table and its search: whole, in step with the word table, quick, patient."""

import json
import math
import tracemalloc
from collections import Counter
from pathlib import Path
from time import process_time

import pytest
import yaml

from nodes.coding import accuracy
from nodes.coding.icd10cm import FILE, Icd10cm, complete, dotted, shipped
from nodes.coding.leaf import suggestions
from nodes.coding.packed import pack
from nodes.coding.references import names
from nodes.coding.searching import index, weight_of
from nodes.coding.spelling import Spelled, distance
from nodes.coding.wording import fingerprint, query, wording
from nodes.coding.words import side, tokens
from nodes.errors import NotConfigured
from nodes.suggest_codes import SuggestCodesRequest, suggest_codes
from server.evaluating.score_suggest_codes import score

EVALS = Path(__file__).parents[1] / "evals" / "suggest-codes.yaml"


def test_the_edition_is_whole():
    table = shipped()
    stems = [table.entry(number) for number in range(len(table))]
    leaves = [one for one in stems if one.leaf]
    assert len(stems) == 46_881
    assert sum(len(one.sevenths) or 1 for one in leaves) == 74_719
    assert table.edition.valid_from.isoformat() == "2026-04-01"
    assert table.edition.valid_until.isoformat() == "2026-09-30"
    assert table.used.version == table.edition.edition


def test_the_index_was_made_with_todays_words():
    table, found = shipped(), index()
    assert table.packed.head["wording"] == fingerprint(), "run python -m tests.icd10cm"
    part = table.packed.part
    codes, kinds, at = part("doc_code"), part("doc_kind"), part("doc_terms_at")
    terms, names_ = part("doc_terms"), list(found.vocabulary)
    for doc in range(0, len(codes), 17):
        if kinds[doc] == 0:
            held = {names_[term] for term in terms[at[doc] : at[doc + 1]]}
            title = table.entry(codes[doc]).title
            assert held == {one.key for one in tokens(title)}, "run python -m tests.icd10cm"
    posts = part("posts_at")
    number = found.vocabulary["radiculopathy"]
    expected = weight_of("radiculopathy", posts[number + 1] - posts[number], len(codes))
    assert math.isclose(found.weight("radiculopathy"), expected, rel_tol=1e-5)


def test_every_code_of_an_alias_is_in_the_table():
    strange = [code for code in wording().aliases if shipped().find(code) is None]
    assert strange == []


def test_a_file_that_is_no_table_is_refused(tmp_path):
    (tmp_path / "x.bin").write_bytes(b"not a table at all")
    with pytest.raises(NotConfigured, match="no packed table"):
        Icd10cm(tmp_path / "x.bin")


def test_a_pack_reads_as_written():
    raw = pack({"edition": 1}, {"a": ("B", b"xyz"), "b": ("I", b"\1\0\0\0\2\0\0\0")})
    assert raw.startswith(b"PACKED01") and len(raw) % 8 == 0


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("m54.16", "Radiculopathy, lumbar region"),
        ("S52501A", "Unspecified fracture of the lower end of right radius, initial encounter"
         " for closed fracture"),
        ("T71.9XXA", "Asphyxiation due to unspecified cause, initial encounter"),
    ],
)  # fmt: skip
def test_codes_are_found_as_people_write_them(code, title):
    assert shipped().find(code).title == title


@pytest.mark.parametrize("code", ["", "M", "ZZZ", "S52.501", "S5250XA", "T71.9A", "M54.16\u0661"])
def test_what_is_no_whole_code_is_not_found_as_one(code):
    found = shipped().find(code)
    assert found is None or not found.billable


def test_a_death_before_waking_has_no_later_encounter():
    assert set(shipped().find("S06.1X7").sevenths) == {"A"}
    assert complete("T719", "A") == "T719XXA" and dotted("I10") == "I10"


def test_notes_name_codes_groups_and_ranges():
    assert names("traumatic amputation of forearm (S58.-)", "S58011A")
    assert names("injury (S00-T88)", "T8851XA") and not names("injury (S00-T88)", "U071")
    assert names("leukemia (C91-C95)", "C9510") and not names("leukemia (C91-C95)", "C960")
    assert not names("effects (T36-T65 with fifth or sixth character 1-4)", "T400X1A")


def test_words_in_one_spelling():
    assert query("oedema of the R foot").side == "right"
    said = [one.word for one in query("fx distal radius").tokens]
    assert said == ["fracture", "lower", "end", "radius"]
    assert side("left and right knees") == "bilateral" and side("grade l") is None
    assert [one.key for one in tokens("migraine without aura")] == ["migraine", "-aura"]


def test_spelling_is_mended_only_when_one_word_is_nearest():
    known = Spelled(["apnea", "aorta", "cat", "calves", "halves"])
    assert known.nearest("apena") == "apnea" and known.nearest("xyz") is None
    assert known.nearest("apn") is None and distance("ab", "ba", 2) == 1


def test_the_counts_shown_are_those_of_the_set():
    cases = yaml.safe_load(EVALS.read_text())["cases"]
    asked = [one for one in cases if one["kind"] not in ("silent", "gap", "note", "shorthand",
                                                        "shorthand-seen")]  # fmt: skip
    ranked = [
        ([found.entry.dotted for found in suggestions(one["request"]["text"])],
         one["expect"]["code"]) for one in asked
    ]  # fmt: skip
    shown = accuracy.measured()[0]
    assert (shown.cases, shown.exact_at_1, shown.exact_at_5, shown.category_at_1) == (
        len(asked),
        sum(got[:1] == [code] for got, code in ranked),
        sum(code in got for got, code in ranked),
        sum(got[0][:3] == code[:3] for got, code in ranked),
    )


def test_the_counts_shown_for_shorthand_are_those_of_the_set():
    cases = [
        one for one in yaml.safe_load(EVALS.read_text())["cases"] if one["kind"] == "shorthand"
    ]
    hits: Counter[str] = Counter()
    for one in cases:
        request = SuggestCodesRequest.model_validate_json(json.dumps(one["request"]))
        points = score(one["expect"], suggest_codes(request))
        hits.update(point.metric for point in points if point.kind == "hit")
    shown = accuracy.measured()[1]
    assert (shown.cases, shown.exact_at_1, shown.exact_at_5, shown.category_at_1) == (
        len(cases), hits["exact@1"], hits["exact@5"], hits["category@1"],
    )  # fmt: skip


def test_a_search_takes_little_time_and_memory():
    suggestions("right knee pain")
    tracemalloc.start()
    began = process_time()
    for _ in range(20):
        suggestions("unspecified chronic pain of the left lower leg with swelling")
    spent = (process_time() - began) / 20
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000 and spent < 0.1


def test_long_nonsense_is_read_in_time_in_step_with_its_length():
    def spent(times):
        began = process_time()
        suggestions("chronic lw pian of unspecifed " * times)
        return process_time() - began

    spent(10)
    assert spent(200) < 40 * max(spent(20), 0.005)


def test_the_table_is_opened_read_only():
    assert FILE.exists()
    with pytest.raises(TypeError):
        shipped().packed.part("flags")[0] = 1
