"""What the verifier wrongly drops of honest paraphrases, and what it misses of changed ones."""

import re

import pytest

from nodes.prose import Citation, Sentence
from nodes.writing.verify import errors, verify
from tests.nodes.honest_world import paraphrases
from tests.nodes.writing_world import NAPROXEN, case

SAID = paraphrases()
NOTHING = {"codes": (), "status": None, "start": None, "end": None}
OTHER = {"mg": "mcg", "weeks": "days", "months": "weeks", "visits": "weeks", "units": "mg"}
OTHER |= {"wk": "mo", "kg": "lb", "hours": "minutes"}
HAS = (
    (r"\bwithout\b", "with"), (r"\bdid not\b", "did"), (r"\bhave not reduced\b", "have reduced"),
    (r"\bNo\b", "Has"), (r"\bno\b", "a"), (r"\bdenied\b", "reported"),
    (r"\bnot tolerated\b", "tolerated"),
    (r"\bis without\b", "has"), (r"\bfailed\b", "responded to"), (r"\bineffective\b", "effective"),
)  # fmt: skip
CHANGES = {
    "number": (r"(?<![\w./-])(\d+)(?= (?:mg|weeks|wk|visits|units|months|kg|feet)\b)", r"\g<1>7"),
    "unit": (r"(?<=\d )(mg|weeks|months|visits|units|wk|kg|hours)\b", lambda m: OTHER[m[1]]),
    "date": (r"\b2026\b", "2024"),
    "drug": (r"(?i)\b(naproxen|ibuprofen|meloxicam|gabapentin|methotrexate)\b", "tramadol"),
    "side": (r"\b(left|right)\b", lambda m: {"left": "right", "right": "left"}[m[1]]),
    "level": (r"\bL4-L?5\b|\bL5[-/]S1\b", "L3-L4"),
    "negation": ("|".join(pattern for pattern, _ in HAS), lambda m: _turned(m[0])),
    "condition": (r"\.$", " with osteomyelitis."),
    "procedure": (r"\.$", " after a discectomy."),
    "test": (r"\.$", " and a positive EMG."),
    "name": (r"\.$", ", per Dr. Hausmann."),
    "reference": (r"\.$", " (Smith et al., 2019)."),
    "guideline": (r"\.$", ", as NASS guidelines recommend."),
    "website": (r"\.$", " (see www.example.org)."),
    "verdict": (r"\.$", ", so the request is medically necessary."),
    "degree": (r"\.$", ", with excruciating, unbearable flares."),
    "fullwidth": (r"\.$", " \uff18\uff18 times."),
    "spelled": (r"\.$", " for twenty-five hundred weeks."),
    "scientific": (r"\.$", " at 1.5e3 mg."),
    "letter for zero": (r"\.$", " at 5O0 mg."),
    "zero width": (r" ", " \u200b"),
    "cyrillic": (r"a", "\u0430"),
    "reversed": (r"\.$", " \u202e21\u202c."),
}
LEAST = {"negation": 0.9, "number": 0.98}


def _turned(words):
    return next(other for pattern, other in HAS if re.fullmatch(pattern, words))


def barred(text, cited):
    fact = NAPROXEN.model_copy(
        update={"id": "DocumentReference/n9#0-9", "kind": "statement", "quote": cited, **NOTHING}
    )
    sentence = Sentence(id="s1", text=text, citations=(Citation(fact=fact.id, quote=cited),))
    return bool(errors(verify([sentence], [fact], case())))


def test_honest_paraphrases_are_mostly_kept():
    wrongly = [text for text, cited in SAID if barred(text, cited)]
    assert len(SAID) >= 149
    assert len(wrongly) <= 0.08 * len(SAID), wrongly


@pytest.mark.parametrize("kind", CHANGES)
def test_a_paraphrase_with_one_thing_changed_is_dropped(kind):
    pattern, other = CHANGES[kind]
    changed = [
        (new, cited)
        for text, cited in SAID
        if (new := re.sub(pattern, other, text, count=1)) != text and not barred(text, cited)
    ]
    missed = [text for text, cited in changed if not barred(text, cited)]
    assert len(changed) >= 9
    assert len(missed) <= (1 - LEAST.get(kind, 0.97)) * len(changed), missed


SWAPPED = [
    ("Naproxen 300 mg and gabapentin 500 mg.", "Naproxen 500 mg BID and gabapentin 300 mg TID."),
    ("Gabapentin 500 mg.", "Naproxen 500 mg BID and gabapentin 300 mg TID."),
    ("Gabapentin 500 mg was taken.", "Took naproxen 500 mg and gabapentin."),
    ("Physical therapy for 4 weeks.", "Physical therapy 8 weeks, chiropractic care 4 weeks."),
    ("Left hip pain.", "Right hip pain and left knee pain."),
    ("A1c 31.8 %.", "BMI 31.8 %; A1c 8.4 %."),
    ("She completed physical therapy.", "Physical therapy is planned."),
    ("He has knee pain.", "Knee pain."),
    ("Gabapentin did not help.", "Naproxen did not help; gabapentin helped partially."),
    ("Naproxen helped.", "Naproxen did not help; gabapentin helped."),
    ("She has breast cancer.", "Her mother had breast cancer; her sister has diabetes."),
    ("Her sister had breast cancer.", "Her mother had breast cancer; her sister has diabetes."),
    ("History of cancer.", "No history of cancer."),
    ("Chest pain.", "Chest pain denied."),
    ("BP was one twenty eight over seventy two.", "BP 118/72."),
    ("She had half a year of therapy.", "She had 3 months of therapy."),
]

TRUE = [
    ("Gabapentin helped partially.", "Naproxen did not help; gabapentin helped partially."),
    (
        "There was a partial response to gabapentin.",
        "Naproxen failed; gabapentin helped partially.",
    ),
    ("Family history of breast cancer.", "Her mother had breast cancer."),
    ("She has a fever.", "Her mother reports that she has a fever."),
    ("BP was one twenty eight over seventy two.", "BP 128/72."),
    ("She took one thirty mg tablet.", "She took a 30 mg tablet."),
    ("A1c fell from 9.1% to 8.4%.", "A1c 9.1% in March and 8.4% in July."),
    ("EF fell from 55% in 2024 to 35% in 2026.", "EF was 55% in 2024 and 35% in 2026."),
    ("PT 03/02/2026-04/27/2026.", "PT from 2026-03-02 to 2026-04-27."),
]


@pytest.mark.parametrize(("text", "cited"), SWAPPED)
def test_a_right_value_at_the_wrong_thing_is_dropped(text, cited):
    assert barred(text, cited)


@pytest.mark.parametrize(("text", "cited"), TRUE)
def test_a_right_value_at_its_own_thing_is_kept(text, cited):
    assert not barred(text, cited)
