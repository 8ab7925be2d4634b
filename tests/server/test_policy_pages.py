import html

import pytest

from nodes.policy.library import shipped
from tests.server.installation import client

HELD = shipped().held
CGM = "cms.l33822.cgm.initial"


def page(path, status=200):
    response = client().get(path)
    assert response.status_code == status
    return html.unescape(response.get_data(as_text=True))


def test_the_list_leads_to_every_policy():
    text = page("/policies/")
    for held in HELD:
        assert f'href="/policies/{held.policy.id}"' in text


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.policy.id)
def test_a_policys_page_has_every_criterion_with_its_source(held):
    text = page(f"/policies/{held.policy.id}?at={held.policy.effective.first}")
    for name, leaf in held.compiled.leaves.items():
        assert f'<li id="{name}">' in text and leaf.text in text
    assert held.sha256 in text
    assert "style=" not in text and "<script>" not in text


def test_words_of_a_policy_are_escaped():
    assert "“no”" in page("/policies/")
    assert "<54" not in page(f"/policies/{CGM}")


def test_an_unknown_policy_and_a_wrong_day_are_problems():
    page("/policies/none", 404)
    page(f"/policies/{CGM}?at=yesterday", 400)
