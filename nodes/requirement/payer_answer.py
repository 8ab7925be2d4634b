"""Which of a payer's own answers counts for a line: of this patient, coverage, code and time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nodes.requirement.answer import LineRequirement, PayerAnswer, RefusedAnswer, RuleQuestion
from nodes.requirement.codes import level
from nodes.requirement.crd import Assertion, details, same
from nodes.requirement.question import AskedLine

AGED, TOO_OLD = timedelta(days=30), timedelta(days=180)
NEEDED = ("auth-needed", "no-auth", "performpa", "satisfied", "conditional")
COVERED = ("covered", "not-covered", "conditional", "indeterminate")
INFO = {
    "performer": RuleQuestion(about="payer", ask="Who will perform it? The payer needs to know."),
    "location": RuleQuestion(about="payer", ask="Where will it be given? The payer needs to know."),
    "timeframe": RuleQuestion(about="payer", ask="When will it be given? The payer needs to know."),
    "contract-window": RuleQuestion(
        about="payer", ask="Under which contract will the patient be on that day?"
    ),
    "detail-code": RuleQuestion(about="payer", ask="Which more exact code will be billed?"),
}
ASK_PAYER = RuleQuestion(about="payer", ask="What does the payer's decision depend on?")


@dataclass(frozen=True)
class Ours:
    """Whose answers count: the coverage's and the patient's references in the EHR."""

    coverage: str | None
    patient: str | None
    as_of: date


def answered(
    said: LineRequirement, line: AskedLine, given: list[Assertion], ours: Ours
) -> LineRequirement:
    """Let the payer's newest answer in force go before the tables; keep why others did not."""
    refused, accepted = [], list[Assertion]()
    for number, one in enumerate(given, 1):
        if fault := _fault(one, line, said.on, ours):
            refused.append(
                RefusedAnswer(number=number, kind="payer_answer", assertion=one.id, reason=fault)
            )
        else:
            accepted.append(one)
    said = said.model_copy(update={"refused": (*said.refused, *refused)})
    newest = max((one.dated for one in accepted if one.dated), default=None)
    latest = [one for one in accepted if one.dated == newest]
    if not latest:
        return said
    if len({(one.pa_needed, one.covered) for one in latest}) > 1:
        return said.model_copy(update=_quarrel())
    return said.model_copy(update=_fields(said, line, latest[0], ours))


def _fault(one: Assertion, line: AskedLine, day: date, ours: Ours) -> str | None:
    """Why an answer does not count for a line; none when it does."""
    return _whose(one, line, ours) or _when(one, day, ours) or _what(one)


def _whose(one: Assertion, line: AskedLine, ours: Ours) -> str | None:
    if ours.coverage is None:
        return "which coverage is asked about was not said: give its reference"
    if not same(one.coverage, ours.coverage):
        return "it is about another coverage, or does not say about which"
    if one.subject and ours.patient and not same(one.subject, ours.patient):
        return "it stands on an order of another patient"
    if not any(_bills(billing, line) for billing in one.billing):
        return "it is about another code or modifier, or names none"
    return None


def _bills(billing: Any, line: AskedLine) -> bool:
    alike = level(billing.system, billing.code) == level(line.system, line.code)
    named = alike and billing.code == line.code
    return named and set(billing.modifiers) <= set(line.modifiers)


def _when(one: Assertion, day: date, ours: Ours) -> str | None:
    if one.dated is None:
        return "it is not dated"
    if one.dated > ours.as_of:
        return "it is dated after the day of the question"
    if one.expires and (one.expires < ours.as_of or one.expires < day):
        return "it has expired, or will have on the date of service"
    if one.expires is None and ours.as_of - one.dated > TOO_OLD:
        return "it is older than 180 days and names no day on which it expires"
    return None


def _what(one: Assertion) -> str | None:
    if one.pa_needed == "indeterminate":
        return "the payer's system could not tell"
    if one.covered not in COVERED:
        return "it does not say in CRD's words whether the service is covered"
    if one.covered == "not-covered" and one.pa_needed is None:
        return None
    if one.pa_needed not in NEEDED:
        return "it does not say in CRD's words whether authorization is needed"
    if one.pa_needed == "satisfied" and not one.number:
        return "it says satisfied without an authorization number"
    return None


def _quarrel() -> dict[str, object]:
    return {
        "needed": "unknown",
        "basis": "payer_answer",
        "rule": None,
        "questions": (),
        "reason": "The payer gave two different answers on the same day: ask which one holds",
        "missing": ("one answer of the payer",),
    }


def _fields(
    said: LineRequirement, line: AskedLine, one: Assertion, ours: Ours
) -> dict[str, object]:
    assert one.dated is not None
    limits, exceeded = _limits(one, line, said.on)
    needed = one.pa_needed or "unknown"
    questions: tuple[RuleQuestion, ...] = ()
    if needed in ("no-auth", "satisfied") and exceeded:
        needed = "conditional"
        questions = (RuleQuestion(about="payer", ask="The request goes beyond what the payer"
                                  " limited its answer to: ask it about the rest"),)  # fmt: skip
    elif needed == "conditional":
        questions = tuple(INFO[name] for name in one.info_needed if name in INFO) or (ASK_PAYER,)
    answer = PayerAnswer(
        assertion=one.id,
        dated=one.dated,
        expires=one.expires,
        authorization_number=one.number if one.pa_needed == "satisfied" else None,
        gold_card=one.gold_card,
        reasons=one.reasons,
        doc_needed=one.doc_needed,
        doc_purpose=one.doc_purpose,
        questionnaires=one.questionnaires,
        limits=limits,
    )
    return {
        "needed": needed,
        "covered": one.covered,
        "basis": "payer_answer",
        "reason": _told(one),
        "rule": None,
        "payer_answer": answer,
        "questions": questions,
        "missing": (),
        "warnings": _warnings(one, ours, limits),
    }


def _told(one: Assertion) -> str:
    if one.pa_needed is None:
        return "The payer says that the service is not covered; authorization would not change that"
    gold = " (gold card)" if one.gold_card else ""
    return f"The payer itself answered so on {one.dated} for this coverage and code{gold}"


def _warnings(one: Assertion, ours: Ours, limits: tuple[str, ...]) -> tuple[str, ...]:
    assert one.dated is not None
    told = []
    if one.expires is None and ours.as_of - one.dated > AGED:
        told.append(f"The payer's answer is {(ours.as_of - one.dated).days} days old: ask again")
    if limits:
        told.append("The payer limits its answer: see limits")
    if one.dependent:
        told.append("The payer's answer depends on another order: see that it stands")
    return tuple(told)


def _limits(one: Assertion, line: AskedLine, day: date) -> tuple[tuple[str, ...], bool]:
    """What the payer limits its answer to, in words, and whether the line goes beyond."""
    words, exceeded = list[str](), False
    for name, value, qualification in details(one):
        if name == "allowed-quantity" and isinstance(value, dict):
            most = value.get("value")
            words.append(f"allowed quantity: {most} {value.get('unit') or ''} {qualification}")
            exceeded |= isinstance(most, int | float) and (line.quantity or 1) > most
        elif name == "allowed-period" and isinstance(value, dict):
            first, last = (str(value.get(end) or "") for end in ("start", "end"))
            words.append(f"allowed period: {first} to {last} {qualification}")
            exceeded |= not first[:10] <= day.isoformat() <= (last[:10] or "9999")
        elif name == "concurrent-review":
            words.append(f"concurrent review {qualification}")
    return tuple(" ".join(one.split())[:500] for one in words), exceeded
