"""Read an X12 278 (005010X217), above all the payer's answer."""

from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Decision, Outcome, Rejection
from nodes.node import Request, Response


class Parse278Request(Request):
    """An interchange as received."""

    edi: str = Field(min_length=1, max_length=5_000_000)
    expected_trace: str | None = Field(
        default=None, max_length=50, description="TRN02 of our request: the answer must echo it"
    )


class Review278(Model):
    """One transaction set."""

    direction: Literal["request", "response"]
    control_number: str = Field(description="ST02")
    reference: str | None = Field(default=None, description="BHT03")
    outcome: Outcome = Field(description="Over all: service decisions beat the event's")
    event: Decision | None = None
    services: tuple[Decision, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    member_id: str | None = None
    unread: tuple[str, ...] = Field(
        default=(), description="Segments not understood, by loop, id and place; none is dropped"
    )


class Parse278Response(Response):
    """Every transaction set of the interchange, and the outcome that concerns us."""

    reviews: tuple[Review278, ...]
    outcome: Outcome = Field(description="Of the review that echoes expected_trace, else the only")
    decision: Decision | None = Field(default=None, description="The one that gives the outcome")


def parse_278(request: Parse278Request) -> Parse278Response:
    """Read a 278 response into decisions, reasons, authorization numbers and rejections.

    Stub.
    """
    raise NotImplementedError
