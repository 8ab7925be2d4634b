"""Whether a rule's circumstances hold: yes, no, or a question for each that is not known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nodes.requirement.amounts import total, within
from nodes.requirement.answer import RuleQuestion
from nodes.requirement.codes import holds
from nodes.requirement.question import AskedLine, RequirementQuestion
from nodes.requirement.table import Bounds, RequirementRow, RequirementTable

Answer = bool | RuleQuestion


@dataclass(frozen=True)
class Fit:
    """A rule that is for a line, or may be; its rank tells how specific it is."""

    table: RequirementTable
    row: RequirementRow
    rank: tuple[int, int, int, int]
    questions: tuple[RuleQuestion, ...]

    @property
    def id(self) -> str:
        """The rule as it is cited."""
        return f"{self.table.id}/{self.row.id}"


def fit(
    table: RequirementTable,
    row: RequirementRow,
    asked: RequirementQuestion,
    line: AskedLine,
    day: date,
) -> Fit | None:
    """Hold a rule against a line on a day; none: it is for other payers, codes, dates or facts."""
    if not of_payer(row, asked) or not row.effective.on(day):
        return None
    exact = [
        found
        for group in table.groups(row)
        if (found := group.match(line.system, line.code, day)) is not None
    ]
    if not exact:
        return None
    answers = circumstances(table, row, asked, line)
    if any(one is False for one in answers):
        return None
    questions = tuple(one for one in answers if isinstance(one, RuleQuestion))
    return Fit(table, row, rank(row, max(exact)), questions)


def of_payer(row: RequirementRow, asked: RequirementQuestion) -> bool:
    """Another payer's rule is never used; one for any payer only for its lines of business."""
    payer = asked.payer.strip().casefold()
    if row.payers and payer not in {one.strip().casefold() for one in row.payers}:
        return False
    return not row.lines_of_business or asked.line_of_business in row.lines_of_business


def rank(row: RequirementRow, exact: int) -> tuple[int, int, int, int]:
    """How specific a rule is: payer, plan, code, then the number of circumstances it names."""
    named = (
        bool(row.states or row.not_states),
        row.member_states,
        row.places,
        row.urgencies,
        row.age,
        row.quantity,
        row.diagnoses,
        row.together,
        row.modifiers,
    )
    return (bool(row.payers), bool(row.plans), exact, sum(map(bool, named)))


def circumstances(
    table: RequirementTable, row: RequirementRow, asked: RequirementQuestion, line: AskedLine
) -> list[Answer]:
    """Answer each circumstance a rule names."""
    return [
        _among(row.plans, asked.plan_name, "plan_name", "Which plan is it?"),
        _state(row, asked),
        _among(
            row.member_states, asked.member_state, "member_state", "In which state does the"
            " patient live?",
        ),
        _among(
            row.places, asked.place_of_service, "place_of_service", "Where will it be given"
            " (place of service code)?",
        ),
        not row.urgencies or asked.urgency in row.urgencies,
        _aged(row.age, asked.age),
        _quantity(table, row, asked, line),
        not row.modifiers or not set(row.modifiers).isdisjoint(line.modifiers),
        _diagnosis(row, asked),
        _together(table, row, asked, line),
    ]  # fmt: skip


def _among(allowed: Collection[str], given: str | None, about: str, ask: str) -> Answer:
    if not allowed:
        return True
    if given is None:
        return RuleQuestion.model_validate({"about": about, "ask": ask})
    return given.strip().casefold() in {one.strip().casefold() for one in allowed}


def _state(row: RequirementRow, asked: RequirementQuestion) -> Answer:
    if not row.states and not row.not_states:
        return True
    if asked.service_state is None:
        return RuleQuestion(about="service_state", ask="In which state will it be given?")
    if row.states:
        return asked.service_state in row.states
    return asked.service_state not in row.not_states


def _aged(limits: Bounds | None, years: int | None) -> Answer:
    if limits is None:
        return True
    if years is None:
        return RuleQuestion(about="age", ask="How old is the patient on that day?")
    low, high = limits.at_least, limits.at_most
    return (low is None or years >= low) and (high is None or years <= high)


def _quantity(
    table: RequirementTable, row: RequirementRow, asked: RequirementQuestion, line: AskedLine
) -> Answer:
    """Whether all lines together that the rule's codes are for keep to its limits."""
    if row.quantity is None:
        return True
    same = [
        one
        for one in asked.lines
        if one is line
        or any(group.match(one.system, one.code, asked.day(one)) is not None
               for group in table.groups(row))
    ]  # fmt: skip
    kept = within(row.quantity, total(same, row.quantity.unit))
    words = row.quantity.unit.replace("_", " ")
    ask = RuleQuestion(about="quantity", ask=f"How many are asked for in all, counted by {words}?")
    return ask if kept is None else kept


def _diagnosis(row: RequirementRow, asked: RequirementQuestion) -> Answer:
    if not row.diagnoses:
        return True
    if asked.diagnoses is None:
        return RuleQuestion(about="diagnosis", ask="For which diagnosis (ICD-10-CM)?")
    plain = [code.replace(".", "") for code in asked.diagnoses]
    return any(holds(one, code) for one in row.diagnoses for code in plain)


def _together(
    table: RequirementTable, row: RequirementRow, asked: RequirementQuestion, line: AskedLine
) -> Answer:
    """Whether a line of another set is of the same day; none among the lines is a question."""
    if row.together is None:
        return True
    groups, first, last = table.code_sets[row.together], asked.day(line), asked.last(line)
    for one in asked.lines:
        day = max(first, asked.day(one))
        together = one is not line and day <= min(last, asked.last(one))
        if together and any(group.match(one.system, one.code, day) is not None for group in groups):
            return True
    codes = ", ".join(code for group in groups for code in group.codes)
    return RuleQuestion(about="other_lines", ask=f"Will it be billed on the same day with {codes}?")
