"""Read a 275: which attachments it carries, and what each belongs to."""

from typing import Annotated

from pydantic import Field, StringConstraints

from nodes.node import Response
from nodes.suspicion.found import in_parts
from nodes.x12.finding import Finding
from nodes.x12.read_275 import Attachments, Reading275
from nodes.x12.reading.envelope import pick, read
from nodes.x12.reading.faults import READABLE
from nodes.x12.reading.given import DocumentRequest

Control = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class Parse275Request(DocumentRequest):
    """A 275 as received: as text or, so that binary data arrives whole, its bytes as base64."""

    expected: tuple[Control, ...] = Field(
        default=(), max_length=1000, description="Control numbers (PWK06) that should be in it"
    )
    include_content: bool = Field(default=False, description="Return the files too, as base64")


class Parse275Response(Response):
    """The index of every 275 in the document, and which attachments are still missing."""

    transactions: tuple[Attachments, ...]
    missing: tuple[str, ...] = Field(description="Expected, but no attachment carries it")
    findings: tuple[Finding, ...] = Field(
        default=(), description="What is wrong with the envelopes and does not stop the reading"
    )
    warnings: tuple[str, ...] = Field(
        default=(), description="Parts that hold words addressed to software, by kind"
    )


def parse_275(request: Parse275Request) -> Parse275Response:
    """Index the attachments of a 275 by the control numbers that link them to a 278 or a claim.

    Each tells its control number (TRN02: the PWK06 of the request), report type, LOINC codes of
    the question it answers, and for every file its name, length and sha256, base64 undone.
    Guides: 005010X210, 005010X211 and 006020X316. BIN and BDS are read by the length they give;
    data of another length makes the document unreadable, for where it ends is not known. A
    document without a 275 raises UnreadableDocument.
    """
    document = read(request.document)
    transactions = tuple(
        Reading275(one, request.include_content).read()
        for one in pick(document, "275", tolerate=READABLE)
    )
    carried = {one.control_number for each in transactions for one in each.attachments}
    return Parse275Response(
        transactions=transactions,
        missing=tuple(one for one in request.expected if one not in carried),
        findings=document.findings,
        warnings=in_parts("transaction", transactions),
    )
