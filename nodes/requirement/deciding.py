"""What the tables say for one line: the most specific rule, or what would decide between them."""

from datetime import date
from itertools import groupby

from nodes.requirement.answer import STRICTEST, LineRequirement, RuleQuestion, RuleRef
from nodes.requirement.fitting import Fit, fit, of_payer
from nodes.requirement.library import Requirements
from nodes.requirement.question import AskedLine, RequirementQuestion

TIE = "Two rules of equal rank say different things for this line; mend the tables"


def by_rules(
    held: Requirements, asked: RequirementQuestion, number: int, as_of: date
) -> LineRequirement:
    """Answer for one line, counted from 1, by the tables alone: the stricter of its two ends."""
    line = asked.lines[number - 1]
    first, last = asked.day(line), asked.last(line)
    said = on_day(held, asked, number, as_of, first)
    at_end = said if last == first else on_day(held, asked, number, as_of, last)
    if at_end.needed == said.needed:
        return said
    stricter = min((said, at_end), key=lambda one: STRICTEST.index(one.needed))
    told = f"The rules change between {first} and {last}: the stricter answer is given"
    considered = tuple(dict.fromkeys((*said.considered, *at_end.considered)))
    update = {"warnings": (*stricter.warnings, told), "considered": considered}
    return stricter.model_copy(update=update)


def on_day(
    held: Requirements, asked: RequirementQuestion, number: int, as_of: date, day: date
) -> LineRequirement:
    """Answer for one line on one day of its service.

    Rules are looked at from the most specific on, down to the first whose circumstances are all
    known to hold. If those that may hold say the same as that one, it is the answer; else it is
    conditional, with a question for each circumstance that is not known. No rule: unknown.
    """
    line = asked.lines[number - 1]
    said = LineRequirement(
        line=number,
        system=line.system,
        code=line.code,
        on=asked.day(line),
        until=line.until,
        needed="unknown",
        basis="none",
        reason="No rule held here is for this payer, code, date and place; that is no answer",
    )
    expired = held.retired(line.system, line.code, day)
    if expired:
        instead = f"; instead: {', '.join(expired.instead)}" if expired.instead else ""
        reason = f"The code is not valid after {expired.last}{instead}"
        missing = ("a code that is valid on the date of service",)
        return said.model_copy(update={"reason": reason, "missing": missing})
    fits = ranked(held, asked, line, day)
    if not fits:
        return said.model_copy(update={"missing": lacking(held, asked, line)})
    return said.model_copy(update=decided(fits, as_of))


def ranked(held: Requirements, asked: RequirementQuestion, line: AskedLine, day: date) -> list[Fit]:
    """The rules that are for a line or may be, the most specific first, until one surely is."""
    found = [fit(table, row, asked, line, day) for table in held.tables for row in table.rows]
    order = sorted((one for one in found if one), key=lambda one: (one.rank, one.id), reverse=True)
    kept: list[Fit] = []
    for _, group in groupby(order, key=lambda one: one.rank):
        kept += sorted(group, key=lambda one: one.id)
        if any(not one.questions for one in kept):
            break
    return kept


def decided(fits: list[Fit], as_of: date) -> dict[str, object]:
    """The fields of the answer that these rules give."""
    sure = [one for one in fits if not one.questions]
    first = sure[0] if sure else fits[0]
    ref = cited(first, as_of)
    says = {one.row.needed for one in fits}
    fields: dict[str, object] = {
        "basis": "rule",
        "rule": ref,
        "considered": tuple(one.id for one in fits),
        "warnings": aged([cited(one, as_of) for one in fits]),
    }
    if len({one.row.needed for one in sure}) > 1:
        return fields | {"needed": "unknown", "reason": TIE, "missing": ("one rule that decides",)}
    if sure and says == {first.row.needed}:
        fields |= {"needed": first.row.needed, "covered": first.row.covered}
        asks = [RuleQuestion(about="payer", ask=ask) for ask in first.row.ask]
        return fields | {"reason": first.row.title, "questions": tuple(asks)}
    return fields | {
        "needed": "conditional",
        "rule": None,
        "reason": "It depends on what is not known yet: see the questions",
        "questions": asked_of(fits),
    }


def asked_of(fits: list[Fit]) -> tuple[RuleQuestion, ...]:
    """Every question of these rules once, those of the most specific first."""
    own = [RuleQuestion(about="payer", ask=ask) for one in fits for ask in one.row.ask]
    return tuple(dict.fromkeys([*(q for one in fits for q in one.questions), *own]))


def cited(one: Fit, as_of: date) -> RuleRef:
    """A rule with its source and the age of the look at it."""
    source = one.table.sources[one.row.source]
    age = max(0, (as_of - source.checked).days)
    return RuleRef(
        id=one.id,
        title=one.row.title,
        source=source.title,
        url=source.url,
        locator=source.locator,
        verified=source.verified,
        effective_from=one.row.effective.first,
        effective_to=one.row.effective.last,
        checked=source.checked,
        age_days=age,
        stale=age > source.stale_after_days,
        answered_within=one.row.answered_within,
        note=one.row.note or source.note,
    )


def aged(refs: list[RuleRef]) -> tuple[str, ...]:
    """Say which sources were last looked at too long ago, and which were not read at all."""
    old = [
        f"{ref.id}: its source was last checked {ref.age_days} days ago; check it again"
        for ref in refs
        if ref.stale
    ]
    unread = [
        f"{ref.id}: its source was not read for this; ask the payer or read it"
        for ref in refs
        if ref.verified == "unverified"
    ]
    return (*old, *unread)


def lacking(held: Requirements, asked: RequirementQuestion, line: AskedLine) -> tuple[str, ...]:
    """Name what is not there: the line of business, a rule of this payer, or one for this code."""
    rows = [(table, row) for table in held.tables for row in table.rows]
    if asked.line_of_business == "unknown":
        return ("the line of business of the coverage",)
    own = [(table, row) for table, row in rows if of_payer(row, asked)]
    if not own:
        return ("a requirement table of this payer and line of business",)
    coded = [
        (table, row)
        for table, row in own
        if any(group.match(line.system, line.code, asked.day(line)) is not None
               for group in table.groups(row))
    ]  # fmt: skip
    if not coded:
        return ("a rule of this payer for this code on this date",)
    return ("a rule of this payer for these circumstances (place, state, date, patient)",)
