"""Each way in which parts do not belong together is a hard stop."""

import base64
from dataclasses import replace
from datetime import date, datetime

import pytest

from nodes.assessment import Gap
from nodes.audit import digest, sha256
from nodes.build_278 import build_278
from nodes.case import PersonName
from nodes.chart import Fact, HardStop, Search
from nodes.errors import NotConfigured
from nodes.gates.seal import drafter
from nodes.packet import FilledForm
from nodes.pdf.template import template
from nodes.policy.library import shipped
from nodes.prose import Citation, Sentence
from nodes.settings import Settings
from tests import gates
from tests.gates import assembled, built, chart, form, key, parts, summary

PLACES = ("sections", 1, "sentences")
CONDITION = "Condition/cond-lopez-radiculopathy"


def codes(**changes):
    return [stop.code for stop in assembled(**changes).packet.hard_stops]


def details(**changes):
    return " ".join(stop.detail for stop in assembled(**changes).packet.hard_stops)


def pointers(**changes):
    return [stop.pointer for stop in assembled(**changes).packet.hard_stops]


def told(said):
    """A summary with the form that repeats it."""
    return {"summary": said, "form": gates.filled(said)}


def stops_of(said):
    return assembled(**told(said)).packet.hard_stops


def changed(model, *path, **fields):
    """A copy of a model with fields changed somewhere inside."""
    if not path:
        return model.model_copy(update=fields)
    name, *rest = path
    if isinstance(name, int):
        return tuple(changed(m, *rest, **fields) if n == name else m for n, m in enumerate(model))
    return model.model_copy(update={name: changed(getattr(model, name), *rest, **fields)})


def edi_with(before, after):
    transaction = parts().transaction
    assert before in transaction.edi
    edi = transaction.edi.replace(before, after)
    return transaction.model_copy(update={"edi": edi, "sha256": sha256(edi.encode())})


def test_parts_that_belong_together_have_no_stops():
    assert assembled().packet.hard_stops == ()


def test_the_identity_is_the_hash_of_the_canonical_packet():
    whole = assembled()
    assert whole.packet_sha256 == digest(whole.packet)
    assert drafter(whole.draft_seal, whole.packet_sha256, key) == gates.PREPARER.subject
    assert whole.packet.drafted_by == gates.PREPARER.subject


def test_only_cited_notes_become_exhibits():
    uncited = chart().notes[0].model_copy(update={"id": "DocumentReference/uncited"})
    whole = assembled(chart=changed(chart(), notes=(*chart().notes, uncited)))
    assert whole.packet.exhibits == chart().notes


def test_given_stops_stay_and_come_once():
    stop = HardStop(code="wrong_patient", detail="the event names another patient")
    found = assembled(hard_stops=(stop, stop)).packet.hard_stops
    assert found == (stop,)


def test_another_patients_chart():
    assert codes(chart=changed(chart(), patient="Patient/pt-berg")) == ["wrong_patient"]


def test_the_charts_own_stops_cannot_be_left_out():
    stop = HardStop(code="wrong_patient", detail="the event names another patient")
    stopped = changed(chart(), hard_stops=(stop,))
    assert assembled(chart=stopped).packet.hard_stops == (stop,)
    assert assembled(chart=stopped, hard_stops=(stop,)).packet.hard_stops == (stop,)


def test_a_chart_fetched_for_another_order():
    facts = tuple(
        changed(fact, id="ServiceRequest/other") if fact.kind == "order" else fact
        for fact in chart().facts
    )
    for order in (None, "ServiceRequest/other"):
        other = changed(chart(), facts=facts, order=order)
        assert pointers(chart=other)[0] == "/case/order/reference"


def test_a_truncated_search():
    search = Search(query="Condition?patient", pages=9, read=900, kept=1, truncated=True)
    assert "truncated_chart" in codes(chart=changed(chart(), "manifest", searches=(search,)))


def test_a_blank_required_field():
    stops = assembled(form=form(missing_required=("patient.phone",))).packet.hard_stops
    assert stops[0].code == "missing_required_field"
    assert "patient.phone" in stops[0].detail


def test_an_empty_summary():
    found = codes(**told(changed(summary(), sections=())))
    assert set(found) == {"missing_required_field"}


@pytest.mark.parametrize("fault", [{"sha256": "0" * 64}, {"pdf_base64": "not base64"}])
def test_a_form_whose_hash_is_not_its_own(fault):
    assert pointers(form=form(**fault))[0] == "/form/sha256"


def test_another_pdf_under_its_own_hash():
    other = b"%PDF-1.7 another patient's form"
    fault = {"pdf_base64": base64.b64encode(other).decode(), "sha256": sha256(other)}
    assert pointers(form=form(**fault)) == ["/form/pdf_base64"]


def test_a_form_filled_for_another_case_or_summary():
    case = changed(built().case, "patient", birth_date=date(1980, 1, 1))
    assert pointers(form=gates.filled(summary(), case)) == ["/form/pdf_base64"]
    assert pointers(form=gates.filled(None))[-1] == "/form/pdf_base64"


def test_a_report_that_is_not_what_the_pdf_shows():
    assert pointers(form=changed(form(), "fields", 0, value="Somebody")) == ["/form/fields"]


def test_a_template_that_changed_since_or_that_is_not_here():
    said = details(form=form(template_sha256="0" * 64))
    assert said == "the template changed since fill-form ran: run it again"
    assert pointers(form=form(template="generic/none")) == ["/form/template"]


@pytest.mark.parametrize("name", ["../nodes", "/etc/passwd", "generic", "generic/..", "a/b/c"])
def test_a_template_is_a_name_and_no_path(name):
    with pytest.raises(ValueError, match="template"):
        FilledForm.model_validate(form().model_dump() | {"template": name})


def test_the_template_is_looked_up_where_it_is_told():
    elsewhere = replace(template(form().template), sha256="f" * 64)
    asked = parts(form=form(template_sha256="f" * 64))
    answer = gates.assemble_packet(
        asked, principal=gates.PREPARER, key=key, templates=lambda name: elsewhere
    )
    assert answer.packet.hard_stops == ()


def test_an_edi_whose_hash_is_not_its_own():
    transaction = parts().transaction.model_copy(update={"sha256": "0" * 64})
    assert codes(transaction=transaction) == ["inconsistent_packet"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("LOPEZ*MARIA", "LOPES*MARIA", "segment 12 (NM1)"),
        ("SBXLOPEZ01", "SBXLOPEZ02", "segment 12 (NM1)"),
        ("G-2210", "G-2211", "segment 13 (REF)"),
        ("19710409", "19710410", "segment 17 (DMG)"),
        ("9000000031", "9000000049", "segment 6 (NM1)"),
        ("UM*HS*I*62*11:B~", "UM*HS*I*62*11:B**U~", "segment 20 (UM)"),
        ("UM*HS*I", "UM*AR*R", "segment 20 (UM)"),
        ("20260825", "20250825", "segment 21 (DTP)"),
        ("M5416", "M5417", "segment 22 (HI)"),
        ("20261201", "20270101", "segment 30 (DTP)"),
        ("72148**UN*1", "72148**UN*99", "segment 31 (SV1)"),
        ("72148*", "72148:26*", "segment 31 (SV1)"),
        ("HC:72148", "ZZ:72148", "segment 31 (SV1)"),
        ("F3D8AC55F410E36E1DCD0285A42B4977L01", "OTHER1", "segment 29 (TRN)"),
    ],
)
def test_an_edi_that_says_anything_else_than_the_case(before, after, words):
    assert details(transaction=edi_with(before, after)).startswith(words)


def test_only_addresses_time_number_and_message_are_the_edis_own():
    elsewhere = {"usage": "production", "receiver": "OTHERHUB", "receiver_qualifier": "30"}
    envelope = gates.ENVELOPE.model_copy(update=elsewhere)
    asked = built(
        envelope=envelope,
        created_at=datetime(2026, 12, 31, 23, 59),
        control_number="000000042",
        message="Please call before noon",
    )
    assert codes(transaction=build_278(asked).transaction) == []


def test_a_message_in_the_wrong_place_or_lower_case():
    written = build_278(built(message="Please call")).transaction
    small = written.edi.replace("PLEASE CALL", "Please call")
    other = written.model_copy(update={"edi": small, "sha256": sha256(small.encode())})
    assert details(transaction=other).startswith("segment 23 (MSG)")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("*ZZ*SBXHP01        ", "*ZZ*sbxhp01        "),
        ("SBXHP01*20261120*0930*", "SBXHP01*20261320*0930*"),
        ("*ZZ*RIVERBEND", "*z!*RIVERBEND"),
    ],
)
def test_an_envelope_that_build_278_does_not_write(before, after):
    assert pointers(transaction=edi_with(before, after))[0] == "/transaction/edi"


def test_an_edi_of_another_attempt_or_of_another_case():
    words = (
        "the trace number is not this attempt's: build-278 was run with another attempt,"
        " for another case or another certification"
    )
    assert details(attempt=2) == words
    assert details(transaction=build_278(built(attempt=2)).transaction) == words
    case = changed(built().case, id="PA-9")
    assert details(transaction=build_278(built(case=case)).transaction) == words


def test_the_second_attempt_has_its_own_number():
    assert codes(attempt=2, transaction=build_278(built(attempt=2)).transaction) == []


def test_numbers_that_are_not_the_edis():
    other = parts().transaction.model_copy(update={"trace_number": "OTHER1"})
    assert "/transaction/trace_number" in pointers(transaction=other)
    other = parts().transaction.model_copy(update={"control_number": "000000009"})
    assert pointers(transaction=other) == ["/transaction/control_number"]


@pytest.mark.parametrize("edi", ["", "hello", "ISA*00", "ISA" + "*" * 120])
def test_what_is_no_edi(edi):
    other = parts().transaction.model_copy(update={"edi": edi, "sha256": sha256(edi.encode())})
    assert codes(transaction=other) == ["inconsistent_packet"]


def test_a_cut_edi():
    edi = parts().transaction.edi[:-20]
    cut = parts().transaction.model_copy(update={"edi": edi, "sha256": sha256(edi.encode())})
    assert "whole" in details(transaction=cut)


def test_names_are_written_as_x12_can_write_them():
    case = changed(built().case, "patient", name=PersonName(family="López", given="María"))
    written = build_278(built(case=case)).transaction
    assert "LOPEZ*MARIA" in written.edi
    assert not any(
        where.startswith("/transaction") for where in pointers(case=case, transaction=written)
    )


def test_a_case_that_cannot_be_written():
    case = changed(built().case, "requester", npi=None)
    assert "mend it" in details(case=case)


def test_a_citation_of_what_is_not_in_the_chart():
    cited = (Citation(fact="Condition/nowhere", quote="x"),)
    stops = stops_of(changed(summary(), *PLACES, 0, citations=cited))
    assert stops[0].code == "broken_reference"
    assert stops[0].pointer == "/summary/sections/1/sentences/0/citations/0"


def test_evidence_of_what_is_not_in_the_chart():
    assessment = changed(gates.assessment(), "criteria", 3, "evidence", 0, fact="Observation/x")
    assert codes(assessment=assessment)[0] == "broken_reference"


def test_a_quote_that_is_not_verbatim():
    cited = (Citation(fact=CONDITION, quote="left ankle reflex absent"),)
    stops = stops_of(changed(summary(), *PLACES, 0, citations=cited))
    assert stops[0].code == "unsupported_statement"


def test_a_fact_that_does_not_stand_in_its_note():
    facts = tuple(f.model_copy(update={"quote": f.quote + "!"}) for f in gates.assessment().facts)
    assert "broken_reference" in codes(assessment=changed(gates.assessment(), facts=facts))


def test_a_component_of_an_observation_is_evidence():
    part = Fact(
        id="Observation/pain#component-1", kind="observation", quote="Pain: 7", why="x",
        path="Observation.component[0]",
    )  # fmt: skip
    record = changed(gates.chart(), facts=(*gates.chart().facts, part))
    first = changed(gates.assessment(), "criteria", 3, "evidence", 0, fact=part.id, quote="Pain: 7")
    cited = changed(first, facts=(*first.facts, part))
    assert "broken_reference" not in codes(chart=record, assessment=cited)
    assert "broken_reference" in codes(assessment=first)


@pytest.mark.parametrize(
    "fact",
    [
        Fact(id="Condition/invented", kind="condition", quote="Cauda equina syndrome", why="x"),
        Fact(id=CONDITION, kind="condition", quote="Cauda equina syndrome", why="x"),
    ],
    ids=["new", "in place of the chart's"],
)
def test_a_fact_that_only_the_assessment_knows(fact):
    invented = changed(gates.assessment(), facts=(*gates.assessment().facts, fact))
    place = len(gates.assessment().facts)
    assert f"/assessment/facts/{place}" in pointers(assessment=invented)


def test_a_fact_of_the_case_that_the_rules_do_not_give():
    invented = Fact(id=gates.chart().patient, kind="statement", quote="born 2020-01-01", why="x")
    assessment = changed(gates.assessment(), facts=(*gates.assessment().facts, invented))
    assert "/assessment/facts" in pointers(assessment=assessment)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She has saddle anesthesia.", "cites nothing"),
        ("Lumbar MRI is medically necessary and approved.", "cites nothing"),
    ],
)
def test_a_chart_sentence_without_a_citation(text, words):
    said = changed(summary(), *PLACES, 0, text=text, citations=())
    [stop, *_] = stops_of(said)
    assert stop.code == "unsupported_statement" and words in stop.detail
    assert stop.pointer == "/summary/sections/1/sentences/0"
    assert text not in stop.detail


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lumbar radiculopathy, left; M54.16.", "a side in it"),
        ("Lumbar radiculopathy, right; M54.17.", "a code in it"),
        ("Lumbar radiculopathy for 12 weeks.", "a number in it"),
        ("Lumbar radiculopathy since 2020-01-05.", "a date in it"),
    ],
)
def test_a_sentence_that_says_more_than_it_cites(text, words):
    assert any(words in stop.detail for stop in stops_of(changed(summary(), *PLACES, 0, text=text)))


@pytest.mark.parametrize("basis", ["case", "policy"])
@pytest.mark.parametrize(
    "text", ["Saddle anesthesia is present.", "The request is for an MRI of the brain."]
)
def test_a_sentence_that_neither_case_nor_policy_says(basis, text):
    said = Sentence(id="s99", text=text, basis=basis)
    first = summary().sections[0].sentences
    found = stops_of(changed(summary(), "sections", 0, sentences=(*first, said)))
    assert "unsupported_statement" in {stop.code for stop in found}


@pytest.mark.parametrize("basis", ["decision", "form", "reviewer"])
def test_a_sentence_on_a_basis_that_a_summary_has_not(basis):
    said = Sentence(id="s99", text="The payer approved it.", basis=basis)
    [stop] = stops_of(changed(summary(), "sections", 1, sentences=(said,)))
    assert stop.detail.startswith("a summary does not speak on this basis")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": "unknown"}, "status"),
        ({"met": 1}, "met"),
        ({"gaps": (Gap(criterion="x", kind="absent", ask="y"),)}, "gaps"),
        ({"as_of": date(2026, 9, 1)}, "status"),
        ({"criteria": ()}, "criteria"),
    ],
)
def test_an_assessment_that_the_rules_do_not_give(change, field):
    found = pointers(assessment=changed(gates.assessment(), **change))
    assert f"/assessment/{field}" in found


def test_a_criterion_turned_to_met():
    place = next(n for n, one in enumerate(gates.assessment().criteria) if one.status != "met")
    turned = changed(gates.assessment(), "criteria", place, status="met")
    assert "/assessment/criteria" in pointers(assessment=turned)


def test_an_assessment_of_another_chart():
    facts = tuple(fact for fact in chart().facts if fact.id != CONDITION)
    assert "/assessment/criteria" in pointers(chart=changed(chart(), facts=facts))


def test_a_policy_that_changed_since():
    other = changed(gates.assessment(), "policy", sha256="0" * 64)
    assert "the policy changed since check-policy ran: run it again" in details(assessment=other)


def test_a_policy_that_does_not_cover_the_case():
    other = changed(gates.assessment(), "policy", id="no-such-policy")
    assert "/assessment/policy/id" in pointers(assessment=other)


def test_the_policy_is_looked_up_where_it_is_told():
    asked = []
    gates.assemble_packet(
        parts(), principal=gates.PREPARER, key=key, library=lambda: asked.append(1) or shipped()
    )
    assert asked == [1]


def test_without_a_key_nothing_is_assembled(monkeypatch):
    monkeypatch.setattr("nodes.signing.settings", Settings)
    with pytest.raises(NotConfigured):
        gates.assemble_packet(parts(), principal=gates.PREPARER)
