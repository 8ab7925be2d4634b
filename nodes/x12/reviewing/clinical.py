"""Care that no case describes but a 278 may: transport, manipulation of the spine, oxygen, teeth.

The fields have the names of the dictionary's elements; codes are as received.
"""

from decimal import Decimal

from pydantic import Field

from nodes.audit import Model


class Ambulance(Model):
    """Transport by ambulance (CR1)."""

    weight: Decimal | None = None
    weight_unit: str | None = None
    transport: str | None = Field(default=None, description="CR103, list 1316")
    reason: str | None = Field(default=None, description="CR104, list 1317")
    distance: Decimal | None = None
    distance_unit: str | None = None
    origin: str | None = None
    destination: str | None = None
    round_trip_purpose: str | None = None
    stretcher_purpose: str | None = None


class Spine(Model):
    """Manipulation of the spine (CR2)."""

    number: Decimal | None = Field(default=None, description="Which treatment of the series")
    count: Decimal | None = Field(default=None, description="Treatments in the series")
    level_from: str | None = None
    level_to: str | None = None
    unit: str | None = Field(default=None, description="Of the period")
    period: Decimal | None = None
    monthly: Decimal | None = Field(default=None, description="Treatments in the month")
    nature: str | None = Field(default=None, description="CR208, list 1342")
    complication: str | None = None
    description: str | None = None
    more_description: str | None = None
    x_rays: str | None = None


class Oxygen(Model):
    """Oxygen at home (CR5)."""

    certification: str | None = Field(default=None, description="CR501, list 1322")
    months: Decimal | None = None
    equipment: str | None = Field(default=None, description="CR503, list 1348")
    equipment2: str | None = None
    equipment3: str | None = None
    reason: str | None = None
    flow_rate: Decimal | None = Field(default=None, description="Litres in a minute")
    daily_uses: Decimal | None = None
    hours_per_use: Decimal | None = None
    therapist_order: str | None = None
    blood_gas: Decimal | None = None
    saturation: Decimal | None = None
    test_condition: str | None = Field(default=None, description="CR512, list 1349")
    finding1: str | None = None
    finding2: str | None = None
    finding3: str | None = None
    portable_flow_rate: Decimal | None = None
    delivery: str | None = Field(default=None, description="CR517, list 1382")


class Tooth(Model):
    """A tooth and its surfaces (TOO)."""

    qualifier: str | None = None
    tooth: str | None = None
    surfaces: tuple[str, ...] = ()
