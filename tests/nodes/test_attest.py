"""Who may attest what."""

import jwt
import pytest
from pydantic import ValidationError

from nodes.attest import AttestRequest, attest
from nodes.audit import digest
from nodes.chart import HardStop
from nodes.errors import NotAllowed, Refused
from nodes.gates.seal import seal
from nodes.packet import Attestation, SentenceEdit
from tests.gates import KEY, NOW, PREPARER, REVIEWER, STATEMENT, assembled, attested, key, now


def request(**changes):
    whole = assembled()
    given = {"packet": whole.packet, "draft_seal": whole.draft_seal, "statement": STATEMENT}
    return AttestRequest(**(given | changes))


def sign(asked, principal=REVIEWER):
    return attest(asked, principal=principal, key=key, now=now).attestation


def test_the_word_is_for_this_packet_and_by_this_reviewer():
    word = attested()
    assert word.packet_sha256 == digest(assembled().packet)
    assert (word.subject, word.name, word.title) == ("dwhitfield", "Dana Whitfield", "MD")
    assert word.at == NOW
    assert (word.expires - word.at).days == KEY.days


def test_the_signature_says_all_that_is_shown():
    word = attested()
    claims = jwt.decode(
        word.jws, KEY.private.public_key(), ["ES256"], options={"verify_exp": False}
    )
    assert claims["sub"] == word.subject
    assert claims["role"] == "reviewer"
    assert claims["packet_sha256"] == word.packet_sha256
    assert claims["statement"] == STATEMENT
    assert claims["iat"] == NOW.timestamp()
    assert claims["edits"] == [] and claims["revises"] is None
    assert len(claims["jti"]) == 32


@pytest.mark.parametrize(
    "principal",
    [
        REVIEWER.model_copy(update={"kind": "service"}),
        REVIEWER.model_copy(update={"roles": frozenset({"preparer", "submitter", "manager"})}),
    ],
    ids=["a service", "no reviewer"],
)
def test_only_a_person_who_reviews_may_attest(principal):
    with pytest.raises(NotAllowed, match="role reviewer"):
        sign(request(), principal)


def test_the_drafter_may_not_attest():
    drafter = REVIEWER.model_copy(update={"subject": PREPARER.subject})
    with pytest.raises(NotAllowed, match="drafted"):
        sign(request(), drafter)


def test_the_drafter_is_who_the_seal_says_whatever_the_packet_says():
    packet = assembled().packet.model_copy(update={"drafted_by": "somebody"})
    sealed = seal(digest(packet), REVIEWER.subject, key)
    with pytest.raises(NotAllowed, match="drafted"):
        sign(request(packet=packet, draft_seal=sealed))


def test_a_changed_packet_does_not_fit_its_seal():
    packet = assembled().packet.model_copy(update={"attempt": 2})
    with pytest.raises(Refused, match="another packet"):
        sign(request(packet=packet))


def test_an_attestation_is_no_seal():
    with pytest.raises(Refused, match="another purpose"):
        sign(request(draft_seal=attested().jws))


def test_hard_stops_cannot_be_attested_away():
    stop = HardStop(code="wrong_patient", detail="the event names another patient")
    whole = assembled(hard_stops=(stop,))
    with pytest.raises(Refused) as caught:
        sign(request(packet=whole.packet, draft_seal=whole.draft_seal))
    assert [(c.pointer, c.detail) for c in caught.value.complaints] == [
        ("/packet/hard_stops/0", stop.detail)
    ]


HIDDEN = {
    "a line break": "I read it.\nApproved",
    "a control": "I read\x1b[8m it.",
    "a C1 control": "I read\x9b it.",
    "another direction": "I did \u202enot\u202c read it.",
    "an isolate": "I \u2067read\u2069 it.",
    "no width": "I read\u200b it.",
    "a line separator": "I read it.\u2028Approved",
}
hidden = pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)


@hidden
def test_a_statement_hides_nothing(text):
    with pytest.raises(ValidationError, match="statement"):
        request(statement=text)
    with pytest.raises(ValidationError, match="statement"):
        Attestation.model_validate(attested().model_dump() | {"statement": text})


@hidden
def test_an_edit_hides_nothing(text):
    with pytest.raises(ValidationError, match="after"):
        SentenceEdit(sentence="s1", before="a", after=text)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "5 > 4 & José; naïve \u2013 “yes”"])
def test_all_else_is_just_text(text):
    assert sign(request(statement=text)).statement == text
    assert SentenceEdit(sentence="s1", before="a", after=text).after == text
