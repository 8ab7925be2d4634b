"""Every operator that a policy file may use, by its ``op``."""

from typing import Annotated

from pydantic import Field

from nodes.policy.leaves import (
    Attested,
    CodePresent,
    Derived,
    DocumentPresent,
    EncounterWithin,
    EventBefore,
    EventCount,
    ObservationCount,
    ObservationLatest,
    ProcedureWithin,
    VisitAfter,
)
from nodes.policy.leaves_care import CareDuration, CareFailed, DrugTrial, MedActive, ReEvaluated
from nodes.policy.leaves_people import Age, FamilyHistory, Ordered, PatientSex, PrescriberSpecialty

AnyLeaf = Annotated[
    CodePresent
    | Attested
    | ObservationLatest
    | ObservationCount
    | EventCount
    | EncounterWithin
    | VisitAfter
    | ProcedureWithin
    | EventBefore
    | DocumentPresent
    | Derived
    | MedActive
    | DrugTrial
    | CareDuration
    | CareFailed
    | ReEvaluated
    | Age
    | PatientSex
    | FamilyHistory
    | PrescriberSpecialty
    | Ordered,
    Field(discriminator="op"),
]
