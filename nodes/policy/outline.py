"""A policy as people read it: whose rule, since when, and its criteria as a numbered outline."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from nodes.audit import Model, Sha256
from nodes.policy.leaf import LeafBase
from nodes.policy.model import Policy
from nodes.policy.parts import All, AnyNode, AnyOf, AtLeast, Negated, Same, children
from nodes.policy.plain import Said, counted, either, few, valid
from nodes.policy.reading import Held
from nodes.policy.shown_by import shown_by
from nodes.policy.tree import cited

LINES = {
    "medicare": "Medicare",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "commercial": "commercial plans",
    "exchange": "exchange plans",
}
KINDS = {
    "ncd": "National Coverage Determination",
    "lcd": "Local Coverage Determination",
    "payer": "the payer's own policy",
    "composite": "put together from several payers' texts",
}
MARKS = {
    "read": "the text was read",
    "secondary": "known from another text about it",
    "unverified": "unverified",
}
WHOM = {
    "care_team": "the care team",
    "ordering_clinician": "the ordering clinician",
    "patient": "the patient",
    "payer": "the payer",
}
EFFORT = {
    "addendum": "a statement is enough",
    "record": "a record that may exist elsewhere",
    "test": "needs a test",
    "visit": "needs a visit",
    "treatment": "needs treatment first",
}


class Step(Model):
    """One criterion in plain words, with what is below it."""

    number: str = Field(description="Such as 4.2.1; X exclusion, E exception")
    id: str
    rule: str | None = Field(default=None, description="ALL OF, ANY OF, AT LEAST 2 OF 5, NOT")
    text: str
    source: str | None = None
    quotes: tuple[str, ...] = Field(default=(), description="Words of the source it rests on")
    shown_by: str | None = None
    silence: str | None = None
    ask: str | None = None
    waived_by: tuple[str, ...] = Field(default=(), description="Numbers of exceptions")
    waives: tuple[str, ...] = Field(default=(), description="Numbers of criteria")
    below: tuple["Step", ...] = ()


class Outline(Model):
    """A whole policy in plain words."""

    id: str
    title: str
    version: str
    status: str
    sha256: Sha256
    kind: str
    whom: str
    services: str
    when: str
    review_by: date
    origin: str | None = Field(default=None, description="Which model drafted it, who approved it")
    base: str | None = Field(default=None, description="Of an overlay: what it extends and loosens")
    sources: tuple[str, ...]
    criteria: Step
    exclusions: tuple[Step, ...]
    exceptions: tuple[Step, ...]
    parameters: tuple[str, ...]
    value_sets: tuple[str, ...]
    words: tuple[str, ...]
    elsewhere: tuple[str, ...]


def outline(held: Held, at: date) -> Outline:
    """Tell a policy in plain words, with the codes that hold on a day."""
    policy = held.policy
    said = Said(policy, dict(held.compiled.words), at)
    telling = _Telling(said, _numbers(policy), held.origins)
    return Outline(
        id=policy.id,
        title=policy.title,
        version=policy.version,
        status=policy.status,
        sha256=held.sha256,
        kind=KINDS[policy.kind],
        whom=_whom(policy),
        services="; ".join(f"{one.system} {', '.join(one.codes)}" for one in policy.services),
        when=_when(policy),
        review_by=policy.review_by,
        origin=_origin(policy),
        base=_base(held),
        sources=_sources(policy),
        criteria=telling.step(policy.criteria),
        exclusions=tuple(map(telling.step, policy.exclusions)),
        exceptions=tuple(telling.step(one.criterion) for one in policy.exceptions),
        parameters=tuple(
            f"{name.replace('_', ' ')}: {said.number(name)} ({cited(policy, one.cite)})"
            for name, one in policy.parameters.items()
        ),
        value_sets=tuple(f"{name}: {_set(said, name)}" for name in policy.value_sets),
        words=tuple(
            f"{one.label}: {few([repr(word) for word in one.words])}"
            for one in policy.concepts.values()
        ),
        elsewhere=policy.elsewhere,
    )


def _set(said: Said, name: str) -> str:
    ended = sum(not valid(one, said.at) for one in said.policy.value_sets[name])
    more = f" ({counted(ended, 'range')} of codes not in force on this date)" if ended else ""
    return f"{said.codes(name) or 'no code in force'}{more}"


def _whom(policy: Policy) -> str:
    scope = policy.applies
    lines = either(LINES.get(one, one) for one in scope.lines_of_business) or "any line of business"
    payers = f"payer {either(scope.payers)}" if scope.payers else "any payer"
    plans = f"plan {either(scope.plans)}" if scope.plans else ""
    states = f"patients of {either(scope.states)}" if scope.states else ""
    kinds = f"{either(scope.certifications)} requests" if scope.certifications else "any request"
    return "; ".join(filter(None, (lines, payers, plans, states, kinds)))


def _when(policy: Policy) -> str:
    dates = policy.effective
    if dates.last:
        return f"services from {dates.first} to {dates.last}"
    return f"services from {dates.first} on"


def _origin(policy: Policy) -> str | None:
    if policy.drafted_by is None:
        return None
    approved = policy.approved
    signed = f"approved by {approved.by} on {approved.on}" if approved else "approved by nobody yet"
    return f"drafted by {policy.drafted_by}; {signed}"


def _base(held: Held) -> str | None:
    if held.extends is None:
        return None
    reasons = [f"{one.what} {one.target}: {one.reason}" for one in held.done if one.loosens]
    loosened = f"; loosened: {'; '.join(reasons)}" if reasons else ""
    return f"{held.extends}, with {counted(len(held.done), 'change')}{loosened}"


def _sources(policy: Policy) -> tuple[str, ...]:
    told = []
    for one in policy.sources:
        revision = f", revision {one.revision}" if one.revision else ""
        note = f" {one.note}" if one.note else ""
        mark = f"[{MARKS[one.verification]}, {one.checked}]"
        told.append(f"{one.id}: {one.title}{revision}. {one.locator} {mark}{note}")
    return tuple(told)


def _numbers(policy: Policy) -> dict[str, str]:
    found: dict[str, str] = {}

    def count(part: AnyNode, number: str) -> None:
        found[part.id] = number
        for place, child in enumerate(children(part), 1):
            count(child, f"{number}.{place}".removeprefix("."))

    count(policy.criteria, "")
    for place, exclusion in enumerate(policy.exclusions, 1):
        count(exclusion, f"X{place}")
    for place, waiver in enumerate(policy.exceptions, 1):
        count(waiver.criterion, f"E{place}")
    return found


class _Telling:
    """Turns the parts of one policy into steps."""

    def __init__(self, said: Said, numbers: dict[str, str], origins: Mapping[str, str]) -> None:
        self.said, self.numbers, self.origins = said, numbers, origins
        self.waives = {one.criterion.id: one.waives for one in said.policy.exceptions}
        self.waived: dict[str, list[str]] = {}
        for name, ids in self.waives.items():
            for one in ids:
                self.waived.setdefault(one, []).append(numbers[name])

    def step(self, part: AnyNode) -> Step:
        leaf = part if isinstance(part, LeafBase) else None
        return Step(
            number=self.numbers[part.id],
            id=part.id,
            rule=self._rule(part),
            text=part.text,
            source=self._source(part),
            quotes=tuple(one.quote for one in part.cite if one.quote),
            shown_by=shown_by(leaf, self.said) if leaf else None,
            silence=_silence(leaf) if leaf else None,
            ask=_ask(leaf) if leaf else None,
            waived_by=tuple(self.waived.get(part.id, ())),
            waives=tuple(self.numbers[one] or "all" for one in self.waives.get(part.id, ())),
            below=tuple(map(self.step, children(part))),
        )

    def _source(self, part: AnyNode) -> str | None:
        told, came = cited(self.said.policy, part.cite), self.origins.get(part.id)
        own = f"{self.said.policy.id}@{self.said.policy.version}"
        if came is None or (told is None and came != own):
            return told
        whose = "set by this overlay" if came == own else f"from {came}"
        return f"{told}; {whose}" if told else whose

    def _rule(self, part: AnyNode) -> str | None:
        if isinstance(part, AtLeast):
            return f"AT LEAST {part.at_least} OF {len(part.of)}"
        if isinstance(part, Same):
            return f"SAME AS {self.numbers[part.same_as]}"
        return {All: "ALL OF", AnyOf: "ANY OF", Negated: "NOT"}.get(type(part))


def _silence(leaf: LeafBase) -> str:
    return "not met" if leaf.when_absent == "not_met" else "unknown"


def _ask(leaf: LeafBase) -> str | None:
    if not leaf.ask:
        return None
    return f"Ask {WHOM[leaf.of]}: {leaf.ask} ({EFFORT[leaf.effort]})"


Step.model_rebuild()
