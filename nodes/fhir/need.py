"""What one request needs of a chart: its family's rules at its date, and how many repeats."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from nodes.chart import Fact
from nodes.fhir import codes, tree
from nodes.fhir.mention import story
from nodes.fhir.reading import Reading
from nodes.fhir.relevance import Family, Limit, Relevance, Rule, mentions
from nodes.fhir.tree import Resource

MONTHS = 12
# Where a type that never outlasts its date says when it was: what is older needs no reading.
DATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Observation": ("observation", ("effectiveDateTime", "effectivePeriod", "effectiveInstant")),
    "Procedure": ("procedure", ("performedDateTime", "performedPeriod")),
    "Encounter": ("encounter", ("period",)),
    "DiagnosticReport": ("report", ("effectiveDateTime", "effectivePeriod", "issued")),
    "Immunization": ("immunization", ("occurrenceDateTime",)),
}
# Where a resource says what it is about. One with any other words is read before it is judged.
MATTER = ("code", "type", "reasonCode", "vaccineCode", "valueCodeableConcept")
FREE = frozenset(
    {"note", "conclusion", "presentedForm", "valueString", "component", "outcome", "bodySite"}
)
EVERYTHING = Limit(latest=1000)


@dataclass
class Need:
    """The part of a chart that one request needs."""

    table: Relevance
    family: Family
    as_of: date
    months: int | None = None
    left_out: Counter[str] = field(default_factory=Counter, init=False)
    _judged: dict[Any, bool] = field(default_factory=dict, init=False)
    _within: dict[tuple[str, str | None], int] = field(default_factory=dict, init=False)

    @property
    def since(self) -> date:
        """The start of the general look-back; single rules may look back farther."""
        return back(self.as_of, max(self.months or MONTHS, self.family.look_back_months or 0))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of facts to ask the EHR for."""
        return self.family.kinds

    def asked_since(self, kind: str) -> date | None:
        """From which day to ask for a kind; None: for all there is."""
        rules = self._rules.get(kind, ())
        if any(rule.any_time for rule in rules):
            return None
        return min((self.start(rule) for rule in rules), default=self.since)

    def start(self, rule: Rule) -> date:
        """The first day that counts for a rule."""
        months = max(
            self.months or MONTHS, self.family.look_back_months or 0, rule.look_back_months or 0
        )
        return date.min if rule.any_time else back(self.as_of, months)

    def worth(self, resource: Resource) -> bool:
        """Whether a resource is worth reading: False only where no rule can keep it.

        Judges by type, date and codes alone, each combination once: most of a chart is repeats.
        """
        kind, places = DATES.get(str(resource.get("resourceType")), ("", ()))
        if not kind:
            return True
        when = next((resource[place] for place in places if place in resource), None)
        if isinstance(when, dict):
            when = when.get("end") or when.get("start")
        day = when[:10] if isinstance(when, str) and len(when) >= 10 else None
        within = self._within.get((kind, day))
        if within is None:
            starts = self._starts[kind]
            within = sum(
                1 << place for place, start in enumerate(starts) if (day or start) >= start
            )
            self._within[kind, day] = within
        if not within:
            return False
        if not FREE.isdisjoint(resource):
            return True
        known = (
            kind,
            within,
            *(f"{name}{resource[name]!r}" for name in MATTER if name in resource),
        )
        if known not in self._judged:
            self._judged[known] = self._possible(resource, self._rules.get(kind, ()))
        return self._judged[known]

    def why(self, reading: Reading, text: str = "") -> str | None:
        """Say why a reading is kept; None: it is not. ``text`` is a document's."""
        if reading.start and reading.start > self.as_of:
            return None
        last = None if reading.lasting else reading.end or reading.start
        rules = self._dated.get(reading.kind, ())
        lower = text.lower()
        told = story(text) if any(mentions(lower, rule.words) for _, rule in rules) else ""
        return next(
            (
                rule.why
                for start, rule in rules
                if (last is None or last >= start) and rule.fits(reading, told)
            ),
            None,
        )

    def repeats(self, facts: Iterable[Fact], needed: Iterable[str] = ()) -> frozenset[str]:
        """Name the facts that only repeat a measure beyond what is kept of it.

        Repeats are facts of one rule with the same code (documents: the same title). Kept are the
        newest, the oldest as a baseline, and where a rule says so the lowest and highest values.
        ``left_out`` counts the others by kind. Called again when there are more facts, the same
        are kept as if all had come at once.
        """
        groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        always = frozenset(needed)
        for fact in facts:
            if fact.id not in always:
                groups[fact.why, repeated(fact)].append(fact)
        beyond_limit = [
            fact
            for (why, _), group in groups.items()
            for fact in beyond(group, self._limit(why, group[0].kind))
        ]
        self.left_out.update(fact.kind for fact in beyond_limit)
        return frozenset(fact.id for fact in beyond_limit)

    def told(self) -> list[str]:
        """Say for the manifest what was measured by the order's own words, and what left out."""
        said = [
            f"{kind}: {count} older repeats left out: of each, the newest and the first are kept"
            for kind, count in sorted(self.left_out.items())
        ]
        if self.family.id == self.table.default.id:
            said.append(
                "no rule of relevance for this service: kept is what the order itself is about"
            )
        return said

    def _limit(self, why: str, kind: Any) -> Limit:
        rules = (rule for rule in self._rules.get(kind, ()) if rule.why == why)
        rule = next(rules, None)
        own = rule.limit if rule else None
        return own or self.table.limits.get(kind, EVERYTHING)

    def _possible(self, resource: Resource, rules: tuple[Rule, ...]) -> bool:
        concepts = [resource[name] for name in MATTER if name in resource]
        coded = [
            f"{codes.system(tree.string(coding, 'system'))} {tree.string(coding, 'code')}"
            for found in concepts
            for concept in tree.items(found)
            for coding in _codings(concept)
        ]
        said = "\n".join(word for concept in concepts for word in matter(concept) if word)
        return any(
            rule.open
            or rule.unsaid
            or (rule.codes and any(code.startswith(rule.codes) for code in coded))
            or rule.says(said)
            for rule in rules
        )

    @cached_property
    def _rules(self) -> dict[str, tuple[Rule, ...]]:
        rules: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.family.rules:
            for kind in rule.kinds:
                rules[kind].append(rule)
        return {kind: tuple(found) for kind, found in rules.items()}

    @cached_property
    def _dated(self) -> dict[str, tuple[tuple[date, Rule], ...]]:
        found = self._rules.items()
        return {kind: tuple((self.start(rule), rule) for rule in rules) for kind, rules in found}

    @cached_property
    def _starts(self) -> dict[str, tuple[str, ...]]:
        kinds = (kind for kind, _ in DATES.values())
        return {
            kind: tuple(sorted({self.start(r).isoformat() for r in self._rules.get(kind, ())}))
            for kind in kinds
        }


def matter(concepts: Any) -> list[str]:
    """List what one or more concepts say: texts, and each code with system and display."""
    said: list[str] = []
    for concept in concepts if isinstance(concepts, list) else [concepts]:
        if isinstance(concept, dict):
            said.append(str(concept.get("text") or ""))
            for coding in _codings(concept):
                said += [str(coding.get(name) or "") for name in ("system", "code", "display")]
    return said


def _codings(concept: Any) -> list[Resource]:
    found = concept.get("coding") if isinstance(concept, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def repeated(fact: Fact) -> str:
    """What makes two facts repeats of one another: a code, or for visits and notes the kind."""
    if fact.kind == "encounter":
        return ""
    if fact.kind == "document" or not fact.codes:
        return fact.quote.partition(";")[0].partition(":")[0].casefold()
    return f"{fact.codes[0].system} {fact.codes[0].code}"


def beyond(group: list[Fact], limit: Limit) -> list[Fact]:
    """Give the facts of a group that its limit leaves out."""
    if len(group) <= limit.latest:
        return []
    dated = sorted(group, key=lambda f: (-(f.start or date.min).toordinal(), f.id))
    valued = sorted(
        (f for f in dated if f.value), key=lambda f: (f.value.value if f.value else 0, f.id)
    )
    kept = {f.id for f in (*dated[: limit.latest], *dated[len(dated) - limit.first :])}
    kept |= {f.id for f in (*valued[: limit.lowest], *valued[len(valued) - limit.highest :])}
    return [fact for fact in dated if fact.id not in kept]


def back(as_of: date, months: int) -> date:
    """Go back some months: the same day, or the month's last."""
    total = max(as_of.year * 12 + as_of.month - 1 - months, 12)
    first = date(total // 12, total % 12 + 1, 1)
    length = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - first
    return first + timedelta(days=min(as_of.day, length.days) - 1)
