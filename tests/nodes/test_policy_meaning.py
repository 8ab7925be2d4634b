"""What notes do not say of the patient: taught, warned of, doubted, asked for, of others."""

from datetime import date

import pytest

from nodes.policy.scope import Meaning, meaning
from nodes.policy.sentences import ReadNote
from tests.growth import BOUND, seconds
from tests.nodes.policy_world import criterion, lumbar, note

WRITTEN = date(2026, 11, 10)


def meant(text, phrase) -> Meaning:
    read = ReadNote(note(text, WRITTEN))
    offset = text.lower().index(phrase.lower())
    place = read.place(offset)
    assert place is not None
    one = read.sentences[place]
    return meaning(one, offset - one.start, offset - one.start + len(phrase), WRITTEN)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Pt instructions: seek care at once for new foot drop.", "foot drop"),
        ("Counseled to come back promptly for foot drop.", "foot drop"),
        ("To ED for foot drop.", "foot drop"),
        ("RTC or ED if foot drop.", "foot drop"),
        ("Danger symptoms (numbness, foot drop) explained.", "foot drop"),
        ("Foot drop explained to her.", "foot drop"),
        ("Handout: foot drop is an emergency.", "foot drop"),
        ("Patient education (leaflet): Rest. Signs include foot drop.", "foot drop"),
        ("Consent: risks of surgery include infection, foot drop and bleeding.", "foot drop"),
        ("Risks: bleeding, foot drop.", "foot drop"),
        ("Warning list: ( ) numbness ( ) foot drop ( ) fever", "foot drop"),
        ("Numbness [x] foot drop [ ] fever [ ]", "foot drop"),
        ("Foot drop: Y / N", "foot drop"),
        ("Foot drop -", "Foot drop"),
        ("Carotid stenting is not indicated.", "Carotid stenting"),
        ("Carotid stenting declined.", "Carotid stenting"),
        ("Eligibility: grade 4 disease", "grade 4"),
        ("Grade 4 required for approval.", "Grade 4"),
        ("A foot drop would change the plan.", "foot drop"),
        ("Hopes to become pregnant.", "pregnant"),
    ],
)
def test_it_is_only_supposed(text, phrase):
    assert meant(text, phrase).hypothetical
    assert not meant(text, phrase).told


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Myelitis is not suspected.", "myelitis", "negated"),
        ("Myelitis not demonstrated.", "myelitis", "negated"),
        ("Myelitis at T4 never confirmed.", "myelitis", "negated"),
        ("Myelitis - ruled out", "myelitis", "negated"),
        ("Myelitis r/o'd", "myelitis", "negated"),
        ("Nothing to suggest myelitis.", "myelitis", "negated"),
        ("Normal gait argues against myelitis.", "myelitis", "negated"),
        ("Unremarkable for myelitis.", "myelitis", "negated"),
        ("ROS (-) myelitis (+) cough", "myelitis", "negated"),
        ("(-)myelitis", "myelitis", "negated"),
        ("-myelitis, -cough", "myelitis", "negated"),
        ("\u00d8 myelitis", "myelitis", "negated"),
        ("Myelitis 0", "myelitis", "negated"),
        ("w/out myelitis", "myelitis", "negated"),
        ("Pertinent negatives: cough, myelitis", "myelitis", "negated"),
        ("Signs (cough, myelitis) absent", "myelitis", "negated"),
        ("Myelitis colon negative", "myelitis", "negated"),
        ("He denies cough. Or myelitis.", "myelitis", "negated"),
        ("Myelitis excluded by MRI.", "myelitis", "negated"),
        ("Low index of suspicion for myelitis.", "myelitis", "uncertain"),
        ("Very unlikely to be myelitis.", "myelitis", "uncertain"),
        ("Doubtful for myelitis.", "myelitis", "uncertain"),
        ("Ruling out myelitis.", "myelitis", "uncertain"),
        ("DDx: strain, sprain, hernia, stenosis, sacroiliac pain, gout, myelitis", "myelitis",
         "uncertain"),
        ("Myelitis is on the differential.", "myelitis", "uncertain"),
        ("Myelitis cannot be excluded.", "myelitis", "uncertain"),
        ("Asked about myelitis.", "myelitis", "uncertain"),
        ("Myelitis risk", "myelitis", "uncertain"),
        ("Myelitis screening negative", "myelitis", "uncertain"),
        ("Risk factors for myelitis.", "myelitis", "uncertain"),
        ("No cramps from her insulin.", "insulin", "uncertain"),
        ("Denies missed doses of insulin.", "insulin", "uncertain"),
        ("No longer on metformin, takes insulin.", "insulin", "affirmed"),
        ("No evidence of TB: QFT negative", "QFT negative", "affirmed"),
        ("No longer snoring, fatigue resolved with CPAP", "fatigue resolved", "affirmed"),
        ("Triple negative breast cancer.", "breast cancer", "affirmed"),
        ("(+) myelitis (-) cough", "myelitis", "affirmed"),
        ("- Myelitis since Monday", "myelitis", "affirmed"),
    ],
)  # fmt: skip
def test_denied_or_doubted(text, phrase, expected):
    assert meant(text, phrase).polarity == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Ataxia in her grandfather.", "ataxia", True),
        ("Asthma severe in mother", "asthma", True),
        ("Pregnant niece.", "pregnant", True),
        ("Married to a heavy smoker", "smoker", True),
        ("Lives with a severe ataxia", "ataxia", False),
        ("Snoring per wife.", "snoring", False),
        ("Pregnant mother of two.", "pregnant", False),
    ],
)
def test_whose_it_is(text, phrase, expected):
    assert meant(text, phrase).family is expected


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("Ataxia in the past after surgery.", True),
        ("Ataxia, now normal.", True),
        ("Ataxia on most days in the past month.", False),
        ("Ataxia.", False),
    ],
)
def test_past_words_behind_the_phrase(text, past):
    assert meant(text, "ataxia").past is past


def test_what_was_pasted_from_another_chart_is_not_the_patients():
    text = (
        "-- pasted from the wrong patient's chart --\nSaddle numbness since Monday.\n-- end --\n"
        "Foot drop on the left."
    )
    assert meant(text, "Saddle numbness").family
    assert not meant(text, "Foot drop").family


def test_a_table_is_read_by_its_head():
    rows = "Saddle anesthesia | {} | {}\nFever | | X"
    for head, first, expected in (("Y | N", "X", "met"), ("N | Y", "X", "not_met")):
        text = f"Sign | {head}\n{rows.format(first, '')}"
        assert criterion(lumbar(text), "cauda_equina").status == expected
    text = f"Sign | Y | N\n{rows.format('', 'X')}"
    assert criterion(lumbar(text), "cauda_equina").status == "not_met"


@pytest.mark.parametrize(
    "unit",
    ["( ) fever ", "seek sooner for ", "low low suspicion ", "(-) no ", "symptoms of a ", "-x, ",
     "not yet been ", "another patient pasted "],
)  # fmt: skip
def test_a_hostile_text_takes_time_in_proportion(unit):
    def work(text):
        read = ReadNote(note(text, WRITTEN))
        return [meaning(one, 0, 1, WRITTEN) for one in read.sentences]

    small, large = seconds(work, lambda size: unit * size, 200)
    assert large < BOUND * small
