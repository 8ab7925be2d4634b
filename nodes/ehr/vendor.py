"""What one EHR vendor offers, read from ``vendors/<id>.yaml``.

Every section names its source; what is not known is absent and shown as unknown.
"""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model

Words = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9\-]{0,62}$")]
Type = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]{1,63}$")]
Parameter = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z_\-][A-Za-z0-9_.\-]{1,63}$")]
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,64}$")]
Link = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Count = Annotated[int, Field(ge=1, strict=False)]
Yes = Annotated[bool, Field(strict=False)]
Way = Literal["fhir", "drchrono", "tebra", "person"]
DATES = frozenset(
    {"authored", "authored-on", "authoredon", "date", "effective-time", "event-date", "onset-date",
     "period", "recorded-date", "whenhandedover"}
)  # fmt: skip


class Source(Model):
    """Where facts come from.

    ``captured``: from a published CapabilityStatement or API document; ``documented``: read in the
    vendor's documents; ``measured``: seen against a running system; ``memory``: not confirmed;
    ``ours``: our own choice.
    """

    title: Words
    url: Link | None = None
    checked: Annotated[date, Field(strict=False)]
    verified: Literal["captured", "documented", "measured", "memory", "ours"]


class Told(Model):
    """Base of every section: which of the vendor's sources says so."""

    source: Name = Field(description="Key in the vendor's sources")


class Auth(Told):
    """How a server without a user gets a token."""

    kinds: tuple[Literal["bearer", "client_secret", "private_key_jwt", "refresh_token"], ...] = (
        Field(description="Empty: not known")
    )
    algorithms: tuple[Literal["RS384", "ES384"], ...] = ()
    token_url: Words | None = Field(
        default=None, description="Its shape; absent: unknown, or said by the discovery document"
    )
    notes: Words | None = None


class Fhir(Told):
    """Its FHIR R4 endpoint: shape of the address, and how its searches want to be asked."""

    base_url: Words | None = Field(default=None, description="Its shape, with {placeholders}")
    placeholders: dict[Token, Words] = Field(
        default_factory=dict, description="What stands for each {placeholder} of the address"
    )
    sandbox: Link | None = Field(default=None, description="Where the vendor lets anybody try")
    profile: Words | None = Field(default=None, description="US Core versions it says it follows")
    page_size: Count = 200
    closed_dates: Yes = Field(default=False, description="Wants a ge and an lt for every date")
    strict: Yes = Field(default=True, description="Ask with Prefer: handling=strict")
    searches: dict[Type, tuple[Parameter, ...]] | None = Field(
        default=None,
        description="Types that can be searched by patient, and what else narrows each; "
        "absent: not known",
    )
    required: dict[Type, tuple[Words, ...]] = Field(
        default_factory=dict, description="What a search of a type must say, as name=value"
    )
    reads: tuple[Type, ...] = Field(default=(), description="Types read by id only")
    creates: tuple[Type, ...] = ()
    updates: tuple[Type, ...] = ()
    notes: Words | None = None

    @property
    def resources(self) -> tuple[str, ...] | None:
        """Types that can be searched by patient; None: not known."""
        return None if self.searches is None else tuple(self.searches)

    @property
    def undated(self) -> tuple[str, ...]:
        """Types whose search takes no date: narrowed here instead."""
        asked = (self.searches or {}).items()
        return tuple(kind for kind, parameters in asked if DATES.isdisjoint(parameters))

    def takes(self, kind: str, parameter: str) -> bool | None:
        """Whether a type's search by patient takes this parameter too; None: not known."""
        if self.searches is None:
            return None
        return parameter in self.searches.get(kind, ())

    @model_validator(mode="after")
    def explains(self) -> Self:
        """Refuse an address whose placeholders are not those that are explained."""
        used = set(re.findall(r"\{([^}]*)\}", self.base_url or ""))
        if used != set(self.placeholders):
            raise ValueError("placeholders must explain each {placeholder} of base_url, no other")
        return self


class Api(Told):
    """What the vendor offers beside FHIR."""

    name: Words
    base_url: Words | None = None
    auth: Words | None = None
    used: Words = Field(description="What this product uses of it, or why it does not")


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
    never_retry: tuple[Token, ...] = Field(
        default=(), description="Codes of an OperationOutcome that mean no (policy denials)"
    )
    notes: Words | None = None

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Refuse a number without its window, and a window without its number."""
        if (self.requests is None) != (self.window is None):
            raise ValueError("requests and window belong together")
        return self


class Notes(Told):
    """How clinical notes are read."""

    ways: tuple[Literal["fhir", "drchrono"], ...] = ("fhir",)
    notes: Words | None = None


class WriteBack(Told):
    """Where what was made goes, first choice first; ``person``: the file is handed to somebody."""

    documents: tuple[Way, ...] = ("person",)
    tasks: tuple[Way, ...] = ("person",)
    content_types: tuple[Words, ...] = Field(
        default=(), description="Of documents it takes; empty: not known"
    )
    instructions: Words = Field(description="For the person who files it by hand")
    notes: Words | None = None

    @model_validator(mode="after")
    def ends_with_a_person(self) -> Self:
        """Refuse a list of ways that leaves nobody to do what the EHR does not take."""
        if self.documents[-1:] != ("person",) or self.tasks[-1:] != ("person",):
            raise ValueError("documents and tasks must end with person")
        return self


class Push(Told):
    """How an order gets here without polling."""

    ways: tuple[Literal["subscription", "webhook", "cds_hooks"], ...] = ()
    poll_minutes: Count | None = None
    notes: Words | None = None


class Vendor(Model):
    """One vendor; the sections that are absent are unknown."""

    id: Name = Field(description="The file's name without its ending")
    name: Words
    version: Words
    reviewed: Annotated[date, Field(strict=False)]
    sources: dict[Name, Source] = Field(min_length=1)
    auth: Auth
    fhir: Fhir
    apis: tuple[Api, ...] = ()
    limits: Limits
    notes: Notes
    write_back: WriteBack
    push: Push
    unknown: tuple[Words, ...] = Field(default=(), description="What nobody here could find out")

    @model_validator(mode="after")
    def cites(self) -> Self:
        """Refuse a section that cites a source the file does not list."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            for told in value if isinstance(value, tuple) else (value,):
                if isinstance(told, Told) and told.source not in self.sources:
                    raise ValueError(f"{name} cites the source {told.source}, which is not listed")
        return self
