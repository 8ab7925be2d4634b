"""What shows a criterion, said for each operator in plain words."""

from collections.abc import Callable
from typing import Any

from nodes.policy.leaf import LeafBase
from nodes.policy.leaves import (
    Attested,
    CodePresent,
    Derived,
    DocumentPresent,
    EncounterWithin,
    EventBefore,
    EventCount,
    ObservationCount,
    ObservationLatest,
    ProcedureWithin,
    VisitAfter,
)
from nodes.policy.leaves_care import CareDuration, CareFailed, DrugTrial, MedActive, ReEvaluated
from nodes.policy.leaves_people import Age, FamilyHistory, Ordered, PatientSex, PrescriberSpecialty
from nodes.policy.plain import COMPARED, Said, counted, either, within

KINDS = {"condition": "diagnosis", "report": "test report", "family_history": "family history"}
FIGURES = {
    "bmi": ("body mass index", "kg/m2"),
    "weight_loss": ("weight lost since the first weight", "%"),
    "pretest_probability": ("pretest probability of coronary disease (Diamond-Forrester)", "%"),
    "adherence": ("nights with 4 hours of use or more, best 30 days in a row", "%"),
    "pack_years": ("pack-years smoked", "pack-years"),
    "years_since_quit": ("years since smoking was stopped", "years"),
}
RELATIVES = {
    "first_degree": "parents, siblings or children",
    "second_degree": "blood relatives up to the second degree",
    "close": "blood relatives up to the third degree",
    "any": "relatives",
}
OUTCOMES = {
    "failed": "it did not help enough",
    "intolerant": "it was not tolerated",
    "contraindicated": "it may not be taken",
    "used": "it was taken long enough",
}


def shown_by(leaf: LeafBase, said: Said) -> str:
    """Say what in the record shows a criterion."""
    return OPERATORS[type(leaf)](leaf, said)


def _codes(said: Said, name: str | None, noun: str) -> str:
    codes = said.codes(name)
    return f"{noun} coded {codes}" if codes else ""


def _note(said: Said, name: str | None, objective: bool = False) -> str:
    if not name:
        return ""
    found = ", found on examination" if objective else ""
    return f"a note that states {said.label(name)}{found}"


def _kinds(kinds: tuple[str, ...]) -> str:
    return either(KINDS.get(kind, kind.replace("_", " ")) for kind in kinds)


def _code_present(leaf: CodePresent, said: Said) -> str:
    note = _note(said, leaf.concept, leaf.objective)
    if note and leaf.window:
        note += f", {within(leaf.window)}"
    ever = "; past and resolved count too" if leaf.ever else ""
    young = f"; begun at {leaf.onset_at_most} or younger" if leaf.onset_at_most else ""
    return either([_codes(said, leaf.value_set, _kinds(leaf.kinds)), note]) + ever + young


def _attested(leaf: Attested, said: Said) -> str:
    ever = "; past and resolved count too" if leaf.ever else ""
    tests = f", or a result of {said.codes(leaf.value_set)}" if leaf.value_set else ""
    return f"{_note(said, leaf.concept, leaf.objective)}{tests}, {within(leaf.window)}{ever}"


def _limit(leaf: ObservationLatest | ObservationCount) -> str:
    return f"{COMPARED[leaf.cmp]} {leaf.value} {leaf.unit.replace('{', '').replace('}', '')}"


def _latest(leaf: ObservationLatest, said: Said) -> str:
    where = either(
        [_codes(said, leaf.value_set, "result"), (leaf.concept and said.label(leaf.concept)) or ""]
    )
    stated = f", stated with {said.label(leaf.context)}" if leaf.context else ""
    return f"the {leaf.take} value {_limit(leaf)}{stated}, {within(leaf.window)} ({where})"


def _values(leaf: ObservationCount, said: Said) -> str:
    days = counted(leaf.n, "day")
    where = _codes(said, leaf.value_set, "results")
    return f"values {_limit(leaf)} on at least {days}, {within(leaf.window)} ({where})"


def _encounter(leaf: EncounterWithin, said: Said) -> str:
    how = "visit in person" if leaf.in_person else "visit"
    codes = _codes(said, leaf.value_set, "diagnosis")
    known = f" ({codes})" if codes else ""
    return f"a {how} about {said.label(leaf.about)}{known}, {within(leaf.window)}"


def _procedure(leaf: ProcedureWithin, said: Said) -> str:
    ways = either([_codes(said, leaf.value_set, "procedure or test"), _note(said, leaf.concept)])
    return f"{ways}, {within(leaf.window)}"


def _before(leaf: EventBefore, said: Said) -> str:
    how = "visit in person" if leaf.in_person else "visit"
    test = _codes(said, leaf.value_set, "the test")
    return f"a {how} about {said.label(leaf.about)}, dated before {test}"


def _after(leaf: VisitAfter, said: Said) -> str:
    how = "visit in person" if leaf.in_person else "visit"
    start = _codes(said, leaf.start, "what began")
    days = f"from day {leaf.first_day}" + (f" to day {leaf.last_day}" if leaf.last_day else " on")
    return f"a {how} about {said.label(leaf.about)}, {days} after the start ({start})"


def _events(leaf: EventCount, said: Said) -> str:
    ways = either([_codes(said, leaf.value_set, _kinds(leaf.kinds)), _note(said, leaf.concept)])
    return f"{ways}, on at least {counted(leaf.n, 'day')} {within(leaf.window)}"


def _document(leaf: DocumentPresent, said: Said) -> str:
    titled = f"titled {said.label(leaf.concept)}" if leaf.concept else ""
    ways = either([said.codes(leaf.value_set), titled])
    says = f", which states {said.label(leaf.says)}" if leaf.says else ""
    return f"a document ({ways}){says}, {within(leaf.window)}"


def _derived(leaf: Derived, said: Said) -> str:
    figure, unit = FIGURES[leaf.figure]
    return f"{leaf.take} {figure} {COMPARED[leaf.cmp]} {leaf.value} {unit}, {within(leaf.window)}"


def _active(leaf: MedActive, said: Said) -> str:
    codes = said.codes(leaf.value_set)
    return f"{said.label(leaf.concept)} in use on the day of the order ({codes})"


def _trial(leaf: DrugTrial, said: Said) -> str:
    many = f"{leaf.drugs} different drugs" if leaf.drugs > 1 else "a drug"
    days = f" for {said.number(leaf.days)}" if leaf.days else ""
    least = leaf.dose
    dose = f", at least {least.value} {least.unit} a {_PER[least.per]}" if least else ""
    came = either(OUTCOMES[one] for one in leaf.outcomes)
    return (
        f"{many} of {said.label(leaf.concept)} ({said.codes(leaf.value_set)})"
        f" tried{days}{dose}, {within(leaf.window)}: {came}"
    )


_PER = {"d": "day", "wk": "week"}


def _duration(leaf: CareDuration, said: Said) -> str:
    return f"{said.number(leaf.weeks)} of {said.care(leaf.therapies)}"


def _failed(leaf: CareFailed, said: Said) -> str:
    return f"a note that it did not help enough: {said.care(leaf.therapies)}"


def _again(leaf: ReEvaluated, said: Said) -> str:
    days = said.number(leaf.days)
    return f"a visit about {said.label(leaf.about)} after the care, in the {days} before the order"


def _age(leaf: Age, said: Said) -> str:
    least = f"at least {leaf.at_least}" if leaf.at_least is not None else ""
    most = f"at most {leaf.at_most}" if leaf.at_most is not None else ""
    limits = " and ".join(filter(None, (least, most)))
    return f"date of birth: {limits} years old on the date of service"


def _ordered(leaf: Ordered, said: Said) -> str:
    codes = _codes(said, leaf.value_set, "its diagnosis")
    return "the order itself" + (f", with {codes}" if codes else "")


def _sex(leaf: PatientSex, said: Said) -> str:
    return f"registered sex: {leaf.is_}"


def _family(leaf: FamilyHistory, said: Said) -> str:
    many = f"{leaf.n} {RELATIVES[leaf.relatives]}" if leaf.n > 1 else RELATIVES[leaf.relatives]
    age = f", known by age {leaf.onset_at_most}" if leaf.onset_at_most is not None else ""
    codes = said.codes(leaf.value_set)
    known = f" ({codes})" if codes else ""
    return f"family history of {said.label(leaf.concept)}{known} in {many}{age}"


def _specialty(leaf: PrescriberSpecialty, said: Said) -> str:
    consulted = _note(said, leaf.consulted)
    taxonomy = ", ".join(leaf.taxonomy)
    return either([f"the ordering clinician's specialty (taxonomy {taxonomy})", consulted])


OPERATORS: dict[type[LeafBase], Callable[[Any, Said], str]] = {
    CodePresent: _code_present,
    Attested: _attested,
    ObservationLatest: _latest,
    ObservationCount: _values,
    EncounterWithin: _encounter,
    ProcedureWithin: _procedure,
    EventBefore: _before,
    VisitAfter: _after,
    EventCount: _events,
    DocumentPresent: _document,
    Derived: _derived,
    MedActive: _active,
    DrugTrial: _trial,
    CareDuration: _duration,
    CareFailed: _failed,
    ReEvaluated: _again,
    Age: _age,
    Ordered: _ordered,
    PatientSex: _sex,
    FamilyHistory: _family,
    PrescriberSpecialty: _specialty,
}
