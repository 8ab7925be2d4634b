"""A reviewer's edits made into a packet: always the same packet from the same edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nodes import signing
from nodes.attest import AttestRequest, AttestResponse
from nodes.audit import digest
from nodes.catalog import NODES
from nodes.errors import Complaint, IncompleteCase, Refused
from nodes.fill_form import FillFormRequest, FillFormResponse
from nodes.gates.belonging import of_what_is_sent
from nodes.gates.seal import drafter, seal
from nodes.packet import (
    Attestation,
    FieldFill,
    FilledForm,
    FormInputs,
    Packet,
    SentenceEdit,
)
from nodes.principal import Principal
from nodes.prose import Section, Sentence, Summary
from server.review.cases import Handed

STATEMENT = (
    "I have read this request and the records it cites. To the best of my knowledge it is accurate"
    " and complete, and the service is medically necessary for this patient."
)
LONGEST = 2000


@dataclass(frozen=True)
class Draft:
    """A packet ready to be attested: the one handed over, or a revision of it."""

    packet: Packet
    sha256: str
    seal: str
    audit: tuple[dict[str, Any], ...]
    audit_head: str | None


def edits_of(summary: Summary, given: Mapping[str, str]) -> tuple[SentenceEdit, ...]:
    """Compare each sentence with the text in its field; a sentence without a field stays."""
    edits = []
    for sentence in (s for section in summary.sections for s in section.sentences):
        after = " ".join(given.get(f"sentence-{sentence.id}", sentence.text).split())
        if len(after) > LONGEST:
            raise IncompleteCase(
                "a sentence is too long",
                (Complaint(f"/{sentence.id}", f"at most {LONGEST} characters"),),
            )
        if after != " ".join(sentence.text.split()):
            edits.append(SentenceEdit(sentence=sentence.id, before=sentence.text, after=after))
    return tuple(edits)


def revise(
    handed: Handed, edits: tuple[SentenceEdit, ...], reviewer: Principal, key: signing.KeySource
) -> Draft:
    """Apply edits: the summary changes, the form is filled again, the EDI stays as it is.

    The 278 is written from the case alone, which no edit touches. The drafter stays who the seal
    names; Refused when the seal does not fit the packet handed over, or when the form made again
    differs in more than the summary's words: then something changed since the packet was drafted.
    """
    original = digest(handed.packet)
    drafted_by = drafter(handed.draft_seal, original, key)
    if not edits:
        return Draft(handed.packet, original, handed.draft_seal, (), handed.audit_head)
    packet = handed.packet
    summary = edited(packet.summary, edits)
    filled = _filled(handed, summary, reviewer)
    entry = filled.model_dump(mode="json")["audit"]
    stops = (
        *packet.hard_stops,
        *of_what_is_sent(packet.case, summary, filled.form, packet.transaction),
    )
    revised = packet.model_copy(
        update={
            "summary": summary,
            "form": filled.form,
            "hard_stops": tuple(dict.fromkeys(stops)),
            "drafted_by": drafted_by,
            "edits": edits,
            "revises": original,
        }
    )
    identity = digest(revised)
    return Draft(revised, identity, seal(identity, drafted_by, key), (entry,), entry["sha256"])


def _filled(handed: Handed, summary: Summary, reviewer: Principal) -> FillFormResponse:
    """Fill the form again from what the packet keeps of its inputs."""
    packet = handed.packet
    kept = packet.form_inputs or FormInputs()
    name = None if kept.upload else handed.template or packet.form.template
    request = FillFormRequest(
        template=name,
        pdf_base64=kept.pdf_base64,
        upload=kept.upload,
        case=packet.case,
        summary=summary,
        assessment=packet.assessment,
        chart=kept.chart,
        audit_previous=handed.audit_head,
    )
    filled = FillFormResponse.model_validate_json(NODES["fill-form"].answer(request, reviewer))
    if _rest(filled.form) != _rest(packet.form):
        raise Refused(
            "the form cannot be made again as it was drafted: its template changed since, or the"
            " packet was assembled without what filled it. Send the case back to be drafted again"
        )
    return filled


def _rest(form: FilledForm) -> tuple[str, list[FieldFill]]:
    """What an edit of the summary leaves as it is."""
    return form.template_sha256, [one for one in form.fields if one.by != "summary"]


def edited(summary: Summary, edits: tuple[SentenceEdit, ...]) -> Summary:
    """Give the summary with the reviewer's words; a struck sentence is left out."""
    after = {edit.sentence: edit.after for edit in edits}

    def rewritten(section: Section) -> Section:
        kept = (
            reworded(sentence, after.get(sentence.id, sentence.text))
            for sentence in section.sentences
        )
        return section.model_copy(update={"sentences": tuple(s for s in kept if s.text)})

    sections = map(rewritten, summary.sections)
    return summary.model_copy(update={"sections": tuple(s for s in sections if s.sentences)})


def reworded(sentence: Sentence, text: str) -> Sentence:
    """Put the reviewer's words in place; the citations stay, to be looked at."""
    if text == sentence.text:
        return sentence
    return sentence.model_copy(update={"text": text, "basis": "reviewer"})


def attested(
    draft: Draft, reviewer: Principal, key: signing.KeySource
) -> tuple[Attestation, tuple[dict[str, Any], ...]]:
    """Attest a draft for the reviewer; give the attestation and the audit entries since."""
    request = AttestRequest(
        packet=draft.packet,
        draft_seal=draft.seal,
        statement=STATEMENT,
        audit_previous=draft.audit_head,
    )
    answer = AttestResponse.model_validate_json(NODES["attest"].answer(request, reviewer, key=key))
    entry = answer.model_dump(mode="json")["audit"]
    return answer.attestation, (*draft.audit, entry)
