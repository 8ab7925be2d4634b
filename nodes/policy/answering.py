"""Who answers which operator."""

from collections.abc import Callable, Mapping
from typing import Any

from nodes.policy import (
    care,
    counted,
    drug_trials,
    events,
    figures,
    papers,
    people,
    relatives,
    statements,
    values,
)
from nodes.policy.finding import Finding
from nodes.policy.index import Question

ANSWERS: Mapping[str, Callable[[Any, Question], Finding]] = {
    "code_present": statements.code_present,
    "attested": statements.attested,
    "drug_trial": drug_trials.drug_trial,
    "med_active": statements.med_active,
    "ordered": people.ordered,
    "age": people.age,
    "sex": people.sex,
    "prescriber_specialty": people.prescriber_specialty,
    "visit_after": counted.visit_after,
    "event_count": counted.event_count,
    "document_present": papers.document_present,
    "derived": figures.derived,
    "family_history": relatives.family_history,
    "observation_latest": values.observation_latest,
    "observation_count": values.observation_count,
    "encounter_within": events.encounter_within,
    "procedure_within": events.procedure_within,
    "event_before": events.event_before,
    "care_duration": care.care_duration,
    "care_failed": care.care_failed,
    "re_evaluated": care.re_evaluated,
}
