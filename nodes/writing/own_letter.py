"""A letter in the caller's own words, and how it is laid out."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.audit import Model
from nodes.case import Provider, Text
from nodes.writing.paper import Paper, Passage, letterhead, signature

Words = Annotated[str, StringConstraints(max_length=20_000)]
Cell = Annotated[str, StringConstraints(max_length=2000)]
Row = Annotated[tuple[Cell, ...], Field(min_length=1, max_length=8)]


class LetterRow(Model):
    """A line of the reference block: what it is called, and what it says."""

    name: Text
    value: Cell


class LetterPart(Model):
    """A titled part of a letter: paragraphs, points, numbered points, or a table.

    A table has ``rows``, the first of them its head; the others have ``texts``.
    """

    title: Annotated[str, StringConstraints(max_length=500)] = ""
    style: Literal["prose", "points", "numbered", "table"] = "prose"
    texts: tuple[Words, ...] = Field(default=(), max_length=200)
    rows: tuple[Row, ...] = Field(default=(), max_length=500)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.style == "table") != bool(self.rows) or bool(self.rows) == bool(self.texts):
            raise ValueError("a table has rows, every other part has texts")
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("all rows of a table have as many cells")
        return self


class OwnLetter(Model):
    """A letter in the caller's own words."""

    sender: Provider | None = Field(default=None, description="Gives letterhead and signature")
    subject: Text
    to: tuple[Text, ...] = Field(default=(), max_length=12)
    about: tuple[LetterRow, ...] = Field(default=(), max_length=30)
    greeting: Annotated[str, StringConstraints(max_length=500)] = ""
    parts: tuple[LetterPart, ...] = Field(min_length=1, max_length=100)
    closing: tuple[Cell, ...] | None = Field(
        default=None, max_length=20, description="None: a blank signature of the sender"
    )
    enclosures: tuple[Text, ...] = Field(default=(), max_length=100)


def lay_out_own(own: OwnLetter, on: date | None) -> Paper:
    """Lay out one's own letter; its signature is blank unless told."""
    sender = own.sender
    closing = own.closing
    if closing is None:
        closing = signature(sender) if sender else ()
    return Paper(
        title=own.subject,
        head=letterhead(sender) if sender else (),
        dated=f"{on:%B} {on.day}, {on.year}" if on else "",
        to=own.to,
        about=(("Re", own.subject), *((row.name, row.value) for row in own.about)),
        greeting=own.greeting,
        passages=tuple(_passage(part) for part in own.parts),
        closing=closing,
        enclosures=own.enclosures,
    )


def _passage(part: LetterPart) -> Passage:
    lead = ("",) if part.style == "numbered" else ()
    return Passage(part.title, part.style, (*lead, *part.texts), part.rows)
