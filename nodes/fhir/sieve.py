"""What of a chart needs no reading: told by type, date, codes and words, each combination once.

Most of a chart is repeats, and most of it is about something else. A no here means that no rule
can keep a resource and that nothing need be said of it; where that is not plain, it is read.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from nodes.ehr.writing.standing import ours
from nodes.fhir import care, codes, facts, matter, plain
from nodes.fhir.relevance import Never, Rule, lowered, mentions, pattern
from nodes.fhir.tree import Resource
from nodes.fhir.when import moment, period


class Known(NamedTuple):
    """What the rules of one kind look for, all of them together."""

    open: bool
    unsaid: bool
    codes: tuple[str, ...]
    words: tuple[str, ...]


class Sieve:
    """Says of one resource after the other whether it is worth reading for some rules."""

    def __init__(
        self, rules: Mapping[str, tuple[Rule, ...]], start: Callable[[Rule], date], never: Never
    ) -> None:
        """Take rules by kind, and from which day each counts."""
        self._rules, self._never = rules, never
        self._starts = {
            kind: min((start(rule).isoformat() for rule in found), default="")
            for kind, found in rules.items()
        }
        self._kinds: dict[str, Known] = {}
        self._judged: dict[str, dict[str, tuple[bool, bool]]] = defaultdict(dict)

    def passes(self, resource: Resource) -> bool:
        """Whether a resource is worth reading: False only where no rule can keep it."""
        type_ = resource.get("resourceType")
        sift = matter.SIFTS.get(type_) if isinstance(type_, str) else None
        if sift is None or type_ is None:
            return True
        if sift.dates and not self._recent(sift, resource):
            return False
        said = matter.said(sift, resource)
        if said is None:
            return True
        known, key = self._judged[type_], repr(said)
        if key not in known:
            known[key] = self._judge(sift, resource, said)
        possible, never = known[key]
        if possible or not (sift.told or "component" in resource or "presentedForm" in resource):
            return possible
        return never or self._odd(resource) or self._tells(sift, resource)

    def _recent(self, sift: matter.Sift, resource: Resource) -> bool:
        """Whether it lies in what a rule looks back on; what has no day does."""
        rules = self._starts.get(sift.kind)
        if rules is None:
            return False
        when = next((resource[place] for place in sift.dates if place in resource), None)
        if isinstance(when, dict):
            when = when.get("end") or when.get("start")
        return not (isinstance(when, str) and len(when) >= 10) or when[:10] >= rules

    def _judge(self, sift: matter.Sift, resource: Resource, said: list[Any]) -> tuple[bool, bool]:
        """Whether a rule could keep what is said, and whether it is never or cannot be kept."""
        known, words, coded = self._known(sift.kind), list[str](), list[str]()
        matter.gather(said, words, coded)
        whole = "\n".join(words)
        lower, never = whole.lower(), self._never
        possible = (
            known.open
            or any(code.startswith(known.codes) for code in coded)
            or (known.unsaid and care.purpose(resource) is None)
            or _mentioned(lower, whole, known.words)
        )
        return possible, (
            not _says(resource)
            or any(code.startswith(never.codes) for code in coded)
            or _mentioned(lower, whole, never.words)
        )

    def _known(self, kind: str) -> Known:
        if kind not in self._kinds:
            rules = self._rules.get(kind, ())
            self._kinds[kind] = Known(
                any(rule.open for rule in rules),
                any(rule.unsaid for rule in rules),
                tuple(code for rule in rules for code in rule.codes),
                tuple(dict.fromkeys(word for rule in rules for word in rule.words)),
            )
        return self._kinds[kind]

    def _odd(self, resource: Resource) -> bool:
        """Whether something is to be said of it though it is about something else."""
        meta = resource.get("meta")
        return (
            (meta is not None and (not isinstance(meta, dict) or "security" in meta))
            or "modifierExtension" in resource
            or facts.withdrawn(resource)
            or ours(resource)
        )

    def _tells(self, sift: matter.Sift, resource: Resource) -> bool:
        """Whether a report has words of the rules in its text, or one that is not plain.

        A document of the look-back is always read: clinicians have too many words for one thing.
        """
        if sift.kind == "document":
            day = moment(resource.get("date"))[1]
            return day is None or day.isoformat() >= self._starts.get(sift.kind, "9999")
        if sift.kind == "report":
            dated = period(resource, "effective", "issued").first
        else:
            return False
        text = plain.text(resource) if dated else None
        if text is None:
            return True
        lower = text.lower()
        return mentions(lower, self._known(sift.kind).words)


def _says(resource: Resource) -> bool:
    """Whether it says what it is about, where its type must."""
    for name in ("code", "medicationCodeableConcept"):
        if name in resource:
            return codes.words(resource[name]) is not None
    return resource["resourceType"] in {"Encounter", "DocumentReference"}


def _mentioned(lower: str, whole: str, words: tuple[str, ...]) -> bool:
    return mentions(lower, words) and any(
        word in lower and pattern((word,)).search(whole) for word in lowered(words)
    )
