"""What holds of every shipped policy on its own cases: order, time, and favourable facts."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from nodes.errors import NodeError
from nodes.policy.assess import assess
from nodes.policy.casebook import read_cases
from nodes.policy.invented import chart, request
from nodes.policy.library import shipped
from nodes.policy.logic import circuit
from tests.nodes.policy_world import TODAY
from tests.world import case_and_chart

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parents[2] / "nodes" / "policies" / "cases"
MOST = 4
RANK = {"not_met": 0, "unknown": 1, "met": 2}
SANDBOX = ("lopez", "okafor", "nguyen", "hale", "costa", "berg")


def judged():
    """Every case of every shipped policy that can be read: policy, request, chart, day."""
    found = []
    held = {one.policy.id: one for one in shipped().held}
    for path in sorted(FOLDER.glob("*.yaml")):
        try:
            book = read_cases(path.read_text())
        except NodeError:
            continue
        names = [name for name in held if name.endswith(book.policy or path.stem)]
        for one in book.cases if len(names) == 1 else ():
            day = one.as_of or book.as_of
            found.append((held[names[0]], request(book, one), chart(book, one), day))
    return found


JUDGED = judged()
POLICIES = sorted({held.policy.id for held, *_ in JUDGED})


def of(policy):
    return [one for one in JUDGED if one[0].policy.id == policy]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_order_of_facts_and_notes_changes_nothing(policy):
    for place, (held, case, record, day) in enumerate(of(policy)):
        facts, notes = list(record.facts), list(record.notes)
        Random(place).shuffle(facts)
        Random(place + 1).shuffle(notes)
        shuffled = record.model_copy(update={"facts": tuple(facts), "notes": tuple(notes)})
        assert assess(held, case, shuffled, day) == assess(held, case, record, day)


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_later_than_the_day_is_not_seen(policy):
    """An old case judged again: the same chart, grown since, gives the same assessment."""
    later = [one for held, case, record, day in of(policy) for one in record.facts][:20]
    for held, case, record, day in of(policy):
        moved = tuple(
            one.model_copy(
                update={"id": f"{one.id}-later", "start": day + timedelta(days=9), "end": None}
            )
            for one in later
        )
        notes = tuple(
            one.model_copy(update={"id": f"{one.id}-later", "written": day + timedelta(days=9)})
            for one in record.notes
        )
        grown = record.model_copy(
            update={"facts": record.facts + moved, "notes": record.notes + notes}
        )
        assert assess(held, case, grown, day) == assess(held, case, record, day)


def favourable(held, found, record):
    """The recorded facts that met leaves of positive polarity rest on, and that harm none."""
    laid = circuit(held.compiled.tree)
    good = {
        name
        for place, name in enumerate(laid.leaves)
        if place not in laid.against and place not in laid.mixed
    }
    cited = {
        shown.fact
        for one in found.criteria
        if one.id in good and one.status == "met"
        for shown in one.evidence
        if shown.speaks == "for"
    }
    bad = {
        shown.fact
        for one in found.criteria
        for shown in one.evidence
        if shown.speaks != "for" or (one.id in held.compiled.leaves and one.id not in good)
    }
    return [fact for fact in record.facts if fact.id in cited - bad]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_favourable_fact_never_makes_the_verdict_worse(policy):
    cases = [(one, assess(*one)) for one in of(policy)]
    met = [(one, found) for one, found in cases if found.status == "met"][:MOST]
    assert met
    for other, (giver, given) in enumerate(met):
        for fact in favourable(giver[0], given, giver[2]):
            extra = fact.model_copy(update={"id": f"{fact.id}-{other}"})
            for (held, case, record, day), found in met:
                more = record.model_copy(update={"facts": (*record.facts, extra)})
                again = assess(held, case, more, day)
                assert RANK[again.status] >= RANK[found.status], (fact.quote, case.diagnoses)


def test_there_are_facts_to_add_in_most_policies():
    given = set()
    for one in JUDGED:
        found = assess(*one)
        if found.status == "met" and favourable(one[0], found, one[2]):
            given.add(found.policy.id)
    assert len(given) > len(POLICIES) / 2


@pytest.mark.parametrize("patient", SANDBOX)
def test_a_chart_as_of_an_earlier_day_says_nothing_of_later(patient):
    asked, record = case_and_chart(patient)
    held = shipped().choose(asked)
    day = asked.order.authored_on
    before = record.model_copy(
        update={
            "facts": tuple(f for f in record.facts if (f.start or f.end or day) <= day),
            "notes": tuple(n for n in record.notes if n.written <= day),
        }
    )
    assert day <= TODAY
    assert assess(held, asked, record, day) == assess(held, asked, before, day)
