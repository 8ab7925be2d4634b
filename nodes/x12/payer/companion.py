"""What one payer wants of a 278 beyond the guide: a profile, read from ``payers/<id>.yaml``.

A profile holds what a payer's companion guide says. What is not known is absent, and whoever uses
it falls back to what the guide allows. Every section names its source and how far it is confirmed.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model

Words = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9\-]{0,62}$")]
Id15 = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9.\- ]{1,14}$")]
Qualifier = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,3}$")]
Mark = Annotated[str, StringConstraints(pattern=r"^[^0-9A-Za-z \t]$")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,11}$")]
Loop = Annotated[str, StringConstraints(pattern=r"^20[01]0[A-F]{1,2}$")]
Count = Annotated[int, Field(ge=1, strict=False)]
Yes = Annotated[bool, Field(strict=False)]
Usage = Literal["required", "wanted", "refused"]
Naming = Literal["trace", "authorization_number", "administrative_reference"]
Category = Literal["health_services", "admission", "specialty_care"]
Certification = Literal["initial", "renewal", "revised", "extension", "reconsideration", "cancel"]
Urgency = Literal["standard", "urgent", "emergency"]
Number = Literal[
    "requester.tax_id", "requester.plan_number", "performer.tax_id", "performer.plan_number",
    "providers.tax_id", "providers.plan_number", "coverage.group_number", "patient.mrn",
    "authorization_number", "administrative_reference",
]  # fmt: skip


class Source(Model):
    """Where facts come from.

    ``partner``: the payer or clearinghouse confirmed them in writing or by accepted transactions;
    ``guide``: read in the payer's own companion guide; ``copy``: read in a public copy or a part
    of it; ``unverified``: taken from elsewhere; ``ours``: our own choice or invention.
    """

    title: Words
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    checked: date
    verified: Literal["partner", "guide", "copy", "unverified", "ours"]


class Fact(Model):
    """Base of every section: which of the profile's sources says so."""

    source: Name = Field(description="Key in the profile's sources")


class Addresses(Fact):
    """ISA05 to ISA08, GS02, GS03, and ISA15 as taken there; absent: agreed at enrolment."""

    sender_qualifier: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")] | None = None
    receiver_qualifier: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")] | None = None
    receiver: Id15 | None = Field(default=None, description="ISA08")
    group_sender: Id15 | None = Field(default=None, description="GS02; absent: as ISA06")
    group_receiver: Id15 | None = Field(default=None, description="GS03; absent: as ISA08")
    version: Literal["00501"] = Field(default="00501", description="ISA12")
    usage: tuple[Literal["test", "production"], ...] = ("test", "production")
    sender: Words | None = Field(default=None, description="In words: what goes into ISA06")


class Reviewer(Fact):
    """NM1 of 2010A: who decides."""

    entity: Literal["X3", "PR", "2B", "36", "1P", "FA"] = "X3"
    id_qualifier: Literal["PI", "46", "XV", "24", "34"] | None = None
    id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z\-]{2,80}$")] | None = None
    name: Annotated[str, StringConstraints(pattern=r"^[ -`{-~]{1,60}$")] | None = Field(
        default=None, description="NM103, in upper-case letters"
    )


class Writing(Fact):
    """Separators wanted, in this order of preference before others, and characters taken.

    A separator that occurs in a text is replaced by another all the same: the ISA declares it.
    """

    element: Mark | None = None
    component: Mark | None = None
    repetition: Mark | None = None
    segment: Mark | None = None
    line_break: Literal["none", "lf", "crlf"] = Field(
        default="none", description="Written after each segment's terminator"
    )
    characters: Literal["basic", "extended"] = Field(
        default="extended", description="basic: nothing beyond the standard's basic character set"
    )

    @model_validator(mode="after")
    def differ(self) -> Self:
        """Refuse separators that cannot be told apart."""
        given = [self.element, self.component, self.repetition, self.segment]
        chosen = [mark for mark in given if mark is not None]
        if len(set(chosen)) < len(chosen):
            raise ValueError("two separators are the same character")
        return self


class Reference(Fact):
    """A REF: which number of the case goes, or must not go, into which loop."""

    loop: Loop
    qualifier: Qualifier = Field(description="REF01, such as EI")
    value: Number = Field(description="The field of the case that holds it")
    usage: Usage = "wanted"


class Contact(Fact):
    """A PER: whether a loop needs one, and with which ways to be reached."""

    loop: Loop
    usage: Usage = "wanted"
    ways: tuple[Literal["phone", "fax", "email"], ...] = Field(
        default=(), description="Each of them; empty: any"
    )


class Scope(Model):
    """Which requests a rule is about: all conditions given must hold; none given, every one."""

    categories: tuple[Category, ...] = ()
    certifications: tuple[Certification, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    service_types: tuple[Code, ...] = Field(default=(), description="UM03, list 1365, by value")
    codes: tuple[Code, ...] = Field(default=(), description="Services, by CPT or HCPCS code")

    @property
    def everything(self) -> bool:
        """Whether no condition is given."""
        return not any(getattr(self, name) for name in Scope.model_fields)


class Documents(Fact):
    """Reports to announce with PWK."""

    about: Scope = Scope()
    reports: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")], ...] = Field(
        default=(), description="PWK01 values, any of them; empty: any report"
    )
    ways: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], ...] = Field(
        default=(), description="PWK02 values taken; empty: any"
    )
    usage: Usage = "wanted"


class Refusal(Fact):
    """Requests this payer does not take as a 278, and what to do instead."""

    about: Scope
    words: Words

    @model_validator(mode="after")
    def names_something(self) -> Self:
        """Refuse a refusal of everything: it is more likely a slip than a fact."""
        if self.about.everything:
            raise ValueError("about must name what is refused")
        return self


class Unwanted(Fact):
    """A segment this payer does not take, or overlooks, in a loop (or in any)."""

    segment: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,2}$")]
    loop: Loop | None = None
    words: Words


class Members(Fact):
    """How members are identified."""

    own_ids: Yes | None = Field(
        default=None,
        description="Every member has an own id and is sent as the subscriber: no loop 2000D",
    )
    id_pattern: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        default=None, description="Regular expression a member id fits wholly"
    )
    birth_date: Usage = Field(default="wanted", description="DMG02 of the patient")


class Limits(Fact):
    """How much at once."""

    service_lines: Count | None = Field(default=None, description="Loops 2000F in a request")
    diagnoses: Count | None = None
    requests: Count | None = Field(default=None, description="Transaction sets in an interchange")


class Answers(Fact):
    """How and when an answer comes back."""

    ways: tuple[Literal["real_time", "batch", "inquiry_278", "status_277", "portal", "fax"], ...]
    real_time_seconds: Count | None = None
    standard_hours: Count | None = Field(default=None, description="To a decision")
    urgent_hours: Count | None = None
    inquiry_by: tuple[Naming, ...] = Field(
        default=(), description="What a 278 inquiry may name; empty: not known"
    )


class Note(Fact):
    """Something for people, that no rule can check."""

    words: Words


class Profile(Model):
    """``payers/<id>.yaml``."""

    id: Name = Field(description="The file's name without its ending")
    version: Words
    name: Words
    kind: Literal["generic", "sandbox", "commercial", "medicare", "medicaid", "utilization"]
    status: Literal["example", "in_use"] = Field(
        description="example: check it against the payer's companion guide before relying on it"
    )
    effective: date
    payer_ids: tuple[Code, ...] = Field(default=(), description="Electronic payer ids")
    aliases: tuple[Words, ...] = Field(default=(), description="Other names it is known by")
    sources: dict[Name, Source] = Field(min_length=1)
    addresses: Addresses | None = None
    reviewer: Reviewer | None = None
    writing: Writing | None = None
    members: Members | None = None
    limits: Limits | None = None
    answers: Answers | None = None
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    documents: tuple[Documents, ...] = ()
    refuses: tuple[Refusal, ...] = ()
    unwanted: tuple[Unwanted, ...] = ()
    notes: tuple[Note, ...] = ()

    @model_validator(mode="after")
    def cites(self) -> Self:
        """Refuse a section that cites a source the profile does not list."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            for fact in value if isinstance(value, tuple) else (value,):
                if isinstance(fact, Fact) and fact.source not in self.sources:
                    raise ValueError(f"{name} cites the source {fact.source}, which is not listed")
        return self
