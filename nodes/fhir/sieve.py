"""What of a chart needs no reading: told by type, date, codes and words, each combination once.

Most of a chart is repeats, and most of it is about something else. A no here means that no rule
can keep a resource and that nothing need be said of it; where that is not plain, it is read.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nodes.ehr.writing.standing import ours
from nodes.fhir import care, codes, facts, plain, tree
from nodes.fhir.relevance import Never, Rule, mentions, pattern
from nodes.fhir.tree import Resource
from nodes.fhir.when import moment, period

# One that holds any of these is read: people wrote words there, or it stands elsewhere.
FREE = frozenset(
    {"note", "conclusion", "valueString", "outcome", "bodySite", "onsetString", "abatementString"}
    | {"medicationReference", "medication"}
)
PANEL = frozenset(
    {"code", "valueQuantity", "valueCodeableConcept", "valueInteger", "valueBoolean"}
    | {"dataAbsentReason"}
)
DRUG = (
    *("medicationCodeableConcept", "status", "intent", "reasonCode", "reasonReference", "reason"),
    *("statusReason", "statusReasonCodeableConcept", "dosageInstruction", "dosage"),
    *("dispenseRequest", "quantity"),
)
UNUSUAL = object()


@dataclass(frozen=True)
class Sift:
    """How resources of one type are told apart.

    ``matter`` holds what it is about, ``more`` gives what is deeper in it. ``dates``: what is older
    than all rules is not read; without, it may outlast its date. ``told``: one that is withdrawn,
    withheld or unreadable is read whatever it is about, so that it is reported.
    """

    kind: str
    matter: tuple[str, ...]
    dates: tuple[str, ...] = ()
    more: Callable[[Resource], Any] | None = None
    told: bool = False


def _components(resource: Resource) -> Any:
    """What the components of a panel are about; UNUSUAL where people wrote words there."""
    if "component" not in resource:
        return None
    parts = resource["component"]
    if not isinstance(parts, list) or not all(
        isinstance(part, dict) and PANEL.issuperset(part) for part in parts
    ):
        return UNUSUAL
    units = [tree.string(part, "valueQuantity", "unit") for part in parts]
    return [units, [(part.get("code"), part.get("valueCodeableConcept")) for part in parts]]


def _people(resource: Resource) -> Any:
    return [
        (tree.string(item, "individual", "display"), tree.string(item, "actor", "display"))
        for item in tree.items(resource, "participant")
    ]


def _titles(resource: Resource) -> Any:
    return [tree.string(item, "attachment", "title") for item in tree.items(resource, "content")]


DRUGS = Sift("medication", DRUG, told=True)
SIFTS: dict[str, Sift] = {
    "Observation": Sift(
        "observation",
        ("code", "valueCodeableConcept"),
        ("effectiveDateTime", "effectivePeriod", "effectiveInstant"),
        _components,
    ),
    "Procedure": Sift(
        "procedure", ("code", "reasonCode"), ("performedDateTime", "performedPeriod")
    ),
    "Immunization": Sift("immunization", ("vaccineCode", "reasonCode"), ("occurrenceDateTime",)),
    "DiagnosticReport": Sift(
        "report", ("code",), ("effectiveDateTime", "effectivePeriod", "issued")
    ),
    "Encounter": Sift(
        "encounter",
        (
            *("type", "serviceType", "class", "status"),
            *("reasonCode", "reasonReference", "reason", "diagnosis"),
        ),
        ("period",),
        _people,
        told=True,
    ),
    "Condition": Sift(
        "condition",
        ("code", "clinicalStatus", "verificationStatus", "severity", "stage", "category"),
        told=True,
    ),
    "MedicationRequest": DRUGS,
    "MedicationStatement": DRUGS,
    "MedicationDispense": DRUGS,
    "MedicationAdministration": DRUGS,
    "DocumentReference": Sift(
        "document",
        ("type", "category", "description", "docStatus", "author", "authenticator"),
        more=_titles,
        told=True,
    ),
}


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
        self._judged: dict[str, dict[str, tuple[bool, bool]]] = defaultdict(dict)

    def passes(self, resource: Resource) -> bool:
        """Whether a resource is worth reading: False only where no rule can keep it."""
        type_ = resource.get("resourceType")
        sift = SIFTS.get(type_) if isinstance(type_, str) else None
        if sift is None or type_ is None:
            return True
        if sift.dates and not self._recent(sift, resource):
            return False
        said = _said(sift, resource)
        if said is None:
            return True
        known, key = self._judged[type_], repr(said)
        if key not in known:
            known[key] = self._judge(sift, resource, said)
        possible, never = known[key]
        if possible or not (sift.told or "component" in resource or "presentedForm" in resource):
            return possible
        return never or self._odd(resource) or self._tells(sift, resource)

    def _recent(self, sift: Sift, resource: Resource) -> bool:
        """Whether it lies in what a rule looks back on; what has no day does."""
        rules = self._starts.get(sift.kind)
        if rules is None:
            return False
        when = next((resource[place] for place in sift.dates if place in resource), None)
        if isinstance(when, dict):
            when = when.get("end") or when.get("start")
        return not (isinstance(when, str) and len(when) >= 10) or when[:10] >= rules

    def _judge(self, sift: Sift, resource: Resource, said: list[Any]) -> tuple[bool, bool]:
        """Whether a rule could keep what is said, and whether it is never to be kept."""
        rules, words, coded = self._rules.get(sift.kind, ()), list[str](), list[str]()
        _gather(said, words, coded)
        whole = "\n".join(words)
        lower = whole.lower()
        possible = any(
            rule.open
            or (rule.unsaid and care.purpose(resource) is None)
            or (rule.codes and any(code.startswith(rule.codes) for code in coded))
            or (mentions(lower, rule.words) and pattern(rule.words).search(whole))
            for rule in rules
        )
        never = self._never
        return possible, bool(
            any(code.startswith(never.codes) for code in coded)
            or pattern(never.words).search(whole)
        )

    def _odd(self, resource: Resource) -> bool:
        """Whether something is to be said of it though it is about something else."""
        meta = resource.get("meta")
        return (
            (meta is not None and (not isinstance(meta, dict) or "security" in meta))
            or "modifierExtension" in resource
            or facts.withdrawn(resource)
            or ours(resource)
            or not _says(resource)
        )

    def _tells(self, sift: Sift, resource: Resource) -> bool:
        """Whether a document has words of the rules in its text, or one that is not plain."""
        if sift.kind == "document":
            dated = moment(resource.get("date"))[1]
        elif sift.kind == "report":
            dated = period(resource, "effective", "issued").first
        else:
            return False
        text = plain.text(resource) if dated else None
        if text is None:
            return True
        lower = text.lower()
        return any(mentions(lower, rule.words) for rule in self._rules.get(sift.kind, ()))


def _said(sift: Sift, resource: Resource) -> list[Any] | None:
    """Give what a resource is about; None where there may be more to it."""
    if not FREE.isdisjoint(resource):
        return None
    said = [resource.get(name) for name in sift.matter]
    if sift.more:
        said.append(sift.more(resource))
        return None if said[-1] is UNUSUAL else said
    return said


def _says(resource: Resource) -> bool:
    """Whether it says what it is about, where its type must."""
    for name in ("code", "medicationCodeableConcept"):
        if name in resource:
            return codes.words(resource[name]) is not None
    return resource["resourceType"] in {"Encounter", "DocumentReference"}


def _gather(value: Any, words: list[str], coded: list[str]) -> None:
    """Collect every string within, and every code as ``SYSTEM code``."""
    if isinstance(value, str):
        words.append(tree.tidy(value))
    elif isinstance(value, list | tuple):
        for item in value:
            _gather(item, words, coded)
    elif isinstance(value, dict):
        code = value.get("code")
        if isinstance(code, str):
            coded.append(f"{codes.system(tree.string(value, 'system'))} {tree.tidy(code)}")
        for item in value.values():
            _gather(item, words, coded)
