"""What goes out without an attestation, and what does not."""

import json

import pytest

from nodes.catalog import NODES
from nodes.errors import NotConfigured, Refused, UnknownName, UpstreamFailed
from nodes.gates.channels import FileChannel
from nodes.send_inquiry import SendInquiryRequest, send_inquiry
from tests import world
from tests.gates import NOW, now
from tests.nodes.test_submit_request import Payer, channels

EDI = json.loads(NODES["send-inquiry"].example("request"))["edi"]
REQUEST = json.loads(NODES["build-278"].example("response"))["transaction"]["edi"]


def sent(edi=EDI, payer=None, known=channels, channel="payer"):
    request = SendInquiryRequest(edi=edi, channel=channel)
    return send_inquiry(request, channels=known, send=payer or Payer(), now=now)


def test_an_inquiry_goes_out_as_it_is():
    payer = Payer(b"thanks")
    receipt = sent(payer=payer).receipt
    [(url, body, headers, timeout, token)] = payer.got
    assert (url, body, timeout, token) == ("https://payer.test/x12", EDI.encode(), 7, "t0p")
    assert (receipt.kind, receipt.edi, receipt.received_at) == ("accepted", None, NOW)
    assert len(headers["Idempotency-Key"]) == 32


def test_the_same_inquiry_has_one_identity_and_another_another():
    payer = Payer()
    for edi in (EDI, EDI, EDI.replace("*0800*^", "*0801*^")):
        sent(edi, payer)
    keys = [headers["Idempotency-Key"] for _, _, headers, _, _ in payer.got]
    assert keys[0] == keys[1] != keys[2]


def test_the_payers_answer_comes_back():
    request = SendInquiryRequest(edi=EDI, channel="sandbox-payer")
    receipt = send_inquiry(request, **world.for_send_inquiry()).receipt
    assert receipt.kind == "278_response" and "*005010X215~" in receipt.edi


def test_a_folder_gets_the_inquiry_once(tmp_path):
    known = lambda: {"payer": FileChannel(kind="file", folder=str(tmp_path))}  # noqa: E731
    receipts = [sent(known=known).receipt for _ in range(2)]
    assert receipts[0] == receipts[1]
    [file] = tmp_path.iterdir()
    assert (file.name, file.read_text()) == (receipts[0].file, EDI)


def test_a_folder_that_is_not_there(tmp_path):
    known = lambda: {"payer": FileChannel(kind="file", folder=str(tmp_path / "no"))}  # noqa: E731
    with pytest.raises(NotConfigured):
        sent(known=known)


@pytest.mark.parametrize(
    ("edi", "why"),
    [
        (REQUEST, "not an inquiry alone"),
        (EDI + REQUEST, "not an inquiry alone"),
        (EDI.replace("*28*", "*13*", 1), "not an inquiry alone"),
        (EDI.replace("005010X215", "005010X217"), "not an inquiry alone"),
        (REQUEST.replace("BHT*0007*13*", "BHT*0007*28*"), "not an inquiry alone"),
        (EDI.replace("~UM*HS", "~UM*QQ"), "not valid"),
        (EDI.replace("SE*", "SE*1", 1), "cannot be read"),
        ("hello", "cannot be read"),
        (EDI[:106] + "IEA*0*" + EDI[90:99] + "~", "cannot be read|not an inquiry alone"),
    ],
)
def test_nothing_else_goes_out(edi, why):
    payer = Payer()
    with pytest.raises(Refused, match=why):
        sent(edi, payer)
    assert payer.got == []


def test_an_unknown_channel():
    with pytest.raises(UnknownName):
        sent(channel="nobody")


def test_what_the_payer_does_not_take_is_a_failure():
    with pytest.raises(UpstreamFailed):
        sent(payer=Payer(b"no", status=500))


def test_a_status_request_may_go_too():
    body = (
        "BHT*0010*13*ABC*20261124*0800~HL*1**20*1~NM1*PR*2*SANDBOX*****PI*SBXHP01~HL*2*1*21*1~"
        "NM1*41*2*RIVERBEND*****46*RB1~HL*3*2*19*1~NM1*1P*2*RIVERBEND*****XX*9000000015~"
        "HL*4*3*22*0~DMG*D8*19710409*F~NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01~TRN*1*T1~"
        "DTP*472*RD8*20261201-20261201~"
    )
    edi = (
        f"{EDI[:106]}GS*HR*RIVERBEND*SBXHP01*20261124*0800*1*X*005010X212~"
        f"ST*276*0001*005010X212~{body}SE*14*0001~GE*1*1~IEA*1*{EDI[90:99]}~"
    )
    payer = Payer(b"thanks")
    assert sent(edi, payer).receipt.kind == "accepted"
    assert payer.got[0][1] == edi.encode()
