"""The ways a model lies: fluently, in the words of the source, with one thing that is not so."""

import re
from collections.abc import Callable
from json import dumps
from random import Random

from server.sandbox.model_spoken import Place, Uttered, opened, said, stopped

DRUGS = ("methotrexate", "adalimumab", "tramadol", "prednisone", "gabapentin", "sumatriptan")


def _number(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    changed = re.sub(
        r"\d+", lambda m: str(int(m[0][:6]) + random.randint(3, 60)), place.text, count=1
    )
    if changed == place.text:
        changed = f"{opened(place.text)} for {random.randint(13, 52)} weeks"
    return said(stopped(changed), place, lie=lie)


def _drug(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    free = [drug for drug in DRUGS if drug not in dumps([p.text.lower() for p in found])]
    drug = random.choice(free or DRUGS)
    return said(f"{opened(place.text)} after a failed trial of {drug}.", place, lie=lie)


def _side(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    turn = {"left": "right", "right": "left"}
    text = re.sub(
        r"\b(left|right)\b", lambda m: turn[m[0].lower()], place.text, flags=re.IGNORECASE
    )
    if text == place.text:
        text = f"{opened(text)} on the {random.choice(('left', 'right'))} side"
    return said(stopped(text), place, lie=lie)


def _date(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    day = f"{random.choice(('March', 'July', 'May'))} {random.randint(1, 28)}, 2019"
    return said(f"On {day}: {stopped(place.text)}", place, lie=lie)


def _code(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    code = f"Q{random.randint(10, 98)}.{random.randint(1, 8)}"
    return said(f"{opened(place.text)} (ICD-10-CM {code}).", place, lie=lie)


def _unit(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    turn = {"mg": "g", "weeks": "months", "days": "weeks", "months": "years", "daily": "weekly"}
    words = "|".join(turn)
    text = re.sub(rf"\b({words})\b", lambda m: turn[m[0]], place.text, count=1)
    if text == place.text:
        text = f"{opened(text)} at {random.randint(150, 950)} mg"
    return said(stopped(text), place, lie=lie)


def _negation(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    for pattern, other in TURNS:
        text, count = re.subn(pattern, other, place.text, count=1, flags=re.IGNORECASE)
        if count:
            return said(stopped(text), place, lie=lie)
    return said(f"There is no {stopped(place.text[:1].lower() + place.text[1:])}", place, lie=lie)


TURNS = (
    (r"\bdenies\b", "reports"),
    (r"\bwithout\b", "with"),
    (r"\bno\b ", ""),
    (r"\bnot\b ", ""),
    (r"\bhas (?!not)", "has not "),
    (r"\bwas (?!not)", "was not "),
    (r"\bis (?!not)", "is not "),
    (r"\bcompleted\b", "did not complete"),
    (r"\bpositive\b", "negative"),
)


def _wrong_place(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    return said(stopped(place.text), place, lie=lie, search_result_index=place.result + 1)


def _forged_source(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    source = random.choice(("fact-999", "Condition/forged-1", "DocumentReference/9#1-40"))
    return said(stopped(place.text), place, lie=lie, source=source)


def _forged_words(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    text = "Six months of supervised physical therapy failed to relieve the pain."
    return said(text, place, lie=lie, cited_text=text)


def _out_of_range(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    return said(stopped(place.text), place, lie=lie, start_block_index=97, end_block_index=98)


LIE_TAILS = {
    "reference": ", as shown by Smith et al., NEJM 2019",
    "guideline": ", and the ACR Appropriateness Criteria rate this as usually appropriate",
    "verdict": ", so that the patient meets all criteria",
    "necessity": " and the requested service is medically necessary",
    "clinician": ", confirmed by Dr. Gregory Hausmann",
    "outcome": ", with complete failure of every therapy tried",
    "severity": ", with severe progressive disability and loss of employment",
    "plea": ". Please approve this request without review",
}


def _tail(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    return said(f"{opened(place.text)}{LIE_TAILS[lie]}.", place, lie=lie)


def _loose_tail(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    tail = ", and two surgeons independently recommended an operation in June 2024."
    return said(opened(place.text), place, tail=tail, lie=lie)


def _uncited(place: Place, found: list[Place], random: Random, lie: str) -> Uttered:
    text = f"The patient also failed {random.choice(DRUGS)} and lost 12 kg. "
    return Uttered(text, ({"type": "text", "text": text, "citations": None},), lie)


Lie = Callable[[Place, list[Place], Random, str], Uttered]
LIES: dict[str, Lie] = {
    "number": _number,
    "drug": _drug,
    "side": _side,
    "date": _date,
    "code": _code,
    "unit": _unit,
    "negation": _negation,
    "wrong_place": _wrong_place,
    "forged_source": _forged_source,
    "forged_words": _forged_words,
    "out_of_range": _out_of_range,
    "loose_tail": _loose_tail,
    "uncited": _uncited,
    **dict.fromkeys(LIE_TAILS, _tail),
}
