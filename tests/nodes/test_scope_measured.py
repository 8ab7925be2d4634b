"""How well denials are read, measured: on our own sentences, and on the public set when at hand."""

import os
from pathlib import Path

import pytest

from nodes.errors import UnreadableDocument
from server.evaluating.cases import read as cases
from server.evaluating.negation import marked_status, measure, read
from server.evaluating.score_negation import answer, score

OWN = Path(__file__).parents[1] / "evals" / "negation.yaml"
PUBLIC = os.environ.get("PRIOR_AUTH_NEGEX")


def test_our_own_sentences_are_read_as_they_are_meant():
    told, _ = cases(OWN)
    wrong = [one.id for one in told.cases if answer(one.request) != one.expect["status"]]
    assert len(told.cases) >= 400
    assert len(wrong) <= 4, wrong


def test_denials_among_our_own_sentences_stay_above_the_floor():
    told, _ = cases(OWN)
    rows = [
        (one.request["phrase"], one.request["text"], one.expect["status"] == "negated")
        for one in told.cases
    ]
    found = measure(rows).f1
    assert found is not None
    assert found.value >= 0.98


@pytest.mark.skipif(PUBLIC is None, reason="PRIOR_AUTH_NEGEX names no file of the public set")
def test_denials_of_the_public_set_stay_above_the_floor():
    found = measure(read(Path(PUBLIC or ""))).f1
    assert found is not None
    assert found.value >= 0.95


def test_a_miss_counts_for_its_status_and_a_false_alarm_for_the_other():
    points = {(one.metric, one.kind) for one in score({"status": "negated"}, "uncertain")}
    assert {("status", "miss"), ("negated", "miss"), ("uncertain", "false_alarm")} <= points
    assert ("family", "silence") in points


def test_the_marked_place_counts_among_several():
    text = "Fever last week, no FEVER now, fever chart reviewed."
    assert marked_status(text, "fever") == "negated"


def test_a_phrase_that_is_not_there_is_looked_for_by_its_longest_words():
    assert marked_status("NECK: no stiffness.", "Neck: Supple. Marked stiffness") == "negated"
    assert marked_status("The lungs are clear.", "hernia") is None


def test_a_file_of_the_set_is_read(tmp_path):
    file = tmp_path / "set.txt"
    file.write_text(
        "Report No.\tConcept\tSentence\tNegation\n"
        "1\trash\tNo RASH.\tNegated\n2\tcough\tHas a COUGH.\tAffirmed\tRecent\tPatient\n"
    )
    assert list(read(file)) == [("rash", "No RASH.", True), ("cough", "Has a COUGH.", False)]
    found = measure(read(file))
    assert (found.hits, found.silences, found.misses, found.false_alarms) == (1, 1, 0, 0)


def test_a_file_with_other_columns_is_refused_by_its_line(tmp_path):
    file = tmp_path / "set.txt"
    file.write_text("1\trash\tNo RASH.\tNegated\n2\tcough\n")
    with pytest.raises(UnreadableDocument, match="line 2"):
        list(read(file))
