"""A reviewer's edits where the form shows what the chart says, was uploaded, or sent along."""

from base64 import b64decode, b64encode
from typing import get_args

import pytest

from nodes.audit import digest
from nodes.gates.seal import seal
from nodes.packet import FormNotice, FormUpload, Packet
from server.review.form_words import MISFIT, NOTICES, FormWords
from tests import gates
from tests.forms_filled import form as template_of
from tests.nodes.forms_drawn import form, mapping
from tests.nodes.forms_world import pages
from tests.server.review_world import drafted
from tests.server.test_review import cited_sentence, office, verdict

WORDS = "Pain for eight weeks, says the reviewer."
PART_D = "cms/part-d-coverage-determination"
FIELDS = """
  - {id: patient, from: case.patient.name.family, pdf: a}
  - {id: weight, from: [chart.facts.0.text, case.patient.birth_date], pdf: b}
  - {id: why, from: summary.sections, join: "{text}", between: " ", pdf: c, min_font: 5}
"""


def uploaded():
    """A small form of the caller's own, which asks for a summary and a fact."""
    sheet = form("a", "b", "c", width=500)
    return FormUpload(pdf_base64=b64encode(sheet).decode(), mapping=mapping(FIELDS))


def wholes():
    """Packets whose forms need more than their other parts to be made again."""
    sent = b64encode(template_of(PART_D).pdf).decode()
    return {
        "chart": lambda: drafted("adalimumab-good", charted=True, template="generic/biologic-drug"),
        "upload": lambda: drafted("lopez", charted=True, upload=uploaded()),
        "sent along": lambda: drafted(
            "adalimumab-good", charted=True, template=PART_D, pdf_base64=sent
        ),
    }


@pytest.mark.parametrize("kind", ["chart", "upload", "sent along"])
def test_an_edit_makes_the_form_again_from_what_the_packet_keeps(kind):
    whole = wholes()[kind]()
    case_id, before = whole.packet.case.id, whole.packet.form
    edit = {f"sentence-{cited_sentence(whole).id}": WORDS}
    with office(whole) as (workflow, reader):
        page = reader.post(f"{case_id}/revise", **edit)
        assert page.status_code == 200 and WORDS in page.text
        shown = reader.post(f"{case_id}/form.pdf", **edit)
        assert WORDS in " ".join(" ".join(pages(shown.data)).split())
        hidden = {"original": digest(whole.packet), "seen": seen(page)}
        reader.post(f"{case_id}/decide", **hidden, decision="approved", **edit)
    [told] = workflow.told
    packet = Packet.model_validate_json(gates.to_json(told["packet"]))
    assert verdict(told).valid and packet.edits[0].after == WORDS
    assert packet.form_inputs == whole.packet.form_inputs
    rest = [one for one in before.fields if one.by != "summary"]
    assert [one for one in packet.form.fields if one.by != "summary"] == rest
    assert b64decode(packet.form.pdf_base64) == shown.data


def seen(page):
    return page.text.split('name="seen" value="')[1][:64]


def test_the_page_says_in_words_what_the_form_lacks():
    whole = wholes()["sent along"]()
    with office(whole) as (_, reader):
        text = reader.get(whole.packet.case.id).text
    assert "Never tried on the issuer" in text
    assert "Drug tried 5: whole on page 5" in text
    assert "hand: Signature of Person Requesting" in text


def test_each_kind_of_notice_is_told_as_what_to_do():
    codes = get_args(FormNotice.model_fields["code"].annotation)
    notices = tuple(FormNotice(field="patient.name", code=code) for code in codes)
    form = drafted("lopez").packet.form
    told = FormWords(
        form.model_copy(update={"notices": notices, "missing_required": ("patient.name",)})
    )
    label = next(field.label for field in form.fields if field.id == "patient.name")
    assert told.any and told.missing == [label]
    assert {one for one, _ in told.notices} == {label}
    assert {why for _, why in told.notices} == {*NOTICES.values(), MISFIT}


def test_a_packet_keeps_the_facts_its_form_shows_and_no_notes():
    whole = wholes()["chart"]().packet
    kept = whole.form_inputs.chart
    shown = {field.source for field in whole.form.fields if field.by == "fact" and field.value}
    assert shown and kept.notes == () and kept.manifest.searches == ()
    named = {name for one in shown for name in one.split(", ")}
    assert {one.id for one in kept.facts if one.kind != "medication"} <= named


def test_evidence_from_the_case_itself_stops_nothing():
    whole = wholes()["chart"]().packet
    own = {whole.case.patient.id, f"Case/{whole.case.id}.requester"}
    assert own <= {fact.id for fact in whole.assessment.facts}
    assert whole.hard_stops == ()


def test_a_packet_whose_form_needs_no_more_keeps_no_more():
    assert drafted("lopez").packet.form_inputs is None


def test_an_edit_that_would_change_the_form_elsewhere_is_refused():
    whole = wholes()["chart"]()
    packet = whole.packet.model_copy(update={"form_inputs": None})
    identity = digest(packet)
    sealed = seal(identity, packet.drafted_by, gates.key)
    bare = whole.model_copy(
        update={"packet": packet, "packet_sha256": identity, "draft_seal": sealed}
    )
    edit = {f"sentence-{cited_sentence(whole).id}": WORDS}
    with office(bare) as (_, reader):
        answer = reader.post(f"{packet.case.id}/revise", **edit)
    assert answer.status_code == 409 and "Send the case back" in answer.text
