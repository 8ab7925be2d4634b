"""What an appeal answers: each reason with its kind and words, the ways open, who is addressed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nodes.decision import Decision, Reason
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
}
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
            return tuple(_of_cause(cause, self.decision) for cause in self.notice.causes)
        return _of_decision(self.decision)

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
        """Find where to write or call, the purposes in the order of preference."""
        every = self.notice.contacts if self.notice else ()
        return next((c for p in purposes for c in every if c.purpose == p), None)

    @property
    def references(self) -> tuple[str, ...]:
        """The numbers by which the payer finds its decision."""
        told = self.decision
        given = (
            *(self.notice.references if self.notice else ()),
            told.administrative_reference,
            told.authorization_number,
            *told.trace_numbers,
        )
        return tuple(dict.fromkeys(clean(number) for number in given if number))

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
    words = tuple(clean(message) for message in decision.messages)
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
