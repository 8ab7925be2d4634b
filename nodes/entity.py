"""What a text says, piece by piece: each with how it is meant and the words that show it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.chart import Coding, Span

Slot = Literal[
    "diagnosis",
    "finding",
    "red_flag",
    "procedure",
    "imaging",
    "laterality",
    "level",
    "drug",
    "therapy",
    "device",
    "duration",
    "response",
    "ordering_clinician",
    "necessity",
    "payer_reference",
    "identifier",
    "term",
]
Status = Literal[
    "affirmed", "negated", "uncertain", "historical", "hypothetical", "family", "declined"
]


class Said(Model):
    """Words of a text and where they stand: character offsets, end exclusive."""

    quote: Annotated[str, Field(min_length=1, max_length=2000)]
    span: Span


class Amount(Model):
    """A number with its unit, as a text gives it; ``high`` is the end of a range."""

    value: Decimal
    high: Decimal | None = None
    unit: Text | None = None


class Particulars(Model):
    """What a text says of a treatment beside its name."""

    dose: Amount | None = None
    frequency: Text | None = None
    route: Text | None = None
    lasting: Amount | None = Field(default=None, description="How long: 8 wk")
    count: Amount | None = Field(default=None, description="How many: 12 visits, 2 injections")
    start: date | None = None
    end: date | None = None
    response: (
        Literal["none", "partial", "improved", "worse", "not_tolerated", "contraindicated"] | None
    ) = None
    response_words: Said | None = None


class Entity(Model):
    """One thing a text says of the patient's care.

    ``span`` are the words that name it, ``said`` the sentence (or line) they stand in. ``status``
    is how the text means it; what is not affirmed is never evidence that it is so.
    """

    slot: Slot
    value: Text = Field(description="The words in one spelling, such as naproxen for Naprosyn")
    kind: Text | None = Field(
        default=None, description="Which of its slot: npi, mrn, birth, member, claim, ordered ..."
    )
    code: Coding | None = Field(default=None, description="Only where the text itself gives one")
    status: Status
    words: Said
    said: Said
    source: Text | None = Field(default=None, description="The note or text it stands in")
    section: Text | None = Field(default=None, description="The heading it stands under")
    side: Literal["left", "right", "bilateral"] | None = None
    level: Text | None = Field(default=None, description="Such as L4-L5")
    particulars: Particulars | None = None
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of such entities that were right in the evaluation set; none: not known",
    )
    by: Literal["rules", "model"] = "rules"
