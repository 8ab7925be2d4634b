"""What a payer's profile asks of a case: what it must hold, and what this payer does not take."""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from nodes.care import Attachment
from nodes.case import Case, Provider
from nodes.errors import Complaint
from nodes.x12.payer.companion import Documents, Fact, Profile, Scope
from nodes.x12.requesting.request_codes import WAYS

SURE = {"partner", "guide", "ours"}
LOOPS = {"2010B": "requester", "2010EA": "performer"}

Kind = TypeVar("Kind", bound=Fact)


class Place(NamedTuple):
    """A field of the case: where it is in the request, and what it holds."""

    pointer: str
    value: object


def terms(case: Case, profile: Profile) -> Iterator[Complaint]:
    """Everything in which a case does not meet a payer's profile, as far as that is sure."""
    profile = firm(profile)
    for refusal in profile.refuses:
        if concerns(refusal.about, case):
            for pointer in reasons(refusal.about, case):
                yield Complaint(pointer, f"this payer does not take it: {refusal.words}")
    yield from numbers(case, profile)
    yield from contacts(case, profile)
    yield from members(case, profile)
    yield from limits(case, profile)
    for document in profile.documents:
        if concerns(document.about, case):
            yield from documents(case, document)


def firm(profile: Profile) -> Profile:
    """The profile without rules that were only read in a copy or elsewhere."""

    def kept(facts: tuple[Kind, ...]) -> tuple[Kind, ...]:
        return tuple(one for one in facts if profile.sources[one.source].verified in SURE)

    return profile.model_copy(
        update={
            "refuses": kept(profile.refuses),
            "references": kept(profile.references),
            "contacts": kept(profile.contacts),
            "documents": kept(profile.documents),
            "unwanted": kept(profile.unwanted),
            "members": next(iter(kept((profile.members,))), None) if profile.members else None,
            "limits": next(iter(kept((profile.limits,))), None) if profile.limits else None,
        }
    )


def concerns(scope: Scope, case: Case) -> bool:
    """Whether a rule is about this request."""
    codes = {line.code for line in case.service_lines}
    types = {case.service_type, *(line.service_type for line in case.service_lines)}
    return all(
        not wanted or said & set(wanted)
        for wanted, said in (
            (scope.categories, {str(case.category)}),
            (scope.certifications, {str(case.certification)}),
            (scope.urgencies, {str(case.urgency)}),
            (scope.service_types, {str(kind) for kind in types if kind}),
            (scope.codes, codes),
        )
    )


def reasons(scope: Scope, case: Case) -> Iterator[str]:
    """The fields that make a rule be about this request."""
    for given, pointer in (
        (scope.categories, "/case/category"),
        (scope.certifications, "/case/certification"),
        (scope.urgencies, "/case/urgency"),
    ):
        if given:
            yield pointer
    if case.service_type in scope.service_types:
        yield "/case/service_type"
    for place, line in enumerate(case.service_lines):
        if line.service_type in scope.service_types:
            yield f"/case/service_lines/{place}/service_type"
        if line.code in scope.codes:
            yield f"/case/service_lines/{place}/code"


def fields(case: Case, name: str) -> Iterator[Place]:
    """The places in the case a profile means by a name such as ``performer.tax_id``."""
    holder, _, field = name.rpartition(".")
    if holder == "providers":
        for place, one in enumerate(case.providers):
            yield Place(f"/case/providers/{place}/{field}", getattr(one, field))
        return
    found = getattr(case, holder) if holder else case
    if found is not None:
        yield Place(f"/case/{name.replace('.', '/')}", getattr(found, field))


def numbers(case: Case, profile: Profile) -> Iterator[Complaint]:
    """Numbers that this payer cannot do without."""
    for rule in profile.references:
        earlier = rule.value in {"authorization_number", "administrative_reference"}
        if rule.usage != "required" or (earlier and case.certification == "initial"):
            continue
        for place in fields(case, rule.value):
            if place.value is None:
                yield Complaint(place.pointer, f"this payer wants it (REF*{rule.qualifier})")


def contacts(case: Case, profile: Profile) -> Iterator[Complaint]:
    """Ways to be reached that this payer cannot do without."""
    for contact in profile.contacts:
        one: Provider | None = getattr(case, LOOPS.get(contact.loop, ""), None)
        if contact.usage != "required" or one is None:
            continue
        known = {"phone": one.phone, "fax": one.fax}
        pointer = f"/case/{LOOPS[contact.loop]}"
        for way in contact.ways:
            if not known.get(way):
                yield Complaint(f"{pointer}/{way}", "this payer wants it (PER)")
        if not contact.ways and not any(known.values()):
            yield Complaint(f"{pointer}/phone", "this payer wants to know whom to call (PER)")


def members(case: Case, profile: Profile) -> Iterator[Complaint]:
    """How this payer's member ids look."""
    pattern = profile.members.id_pattern if profile.members else None
    if pattern and not re.fullmatch(pattern, case.coverage.member_id.strip().upper()):
        yield Complaint("/case/coverage/member_id", "this payer's member ids look different")


def limits(case: Case, profile: Profile) -> Iterator[Complaint]:
    """How much this payer takes at once."""
    for name, most in (
        ("service_lines", profile.limits and profile.limits.service_lines),
        ("diagnoses", profile.limits and profile.limits.diagnoses),
    ):
        if most and len(getattr(case, name)) > most:
            yield Complaint(f"/case/{name}/{most}", f"this payer takes at most {most} at once")


def attached(case: Case) -> Iterator[tuple[str, Attachment]]:
    """Every document of a case, with its place."""
    for place, one in enumerate(case.attachments):
        yield f"/case/attachments/{place}", one
    for number, line in enumerate(case.service_lines):
        for place, one in enumerate(line.attachments):
            yield f"/case/service_lines/{number}/attachments/{place}", one


def documents(case: Case, rule: Documents) -> Iterator[Complaint]:
    """Documents this payer wants announced, or does not take, and the ways they may go."""
    meant = [
        (pointer, one)
        for pointer, one in attached(case)
        if not rule.reports or one.report in rule.reports
    ]
    if rule.usage == "required" and not meant:
        wanted = f" of type {' or '.join(rule.reports)}" if rule.reports else ""
        yield Complaint("/case/attachments", f"this payer wants a document{wanted} (PWK)")
    for pointer, one in meant:
        if rule.usage == "refused":
            yield Complaint(f"{pointer}/report", "this payer takes no such document")
        elif rule.ways and WAYS[one.way] not in rule.ways:
            yield Complaint(f"{pointer}/way", f"this payer takes {' or '.join(rule.ways)} only")
