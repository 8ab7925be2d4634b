"""Each way in which parts do not belong together is a hard stop."""

import pytest

from nodes.audit import digest, sha256
from nodes.case import PersonName
from nodes.chart import HardStop, Search
from nodes.errors import NotConfigured
from nodes.gates.seal import drafter
from nodes.prose import Citation
from nodes.settings import Settings
from tests import gates
from tests.gates import assembled, built, chart, form, key, parts, summary


def codes(**changes):
    return [stop.code for stop in assembled(**changes).packet.hard_stops]


def details(**changes):
    return " ".join(stop.detail for stop in assembled(**changes).packet.hard_stops)


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
    assert [note.id for note in assembled().packet.exhibits] == ["DocumentReference/lopez-visit"]


def test_given_stops_stay_and_come_once():
    stop = HardStop(code="wrong_patient", detail="the event names another patient")
    found = assembled(hard_stops=(stop, stop)).packet.hard_stops
    assert found == (stop,)


def test_another_patients_chart():
    assert codes(chart=changed(chart(), patient="Patient/pt-berg")) == ["wrong_patient"]


def test_a_chart_fetched_for_another_order():
    other = gates.CONDITION.model_copy(update={"id": "ServiceRequest/other", "kind": "order"})
    facts = (*chart().facts, other)
    assert codes(chart=changed(chart(), facts=facts)) == ["inconsistent_packet"]


def test_a_truncated_search():
    search = Search(query="Condition?patient", pages=9, read=900, kept=1, truncated=True)
    assert codes(chart=changed(chart(), "manifest", searches=(search,))) == ["truncated_chart"]


def test_a_blank_required_field():
    stops = assembled(form=form(missing_required=("patient.phone",))).packet.hard_stops
    assert [stop.code for stop in stops] == ["missing_required_field"]
    assert "patient.phone" in stops[0].detail


def test_an_empty_summary():
    empty = changed(summary(), sections=())
    assert codes(summary=empty) == ["missing_required_field"]


@pytest.mark.parametrize("fault", [{"sha256": "0" * 64}, {"pdf_base64": "not base64"}])
def test_a_form_whose_hash_is_not_its_own(fault):
    assert codes(form=form(**fault)) == ["inconsistent_packet"]


def test_an_edi_whose_hash_is_not_its_own():
    transaction = parts().transaction.model_copy(update={"sha256": "0" * 64})
    assert codes(transaction=transaction) == ["inconsistent_packet"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("LOPEZ*MARIA", "LOPES*MARIA", "patient"),
        ("LOPEZ*MARIA", "LOPEZ*MARIO", "patient"),
        ("SBXLOPEZ01", "SBXLOPEZ02", "member id"),
        ("19710409", "19710410", "birth date"),
        ("72148", "72149", "services"),
        ("M5416", "M5417", "diagnoses"),
    ],
)
def test_an_edi_about_something_else(before, after, words):
    assert words in details(transaction=edi_with(before, after))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("trace_number", "OTHER1", "BHT03"), ("control_number", "000000009", "ISA13")],
)
def test_numbers_that_are_not_the_edis(name, value, words):
    assert words in details(transaction=parts().transaction.model_copy(update={name: value}))


@pytest.mark.parametrize("edi", ["", "hello", "ISA*00", "ISA" + "*" * 120])
def test_what_is_no_edi(edi):
    other = parts().transaction.model_copy(update={"edi": edi, "sha256": sha256(edi.encode())})
    assert codes(transaction=other) == ["inconsistent_packet"]


def test_a_cut_edi():
    edi = parts().transaction.edi[:-20]
    cut = parts().transaction.model_copy(update={"edi": edi, "sha256": sha256(edi.encode())})
    assert "whole" in details(transaction=cut)


def test_names_compare_as_x12_can_write_them():
    case = changed(built().case, "patient", name=PersonName(family="López", given="María"))
    assert codes(case=case) == []


def test_a_citation_of_what_is_not_in_the_chart():
    cited = (Citation(fact="Condition/nowhere", quote="x"),)
    broken = changed(summary(), "sections", 0, "sentences", 1, citations=cited)
    stops = assembled(summary=broken).packet.hard_stops
    assert [stop.code for stop in stops] == ["broken_reference"]
    assert stops[0].pointer == "/summary/sections/0/sentences/1/citations/0"


def test_evidence_of_what_is_not_in_the_chart():
    assessment = changed(gates.assessment(), "criteria", 1, "evidence", 0, fact="Observation/x")
    assert codes(assessment=assessment) == ["broken_reference"]


def test_a_quote_that_is_not_verbatim():
    cited = (Citation(fact=gates.REFLEX.id, quote="left ankle reflex absent"),)
    wrong = changed(summary(), "sections", 0, "sentences", 1, citations=cited)
    assert codes(summary=wrong) == ["unsupported_statement"]


def test_a_fact_that_does_not_stand_in_its_note():
    facts = tuple(f.model_copy(update={"quote": f.quote + "!"}) for f in gates.assessment().facts)
    assert "broken_reference" in codes(assessment=changed(gates.assessment(), facts=facts))


def test_without_a_key_nothing_is_assembled(monkeypatch):
    monkeypatch.setattr("nodes.signing.settings", Settings)
    with pytest.raises(NotConfigured):
        gates.assemble_packet(parts(), principal=gates.PREPARER)
