"""Questions about the people: patient, relatives, and who orders."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.policy.leaf import Concept, LeafBase, Slug


class Age(LeafBase):
    """The patient's age on the date of service."""

    op: Literal["age"]
    at_least: int | None = Field(default=None, ge=0, le=130)
    at_most: int | None = Field(default=None, ge=0, le=130)


class Ordered(LeafBase):
    """A clinician ordered this service; with a value set: for a diagnosis, or a service, of it."""

    op: Literal["ordered"]
    value_set: Slug | None = Field(default=None, description="Of diagnosis or service codes")


class PatientSex(LeafBase):
    """The patient's sex as registered."""

    op: Literal["sex"]
    is_: Literal["female", "male"] = Field(alias="is")


class FamilyHistory(LeafBase):
    """Relatives with a condition: which, how many, and how old they were at its onset."""

    op: Literal["family_history"]
    value_set: Slug | None = Field(
        default=None, description="Condition codes, or Z codes of family history"
    )
    concept: Concept = Field(description="The condition as notes and family history name it")
    relatives: Literal["first_degree", "second_degree", "close", "any"] = Field(
        default="close",
        description="By blood; second_degree: first or second; close: up to the third",
    )
    onset_at_most: int | None = Field(default=None, ge=0, le=130, description="Age in years")
    n: int = Field(default=1, ge=1, le=10, description="How many different relatives")


class PrescriberSpecialty(LeafBase):
    """The ordering clinician has a specialty, or one with it was consulted."""

    op: Literal["prescriber_specialty"]
    taxonomy: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{4,10}$")], ...] = Field(
        min_length=1, description="NUCC provider taxonomy codes or their first characters"
    )
    consulted: Concept | None = Field(
        default=None, description="Words of a note that show a consultation"
    )
