"""What one EHR vendor offers, read from ``vendors/<id>.yaml``.

Every section names its source; what is not known is absent and shown as unknown.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model

Words = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9\-]{0,62}$")]
Count = Annotated[int, Field(ge=1, strict=False)]
Yes = Annotated[bool, Field(strict=False)]
Way = Literal["fhir", "drchrono", "tebra", "person"]


class Source(Model):
    """Where facts come from.

    ``captured``: from a published CapabilityStatement or API document; ``documented``: read in the
    vendor's documents; ``measured``: seen against a running system; ``memory``: not confirmed;
    ``ours``: our own choice.
    """

    title: Words
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    checked: Annotated[date, Field(strict=False)]
    verified: Literal["captured", "documented", "measured", "memory", "ours"]


class Told(Model):
    """Base of every section: which of the vendor's sources says so."""

    source: Name = Field(description="Key in the vendor's sources")


class Auth(Told):
    """How a server without a user gets a token."""

    kinds: tuple[Literal["bearer", "client_secret", "private_key_jwt", "refresh_token"], ...]
    algorithms: tuple[Literal["RS384", "ES384"], ...] = ()
    notes: Words | None = None


class Fhir(Told):
    """Its FHIR R4 endpoint: shape of the address, and how its searches want to be asked."""

    base_url: Words | None = Field(default=None, description="Its shape, with {placeholders}")
    page_size: Count = 200
    closed_dates: Yes = Field(default=False, description="Wants a ge and an lt for every date")
    strict: Yes = Field(default=True, description="Ask with Prefer: handling=strict")
    resources: tuple[Words, ...] | None = Field(
        default=None, description="Types that can be searched by patient; absent: not known"
    )
    undated: tuple[Words, ...] = Field(
        default=(), description="Types whose search refuses a date: narrowed here instead"
    )


class Limits(Told):
    """How often it may be asked."""

    requests: Count | None = Field(default=None, description="In one window; absent: not published")
    window: Literal["second", "minute", "hour"] | None = None
    reset: Literal["clock", "rolling"] = Field(
        default="rolling", description="clock: at the top of the minute or hour"
    )
    per_second: Count | None = None
    counts_tokens: Yes = False
    concurrency: Count = Field(default=4, description="Requests under way at once")
    never_retry: tuple[Words, ...] = Field(
        default=(), description="Codes of an OperationOutcome that mean no (policy denials)"
    )


class Notes(Told):
    """How clinical notes are read."""

    ways: tuple[Literal["fhir", "drchrono"], ...] = ("fhir",)
    notes: Words | None = None


class WriteBack(Told):
    """Where what was made goes, first choice first; ``person``: the file is handed to somebody."""

    documents: tuple[Way, ...] = ("person",)
    tasks: tuple[Way, ...] = ("person",)
    instructions: Words = Field(description="For the person who files it by hand")


class Push(Told):
    """How an order gets here without polling."""

    ways: tuple[Literal["subscription", "webhook", "cds_hooks"], ...] = ()
    poll_minutes: Count | None = None
    notes: Words | None = None


class Vendor(Model):
    """One vendor; the sections that are absent are unknown."""

    id: Name
    name: Words
    version: Words
    reviewed: Annotated[date, Field(strict=False)]
    sources: dict[Name, Source]
    auth: Auth
    fhir: Fhir
    limits: Limits
    notes: Notes
    write_back: WriteBack
    push: Push
    unknown: tuple[Words, ...] = Field(default=(), description="What nobody here could find out")
