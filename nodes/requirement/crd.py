"""CRD's coverage-information extension, read tolerantly wherever a CRD server's answer holds it.

Da Vinci CRD 2.0.1 to 2.2.1 name the parts alike; 2.2 adds ``expiry-date`` and ``indeterminate``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from nodes.errors import UnreadableDocument
from nodes.fhir import codes
from nodes.requirement.holders import dicts, extensions, patients

URL = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information"
MOST, LONGEST, LONGEST_ID, MOST_TEXTS = 200, 500, 100, 50
Json = dict[str, Any]


@dataclass(frozen=True)
class Billing:
    """A code that must be billed for the assertion to hold; CPT may carry modifiers (``:50``)."""

    system: str
    code: str
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assertion:
    """One coverage-information extension, as it is."""

    fault: str | None
    contradicts: bool
    patients: tuple[str, ...]
    coverage: str | None
    covered: str | None
    pa_needed: str | None
    billing: tuple[Billing, ...]
    own: tuple[Billing, ...]
    dated: date | None
    expires: date | None
    id: str | None
    number: str | None
    reasons: tuple[str, ...]
    gold_card: bool
    doc_needed: tuple[str, ...]
    doc_purpose: tuple[str, ...]
    info_needed: tuple[str, ...]
    questionnaires: tuple[str, ...]
    details: tuple[Json, ...]
    dependent: bool


def assertions(given: Iterable[Json]) -> list[Assertion]:
    """All that resources, bare extensions, Bundles or CDS Hooks responses hold, in their order.

    More than 200 in all are refused as UnreadableDocument.
    """
    found = [_assertion(*each) for each in islice(_each(given), MOST + 1)]
    if len(found) > MOST:
        raise UnreadableDocument(f"payer_answers: more than {MOST} assertions")
    return found


def _each(given: Iterable[Json]) -> Iterator[tuple[Json, Json, str | None]]:
    for document in given:
        yield from extensions(document, URL)


def _assertion(resource: Json, extension: Json, fault: str | None) -> Assertion:
    parts, own = dicts(extension.get("extension")), _ordered(resource)
    reasons = [one for one in _values(parts, "reason") if isinstance(one, dict)][:MOST_TEXTS]
    return Assertion(
        fault=fault,
        contradicts=any(len(_said(parts, name)) > 1 for name in ("covered", "pa-needed")),
        patients=patients(resource),
        coverage=_reference(_only(parts, "coverage")),
        covered=_text(_first(parts, "covered")),
        pa_needed=_text(_first(parts, "pa-needed")),
        billing=_billing(parts) or own,
        own=own,
        dated=_day(_only(parts, "date")),
        expires=_earliest(parts),
        id=_id(_only(parts, "coverage-assertion-id")),
        number=_id(_only(parts, "satisfied-pa-id")),
        reasons=tuple(words for one in reasons if (words := codes.words(one))),
        gold_card=any(_coded(one, "gold-card") for one in reasons),
        doc_needed=_texts(parts, "doc-needed"),
        doc_purpose=_texts(parts, "doc-purpose"),
        info_needed=_texts(parts, "info-needed"),
        questionnaires=_texts(parts, "questionnaire"),
        details=tuple(one for one in parts if one.get("url") == "detail"),
        dependent=any(one.get("url") == "dependency" for one in parts),
    )


def _billing(parts: list[Json]) -> tuple[Billing, ...]:
    found = []
    for value in _values(parts, "billingCode"):
        if isinstance(value, dict) and (code := _text(value.get("code"))):
            base, *modifiers = code.upper().split(":")
            name = codes.system(value.get("system") or "")
            found.append(Billing(name, base, tuple(modifiers)))
    return tuple(found)


def _ordered(resource: Json) -> tuple[Billing, ...]:
    """The codes the order itself is for, where the payer names none."""
    concept: Json = next(
        (
            resource[name]
            for name in ("code", "codeCodeableConcept", "medicationCodeableConcept")
            if isinstance(resource.get(name), dict)
        ),
        {},
    )
    return tuple(Billing(one.system, one.code.upper()) for one in codes.codings(concept))


def details(assertion: Assertion) -> Iterator[tuple[str, Any, str]]:
    """The payer's name-value details: code, value, and the words that go with it."""
    for detail in assertion.details:
        parts = dicts(detail.get("extension"))
        concept = _first(parts, "code")
        codings = dicts(concept.get("coding")) if isinstance(concept, dict) else []
        name = next((_text(one.get("code")) for one in codings), None)
        yield name or "", _first(parts, "value"), _text(_first(parts, "qualification")) or ""


def _values(parts: list[Json], url: str) -> list[Any]:
    return [
        value
        for part in parts
        if part.get("url") == url
        for name, value in part.items()
        if name.startswith("value")
    ]


def _first(parts: list[Json], url: str) -> Any:
    return next(iter(_values(parts, url)), None)


def _said(parts: list[Json], url: str) -> list[Any]:
    """The first value of a name, and the first that differs from it."""
    values = _values(parts, url)
    other = next((one for one in values if one != values[0]), None)
    return values[:1] + ([] if other is None else [other])


def _only(parts: list[Json], url: str) -> Any:
    """The one value of a name; two that differ are none."""
    found = _said(parts, url)
    return found[0] if len(found) == 1 else None


def _earliest(parts: list[Json]) -> date | None:
    """The earliest day of expiry said; one that cannot be read has passed."""
    days = [_day(one) or date.min for one in _values(parts, "expiry-date")]
    return min(days, default=None)


def _id(value: Any) -> str | None:
    """An id or number; one longer than 100 is not kept, as half an id is none."""
    text = _text(value)
    return text if text and len(text) <= LONGEST_ID else None


def _texts(parts: list[Json], url: str) -> tuple[str, ...]:
    return tuple(text for one in _values(parts, url) if (text := _text(one)))[:MOST_TEXTS]


def _text(value: Any) -> str | None:
    return value.strip()[:LONGEST] or None if isinstance(value, str) else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _reference(value: Any) -> str | None:
    return _text(value.get("reference")) if isinstance(value, dict) else None


def _coded(concept: Json, code: str) -> bool:
    return any(one.get("code") == code for one in dicts(concept.get("coding")))
