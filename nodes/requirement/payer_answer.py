"""Which of a payer's own answers counts for a line: of this patient, coverage, code and time."""

from dataclasses import dataclass
from datetime import date, timedelta

from nodes.requirement.answer import LineRequirement, PayerAnswer, RefusedAnswer, RuleQuestion
from nodes.requirement.codes import level
from nodes.requirement.crd import Assertion, Billing
from nodes.requirement.holders import same
from nodes.requirement.limits import limited
from nodes.requirement.question import AskedLine, RequirementQuestion

NEWER = "The payer's newest answer does not say what is needed, so its older one was not used: ask"
PROCEDURES = ("CPT", "HCPCS")
EXPIRED = "the code is not valid on the date of service"
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
BEYOND = RuleQuestion(
    about="payer",
    ask="It goes, or may go, beyond what the payer limited its answer to: ask it about that",
)
ASK_PAYER = RuleQuestion(about="payer", ask="What does the payer's decision depend on?")


@dataclass(frozen=True)
class Ours:
    """Whose answers count: the coverage's and the patient's references, and the EHR's address."""

    coverage: str | None
    patient: str | None
    as_of: date
    base: str | None = None


def answered(
    said: LineRequirement,
    asked: RequirementQuestion,
    given: list[Assertion],
    ours: Ours,
    *,
    expired: bool = False,
) -> LineRequirement:
    """Let the payer's newest answer in force go before the tables; keep why others did not."""
    line = asked.lines[said.line - 1]
    last = asked.last(line)
    refused, accepted = [], list[Assertion]()
    for number, one in enumerate(given, 1):
        if fault := EXPIRED if expired else _fault(one, line, last, ours):
            refused.append(
                RefusedAnswer(number=number, kind="payer_answer", assertion=one.id, reason=fault)
            )
        else:
            accepted.append(one)
    said = said.model_copy(update={"refused": (*said.refused, *refused)})
    vague = max(
        (one.dated for one in given if one.dated and _vague(one, line, last, ours)), default=None
    )
    newest = max((one.dated for one in accepted if one.dated), default=None)
    latest = [one for one in accepted if one.dated == newest]
    if not latest or newest is None:
        return said
    if vague and vague > newest:
        return said.model_copy(update={"warnings": (*said.warnings, NEWER)})
    differ = len({(one.pa_needed, one.covered) for one in latest}) > 1
    if differ or any(one.contradicts for one in latest):
        return said.model_copy(update=_quarrel())
    return said.model_copy(update=_fields(said, asked, latest[0], ours))


def _fault(one: Assertion, line: AskedLine, day: date, ours: Ours) -> str | None:
    """Why an answer does not count for a line; none when it does."""
    return one.fault or _whose(one, line, ours) or _when(one, day, ours) or _what(one)


def _vague(one: Assertion, line: AskedLine, day: date, ours: Ours) -> bool:
    """Whether it is for this line and in date, but does not say what is needed."""
    about = not (one.fault or _whose(one, line, ours) or _when(one, day, ours))
    return about and _what(one) is not None


def _whose(one: Assertion, line: AskedLine, ours: Ours) -> str | None:
    if ours.coverage is None:
        return "which coverage is asked about was not said: give its reference"
    if not same(one.coverage, ours.coverage, ours.base):
        return "it is about another coverage, or does not say about which"
    if ours.patient and not all(same(who, ours.patient, ours.base) for who in one.patients):
        return "it stands on an order of another patient, or one that does not say of which"
    if _of_another_code(one, line):
        return "it stands on an order of another code"
    if not any(_bills(billing, line) for billing in one.billing):
        return "it is about another code or modifier, or names none"
    return None


def _of_another_code(one: Assertion, line: AskedLine) -> bool:
    """Whether the order has a code of the line's kind, and it is not the line's."""
    kinds = PROCEDURES if line.system in PROCEDURES else (line.system,)
    kin = [own for own in one.own if own.system in kinds]
    return bool(kin) and not any(_names(own, line) for own in kin)


def _names(billing: Billing, line: AskedLine) -> bool:
    alike = level(billing.system, billing.code) == level(line.system, line.code)
    return alike and billing.code == line.code


def _bills(billing: Billing, line: AskedLine) -> bool:
    return _names(billing, line) and set(billing.modifiers) <= set(line.modifiers)


def _when(one: Assertion, day: date, ours: Ours) -> str | None:
    if one.dated is None:
        return "it is not dated"
    if one.dated > ours.as_of:
        return "it is dated after the day of the question"
    if one.expires and (one.expires < ours.as_of or one.expires < day):
        return "it has expired, or will have on the last day of the service"
    if one.expires is None and ours.as_of - one.dated > TOO_OLD:
        return "it is older than 180 days and names no day on which it expires"
    return None


def _what(one: Assertion) -> str | None:
    if one.contradicts:
        return None
    if one.pa_needed == "indeterminate":
        return "the payer's system could not tell"
    if one.covered not in COVERED:
        return "it does not say in CRD's words whether the service is covered"
    if _not_covered(one):
        return None
    if one.pa_needed not in NEEDED:
        return "it does not say in CRD's words whether authorization is needed"
    if one.pa_needed == "satisfied" and not one.number:
        return "it says satisfied without an authorization number"
    return None


def _not_covered(one: Assertion) -> bool:
    """Whether it is not covered; what is said of authorization beside it then means nothing."""
    return one.covered == "not-covered" and one.pa_needed != "auth-needed"


def _quarrel() -> dict[str, object]:
    return {
        "needed": "unknown",
        "basis": "payer_answer",
        "rule": None,
        "covered": None,
        "questions": (),
        "reason": "The payer gave two different answers on the same day, or one that contradicts"
        " itself: ask which one holds",
        "missing": ("one answer of the payer",),
    }


def _fields(
    said: LineRequirement, asked: RequirementQuestion, one: Assertion, ours: Ours
) -> dict[str, object]:
    assert one.dated is not None
    line = asked.lines[said.line - 1]
    alike = [
        other for other in asked.lines if (other.system, other.code) == (line.system, line.code)
    ]
    limits, exceeded = limited(one, alike, said.on, asked.last(line))
    needed = "unknown" if _not_covered(one) else one.pa_needed or "unknown"
    questions = tuple(dict.fromkeys(INFO.get(name, ASK_PAYER) for name in one.info_needed))
    questions += (BEYOND,) if exceeded else ()
    if needed in ("no-auth", "satisfied") and questions:
        needed = "conditional"
    if needed == "conditional":
        questions = questions or (ASK_PAYER,)
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
    if _not_covered(one):
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
