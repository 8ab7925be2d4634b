"""How a verdict stands, as a reviewer sees it: gaps in order, conflicts, what would turn it."""

from markupsafe import escape

from nodes.assessment import Considered, Criterion, NearMiss
from server.review.views import tree
from tests.server.review_world import drafted
from tests.server.test_review import CASE, office, sealed


def test_gaps_are_shown_in_their_order_with_the_statement_to_complete():
    whole = drafted("hale")
    found = whole.packet.assessment
    with office(whole) as (_, reader):
        page = reader.get(whole.packet.case.id).text
    places = [page.index(str(escape(gap.ask))) for gap in found.gaps]
    assert found.gaps and places == sorted(places)
    for gap in found.gaps:
        assert str(escape(gap.addendum)) in page
    for flip in found.flips:
        assert str(escape(flip.told)) in page
    assert f"{found.readiness.open} open" in page and "The least that would complete it" in page
    assert "The records disagree" not in page


def test_a_conflict_is_announced_and_never_folded_away():
    packet = drafted("lopez").packet
    criteria = tuple(
        one.model_copy(
            update={"conflict": True, "evidence": packet.assessment.criteria[4].evidence}
        )
        if one.id == "cauda_equina"
        else one
        for one in packet.assessment.criteria
    )
    near = NearMiss(criterion="care_weeks", told="5 of 6 weeks are shown", remediable=True)
    refused = Considered(fact="Condition/9", quote="old words", refused="It is past.")
    criteria = (criteria[0].model_copy(update={"considered": (refused,)}), *criteria[1:])
    told = {"criteria": criteria, "conflict": True, "near_misses": (near,), "warnings": ("Old.",)}
    changed = packet.assessment.model_copy(update=told)
    with office(sealed(packet.model_copy(update={"assessment": changed}))) as (_, reader):
        page = reader.get(CASE).text
    assert "may not be submitted without a person" in page
    assert near.told in page and "can still be remedied" in page and "Old." in page
    assert "old words" in page and "It is past." in page
    [disputed] = [b for b in branches(tree(criteria)) if b.criterion.id == "red_flag"]
    assert disputed.criterion.status != "met" or disputed not in disputed.unused


def branches(found):
    return [each for one in found for each in (one, *branches(one.below))]


def test_so_many_of_these_fold_away_what_is_not_needed():
    texts = {"text": "x", "reason": "x"}
    top = Criterion(id="top", depth=0, operator="at_least 1", status="met", **texts)
    one = Criterion(id="one", depth=1, operator="attested", status="met", **texts)
    two = Criterion(id="two", depth=1, operator="attested", status="unknown", **texts)
    three = two.model_copy(update={"id": "three", "conflict": True})
    [root] = tree((top, one, two, three))
    assert [each.criterion.id for each in root.unused] == ["two"]
    assert [each.criterion.id for each in root.needed] == ["one", "three"]
