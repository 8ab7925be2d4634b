"""Whether one drug was tried as a policy asks: days, dose, and the latest word on its outcome."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from nodes.policy.drug_record import Drug, Word
from nodes.policy.drug_supply import Supply, covered
from nodes.policy.drug_told import Told
from nodes.policy.finding import Voice
from nodes.policy.index import Question
from nodes.policy.leaves_care import Dose, DrugTrial

UNITS = {"d": "a day", "wk": "a week"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds of one drug; ``rank`` orders what is lacking, the least first."""

    status: Literal["met", "conflict", "open", "contrary"]
    reason: str
    voices: tuple[Voice, ...]
    rank: int = 9


@dataclass(frozen=True, slots=True)
class Use:
    """Days of use: in a sufficient dose, in a dose that is not known, and in any."""

    enough: int
    maybe: int
    any: int
    stated: int | None
    ended: bool


def judge(drug: Drug, leaf: DrugTrial, question: Question) -> Verdict:
    """Judge one drug; intolerance and contraindication need neither days nor dose."""
    use = _use(drug, leaf, question)
    wrong = _unusable(drug, leaf)
    if wrong:
        return wrong
    if not drug.told and not drug.supplies:
        return _untaken(drug)
    denied = _denied(drug)
    if denied:
        return denied
    asked = _asked(leaf, question)
    lasting = _lasting(drug, leaf, use, asked)
    if lasting:
        return lasting
    return _result(drug, leaf, use)


def _unusable(drug: Drug, leaf: DrugTrial) -> Verdict | None:
    """Find that it could not be taken, and that nothing later says that it does well."""
    for kind in ("intolerant", "contraindicated"):
        found = drug.said(kind)
        if kind not in leaf.outcomes or not found:
            continue
        well = [one for one in drug.said("helped") if one.on >= found[-1].on]
        voices = tuple(one.voice for one in (*found, *well))
        if any(one.on > found[-1].on for one in well):
            continue
        if well:
            return Verdict("conflict", f"{drug.name}: {kind}, and said to do well", voices)
        said = {"intolerant": "not tolerated", "contraindicated": "contraindicated"}[kind]
        return Verdict("met", f"{drug.name}: {said}", voices)
    return None


def _untaken(drug: Drug) -> Verdict:
    words = drug.said("never", "declined")
    if not words:
        other = drug.said("intolerant", "contraindicated", "other")
        voices = tuple(one.voice for one in other)
        return Verdict("open", f"{drug.name}: no trial is recorded", voices, 6)
    told = {"never": "not taken", "declined": "declined"}[words[-1].kind]
    voices = tuple(one.voice for one in words)
    return Verdict("contrary", f"{drug.name}: the note says it was {told}", voices, 5)


def _denied(drug: Drug) -> Verdict | None:
    """A note that says that it was never taken, as late as the one that says it was."""
    words = drug.said("never")
    if not words:
        return None
    told = max((one.written for one in drug.told), default=date.min)
    taken = max((one.first or date.min for one in drug.supplies), default=date.min)
    if words[-1].on < max(told, taken):
        return None
    voices = (*drug.voices, *(one.voice for one in words))
    if not drug.told and all(one.event in (None, "ordered") for one in drug.supplies):
        reason = f"{drug.name}: ordered, but the note says it was not taken"
        return Verdict("contrary", reason, voices, 5)
    return Verdict("conflict", f"{drug.name}: said to be taken and not to be taken", voices)


def _asked(leaf: DrugTrial, question: Question) -> int:
    if leaf.days is None:
        return 0
    parameter = question.policy.parameters[leaf.days]
    return parameter.value * (7 if parameter.unit == "weeks" else 1)


def _use(drug: Drug, leaf: DrugTrial, question: Question) -> Use:
    known = _dose_of(drug, leaf.dose)
    some = [*drug.supplies, *_dated(drug, leaf.dose, known)]
    gap, until = leaf.gap_days, question.as_of
    sure = [one for one in some if one.enough or (one.enough is None and known)]
    maybe = [one for one in some if one.enough is not False]
    stated = [(one.days, _enough(one, leaf.dose, known)) for one in drug.told if one.days]
    likely = [days for days, enough in stated if enough is not False]
    last = max(drug.told, key=lambda one: one.written, default=None)
    return Use(
        max([covered(sure, gap, until), *(days for days, enough in stated if enough)]),
        max([covered(maybe, gap, until), *likely]),
        max([covered(some, gap, until), *(days for days, _ in stated)]),
        last.days if last else None,
        bool(last and last.ended),
    )


def _dated(drug: Drug, dose: Dose | None, known: bool | None) -> list[Supply]:
    return [
        Supply(drug.name, one.first, one.last, _enough(one, dose, known), "stated")
        for one in drug.told
        if one.first and one.last and one.first <= one.last
    ]


def _enough(one: Told, dose: Dose | None, known: bool | None) -> bool | None:
    if dose is None:
        return True
    return one.dose >= dose.value if one.dose is not None else known


def _dose_of(drug: Drug, dose: Dose | None) -> bool | None:
    """Whether every dose that is recorded suffices; none: some do not, or none is recorded."""
    if dose is None:
        return True
    told: list[Decimal] = [one.dose for one in drug.told if one.dose is not None]
    recorded = [one.enough for one in drug.supplies if one.enough is not None]
    found = [*(one >= dose.value for one in told), *recorded]
    if not found:
        return None
    return True if all(found) else None if any(found) else False


def _lasting(drug: Drug, leaf: DrugTrial, use: Use, asked: int) -> Verdict | None:
    """What is wrong with days or dose, or none."""
    voices = tuple(drug.voices)
    short = use.stated is not None and use.ended and use.stated < asked
    if use.enough >= asked and (asked or leaf.dose is None or use.enough or use.maybe):
        if asked and short and use.enough > (use.stated or 0):
            reason = f"{drug.name}: {use.enough} days are recorded, a note says {use.stated}"
            return Verdict("conflict", reason, voices)
        if asked or leaf.dose is None or _dose_of(drug, leaf.dose):
            return None
    dose = f"{leaf.dose.value} {leaf.dose.unit} {UNITS[leaf.dose.per]}" if leaf.dose else ""
    if use.any >= asked and leaf.dose:
        if use.maybe >= asked and _dose_of(drug, leaf.dose) is not False:
            reason = f"{drug.name}: the dose is not recorded; {dose} is asked"
            return Verdict("open", reason, voices, 1)
        return Verdict("contrary", f"{drug.name}: in a lower dose than {dose}", voices, 2)
    if not use.any:
        return Verdict("open", f"{drug.name}: it is not recorded for how long", voices, 3)
    reason = f"{drug.name}: {use.any} of {asked} days are shown"
    return Verdict("contrary" if short else "open", reason, voices, 2)


def _result(drug: Drug, leaf: DrugTrial, use: Use) -> Verdict:
    """What came of a trial that was long enough, by the latest word."""
    days = f" for {use.enough} days" if use.enough else ""
    if "used" in leaf.outcomes:
        return Verdict("met", f"{drug.name}: taken{days}", tuple(drug.voices))
    words = drug.said("failed", "partial", "helped", "other", "declined")
    if not words:
        reason = f"{drug.name}: taken{days}, but not what came of it"
        return Verdict("open", reason, tuple(drug.voices), 0)
    last = [one for one in words if one.on == words[-1].on]
    kinds = {one.kind for one in last}
    voices = (*(one.voice for one in last), *drug.voices)
    if "failed" in kinds and "helped" in kinds:
        return Verdict("conflict", f"{drug.name}: said to have failed and to help", voices)
    if "failed" in kinds:
        if "failed" in leaf.outcomes:
            return Verdict("met", f"{drug.name}: taken{days} without enough effect", voices)
        return Verdict("open", f"{drug.name}: it failed, which is not what is asked", voices, 4)
    return _other(drug, last, voices)


def _other(drug: Drug, last: list[Word], voices: tuple[Voice, ...]) -> Verdict:
    kinds = {one.kind for one in last}
    if "helped" in kinds:
        return Verdict("contrary", f"{drug.name}: it is said to help", voices, 4)
    if "partial" in kinds:
        return Verdict("open", f"{drug.name}: it is said to help in part", voices, 1)
    return Verdict("open", f"{drug.name}: it was stopped for another reason", voices, 3)
