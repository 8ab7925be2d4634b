"""Every way in which an attestation does not hold."""

from datetime import timedelta

import pytest

from nodes.audit import digest
from nodes.gates import attestation as rules
from nodes.packet import SentenceEdit
from nodes.verify_attestation import VerifyAttestationRequest, verify_attestation
from tests.gates import NOW, REVIEWER, STATEMENT, assembled, attested, key
from tests.nodes.test_signing import other_key


def check(word, packet=None, at=NOW, own=key):
    request = VerifyAttestationRequest(packet=packet or assembled().packet, attestation=word)
    answer = verify_attestation(request, key=own, now=lambda: at)
    assert answer.valid is (not answer.reasons)
    return answer.reasons


def test_it_holds():
    assert check(attested()) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"attempt": 2},
        {"drafted_by": "somebody"},
        {"revises": "0" * 64},
        {"edits": (SentenceEdit(sentence="s1", before="a", after="b"),)},
        {"exhibits": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_to_the_packet_voids_it(change):
    packet = assembled().packet.model_copy(update=change)
    assert any("was changed" in why for why in check(attested(), packet))


def test_another_packet_with_its_own_hash_shown():
    packet = assembled().packet.model_copy(update={"attempt": 2})
    word = attested().model_copy(update={"packet_sha256": digest(packet)})
    assert any("another packet" in why for why in check(word, packet))


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"name": "Somebody Else"}, "name"),
        ({"title": "DO"}, "title"),
        ({"subject": "somebody"}, "subject"),
        ({"statement": "I have not read it."}, "statement"),
        ({"at": NOW - timedelta(seconds=1)}, "time"),
        ({"expires": NOW + timedelta(days=365)}, "expiry"),
        ({"edits": (SentenceEdit(sentence="s1", before="a", after="b"),)}, "edits"),
        ({"packet_sha256": "0" * 64}, "packet_sha256"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_shown_must_be_what_was_signed(change, shown):
    reasons = check(attested().model_copy(update=change))
    assert reasons == (f"what it shows as {shown} is not what was signed",)


def test_a_word_of_another_key():
    assert check(attested(), own=other_key) == ("the signature is not one this server made",)


@pytest.mark.parametrize(("seconds", "holds"), [(-1, True), (0, False), (1, False)])
def test_it_holds_until_it_expires(seconds, holds):
    word = attested()
    reasons = check(word, at=word.expires + timedelta(seconds=seconds))
    assert reasons == (() if holds else ("it has expired",))


def test_a_word_from_the_future():
    assert check(attested(), at=NOW - timedelta(hours=1)) == ("it is dated in the future",)


def test_the_drafters_own_word():
    packet = assembled().packet
    drafter = REVIEWER.model_copy(update={"subject": packet.drafted_by})
    word = rules.attestation(packet, STATEMENT, drafter, NOW, key)
    assert check(word, packet) == ("who signed it also drafted the packet",)
