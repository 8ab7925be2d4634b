"""What really stands in the way is asked, blocks and is measured; what is as wanted is not."""

from datetime import date
from random import Random

import pytest

from nodes.policy.library import shipped
from nodes.policy.verdict import verdict
from tests.nodes.policy_trees import STATUSES
from tests.nodes.policy_world import MRI, case, chart, check, fact, note

LDCT = (("CPT", "71271"),)
OLDER = case().patient.model_copy(update={"birth_date": date(1960, 5, 1)})
SMOKER = "Current smoker, 30 pack-years. No signs or symptoms of lung cancer."
SHORT = "Low back pain. Completed 5 weeks of PT without relief."


def told(services, codes, lob, text, *facts, **more):
    return check(case(services, codes, lob, **more), chart(*facts, note(text)))


def near(found):
    return {one.criterion: one for one in found.near_misses}


def satisfied(found):
    """Criteria that are named though they are exclusions that do not apply."""
    status = {one.id: one.status for one in found.criteria}
    excluded = {one.id.removeprefix("not.") for one in found.criteria if one.id.startswith("not.")}
    named = {*found.blocking, *(one.criterion for one in found.gaps)}
    return {name for name in named & excluded if status[name] == "not_met"}


def test_a_screening_too_soon_is_the_obstacle_and_not_the_symptoms_nobody_has():
    scan = fact("Procedure/1", "procedure", "LDCT", date(2026, 5, 1), codes=LDCT)
    found = told(LDCT, ("Z87.891",), "medicare", SMOKER, scan, patient=OLDER)
    assert found.status == "not_met" and found.blocking == ("screened_recently",)
    [gap] = found.gaps
    assert (gap.criterion, gap.kind) == ("screened_recently", "contrary")
    assert "speaks against" in gap.ask
    [missed] = found.near_misses
    assert "days too early to be outside the window" in missed.told and missed.remediable


@pytest.mark.parametrize(
    ("services", "text", "obstacle"),
    [
        (
            (("CPT", "27447"),),
            "Severe right knee osteoarthritis. BMI 41. Kellgren-Lawrence grade 4."
            " Completed 12 weeks of PT without relief.",
            "weight",
        ),
        (
            (("CPT", "73721"),),
            "Right knee pain. X-ray: KL 4 osteoarthritis. Completed 6 weeks of PT without relief.",
            "severe_arthrosis",
        ),
    ],
)
def test_the_obstacle_is_asked_and_blocks(services, text, obstacle):
    found = told(services, ("M17.11",), "commercial", text)
    assert found.status == "not_met"
    assert obstacle in found.blocking and obstacle in {gap.criterion for gap in found.gaps}
    assert not satisfied(found)


def test_a_value_over_its_limit_is_measured():
    text = "Right knee osteoarthritis. BMI 41.5."
    missed = near(told((("CPT", "27447"),), ("M17.11",), "commercial", text))["weight"]
    assert missed.told == "41.5 kg/m2 where < 40 kg/m2 is asked: 1.5 kg/m2 off"
    assert not missed.remediable


def test_an_open_whole_is_no_dead_end():
    found = told(MRI, ("M54.50",), "commercial", SHORT)
    assert found.status == "unknown" and found.missing_sets == (("degenerative",),)
    assert {gap.criterion for gap in found.gaps} == {"degenerative", "care_weeks"}
    missed = near(found)["care_weeks"]
    assert missed.told == "5 of 6 weeks are shown: 7 days short" and missed.remediable


def test_the_alternative_that_the_record_rules_out_is_named_beside_the_ask():
    text = "Quit 16 years ago, 30 pack-years."
    found = told(LDCT, ("Z87.891",), "medicare", text, patient=OLDER)
    assert near(found)["quit"].told == "16 years where <= 15 years is asked: 1 year off"
    asks = {gap.criterion: gap.ask for gap in found.gaps}
    if found.status == "unknown":
        assert "the record shows otherwise for “Stopped smoking at most 15 years" in asks["smokes"]


def test_a_visit_that_is_past_cannot_be_made_up():
    began = fact("Device/1", "device", "CPAP", date(2026, 1, 5), codes=(("HCPCS", "E0601"),))
    text = "Follow-up for obstructive sleep apnea on CPAP; symptoms improved."
    request = case((("HCPCS", "E0601"),), ("G47.33",), "medicare")
    found = check(request, chart(began, note(text)), policy="cms.l33718.pap.continued")
    gap = next(one for one in found.gaps if one.criterion == "re_evaluation")
    assert gap.remedy == "record" and "only a record of that time" in gap.ask
    assert not near(found)["re_evaluation"].remediable


WEGOVY, OZEMPIC = (("NDC", "00169452414"),), (("NDC", "00169413212"),)


@pytest.mark.parametrize(
    ("policy", "lob", "services", "codes", "text", "name", "said"),
    [
        ("composite.glp1-wegovy.commercial", "commercial", WEGOVY, ("E66.812",),
         "BMI 29.8. No diabetes.", "bmi_30", "0.2 kg/m2 off"),
        ("cms.l33718.cpap.initial", "medicare", (("HCPCS", "E0601"),), ("G47.33",),
         "Home sleep test: AHI 14.8.", "index_15", "0.2"),
        ("cms.l37848.lumbar-fusion", "medicare", (("CPT", "22612"),), ("M43.16",),
         "Flexion and extension films: 3 mm of translation at L4-5.", "translation", "1 mm off"),
        ("composite.glp1-diabetes.commercial", "commercial", OZEMPIC, ("E11.65",),
         "Type 2 diabetes. Metformin for 80 days without enough effect.", "metformin", "short"),
    ],
)  # fmt: skip
def test_a_little_short_is_measured(policy, lob, services, codes, text, name, said):
    found = check(case(services, codes, lob), chart(note(text)), policy=policy)
    assert said in near(found)[name].told


@pytest.mark.slow
@pytest.mark.parametrize("held", shipped().held, ids=lambda held: held.policy.id)
def test_no_answers_leave_a_policy_open_with_nothing_to_ask(held):
    compiled, random = held.compiled, Random(held.policy.id)
    for _ in range(25):
        weights = random.choice(((1, 1, 1), (8, 1, 1), (1, 8, 1), (1, 1, 8)))
        told = tuple(random.choices(STATUSES, weights)[0] for _ in compiled.leaves)
        found = verdict(compiled, told)
        assert found.asked or found.status == "met"
        assert found.blocking or found.status != "not_met"
        assert {*found.asked, *found.blocking} <= set(found.unsettled)
        for name in found.asked if found.status == "not_met" else ():
            assert found.answers[name] != ("met" if found.unsettled[name] else "not_met")
