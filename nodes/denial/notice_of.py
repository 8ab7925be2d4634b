"""A letter, or a coded answer, as a notice and as the decision that an appeal answers."""

from collections.abc import Sequence
from typing import NamedTuple

from nodes.decision import Decision, Reason
from nodes.denial.call import call_helps
from nodes.denial.causes import Why, causes
from nodes.denial.contacts import contacts
from nodes.denial.contradicting import held_to_itself, twice, unread_time
from nodes.denial.fit import procedures
from nodes.denial.head import references
from nodes.denial.outcome import verdict
from nodes.denial.reading import Letter
from nodes.denial.rules import keys, rule
from nodes.denial.steps import Known, steps
from nodes.notice import Cause, Notice, Step

AGAINST = frozenset({"denied", "partially_certified", "modified"})


class Told(NamedTuple):
    """A notice, and the decision of it."""

    notice: Notice
    decision: Decision


def of_letter(letter: Letter, known: Known) -> Told:
    """Read a letter in English."""
    told, torn = held_to_itself(letter, verdict(letter))
    against = told.outcome in AGAINST
    why, weak = causes(letter) if against else Why(())
    ways, warnings = steps(letter, told, known) if against else ((), ())
    call = call_helps(letter, why, ways, known.as_of) if against else None
    numbers, places = references(letter), contacts(letter)
    notice = Notice(
        outcome=told.outcome,
        issued=known.issued,
        causes=why,
        references=numbers,
        steps=ways,
        contacts=places,
        call_helps=call[0] if call else "unknown",
        call_why=call[1] if call else None,
        warnings=(*weak, *torn, *twice(places), *unread_time(letter, ways), *warnings),
    )
    codes = procedures(letter)
    decision = Decision(
        outcome=told.outcome,
        administrative_reference=numbers[0] if numbers else None,
        issued=known.issued,
        procedure=codes[0] if len(codes) == 1 else None,
        reasons=_reasons(why),
        messages=_messages(why),
    )
    return Told(notice, decision)


def unread(known: Known, warning: str) -> Told:
    """A letter that cannot be read here: an unknown outcome and the reason for it."""
    notice = Notice(outcome="unknown", issued=known.issued, warnings=(warning,))
    return Told(notice, Decision(outcome="unknown", issued=known.issued))


def of_codes(decision: Decision, why: Sequence[Cause], known: Known, *, claim: bool) -> Told:
    """Read a coded answer: its times are the rules', for it states none."""
    against = decision.outcome in AGAINST
    given = (
        rule(keys(known.line, known.plan, before_claim=not claim), "initial") if against else None
    )
    ways: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    if given:
        due, first = given.due(known.issued, known.received)
        ways = (
            Step(
                level=given.level, who=given.who, due=due, counted_from=first,
                rule=given.text[:500], verified=given.verified,
                decided_within=given.decided_within, expedited_within=given.expedited_within,
            ),
        )  # fmt: skip
        if due and known.as_of and due < known.as_of:
            warnings = (f"due_passed: {given.level} was due {due.isoformat()}",)
        elif due is None and given.count:
            warnings = ("deadline_unknown: the notice's date is not known",)
    elif against:
        warnings = ("deadline_unknown: no rule is known for this plan",)
    missing = bool(why) and why[0].category == "missing_information"
    notice = Notice(
        outcome=decision.outcome,
        issued=known.issued,
        causes=tuple(why),
        references=_numbers(decision),
        steps=ways,
        call_helps="yes" if missing and against else "unknown",
        call_why="information is missing that can be sent" if missing and against else None,
        warnings=warnings,
    )
    return Told(notice, decision)


def _reasons(why: Sequence[Cause]) -> tuple[Reason, ...]:
    return tuple(Reason(code=c.code, category=c.category) for c in why if c.code)


def _messages(why: Sequence[Cause]) -> tuple[str, ...]:
    """The payer's own words, once each, in one line."""
    return tuple(dict.fromkeys(" ".join(c.words.quote.split()) for c in why if c.words))


def _numbers(decision: Decision) -> tuple[str, ...]:
    every = (decision.administrative_reference, decision.certificate, *decision.trace_numbers)
    return tuple(dict.fromkeys(number for number in every if number))
