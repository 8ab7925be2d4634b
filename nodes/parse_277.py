"""Read an X12 277 (status of a claim or request)."""

from pydantic import Field

from nodes.node import Request, Response
from nodes.suspicion.found import in_parts
from nodes.x12.finding import Finding
from nodes.x12.reading.envelope import Document, pick, read
from nodes.x12.reading.faults import READABLE
from nodes.x12.reviewing.review import Unread
from nodes.x12.status_277.sets_277 import Sets
from nodes.x12.status_277.status import ClaimStatus, Guide, StatusItem, Totals
from nodes.x12.status_277.statuses import statuses


class Parse277Request(Request):
    """An interchange as received."""

    edi: str = Field(min_length=1, max_length=5_000_000)
    lenient: bool = Field(
        default=False,
        description="Read in spite of wrong counts and control numbers; they are in ``findings``",
    )


class Parse277Response(Response):
    """Every status, whatever guide it came by."""

    guide: Guide = Field(description="Of all transaction sets; other: they differ, or another")
    items: tuple[StatusItem, ...]
    claims: tuple[ClaimStatus, ...] = Field(
        default=(), description="What counts for each claim or request as a whole"
    )
    totals: tuple[Totals, ...] = Field(
        default=(), description="What is said of all claims of a file, receiver or provider"
    )
    unread: tuple[Unread, ...] = Field(
        default=(), description="Segments not, or not wholly, understood, as received"
    )
    findings: tuple[Finding, ...] = Field(
        default=(), description="What is wrong with the envelopes and was let pass"
    )
    warnings: tuple[str, ...] = Field(
        default=(), description="Parts that hold words addressed to software, by kind"
    )


def parse_277(request: Parse277Request) -> Parse277Response:
    """Read a 277 into statuses per claim or request, and say whether somebody must act.

    Claim status answers (X212), acknowledgments of claims (X214) and requests for additional
    information (X213) are told apart by ST03 or GS08, else by BHT06 and their shape; other guides
    are read alike. Codes are returned as received, with our words where we have them.

    ``effective`` is the status that counts: of the newest date (STC02); on one day errors,
    rejections and requests for information before final statuses, these before pending ones, these
    before acknowledgments. Services speak for their claim unless its own status is newer.
    ``must_act`` follows from it: so for a denial, which can be corrected or appealed; a category
    not known here is for a person to look at, and never hides a known one.

    Wrong counts or control numbers raise UnreadableDocument unless ``lenient``; so do documents
    that are cut or hold no 277, such as mere acknowledgments.
    """
    lists, used = statuses()
    sets = Sets(lists)
    findings = sets.read(request.edi)
    if not sets.guides:
        pick(read(request.edi), "277")
    listed = all(finding.rule != "findings.more" for finding in findings)
    Document((), findings).require(tolerate=READABLE if request.lenient and listed else ())
    guides = set(sets.guides)
    return Parse277Response(
        used=(used,),
        guide=guides.pop() if len(guides) == 1 else "other",
        items=tuple(sets.answer.items),
        claims=tuple(sets.answer.claims),
        totals=tuple(sets.answer.totals),
        unread=tuple(sets.answer.unread),
        findings=findings,
        warnings=in_parts("item", sets.answer.items),
    )
