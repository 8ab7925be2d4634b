"""What may be sent, and what comes back."""

import stat
from base64 import b64encode

import pytest

from nodes.audit import digest, sha256
from nodes.chart import HardStop
from nodes.errors import (
    NotConfigured,
    Refused,
    UnknownName,
    UpstreamBusy,
    UpstreamFailed,
    UpstreamTimeout,
)
from nodes.gates.seal import seal
from nodes.http import Answer
from nodes.settings import FileChannel, HttpChannel
from nodes.submit_request import SubmitRequestRequest, submit_request
from tests.gates import NOW, PREPARER, assembled, attested, form, key, now

ISA = "ISA*00*          *00*          *ZZ*SBXHP01        *ZZ*RIVERBEND      "
ISA += "*261120*0931*^*00501*000000001*0*T*:~"


def wrapped(kind, body):
    count = body.count("~") + 2
    return (
        f"{ISA}GS*{'HI' if kind == '278' else 'FA'}*A*B*20261120*0931*1*X*005010X217~"
        f"ST*{kind}*0001~{body}SE*{count}*0001~GE*1*1~IEA*1*000000001~"
    )


class Payer:
    """A stand-in for the other side: keeps what it gets, answers as told."""

    def __init__(self, answer=None, status=200):
        self.answer, self.status, self.got = answer or b"ok", status, []

    def __call__(self, url, *, body, headers, timeout, token):
        self.got.append((url, body, headers, timeout, token))
        if isinstance(self.answer, Exception):
            raise self.answer
        return Answer(self.status, {}, self.answer)


def channels():
    return {"payer": HttpChannel(kind="http", url="https://payer.test/x12", token="t0p", timeout=7)}


def submit(payer=None, known=channels, whole=None, word=None, channel="payer", at=now):
    whole = whole or assembled()
    request = SubmitRequestRequest(
        packet=whole.packet, attestation=word or attested(whole), channel=channel
    )
    return submit_request(request, key=key, channels=known, send=payer or Payer(), now=at)


def refusal(**given):
    payer = Payer()
    with pytest.raises(Refused) as caught:
        submit(payer, **given)
    assert payer.got == []
    return [(c.pointer, c.detail) for c in caught.value.complaints]


def test_the_edi_is_posted_with_its_identity():
    payer, whole = Payer(), assembled()
    answer = submit(payer, whole=whole)
    [(url, body, headers, timeout, token)] = payer.got
    transaction = whole.packet.transaction
    assert (url, timeout, token) == ("https://payer.test/x12", 7, "t0p")
    assert body == transaction.edi.encode()
    assert headers["Content-Type"] == "application/edi-x12"
    assert headers["Idempotency-Key"] == transaction.trace_number
    assert answer.trace_number == transaction.trace_number
    assert answer.control_number == transaction.control_number
    assert answer.packet_sha256 == digest(whole.packet)
    assert answer.acknowledgment.received_at == NOW


def test_a_retry_is_the_same_request():
    payer, whole = Payer(), assembled()
    word = attested(whole)
    submit(payer, whole=whole, word=word)
    submit(payer, whole=whole, word=word)
    assert payer.got[0] == payer.got[1]


def test_an_answer_in_x12_is_given_back():
    edi = wrapped("278", "BHT*0007*11*1*20261120*0931~")
    acknowledgment = submit(Payer(edi.encode())).acknowledgment
    assert (acknowledgment.kind, acknowledgment.edi) == ("278_response", edi)
    assert acknowledgment.body_sha256 == sha256(edi.encode())


def test_an_accepting_999_is_an_acknowledgment():
    edi = wrapped("999", "AK1*HI*1~AK2*278*0001~IK5*A~AK9*A*1*1*1~")
    assert submit(Payer(edi.encode())).acknowledgment.kind == "accepted"


def test_an_accepting_ta1_is_an_acknowledgment():
    edi = f"{ISA}TA1*000000001*261120*0930*A*000~IEA*0*000000001~"
    assert submit(Payer(edi.encode())).acknowledgment.kind == "accepted"


@pytest.mark.parametrize(
    "body",
    [
        wrapped("999", "AK1*HI*1~AK2*278*0001~IK5*R*5~AK9*R*1*1*0~"),
        wrapped("999", "AK1*HI*1~AK9*P*2*2*1~"),
        f"{ISA}TA1*000000001*261120*0930*R*006~IEA*0*000000001~",
        "ISA broken",
    ],
    ids=["999 R", "999 P", "TA1 R", "unreadable"],
)
def test_a_rejecting_acknowledgment_is_a_failure(body):
    with pytest.raises(UpstreamFailed):
        submit(Payer(body.encode()))


def test_any_other_answer_is_kept_as_a_hash_only():
    acknowledgment = submit(Payer(b"queued for Maria", 202)).acknowledgment
    assert (acknowledgment.kind, acknowledgment.edi) == ("accepted", None)
    assert acknowledgment.body_sha256 == sha256(b"queued for Maria")


@pytest.mark.parametrize("status", [301, 400, 401, 404, 500, 502])
def test_a_failing_status_is_named_and_the_body_is_not(status):
    with pytest.raises(UpstreamFailed, match=f"status {status}") as caught:
        submit(Payer(b"Maria Lopez is unknown", status))
    assert "Maria" not in str(caught.value)


@pytest.mark.parametrize(
    "failure", [UpstreamTimeout("late"), UpstreamBusy("busy", 5), UpstreamFailed("down")]
)
def test_failures_on_the_way_stay_typed_and_are_not_repeated(failure):
    payer = Payer(failure)
    with pytest.raises(type(failure)):
        submit(payer)
    assert len(payer.got) == 1


def test_only_configured_channels_are_used():
    with pytest.raises(UnknownName):
        submit(channel="elsewhere")


def test_a_packet_changed_after_the_word_is_refused():
    word = attested()
    other = assembled(attempt=2)
    assert (
        "/attestation",
        "it was made for another packet, or the packet was changed after it",
    ) in (refusal(whole=other, word=word))


def test_an_expired_word_is_refused():
    word = attested()
    assert refusal(word=word, at=lambda: word.expires) == [("/attestation", "it has expired")]


def test_hard_stops_are_refused_whoever_signed():
    stopped = assembled(hard_stops=(HardStop(code="wrong_patient", detail="another patient"),))
    word = rules_word(stopped)
    assert refusal(whole=stopped, word=word) == [("/packet/hard_stops/0", "another patient")]


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"form": form(missing_required=("patient.phone",))}, "/packet/form/missing_required"),
        ({"form": form(sha256="0" * 64)}, "/packet/form/sha256"),
    ],
)
def test_what_is_incomplete_is_refused_even_without_its_stop(fault, pointer):
    packet = assembled(**fault).packet.model_copy(update={"hard_stops": ()})
    whole = assembled().model_copy(update={"packet": packet})
    assert [where for where, _ in refusal(whole=whole, word=rules_word(whole))] == [pointer]


def test_every_reason_is_told_at_once():
    transaction = assembled().packet.transaction.model_copy(
        update={"sha256": "0" * 64, "trace_number": "OTHER"}
    )
    packet = assembled().packet.model_copy(update={"transaction": transaction})
    found = refusal(whole=assembled().model_copy(update={"packet": packet}), word=attested())
    assert [where for where, _ in found] == [
        "/attestation",
        "/packet/transaction/sha256",
        "/packet/transaction/edi",
        "/packet/transaction/trace_number",
    ]


def rules_word(whole):
    """A word signed without the checks that attest makes."""
    from nodes.gates.attestation import attestation
    from tests.gates import REVIEWER, STATEMENT

    return attestation(whole.packet, STATEMENT, REVIEWER, NOW, key)


def resealed(pdf):
    """A packet whose form is another PDF, sealed as if it had been made from its parts."""
    other = form(pdf_base64=b64encode(pdf).decode(), sha256=sha256(pdf))
    packet = assembled().packet.model_copy(update={"form": other})
    draft_seal = seal(digest(packet), PREPARER.subject, key)
    return assembled().model_copy(update={"packet": packet, "draft_seal": draft_seal})


def folder_of(path):
    return lambda: {"payer": FileChannel(kind="file", folder=str(path))}


def test_a_folder_gets_the_form_and_the_edi_whole(tmp_path):
    whole = assembled()
    answer = submit(known=folder_of(tmp_path), whole=whole)
    trace = whole.packet.transaction.trace_number
    assert answer.acknowledgment.kind == "filed"
    assert answer.acknowledgment.file == f"{trace}.278.edi"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{trace}.278.edi", f"{trace}.pdf"]
    assert (tmp_path / f"{trace}.278.edi").read_text() == whole.packet.transaction.edi
    assert sha256((tmp_path / f"{trace}.pdf").read_bytes()) == whole.packet.form.sha256
    assert stat.S_IMODE((tmp_path / f"{trace}.pdf").stat().st_mode) == 0o640


def test_filing_again_is_the_same_acknowledgment(tmp_path):
    assert submit(known=folder_of(tmp_path)) == submit(known=folder_of(tmp_path))


def test_other_content_under_the_same_number_is_refused(tmp_path):
    submit(known=folder_of(tmp_path))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Refused, match="already filed"):
        submit(known=folder_of(tmp_path), whole=resealed(b"%PDF another"))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_missing_folder_is_not_configured(tmp_path):
    with pytest.raises(NotConfigured):
        submit(known=folder_of(tmp_path / "nowhere"))
