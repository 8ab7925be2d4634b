"""How old the patient was when a condition began, by the start of its coded facts."""

from datetime import date

from nodes.policy.finding import Finding, Voice, against, met, silent
from nodes.policy.index import Question
from nodes.policy.leaf import LeafBase


def begun_by(years: int, leaf: LeafBase, question: Question, coded: list[Voice]) -> Finding:
    """Compare the age at the earliest recorded start; a condition without a start tells nothing."""
    born = question.case.patient.birth_date
    dated = sorted((v for v in coded if v.on), key=lambda v: (v.on or date.max, v.fact.id))
    if not dated:
        return silent(leaf, "No start of it is recorded.")
    first = dated[0].on or date.max
    old = first.year - born.year - ((first.month, first.day) < (born.month, born.day))
    reason = f"The patient was {old} when it began; at most {years} is asked."
    if old <= years:
        return met(reason, dated[:1])
    return against(reason, [Voice(v.fact, "against", v.on) for v in dated[:1]])
