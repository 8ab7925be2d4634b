"""The index of a 275: each attachment, what it belongs to, and its files as they were sent."""

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from nodes.errors import NodeError, UnreadableDocument
from nodes.parse_275 import Parse275Request, parse_275
from nodes.x12.guide import guide_for
from nodes.x12.loops import locate
from nodes.x12.reading.envelope import read
from nodes.x12.validating.validate import validate
from tests.nodes.x12_text import ISA

CLAIM = (
    "BGN*11*REQ1*20261120",
    "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
    "NM1*41*2*RIVERBEND*****46*RIVERBEND",
    "NM1*1P*1*OSEI*DANIEL****XX*9000000031",
    "NM1*QC*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
    "REF*EJ*ACCT9",
    "REF*1K*CLM77",
    "DTP*472*D8*20261110",
)
REVIEW = (
    "BGN*02*REQ2*20261120*0930",
    "NM1*ACV*2*RIVERBEND*****XX*9000000031*67*1P",
    "NM1*40*2*SANDBOX HEALTH PLAN*****PI*SBXHP01*67*X3",
    "NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
    "REF*2I*PA-2026-0001",
)
STARTS = ("LX*1", "TRN*1*PWK0001", "DTP*368*D8*20261120", "CAT*OZ*TX")


def sent(guide, *segments):
    """A 275 as bytes."""
    rows = [one if isinstance(one, bytes) else one.encode() for one in segments]
    head = f"{ISA}GS*PI*RIVERBEND*SBXHP01*20261120*0930*7*X*{guide}~ST*275*0001*{guide}~".encode()
    body = b"".join(row + b"~" for row in rows)
    return head + body + f"SE*{len(rows) + 2}*0001~GE*1*7~IEA*1*000000007~".encode()


def binary(data):
    return b"BIN*%d*%s" % (len(data), data)


def base64ed(data):
    coded = base64.b64encode(data)
    return b"BDS*B64*%d*%s" % (len(coded), coded)


def parsed(raw, **more):
    asked = Parse275Request(edi_base64=base64.b64encode(raw).decode(), **more)
    return parse_275(asked)


def claim(data, *before):
    begin = ("LX*1", "TRN*2*PAYER5", *before, *STARTS[2:])
    return sent("005010X210", *CLAIM, *begin, "EFI*05**********REPORT.PDF", binary(data))


def review(data):
    return sent("006020X316", *REVIEW, *STARTS, "OOI*1*47*ATTACHMENT", base64ed(data))


def test_an_attachment_to_a_claim_is_indexed():
    data = b"%PDF-1.7 ~*:^ \r\n\x00\xff IEA*1*000000007~ end"
    raw = claim(data, "STC*R4:11504-8::LOI", "REF*FJ*1234")
    (one,) = parsed(raw).transactions
    assert (one.purpose, one.reference, one.member_id) == ("11", "REQ1", "SBXLOPEZ01")
    assert [(each.kind, each.number) for each in one.references] == [
        ("EJ", "ACCT9"),
        ("1K", "CLM77"),
    ]
    (attachment,) = one.attachments
    assert (attachment.control_number, attachment.asked_for) == ("PAYER5", True)
    assert (attachment.report, attachment.format, attachment.loinc) == ("OZ", "TX", ("11504-8",))
    assert attachment.report_words and attachment.submitted is not None
    (file,) = attachment.files
    assert file.name == "REPORT.PDF" and file.sound and file.content_base64 is None
    assert (file.length, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert one.unread == ()


def test_an_attachment_to_a_review_is_told_without_its_base64():
    data = bytes(range(256)) * 40
    (one,) = parsed(review(data), include_content=True).transactions
    (attachment,) = one.attachments
    assert (attachment.control_number, attachment.asked_for) == ("PWK0001", False)
    (file,) = attachment.files
    assert (file.name, file.filter, file.sound) == ("ATTACHMENT", "B64", True)
    assert file.sha256 == hashlib.sha256(data).hexdigest() and file.length == len(data)
    assert base64.b64decode(file.content_base64 or "") == data


def test_several_attachments_with_several_files():
    second = ("LX*2", "TRN*1*PWK0002", *STARTS[2:], "EFI*05", binary(b"b"), "EFI*05", binary(b"c"))
    raw = sent("005010X210", *CLAIM, *STARTS, "EFI*05", binary(b"a"), *second)
    response = parsed(raw, expected=("PWK0001", "PWK0002", "PWK0003"))
    (one,) = response.transactions
    assert [len(each.files) for each in one.attachments] == [1, 2]
    assert response.missing == ("PWK0003",)


def test_what_is_said_to_be_base64_and_is_not_is_told():
    raw = sent("006020X316", *REVIEW, *STARTS, b"BDS*B64*5*!!~!!")
    (file,) = parsed(raw).transactions[0].attachments[0].files
    assert not file.sound and file.length == 5


def test_a_text_with_letters_beyond_ascii_counts_bytes():
    data = "Überweisung ~ Łukasz"
    size = len(data.encode())
    raw = claim(data.encode()).decode()
    assert f"BIN*{size}*" in raw
    (file,) = parse_275(Parse275Request(edi=raw)).transactions[0].attachments[0].files
    assert file.sha256 == hashlib.sha256(data.encode()).hexdigest() and file.sound


def test_data_of_another_length_than_said_is_refused():
    raw = claim(b"x" * 50).replace(b"BIN*50*", b"BIN*44*")
    with pytest.raises(UnreadableDocument):
        parsed(raw)


def test_what_is_not_understood_is_kept_in_mind():
    raw = sent("005010X210", *CLAIM, "ZZ1*9", *STARTS, "ZZ2*9")
    assert parsed(raw).transactions[0].unread == ("ZZ1 (segment 10)", "ZZ2 (segment 15)")


@pytest.mark.parametrize("asked", [{}, {"edi": "a", "edi_base64": "a"}])
def test_one_document_is_needed(asked):
    with pytest.raises(ValidationError):
        Parse275Request(**asked)


@pytest.mark.parametrize("coded", ["%%%", "aGVsbG8="])
def test_what_is_no_275_is_refused(coded):
    with pytest.raises(UnreadableDocument):
        parse_275(Parse275Request(edi_base64=coded))


@pytest.mark.parametrize("raw", [claim(b"abc~def"), review(b"abc~def")])
def test_the_tables_place_every_segment_and_validation_accepts_it(raw):
    (one,) = read(raw).require(strict=True).sets
    table = guide_for(one.kind, one.guide)
    assert table is not None
    assert all(placed.use for placed in locate(table, one.segments))
    found = validate(raw)
    assert found.verdict == "valid", found.findings


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=3000))
def test_any_file_arrives_as_it_was_sent(data):
    for raw in (claim(data), review(data)):
        (file,) = parsed(raw).transactions[0].attachments[0].files
        assert file.sha256 == hashlib.sha256(data).hexdigest() and file.sound


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_broken_275_is_read_or_refused_never_worse(data):
    raw = claim(b"%PDF ~ data", "STC*R4:11504-8::LOI")
    at = data.draw(st.integers(0, len(raw) - 1))
    piece = data.draw(st.sampled_from([b"", b"~", b"*", b"BIN*9*", b"LX*", b"\xff", b"BDS*B64*"]))
    try:
        response = parsed(raw[:at] + piece + raw[at + data.draw(st.integers(0, 30)) :])
    except NodeError:
        return
    assert response.transactions
