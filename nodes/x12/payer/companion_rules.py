"""What a payer's profile finds wrong in a 278 that the guide allows: rules ``companion.*``.

How sure a profile is decides the severity: what the payer's guide or the payer itself says is an
error, what was read in a copy or elsewhere a warning, what is only wanted a note.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nodes.x12.finding import Finding
from nodes.x12.guide import Guide, positions
from nodes.x12.loops import Placed
from nodes.x12.payer.companion import Contact, Documents, Fact, Profile, Reference, Scope
from nodes.x12.requesting.request_codes import CATEGORIES, CERTIFICATIONS, URGENCIES
from nodes.x12.segments import Segment

Severity = Literal["error", "warning", "note"]
SURE = {"partner", "guide", "ours"}
REQUEST, INQUIRY = "278-request", "278-inquiry"
SERVICES = {"SV1": "procedure.code", "SV2": "procedure.code", "SV3": "procedure.code"}
WAYS = {"phone": "TE", "fax": "FX", "email": "EM"}


def value(segment: Segment, name: str) -> str:
    """A value of a segment by the dictionary's name; absent is empty."""
    element, component = positions(segment.id)[name]
    return segment.part(element, component) if component else segment.get(element)


@dataclass(frozen=True)
class Set:
    """A placed transaction set, and the profile it is held against."""

    profile: Profile
    placed: Sequence[Placed]

    def of(self, name: str, loop: str | None = None) -> Iterator[Placed]:
        """The segments of one name, in a loop or in any."""
        for one in self.placed:
            if one.segment.id == name and loop in (None, one.loop):
                yield one

    def severity(self, fact: Fact) -> Severity:
        """How much a breach of a fact weighs."""
        return "error" if self.profile.sources[fact.source].verified in SURE else "warning"

    def found(
        self,
        rule: str,
        fact: Fact,
        words: str,
        at: Placed | None = None,
        name: str | None = None,
        *,
        loop: str | None = None,
        wanted: bool = False,
    ) -> Finding:
        """A finding at a segment, or at a value of it by name, or of a loop."""
        element, component = positions(at.segment.id)[name] if at and name else (None, None)
        first = self.placed[0].segment.place if self.placed else 1
        return Finding(
            rule=f"companion.{rule}",
            severity="note" if wanted else self.severity(fact),
            words=words,
            loop=at.loop if at else loop,
            line=at.segment.place if at else None,
            segment=at.segment.place - first + 1 if at else None,
            segment_id=at.segment.id if at else None,
            element=element,
            component=component,
        )

    @cached_property
    def codes(self) -> set[str]:
        """The codes of all services."""
        return {
            value(one.segment, field) for name, field in SERVICES.items() for one in self.of(name)
        }

    def reviewed(self, name: str) -> set[str]:
        """The values of a field of UM, at the event or its services."""
        return {value(one.segment, name) for one in self.of("UM")} - {""}

    def about(self, scope: Scope) -> bool:
        """Whether the set is what a rule is about."""
        urgent = {URGENCIES[one] for one in scope.urgencies}
        level = self.reviewed("level_of_service") or {""}
        return (
            _any({CATEGORIES[one] for one in scope.categories}, self.reviewed("category"))
            and _any(
                {CERTIFICATIONS[one] for one in scope.certifications},
                self.reviewed("certification"),
            )
            and _any(urgent, level | ({""} if "E" in level else set()))
            and _any(set(scope.service_types), self.reviewed("service_type"))
            and _any(set(scope.codes), self.codes)
        )


def _any(wanted: set[str], found: set[str]) -> bool:
    return not wanted or bool(wanted & found)


def companion_findings(
    profile: Profile, guide: Guide, placed: Iterable[Placed]
) -> Iterator[Finding]:
    """Hold a placed 278 request or inquiry against a profile; other sets have no rules here."""
    if guide.id not in (REQUEST, INQUIRY):
        return
    found = Set(profile, tuple(placed))
    if profile.status == "example":
        words = "the payer's profile is an example: check it against the payer's companion guide"
        yield Finding(rule="companion.example", severity="note", words=words)
    yield from _reviewer(found)
    yield from _members(found)
    yield from _unwanted(found)
    if guide.id == REQUEST:
        yield from _refused(found)
        yield from _limits(found)
        for reference in profile.references:
            yield from _reference(found, reference)
        for contact in profile.contacts:
            yield from _contact(found, contact)
        for documents in profile.documents:
            yield from _documents(found, documents)


def _reviewer(found: Set) -> Iterator[Finding]:
    """2010A: the entity, the qualifier and the id the payer goes by."""
    known = found.profile.reviewer
    if known is None:
        return
    expected = {"entity": known.entity, "id_qualifier": known.id_qualifier, "id": known.id}
    for one in found.of("NM1", "2010A"):
        for name, wanted in expected.items():
            if wanted and value(one.segment, name) != wanted:
                words = f"this payer goes by another {name.replace('_', ' ')} here: see its profile"
                yield found.found("reviewer", known, words, one, name)


def _members(found: Set) -> Iterator[Finding]:
    members = found.profile.members
    if members is None:
        return
    if members.own_ids:
        for one in found.placed:
            if one.segment.id == "HL" and one.loop == "2000D":
                words = "every member has an own id here: send the patient as the subscriber"
                yield found.found("dependent", members, words, one)
    for one in found.of("NM1", "2010C"):
        if members.id_pattern and not re.fullmatch(members.id_pattern, value(one.segment, "id")):
            words = "this payer's member ids look otherwise"
            yield found.found("member-id", members, words, one, "id")
    patient = "2010D" if any(found.of("NM1", "2010D")) else "2010C"
    born = any(value(one.segment, "birth_date") for one in found.of("DMG", patient))
    if members.birth_date != "refused" and not born:
        wanted = members.birth_date == "wanted"
        words = "this payer finds members by their birth date: send DMG"
        yield found.found("birth-date", members, words, loop=patient, wanted=wanted)


def _unwanted(found: Set) -> Iterator[Finding]:
    for unwanted in found.profile.unwanted:
        for one in found.of(unwanted.segment, unwanted.loop):
            words = f"this payer does not take the segment here: {unwanted.words}"
            yield found.found("unwanted-segment", unwanted, words, one)


def _refused(found: Set) -> Iterator[Finding]:
    for refusal in found.profile.refuses:
        if found.about(refusal.about):
            at = next(found.of("UM", "2000E"), None)
            words = f"this payer does not take such a request as a 278: {refusal.words}"
            yield found.found("refused", refusal, words, at)


def _limits(found: Set) -> Iterator[Finding]:
    limits = found.profile.limits
    if limits is None:
        return
    services = [one for one in found.of("HL", "2000F")]
    if limits.service_lines and len(services) > limits.service_lines:
        words = f"this payer takes {limits.service_lines} services in a request at most"
        yield found.found("service-lines", limits, words, services[limits.service_lines])
    for one in found.of("HI", "2000E"):
        if (
            limits.diagnoses
            and len(list(filter(None, one.segment.elements[1:]))) > limits.diagnoses
        ):
            words = f"this payer takes {limits.diagnoses} diagnoses in a request at most"
            yield found.found("diagnoses", limits, words, one)


def _reference(found: Set, reference: Reference) -> Iterator[Finding]:
    given = [
        one
        for one in found.of("REF", reference.loop)
        if value(one.segment, "qualifier") == reference.qualifier
    ]
    if reference.usage == "refused":
        for one in given:
            words = f"this payer does not take REF*{reference.qualifier} here"
            yield found.found("reference-refused", reference, words, one, "qualifier")
    elif not given and any(one.loop == reference.loop for one in found.placed):
        words = f"this payer wants REF*{reference.qualifier} here: {reference.value} of the case"
        wanted = reference.usage == "wanted"
        yield found.found("reference", reference, words, loop=reference.loop, wanted=wanted)


def _contact(found: Set, contact: Contact) -> Iterator[Finding]:
    given = list(found.of("PER", contact.loop))
    if contact.usage == "refused":
        for one in given:
            words = "this payer does not take a contact here"
            yield found.found("contact-refused", contact, words, one)
        return
    said = {text for one in given for text in one.segment.elements[1:]}
    lacking = [way for way in contact.ways if WAYS[way] not in said]
    if (lacking or not given) and any(one.loop == contact.loop for one in found.placed):
        words = (
            f"this payer wants a contact here{f' with {chr(44).join(lacking)}' if lacking else ''}"
        )
        wanted = contact.usage == "wanted"
        yield found.found("contact", contact, words, loop=contact.loop, wanted=wanted)


def _documents(found: Set, documents: Documents) -> Iterator[Finding]:
    if not found.about(documents.about):
        return
    given = [
        one
        for one in found.of("PWK")
        if not documents.reports or value(one.segment, "report") in documents.reports
    ]
    if documents.usage == "refused":
        for one in given:
            words = "this payer does not take such a report announced"
            yield found.found("document-refused", documents, words, one)
    elif not given:
        reports = f" of the kinds {', '.join(documents.reports)}" if documents.reports else ""
        words = f"this payer wants a report{reports} announced: add an attachment to the case"
        wanted = documents.usage == "wanted"
        yield found.found("document", documents, words, loop="2000E", wanted=wanted)
    for one in given:
        if documents.ways and value(one.segment, "way") not in documents.ways:
            words = f"this payer takes such a report by {', '.join(documents.ways)} only"
            yield found.found("document-way", documents, words, one, "way")
