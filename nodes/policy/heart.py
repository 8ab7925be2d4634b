"""Pretest probability of coronary disease, by age, sex and kind of chest pain.

Diamond GA, Forrester JS. Analysis of probability as an aid in the clinical diagnosis of
coronary-artery disease. N Engl J Med 1979;300:1350-8: decades of age from 30 to 69, in percent.
"""

from datetime import date
from decimal import Decimal

from nodes.chart import Fact
from nodes.policy.figure import Figures, Reckoned
from nodes.policy.finding import Refused, Voice, day
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaves import Derived
from nodes.policy.people import years_old
from nodes.policy.refusing import refused, why_refused

Row = tuple[str, str, str, str]
TABLE: dict[tuple[str, str], Row] = {
    ("typical", "male"): ("69.7", "87.3", "92.0", "94.3"),
    ("typical", "female"): ("25.8", "55.2", "79.4", "90.6"),
    ("atypical", "male"): ("21.8", "46.1", "58.9", "67.1"),
    ("atypical", "female"): ("4.2", "13.3", "32.4", "54.4"),
    ("other", "male"): ("5.2", "14.1", "21.5", "28.1"),
    ("other", "female"): ("0.8", "2.8", "8.4", "18.6"),
}
_KINDS = {"typical": "typical angina", "atypical": "atypical angina", "other": "non-anginal pain"}


def probability(leaf: Derived, question: Question, since: date) -> Figures:
    """Look the figure up for every kind of pain that notes of a day state."""
    years, sex = years_old(question), question.case.patient.sex
    said, no = _pain(question)
    voices = tuple(voice for _, voice in said)
    if sex == "unknown":
        return Figures((), "The patient's sex is not registered.", voices, tuple(no))
    if not 30 <= years <= 69:
        reason = f"The table is for ages 30 to 69; the patient is {years}."
        return Figures((), reason, voices, tuple(no))
    if not said:
        reason = "No note says what kind of chest pain it is: typical, atypical or non-anginal."
        return Figures((), reason, refused=tuple(no))
    known = []
    person = _person(question, years, sex)
    for kind, voice in said:
        percent = Decimal(TABLE[kind, sex][(years - 30) // 10])
        told = f"{percent} % for {_KINDS[kind]}, {sex}, {years} years, note of {day(voice.on)}"
        known.append(Reckoned(voice.on, percent, percent, told, (voice, person)))
    return Figures(tuple(known), "", refused=tuple(no))


def _pain(question: Question) -> tuple[list[tuple[str, Voice]], list[Refused]]:
    found: list[tuple[str, Voice]] = []
    no: list[tuple[Mention, str]] = []
    for kind in _KINDS:
        for one in question.index.mentions(f"figure.{kind}_pain"):
            why = why_refused(one)
            if why:
                no.append((one, why))
            else:
                found.append((kind, Voice(quoted(one), "for", one.written, own=True)))
    return found, refused(no)


def _person(question: Question, years: int, sex: str) -> Voice:
    patient = question.case.patient
    fact = Fact(
        id=f"{patient.id}.registered" if len(patient.id) < 190 else patient.id,
        kind="statement",
        quote=f"born {patient.birth_date.isoformat()}, {sex}",
        start=patient.birth_date,
        why="The probability goes by age and sex",
    )
    return Voice(fact, "for", None, own=True)
