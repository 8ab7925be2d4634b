"""A request made before, as far as whoever asks about it knows it."""

import hashlib

from pydantic import Field

from nodes.audit import Model, digest
from nodes.case import Case, Coverage, Patient, Provider, ServiceLine, Text
from nodes.x12.payer.companion import Category


class EarlierRequest(Model):
    """A request made before; a case holds all of it."""

    coverage: Coverage
    patient: Patient
    requester: Provider
    category: Category = "health_services"
    service_type: str | None = Field(default=None, pattern=r"^[0-9A-Z]{1,2}$")
    service_lines: tuple[ServiceLine, ...] = Field(default=(), max_length=99)
    performer: Provider | None = None
    trace_number: Text | None = Field(
        default=None, max_length=50, description="TRN02 of the request, as submit-request gave it"
    )
    authorization_number: Text | None = None
    administrative_reference: Text | None = Field(
        default=None, description="The payer's number of a request it pended or denied"
    )

    @classmethod
    def of(cls, case: Case, trace: str) -> "EarlierRequest":
        """The request that build-278 writes for a case, under its trace number."""
        shared = {name: getattr(case, name) for name in cls.model_fields if hasattr(case, name)}
        return cls(**shared, trace_number=trace)

    @property
    def numbered(self) -> bool:
        """Whether the payer's own number of it is known."""
        return bool(self.authorization_number or self.administrative_reference)

    @property
    def trace(self) -> str:
        """Its trace number; where nobody knows it, one derived from all that is known."""
        return self.trace_number or digest(self)[:32].upper()


def inquiry_number(trace: str, asked: int, by: str) -> str:
    """Derive BHT03 of the nth inquiry about a request: 32 characters, new for each n and way."""
    seed = f"inquiry\x1f{trace}\x1f{asked}\x1f{by}"
    return hashlib.sha256(seed.encode()).hexdigest()[:32].upper()
