"""A statement with blanks for the clinician: the form of an answer, never the answer.

Dates, durations, doses, values with their unit, the side: all are left blank (____), and so is
whether it is so: both answers stand open. What the policy wants to hear is not written in.
"""

import re
from collections.abc import Callable, Mapping

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
from nodes.policy.leaves_care import CareDuration, DrugTrial
from nodes.policy.leaves_people import FamilyHistory
from nodes.policy.wording import Words

LONGEST = 500
REPEATED = 4
DISAGREES = "The record says both. What holds on ____ (date): "
TREATMENT = (
    "____ (treatment, or none), from ____ to ____ (dates), ____ (sessions or dose, and how often)"
)
FIGURES = {
    "bmi": "Weight ____ kg and height ____ cm, measured on ____ (date).",
    "weight_loss": "Weight ____ kg on ____ (date) and ____ kg on ____ (date).",
    "pretest_probability": "Chest pain: ____ (where, or none), brought on by ____, relieved by"
    " ____, since ____ (date).",
    "adherence": "Nights with 4 hours of use or more: ____ of ____, from ____ to ____ (dates);"
    " source: ____.",
    "pack_years": "Tobacco: ____ packs a day for ____ years = ____ pack-years, as of ____ (date).",
    "years_since_quit": "Last cigarette: ____ (month and year, or still smoking).",
}
_NEGATED = re.compile(r"^(?:no|without|absence of|not having|never having)\s+", re.IGNORECASE)
Write = Callable[..., str]


def addendum(leaf: LeafBase, kind: str, words: Mapping[str, Words]) -> str:
    """Give the leaf's own statement, else one made for its kind of question."""
    if leaf.addendum:
        return leaf.addendum
    said = FORMS[str(leaf.op)](leaf, _topic(leaf, words))  # type: ignore[attr-defined]
    if kind == "conflict":
        said = DISAGREES + said
    return said if len(said) <= LONGEST else said[: LONGEST - 5].rpartition(" ")[0] + " ____"


def _topic(leaf: LeafBase, words: Mapping[str, Words]) -> str:
    name = str(getattr(leaf, "about", None) or getattr(leaf, "concept", None))
    return words[name].label if name in words else ""


def _stated(leaf: LeafBase, topic: str) -> str:
    said, answers = _asked(topic or leaf.text)
    return (
        f"{_first(said)}: ____ ({answers} or not known), seen or told on ____ (date);"
        " findings, with side and region where there is one: ____."
    )


def _coded(leaf: CodePresent, topic: str) -> str:
    """A test is told by its result, what a patient has by whether it is so."""
    if "condition" in leaf.kinds:
        return _stated(leaf, topic)
    said = _first(topic or leaf.text)
    return f"{said}: ____ (what, or none), on ____ (date); result: ____; source: ____."


def _attested(leaf: Attested, topic: str) -> str:
    """A result or a paper is quoted from its document, what a clinician knows is stated."""
    said, answers = _asked(topic or leaf.text)
    if leaf.value_set:
        rest = f"whether it shows {said}: ____ ({answers} or not stated)."
        return f"____ (test) of ____ (date), reported by ____; {rest}"
    if leaf.effort == "record" and leaf.ask and not leaf.objective:
        rest = f"whether it shows {said}: ____ ({answers} or not stated)."
        return f"____ (document) of ____ (date), signed by ____; {rest}"
    return _stated(leaf, topic)


def _asked(topic: str) -> tuple[str, str]:
    """Ask for the thing itself, never for its absence: no answer is a double negative."""
    bare = _NEGATED.sub("", topic)
    return (bare, "yes, no") if bare == topic else (bare, "present, absent")


def _value(leaf: ObservationLatest, topic: str) -> str:
    where = ", ____ (under what condition)" if leaf.context else ""
    label = _first(topic or "value")
    return f"{label}: ____ {leaf.unit}, measured on ____ (date){where}; source: ____."


def _values(leaf: ObservationCount, topic: str) -> str:
    rows = [f"____ {leaf.unit} on ____ (date)"] * min(leaf.n, REPEATED)
    return f"Measured: {'; '.join(rows)}; source: ____."


def _events(leaf: EventCount, topic: str) -> str:
    rows = ["____ (date): ____ (what happened, or nothing)"] * min(leaf.n, REPEATED)
    return f"{_first(topic or 'on')}: {'; '.join(rows)}."


def _visit(leaf: EncounterWithin, topic: str) -> str:
    return (
        f"Visit about {topic}: ____ (yes or no), on ____ (date), ____ (in person, by video or by"
        " telephone); history: ____; examination: ____; plan: ____."
    )


def _visit_after(leaf: VisitAfter, topic: str) -> str:
    return (
        f"Began on ____ (date). Visit about {topic} after that: ____ (yes or no), on ____ (date),"
        " ____ (in person or by video); what was found: ____."
    )


def _procedure(leaf: ProcedureWithin, topic: str) -> str:
    return "____ (procedure or test, with side) on ____ (date), at ____; result: ____."


def _before(leaf: EventBefore, topic: str) -> str:
    return f"Visit about {topic}: ____ (yes or no), on ____ (date). Test: ____, on ____ (date)."


def _document(leaf: DocumentPresent, topic: str) -> str:
    return "____ (document) of ____ (date), written by ____; it states: ____."


def _figure(leaf: Derived, topic: str) -> str:
    return FIGURES[leaf.figure]


def _drug(leaf: LeafBase, topic: str) -> str:
    return "____ (drug), ____ (dose and how often), taken since ____ (date): ____ (yes or no)."


def _trial(leaf: DrugTrial, topic: str) -> str:
    row = "____ (drug, or none), ____ (dose and how often), from ____ to ____ (dates), result: ____"
    return f"{'; '.join([row] * min(leaf.drugs, REPEATED))}; if stopped or not taken, why: ____."


def _care(leaf: CareDuration, topic: str) -> str:
    return f"{TREATMENT}; {TREATMENT}. Done as planned: ____ (yes or no)."


def _outcome(leaf: LeafBase, topic: str) -> str:
    return (
        "After ____ (treatment), from ____ to ____ (dates): pain ____, function ____ (each better,"
        " partly better, unchanged or worse), as shown by ____."
    )


def _again(leaf: LeafBase, topic: str) -> str:
    return (
        "End of treatment: ____ (date). Visit after it: ____ (yes or no), on ____ (date); history:"
        " ____; examination: ____."
    )


def _age(leaf: LeafBase, topic: str) -> str:
    return "Date of birth: ____."


def _sex(leaf: LeafBase, topic: str) -> str:
    return "Sex as registered: ____."


def _family(leaf: FamilyHistory, topic: str) -> str:
    row = f"____ (relative and side of the family): {topic} ____ (yes or no), age when found ____"
    return "; ".join([row] * min(leaf.n, REPEATED)) + "."


def _specialty(leaf: LeafBase, topic: str) -> str:
    return (
        "Specialty of the one who orders: ____; consulted: ____ (name and specialty, or nobody),"
        " on ____ (date)."
    )


def _ordered(leaf: LeafBase, topic: str) -> str:
    return "Order: ____ (given or not given), on ____ (date), for ____ (diagnosis), ICD-10-CM ____."


def _first(words: str) -> str:
    said = words.rstrip(".")
    return said[:1].upper() + said[1:]


FORMS: Mapping[str, Write] = {
    "code_present": _coded,
    "attested": _attested,
    "observation_latest": _value,
    "observation_count": _values,
    "event_count": _events,
    "encounter_within": _visit,
    "visit_after": _visit_after,
    "procedure_within": _procedure,
    "event_before": _before,
    "document_present": _document,
    "derived": _figure,
    "med_active": _drug,
    "drug_trial": _trial,
    "care_duration": _care,
    "care_failed": _outcome,
    "re_evaluated": _again,
    "age": _age,
    "sex": _sex,
    "family_history": _family,
    "prescriber_specialty": _specialty,
    "ordered": _ordered,
}
