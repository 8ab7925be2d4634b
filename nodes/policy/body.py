"""Body mass index and loss of weight, from recorded values, codes and notes."""

from datetime import date
from decimal import Decimal

from nodes.policy.figure import Figures, Reckoned, Value, coded, noted
from nodes.policy.finding import Voice, day
from nodes.policy.index import Question
from nodes.policy.leaves import Derived

BMI = ("39156-5",)
WEIGHT = ("29463-7", "3141-9", "3142-7", "8350-1")
HEIGHT = ("8302-2", "3137-7", "3138-5", "8301-4")
_PLAUSIBLE = (Decimal(8), Decimal(120))
_CODED = {f"Z68{n}": (Decimal(n), Decimal(n) + Decimal("0.9")) for n in range(20, 40)} | {
    "Z681": (Decimal(0), Decimal("19.9")),
    "Z6841": (Decimal(40), Decimal("44.9")),
    "Z6842": (Decimal(45), Decimal("49.9")),
    "Z6843": (Decimal(50), Decimal("59.9")),
    "Z6844": (Decimal(60), Decimal("69.9")),
    "Z6845": (Decimal(70), Decimal(200)),
}


def body_mass(leaf: Derived, question: Question, since: date) -> Figures:
    """Take the index as recorded, else of weight and height; notes and Z68 codes count too.

    Of one day the recorded index goes before the computed one, and both before a note.
    """
    recorded = [
        Reckoned(one.on, one.number, one.number, f"BMI {one.number} on {day(one.on)}", (one.voice,))
        for one in coded(question, BMI, "kg/m2")
    ]
    weights, heights = coded(question, WEIGHT, "kg"), coded(question, HEIGHT, "cm")
    days = {one.on for one in recorded}
    made = [one for one in _made(weights, heights) if one.on not in days]
    days |= {one.on for one in made}
    written, no = noted(question, "figure.bmi", None)
    told = [
        Reckoned(
            one.on, one.number, one.number, f"BMI {one.number}, note of {day(one.on)}", (one.voice,)
        )
        for one in written
        if _PLAUSIBLE[0] <= one.number <= _PLAUSIBLE[1] and one.on not in days
    ]
    days |= {one.on for one in told}
    codes = [one for one in _ranges(question) if one.on not in days]
    partly = tuple(one.voice for one in (*weights[-1:], *heights[-1:]))
    lacking = "No body mass index is recorded"
    if weights and not heights:
        lacking += ", and a weight but no height"
    return Figures((*recorded, *made, *told, *codes), f"{lacking}.", partly, tuple(no))


def _made(weights: list[Value], heights: list[Value]) -> list[Reckoned]:
    """Reckon with the height known last on the day of the weight, else the next one."""
    found = []
    for weight in weights:
        known = [h for h in heights if (h.on or date.min) <= (weight.on or date.max)]
        height = known[-1] if known else next(iter(heights), None)
        if height is None or not height.number:
            continue
        index = round(weight.number / (height.number / 100) ** 2, 1)
        if _PLAUSIBLE[0] <= index <= _PLAUSIBLE[1]:
            made_of = f"{weight.number:.1f} kg and {height.number:.0f} cm"
            said = f"BMI {index} on {day(weight.on)}, from {made_of}"
            found.append(Reckoned(weight.on, index, index, said, (weight.voice, height.voice)))
    return found


def _ranges(question: Question) -> list[Reckoned]:
    found = []
    known = question.index.by_code.get("ICD-10-CM", {})
    for code, (low, high) in _CODED.items():
        for fact in known.get(code, ()):
            if fact.start and "(" not in (fact.status or ""):
                said = f"BMI {low} to {high} by its code on {day(fact.start)}"
                found.append(
                    Reckoned(fact.start, low, high, said, (Voice(fact, "for", fact.start),))
                )
    return found


def weight_lost(leaf: Derived, question: Question, since: date) -> Figures:
    """Compare the latest weight with the first one in the window; a gain is a negative loss."""
    written, no = noted(question, "figure.weight", "kg")
    recorded = coded(question, WEIGHT, "kg")
    days = {one.on for one in recorded}
    weights = [*recorded, *(one for one in written if one.on not in days)]
    weights = sorted((one for one in weights if one.on), key=lambda one: one.on or date.min)
    inside = [one for one in weights if one.on and one.on >= since]
    partly = tuple(one.voice for one in inside[:1])
    if len({one.on for one in inside}) < 2:
        lacking = f"Weights of two days since {day(since)} are needed; " + (
            f"one is recorded, of {day(inside[0].on)}." if inside else "none is recorded."
        )
        return Figures((), lacking.replace(" since 0001-01-01", ""), partly, tuple(no))
    first, last = inside[0], inside[-1]
    lost = round((first.number - last.number) / first.number * 100, 1)
    said = (
        f"Weight {first.number:.1f} kg on {day(first.on)}, {last.number:.1f} kg on {day(last.on)}:"
        f" loss of {lost} %"
    )
    known = Reckoned(last.on, lost, lost, said, (first.voice, last.voice))
    return Figures((known,), "", refused=tuple(no))
