"""What one request needs of a chart: its family's rules at its date, and how many repeats."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from nodes.chart import Fact
from nodes.fhir.mention import body, story
from nodes.fhir.reading import Reading
from nodes.fhir.relevance import Family, Limit, Relevance, Rule, pattern
from nodes.fhir.sieve import Sieve
from nodes.fhir.tree import Resource
from nodes.fhir.vocabulary import joined

MONTHS = 12
TAKEN_MONTHS = 24
EVERYTHING = Limit(latest=1000)


@dataclass
class Need:
    """The part of a chart that one request needs; ``clinicians`` are the references of who asks."""

    table: Relevance
    family: Family
    as_of: date
    months: int | None = None
    clinicians: frozenset[str] = frozenset()
    left_out: Counter[str] = field(default_factory=Counter, init=False)

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
        """Whether a resource is worth reading: False only where no rule can keep it."""
        return self._sieve.passes(resource)

    def why(self, reading: Reading, text: str = "") -> str | None:
        """Say why a reading is kept; None: it is not. ``text`` is a document's."""
        if reading.start and reading.start > self.as_of:
            return None
        last = self._last(reading)
        rules = self._dated.get(reading.kind, ())
        told = self._told(text, rules) if text else ""
        return next(
            (
                rule.why
                for start, rule in rules
                if (last is None or last >= start) and rule.fits(reading, told)
            ),
            None,
        )

    def elsewhere(self, text: str) -> bool:
        """Whether a document's story is of other matters than the service's, and only of these."""
        told = story(body(text))
        near = {*self.family.speaks, *self.family.near}
        matters = self.table.matters.items()
        about = joined(tuple(matter for name, matter in matters if name in near))
        others = joined(tuple(matter for name, matter in matters if name not in near))
        return not about.found_in(told) and others.found_in(told)

    def treats(self, cover: str) -> bool:
        """Whether a document's cover names a specialty that treats what the service is for."""
        words = self.family.specialties
        return bool(words) and pattern(words).search(cover) is not None

    def _last(self, reading: Reading) -> date | None:
        """The last day a reading counts for; None: it still holds.

        A medication that nobody ended counts as taken only for so long after it was last ordered.
        """
        last = reading.end or reading.start
        if not reading.lasting:
            return last
        if reading.kind != "medication" or last is None:
            return None
        said = max(last, reading.asserted or last)
        return None if said >= back(self.as_of, TAKEN_MONTHS) else last

    def _told(self, text: str, rules: Iterable[tuple[date, Rule]]) -> str:
        """Give a document's story where it could matter: telling it takes longer than looking."""
        fitting = [rule for _, rule in rules if rule.named(text)]
        if not fitting:
            return ""
        return story(text, frozenset(word for rule in fitting for word in rule.histories))

    def repeats(self, facts: Iterable[Fact], needed: Iterable[str] = ()) -> frozenset[str]:
        """Name the facts that only repeat a measure beyond what is kept of it.

        Repeats are facts of one rule with the same code; documents never are. Kept are the newest,
        the oldest as a baseline, and where a rule says so the lowest and highest values.
        ``left_out`` counts the others by kind. Called again when there are more facts, the same
        are kept as if all had come at once.
        """
        groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        always = frozenset(needed)
        for fact in facts:
            if fact.kind != "document" and fact.id not in always:
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
    def _sieve(self) -> Sieve:
        return Sieve(self._rules, self.start, self.table.never)


def repeated(fact: Fact) -> str:
    """What makes two facts repeats of one another: a code, or for visits the kind."""
    if fact.kind == "encounter":
        return ""
    if not fact.codes:
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
