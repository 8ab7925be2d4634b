"""A proposed question made into a leaf of a policy file, operator by operator."""

import re
from collections.abc import Callable

from nodes.policy.drafted_tables import Json, Making, Unusable
from nodes.writing.text import clean


def code_present(make: Making) -> Json:
    """A diagnosis, coded or stated."""
    if not make.part.codes:
        return attested(make)
    return make.codes() | make.words(needed=False) | make.window()


def attested(make: Making) -> Json:
    """A statement."""
    objective = {"objective": True} if make.part.examined else {}
    return {"op": "attested"} | make.words() | make.window() | objective


def observation_latest(make: Making) -> Json:
    """A value against a limit."""
    if make.part.compare == "none" or not re.fullmatch(r"\d{1,6}(\.\d{1,4})?", make.part.value):
        raise Unusable("it needs a number and how to compare with it")
    found = make.codes(needed=False) | make.words(needed=False, number=True)
    if not found:
        raise Unusable("it needs codes or words of the value")
    make.number(make.part.value, "")
    limit = {"cmp": make.part.compare, "value": make.part.value, "unit": clean(make.part.unit)}
    return found | limit | make.window()


def event_count(make: Making) -> Json:
    """So many days."""
    found = make.codes(needed=False) | make.words(needed=False)
    if not found or not 1 <= make.part.count <= 100:
        raise Unusable("it needs codes or words, and how many days")
    make.number(make.part.count, "")
    return found | {"n": make.part.count} | make.window(needed=True)


def encounter_within(make: Making) -> Json:
    """A visit."""
    person = {"in_person": True} if make.part.in_person else {}
    return make.words("about") | make.codes(needed=False) | make.window(needed=True) | person


def procedure_within(make: Making) -> Json:
    """A procedure or test."""
    return make.codes() | make.words(needed=False) | make.window()


def document_present(make: Making) -> Json:
    """A document."""
    return make.words() | make.window()


def med_active(make: Making) -> Json:
    """A drug in use."""
    return make.codes() | make.words()


def drug_trial(make: Making) -> Json:
    """A drug tried."""
    days = {"days": make.parameter(make.part.days, "days")} if make.part.days > 0 else {}
    many = {"drugs": min(max(make.part.count, 1), 5)}
    return make.codes() | make.words() | make.window() | days | many


def care_duration(make: Making) -> Json:
    """Weeks of therapy."""
    return make.therapy() | {"weeks": make.parameter(make.part.weeks, "weeks")}


def care_failed(make: Making) -> Json:
    """Therapy that did not help."""
    return make.therapy()


def age(make: Making) -> Json:
    """Age in years."""
    limits = {"at_least": make.part.at_least, "at_most": make.part.at_most}
    found = {name: years for name, years in limits.items() if 0 < years <= 130}
    if not found:
        raise Unusable("it needs an age")
    for years in found.values():
        make.number(years, "years")
    return found


def ordered(make: Making) -> Json:
    """The order itself."""
    return make.codes(needed=False)


OPERATORS: dict[str, Callable[[Making], Json]] = {
    one.__name__: one
    for one in (
        code_present,
        attested,
        observation_latest,
        event_count,
        encounter_within,
        procedure_within,
        document_present,
        med_active,
        drug_trial,
        care_duration,
        care_failed,
        age,
        ordered,
    )
}
