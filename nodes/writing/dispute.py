"""What an appeal answers: each reason with its kind and words, the ways open, who is addressed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nodes.decision import Decision, Reason
from nodes.denial.contacts import plain
from nodes.notice import Category, Cause, Earlier, Notice, Step, WhereTo
from nodes.writing.text import clean

Stage = Literal["first", "second", "external"]
OURS: dict[str, Category] = {
    "medical_necessity": "medical_necessity",
    "missing_info": "missing_information",
    "experimental": "experimental",
    "not_covered": "not_covered",
    "benefit_limit": "benefit_limit",
    "level_of_care": "level_of_care",
    "site_of_service": "site_of_service",
    "out_of_network": "out_of_network",
    "eligibility": "eligibility",
    "timeliness": "timeliness",
    "duplicate": "duplicate",
    "data_error": "coding",
    "dx_mismatch": "coding",
    "demographic": "coding",
    "provider": "provider",
    "step_therapy": "step_therapy",
    "authorization_missing": "authorization_missing",
    "coordination_of_benefits": "coordination_of_benefits",
}
ADMINISTRATIVE: frozenset[Category] = frozenset(
    {
        "eligibility",
        "duplicate",
        "coordination_of_benefits",
        "provider",
        "timeliness",
        "coding",
        "authorization_missing",
    }
)
WAYS = {"lines": "address", "phone": "phone number", "fax": "fax number", "portal": "portal"}
LEVELS: dict[Stage, frozenset[str]] = {
    "first": frozenset({"first", "reconsideration"}),
    "second": frozenset({"second"}),
    "external": frozenset({"external", "hearing"}),
}


@dataclass(frozen=True)
class Ground:
    """One reason of a denial, from the notice or from the transaction."""

    category: Category
    words: tuple[str, ...]
    code: str | None = None
    code_words: str | None = None
    criterion: str | None = None


@dataclass(frozen=True)
class Dispute:
    """A denial as it is answered: the decision, the notice that was read, what came before."""

    decision: Decision
    notice: Notice | None = None
    stage: Stage = "first"
    earlier: tuple[Earlier, ...] = ()
    deadline: date | None = None
    rules: tuple[str, ...] = ()

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The reasons: those of the notice, else those of the transaction."""
        if self.notice and self.notice.causes:
            every = tuple(_of_cause(cause, self.decision) for cause in self.notice.causes)
        else:
            every = _of_decision(self.decision)
        return tuple(dict.fromkeys(every))

    @property
    def administrative(self) -> bool:
        """Whether no reason is clinical: then nothing clinical is sent (45 CFR 164.502(b))."""
        return bool(self.grounds) and all(g.category in ADMINISTRATIVE for g in self.grounds)

    @property
    def issued(self) -> date | None:
        """The day of the decision."""
        return (self.notice.issued if self.notice else None) or self.decision.issued

    @property
    def step(self) -> Step | None:
        """The way open at this stage, the earliest due first."""
        steps = self.notice.steps if self.notice else ()
        return next((step for step in steps if step.level in LEVELS[self.stage]), None)

    @property
    def due(self) -> date | None:
        """The last day at this stage; none: not known."""
        return self.deadline or (self.step.due if self.step else None)

    def contact(self, *purposes: str) -> WhereTo | None:
        """Find where to write or call, the purposes in the order of preference.

        What a notice gives in two ways for one purpose is left out: a person chooses.
        """
        return contact_of(self.notice, *purposes)

    def several(self, *purposes: str) -> tuple[str, ...]:
        """Name what the notice gives more than once for a purpose: address, phone, fax, portal."""
        every = self.notice.contacts if self.notice else ()
        first = next((p for p in purposes if any(c.purpose == p for c in every)), None)
        found = [contact for contact in every if contact.purpose == first]
        return tuple(name for way, name in WAYS.items() if len(_given(found, way)) > 1)

    @property
    def references(self) -> tuple[str, ...]:
        """The numbers by which the payer finds its decision."""
        told = self.decision
        given = (
            *(self.notice.references if self.notice else ()),
            told.administrative_reference,
            told.authorization_number,
        )
        known = [number for number in given if number] or list(told.trace_numbers)
        return tuple(dict.fromkeys(clean(number) for number in known))

    @property
    def rule(self) -> str:
        """What gives the last day, and the receipt it is counted from where it is."""
        return rule_of(self.step, self.issued) if self.step else ""

    @property
    def told(self) -> Decision:
        """The decision with all that the notice and the earlier decisions say beside it.

        It is what a sentence about the decision is held to.
        """
        said = tuple(self._said())
        return self.decision.model_copy(update={"messages": (*self.decision.messages, *said)})

    def _said(self) -> Iterable[str]:
        yield from (self.stage, *self.rules)
        yield from (day.isoformat() for day in (self.due, self.issued) if day)
        for one in self.earlier:
            yield from (*one.words, one.who or "", one.reference or "")
            yield one.decided.isoformat() if one.decided else ""
        if self.notice:
            yield from _notice(self.notice)


def contact_of(notice: Notice | None, *purposes: str) -> WhereTo | None:
    """Find the contact of the first purpose that a notice names, without what it gives twice."""
    every = notice.contacts if notice else ()
    for purpose in purposes:
        found = [contact for contact in every if contact.purpose == purpose]
        if found:
            only = {
                way: next(iter(one), None) for way in WAYS if len(one := _given(found, way)) < 2
            }
            known = {way: only.get(way) or (() if way == "lines" else None) for way in WAYS}
            return found[0].model_copy(update=known)
    return None


def rule_of(step: Step, issued: date | None) -> str:
    """Tell the rule of a step; counted from receipt where its count begins after the decision."""
    rule = clean(step.rule)
    begun = step.counted_from
    if not begun or not issued or begun <= issued or begun.isoformat() in rule:
        return rule
    counted = f"from receipt on {begun.isoformat()}"
    return rule.replace("from denial", counted) if "from denial" in rule else f"{rule}, {counted}"


def _given(contacts: Iterable[WhereTo], way: str) -> list[object]:
    """List what contacts give in one way, each once."""
    told = {plain(getattr(one, way)): getattr(one, way) for one in contacts if getattr(one, way)}
    return list(told.values())


def _notice(notice: Notice) -> Iterable[str]:
    yield from notice.references
    for cause in notice.causes:
        yield from (said.quote for said in (cause.words, cause.criterion) if said)
        yield cause.code or ""
    for step in notice.steps:
        yield from (step.rule, step.who or "", step.stated.quote if step.stated else "")
        yield from (step.decided_within or "", step.expedited_within or "")
        yield from (day.isoformat() for day in (step.due, step.counted_from) if day)
    for contact in notice.contacts:
        yield from (*contact.lines, contact.phone or "", contact.fax or "", contact.portal or "")
    yield notice.call_why or ""


def _of_cause(cause: Cause, decision: Decision) -> Ground:
    known = {reason.code: reason.words for reason in decision.reasons}
    return Ground(
        category=cause.category,
        words=(clean(cause.words.quote),) if cause.words else (),
        code=cause.code,
        code_words=known.get(cause.code or ""),
        criterion=clean(cause.criterion.quote) if cause.criterion else None,
    )


def _of_decision(decision: Decision) -> tuple[Ground, ...]:
    words = tuple(dict.fromkeys(clean(message) for message in decision.messages))
    reasons: tuple[Reason | None, ...] = decision.reasons or ((None,) if words else ())
    return tuple(
        Ground(
            category=OURS.get(reason.category or "", "other") if reason else "unknown",
            words=() if place else words,
            code=reason.code if reason else None,
            code_words=clean(reason.words) if reason and reason.words else None,
        )
        for place, reason in enumerate(reasons)
    )
