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

URL = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information"
MOST, LONGEST = 200, 500
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

    subject: str | None
    coverage: str | None
    covered: str | None
    pa_needed: str | None
    billing: tuple[Billing, ...]
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


def _each(given: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    for document in given:
        yield from _extensions(document)


def _extensions(given: Json) -> Iterator[tuple[Json, Json]]:
    if given.get("url") == URL:
        yield {}, given
    for resource in _resources(given):
        for extension in _dicts(resource.get("extension")):
            if extension.get("url") == URL:
                yield resource, extension


def _resources(given: Json) -> Iterator[Json]:
    """The resource itself, and those of a Bundle's entries or of a response's actions."""
    yield given
    actions = _dicts(given.get("systemActions"))
    for card in _dicts(given.get("cards")):
        for suggestion in _dicts(card.get("suggestions")):
            actions += _dicts(suggestion.get("actions"))
    for holder in (*_dicts(given.get("entry")), *actions):
        yield from _dicts([holder.get("resource")])


def _assertion(resource: Json, extension: Json) -> Assertion:
    parts = _dicts(extension.get("extension"))
    reasons = [one for one in _values(parts, "reason") if isinstance(one, dict)]
    return Assertion(
        subject=_reference(resource.get("subject") or resource.get("patient")),
        coverage=_reference(_first(parts, "coverage")),
        covered=_text(_first(parts, "covered")),
        pa_needed=_text(_first(parts, "pa-needed")),
        billing=_billing(parts) or _ordered(resource),
        dated=_day(_first(parts, "date")),
        expires=_day(_first(parts, "expiry-date")),
        id=_text(_first(parts, "coverage-assertion-id")),
        number=_text(_first(parts, "satisfied-pa-id")),
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
        parts = _dicts(detail.get("extension"))
        concept = _first(parts, "code")
        codings = _dicts(concept.get("coding")) if isinstance(concept, dict) else []
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


def _texts(parts: list[Json], url: str) -> tuple[str, ...]:
    return tuple(text for one in _values(parts, url) if (text := _text(one)))


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
    return any(one.get("code") == code for one in _dicts(concept.get("coding")))


def _dicts(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def same(one: str | None, other: str | None) -> bool:
    """Whether two FHIR references name one resource: whole URLs by all, else by type and id."""
    if not one or not other:
        return False
    first, second = (text.split("/_history/")[0].rstrip("/") for text in (one, other))
    if "://" in first and "://" in second:
        return first == second
    return first.split("/")[-2:] == second.split("/")[-2:] and "/" in first
